"""Campaigns that begin from another one or from a template."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from campaigns.content.templates import BUILT_IN, TEMPLATES
from campaigns.forms.checklists import BeginForm
from campaigns.models import Campaign
from campaigns.queries.campaigns import kept_campaigns_of, templates_of, with_places
from campaigns.services.campaign_copies import begin_from, copy_campaign, save_as_template
from teams.door import WorkspaceRequest, page
from teams.permissions import Permission, can
from teams.seen import refuse

CREATE = Permission.CAMPAIGN_CREATE
MOST_TEMPLATES = 100


@page("GET")
def campaign_templates(request: WorkspaceRequest) -> HttpResponse:
    own = with_places(templates_of(request.membership)).order_by("title", "pk")[:MOST_TEMPLATES]
    context = {"own": own, "built_in": BUILT_IN, "may_create": can(request.membership, CREATE)}
    return render(request, "campaigns/templates.html", context)


@page("GET", "POST", permission=CREATE)
def campaign_begin(request: WorkspaceRequest, name: str) -> HttpResponse:
    """From a built-in template, with a title and a start of its own."""
    template = TEMPLATES.get(name)
    if template is None:
        raise Http404
    return begin(request, str(template.title), str(template.description), begin_from, template=template)


@page("GET", "POST", permission=CREATE)
def campaign_copy(request: WorkspaceRequest, pk: int) -> HttpResponse:
    """From another campaign, or from a template of the workspace."""
    source = get_object_or_404(kept_campaigns_of(request.membership), pk=pk)
    about = _("Brief, messages, tasks and planned money come along; what was done and spent does not.")
    title = source.title if source.is_template else _("%(title)s (copy)") % {"title": source.title}
    return begin(request, title[:160], about, copy_campaign, campaign=source)


def begin(request: WorkspaceRequest, title: str, about: str, make: Any, **source: Any) -> HttpResponse:
    """Ask for title and start; make it."""
    form, status = BeginForm(request.POST or None, initial={"title": title}), 200
    if request.method == "POST":
        form = BeginForm(request.POST)
        if form.is_valid() and (made := try_to_make(request, form, make, source)):
            messages.success(request, _("“%(title)s” is written down.") % {"title": made.title})
            return redirect("campaigns:campaign", request.workspace.slug, made.pk)
        status = 422
    context = {"form": form, "about": about, "source": source.get("campaign"), "title": title}
    return render(request, "campaigns/begin.html", context, status=status)


def try_to_make(request: WorkspaceRequest, form: BeginForm, make: Any, source: dict[str, Any]) -> Campaign | None:
    try:
        return make(by=request.membership, **source, **form.cleaned_data)
    except ValidationError as error:
        refuse(form, error)
        return None


@page("POST", permission=CREATE)
def campaign_keep(request: WorkspaceRequest, pk: int) -> HttpResponse:
    """Keep it as a template of the workspace; the message can take that back."""
    source = get_object_or_404(kept_campaigns_of(request.membership), pk=pk)
    made = save_as_template(by=request.membership, campaign=source)
    slug = request.workspace.slug
    undo = reverse("campaigns:campaign_remove", args=[slug, made.pk])
    messages.success(request, _("Kept as a template. The campaign itself stays as it is."), extra_tags=undo)
    return redirect("campaigns:campaign", slug, made.pk)
