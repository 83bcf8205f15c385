"""Briefs: plan a campaign, and change what its brief says."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from campaigns.forms.campaigns import CampaignForm
from campaigns.models import Campaign
from campaigns.queries.campaigns import any_campaign_of, complete
from campaigns.services.campaigns import create_campaign, edit_campaign, restore_campaign
from campaigns.services.segments import segments_named
from journeys.queries.maps import stages_of
from teams.door import WorkspaceRequest, page
from teams.errors import Conflict, Gone
from teams.permissions import Permission, require
from teams.queries import named_id
from teams.seen import refuse

# The button that asks for the stages of another map, not for saving.
LOOK = "look"


@page("GET", "POST", permission=Permission.CAMPAIGN_CREATE)
def campaign_new(request: WorkspaceRequest) -> HttpResponse:
    if request.method != "POST":
        return form_page(request, CampaignForm(initial=begun(request), actor=request.membership))
    form = CampaignForm(request.POST, actor=request.membership)
    if LOOK in request.POST:
        form.forgive()
        return form_page(request, form)
    if form.is_valid() and (made := try_create(request, form)):
        messages.success(request, _("“%(title)s” is written down.") % {"title": made.title})
        return redirect(address(request, made))
    return form_page(request, form, status=422)


@page("GET", "POST")
def campaign_edit(request: WorkspaceRequest, pk: int) -> HttpResponse:
    campaign = get_object_or_404(complete(any_campaign_of(request.membership)), pk=pk)
    require(request.membership, Permission.CAMPAIGN_EDIT, campaign)
    if request.method != "POST":
        if campaign.removed_at:
            raise Http404
        return form_page(request, CampaignForm(instance=campaign, actor=request.membership), campaign)
    if campaign.removed_at and "restore" in request.POST:
        return bring_back(request, campaign)
    form = CampaignForm(request.POST, instance=campaign, actor=request.membership)
    if LOOK in request.POST:
        form.forgive()
        return form_page(request, form, campaign)
    status = save(request, campaign, form)
    return redirect(address(request, campaign)) if status == 302 else form_page(request, form, campaign, status)


def begun(request: WorkspaceRequest) -> dict[str, Any]:
    """What a new campaign begins with: the writer, their team, a stage or a day that it was called from."""
    actor = request.membership
    teams = list(actor.team_ids)
    initial: dict[str, Any] = {"owner": actor.pk, "team": teams[0] if len(teams) == 1 else None}
    stage = stages_of(actor).filter(pk=named_id(request.GET.get("stage", "")) or 0).first()
    if stage is not None:
        initial |= {"stages": [str(stage.pk)], "metric": stage.metric_id}
    for name in ("starts_on", "ends_on"):
        if given := request.GET.get(name, "")[:10]:
            initial[name] = given
    return initial


def try_create(request: WorkspaceRequest, form: CampaignForm) -> Campaign | None:
    try:
        with transaction.atomic():
            return create_campaign(by=request.membership, **with_segments(request, form))
    except ValidationError as error:
        refuse(form, error)
        return None


def with_segments(request: WorkspaceRequest, form: CampaignForm) -> dict[str, Any]:
    """What the form says, its segments with those that are only names yet."""
    given = form.service_fields()
    try:
        named = segments_named(by=request.membership, names=form.cleaned_data["new_segments"])
    except ValidationError as error:
        raise ValidationError({"new_segments": error.messages}) from None
    return given | {"segments": list(dict.fromkeys([*given["segments"], *named]))}


def save(request: WorkspaceRequest, campaign: Campaign, form: CampaignForm) -> int:
    """Try to save; 302 where that is done, 409 where somebody was faster, 422 where something is wrong."""
    if not form.is_valid():
        return 422
    try:
        with transaction.atomic():
            given = with_segments(request, form) | {"seen": form.seen_version()}
            edit_campaign(by=request.membership, campaign=campaign, **given)
    except ValidationError as error:
        refuse(form, error)
        return 422
    except Conflict as conflict:
        current = complete(any_campaign_of(request.membership)).get(pk=conflict.current.pk)
        form.show_theirs(CampaignForm(instance=current, actor=request.membership))
        return 409
    except Gone:
        campaign.refresh_from_db(fields=["removed_at"])
        return 409
    messages.success(request, _("Saved."))
    return 302


def bring_back(request: WorkspaceRequest, campaign: Campaign) -> HttpResponse:
    """Somebody removed it meanwhile: it comes back, and what was typed stays in the form to be saved."""
    back = restore_campaign(by=request.membership, campaign=campaign)
    data = request.POST.copy()
    if named_id(data.get("seen")) == campaign.version - 1:  # nothing but the removal happened since
        data["seen"] = str(back.version)
    messages.success(request, _("“%(title)s” is back. Your text is not saved yet.") % {"title": back.title})
    form = CampaignForm(data, instance=back, actor=request.membership)
    form.forgive()
    return form_page(request, form, back)


def form_page(
    request: WorkspaceRequest, form: CampaignForm, campaign: Campaign | None = None, status: int = 200
) -> HttpResponse:
    removed = campaign is not None and campaign.removed_at is not None
    context = {"form": form, "campaign": campaign, "removed": removed}
    return render(request, "campaigns/brief_form.html", context, status=status)


def address(request: WorkspaceRequest, campaign: Campaign) -> str:
    return reverse("campaigns:campaign", args=[request.workspace.slug, campaign.pk])
