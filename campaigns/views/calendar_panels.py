"""Beside the calendar: a campaign or a message in short, and something new on a day."""

import datetime

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _

from campaigns.forms.calendar import MoveCampaignForm, MoveMessageForm, PlanForm
from campaigns.queries import campaigns
from campaigns.queries import messages as message_queries
from campaigns.queries.calendar import Filters
from campaigns.services.campaigns import create_campaign
from campaigns.services.messages import add_message
from campaigns.views.calendar import in_panel
from campaigns.views.calendar_moves import answer
from campaigns.views.calendar_pictures import base_of
from teams.door import WorkspaceRequest, page
from teams.permissions import Permission, can
from teams.seen import posted, refuse

NEAR = datetime.timedelta(92)
MOST_OFFERED = 100
MOST_MESSAGES = 12


@page("GET")
def calendar_campaign(request: WorkspaceRequest, pk: int) -> HttpResponse:
    rows = campaigns.complete(campaigns.campaigns_of(request.membership))
    shown = get_object_or_404(rows, pk=pk)
    query = Filters.from_query(request.GET).to_query()
    context = {
        "campaign": shown,
        "messages_of": list(shown.messages.filter(removed_at=None).select_related("channel")[: MOST_MESSAGES + 1]),
        "most": MOST_MESSAGES,
        "form": MoveCampaignForm(thing=shown, back=query),
        "base": base_of(request),
        "query": query,
        "may_edit": can(request.membership, Permission.CAMPAIGN_EDIT, shown),
    }
    return in_panel(request, "campaigns/calendar/_campaign.html", context, title=shown.title)


@page("GET")
def calendar_message(request: WorkspaceRequest, pk: int) -> HttpResponse:
    rows = message_queries.complete(message_queries.messages_of(request.membership))
    shown = get_object_or_404(rows, pk=pk)
    query = Filters.from_query(request.GET).to_query()
    context = {
        "message": shown,
        "form": MoveMessageForm(thing=shown, back=query),
        "base": base_of(request),
        "query": query,
        "may_edit": can(request.membership, Permission.CAMPAIGN_EDIT, shown.campaign),
    }
    return in_panel(request, "campaigns/calendar/_message.html", context, title=shown.title)


@page("GET", "POST", permission=Permission.CAMPAIGN_CREATE)
def calendar_new(request: WorkspaceRequest) -> HttpResponse:
    """Plan something on a day: a campaign, or a message of one."""
    filters = Filters.from_query(request.POST.get("back", "") if request.method == "POST" else request.GET)
    day = filters.on or timezone.localdate()
    form = plan_form(request, day, filters.to_query())
    if request.method == "POST" and form.is_valid() and (title := try_plan(request, form)):
        messages.success(request, _("“%(title)s” is on the calendar.") % {"title": title})
        return answer(request, form.cleaned_data["back"])
    status = 422 if request.method == "POST" else 200
    context = {"form": form, "day": day, "base": base_of(request), "query": filters.to_query()}
    return in_panel(request, "campaigns/calendar/_new.html", context, title=_("Plan something"), status=status)


def plan_form(request: WorkspaceRequest, day: datetime.date, back: str) -> PlanForm:
    """Offers campaigns of about these days that the reader may add messages to."""
    given = {"starts_on": day, "ends_on": day, "back": back}
    rows = campaigns.campaigns_of(request.membership)
    if request.method == "POST":
        return PlanForm(posted(request), campaigns=rows)
    near = rows.exclude(status__in=["done", "cancelled"]).filter(starts_on__lte=day + NEAR, ends_on__gte=day - NEAR)
    mine = [
        one.pk for one in near.order_by("pk")[:MOST_OFFERED] if can(request.membership, Permission.CAMPAIGN_EDIT, one)
    ]
    return PlanForm(initial=given, campaigns=rows.filter(pk__in=mine))


def try_plan(request: WorkspaceRequest, form: PlanForm) -> str:
    """What was planned; empty where something is wrong with it, which the form then says."""
    fields = {name: form.cleaned_data[name] for name in ("title", "starts_on", "ends_on")}
    try:
        if campaign := form.cleaned_data["campaign"]:
            return add_message(by=request.membership, campaign=campaign, **fields).title
        teams = list(request.membership.teams.all())
        team = teams[0] if len(teams) == 1 else None
        return create_campaign(by=request.membership, team=team, **fields).title
    except ValidationError as error:
        refuse(form, error)
        return ""
