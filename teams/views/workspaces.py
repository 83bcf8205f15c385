from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from teams import queries
from teams.door import page
from teams.forms import NewWorkspaceForm, errors_into, status_of
from teams.seen import posted
from teams.services.workspaces import create_workspace


@require_safe
@login_required
def home(request):
    """The maps of the workspace that was open last, or the choice of workspaces."""
    workspace = queries.last_workspace(request.user, request.session.get("workspace"))
    return redirect("journeys:maps", workspace.slug) if workspace else redirect("teams:workspaces")


@require_safe
@login_required
def workspaces(request):
    found = {"memberships": queries.memberships_of(request.user), "last": request.session.get("workspace")}
    return render(request, "teams/workspaces.html", found)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def workspace_new(request):
    form = NewWorkspaceForm(posted(request))
    if form.is_valid():
        with errors_into(form):
            membership = create_workspace(user=request.user, **form.cleaned_data)
            messages.success(request, _("%(name)s is ready. Who else works on it?") % {"name": membership.workspace})
            return redirect("teams:invitations", membership.workspace.slug)
    return render(request, "teams/workspace_new.html", {"form": form}, status=status_of(form))


@page("GET")
def switcher(request):
    """The other workspaces of the person, as links for the menu."""
    others = queries.memberships_of(request.user).exclude(workspace=request.workspace)
    return render(request, "teams/switcher.html", {"memberships": others})
