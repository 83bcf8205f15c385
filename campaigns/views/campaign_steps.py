"""The overview of a campaign with its next step, and taking a step."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaigns.enums import CampaignStatus
from campaigns.forms.steps import StepForm
from campaigns.models import Campaign
from campaigns.queries.budgets import budget_of
from campaigns.services.campaign_steps import STEPS, take_step
from campaigns.views.approval_context import approval_context
from campaigns.views.checklist_context import checklist_context
from campaigns.views.frame import SECTIONS, frame, parts, shown
from teams.door import WorkspaceRequest, page
from teams.errors import Conflict
from teams.permissions import Permission
from teams.seen import refuse

IDEA, PLANNED, APPROVAL, APPROVED, RUNNING, DONE, CANCELLED = CampaignStatus
NEXT = {IDEA: PLANNED, PLANNED: APPROVAL, APPROVAL: APPROVED, APPROVED: RUNNING, RUNNING: DONE}
WORDS = {
    (IDEA, PLANNED): gettext_lazy("Plan it"),
    (PLANNED, APPROVAL): gettext_lazy("Ask for approval"),
    (APPROVAL, APPROVED): gettext_lazy("Approve it"),
    (APPROVED, RUNNING): gettext_lazy("It runs"),
    (RUNNING, DONE): gettext_lazy("It is done"),
    (PLANNED, IDEA): gettext_lazy("Back to idea"),
    (APPROVAL, PLANNED): gettext_lazy("Back to planning"),
    (APPROVED, PLANNED): gettext_lazy("Back to planning"),
    (DONE, RUNNING): gettext_lazy("It still runs"),
    (CANCELLED, IDEA): gettext_lazy("Take it up again"),
}
CANCEL = gettext_lazy("Cancel it")


@dataclass(frozen=True)
class Way:
    to: str
    label: str


def overview_context(request: WorkspaceRequest, campaign: Campaign, form: StepForm | None = None) -> dict[str, Any]:
    """The overview: the frame, the brief, the next step, the approvals, and the other ways."""
    to = None if campaign.is_template else NEXT.get(CampaignStatus(campaign.status))
    return frame(request, campaign, "campaign") | {
        "next": Way(to, label(campaign, to)) if to else None,
        "others": other_ways(campaign, to),
        "without_days": campaign.starts_on is None,
        "step_form": form or StepForm(),
        "budget": budget_of(campaign),
        **approval_context(request, campaign),
        **checklist_context(request, campaign),
        "sections": parts(request, campaign, SECTIONS),
    }


def label(campaign: Campaign, to: str) -> str:
    return str(WORDS.get((CampaignStatus(campaign.status), CampaignStatus(to)), CANCEL))


def other_ways(campaign: Campaign, to: str | None) -> list[Way]:
    if campaign.is_template:
        return []
    return [Way(other, label(campaign, other)) for other in STEPS[campaign.status] if other != to]


@page("POST", permission=Permission.CAMPAIGN_CREATE)
def campaign_step(request: WorkspaceRequest, pk: int) -> HttpResponse:
    """Take a step; where it is refused, the overview says why."""
    campaign = shown(request, pk)
    form = StepForm(request.POST)
    if form.is_valid() and take(request, campaign, form):
        return redirect("campaigns:campaign", request.workspace.slug, pk)
    context = overview_context(request, shown(request, pk), form)
    return render(request, "campaigns/campaign.html", context, status=422)


def take(request: WorkspaceRequest, campaign: Campaign, form: StepForm) -> bool:
    given = form.cleaned_data
    try:
        moved = take_step(by=request.membership, campaign=campaign, to=given["to"], seen=given["seen"])
    except (ValidationError, Conflict) as error:
        refuse(form, error)
        return False
    said = _("“%(title)s” is now: %(status)s.")
    messages.success(request, said % {"title": moved.title, "status": moved.get_status_display()})
    return True
