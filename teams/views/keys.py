from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from teams import queries
from teams.door import page
from teams.forms import KeyForm, errors_into, status_of
from teams.permissions import Permission
from teams.seen import posted
from teams.services.keys import create_key, revoke_key

PER_PAGE = 50


@never_cache
@page("GET", "POST", permission=Permission.KEY_MANAGE)
def keys(request):
    form = KeyForm(posted(request), actor=request.membership)
    if form.is_valid():
        with errors_into(form):
            key, secret = create_key(by=request.membership, workspace=request.workspace, **form.cleaned_data)
            return created(request, key, secret)
    return answer(request, form, status=status_of(form))


def created(request, key, secret):
    """The secret is in this one answer and nowhere else, so there is no redirect that would have to carry it."""
    return answer(request, KeyForm(actor=request.membership), status=201, key=key, secret=secret)


def answer(request, form, *, status, **shows):
    page = Paginator(queries.keys_of(request.membership), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "teams/keys.html", {"form": form, "page": page, **shows}, status=status)


@page("POST", permission=Permission.KEY_MANAGE)
def key_revoke(request, pk):
    key = get_object_or_404(queries.keys_of(request.membership), pk=pk)
    revoke_key(by=request.membership, key=key)
    messages.success(request, _("%(name)s no longer opens anything.") % {"name": key})
    return redirect("teams:keys", request.workspace.slug)
