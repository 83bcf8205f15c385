"""Other days for campaigns and messages: dropped on the calendar, or written into a form; and back again."""

import datetime
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from campaigns.forms.calendar import CarryForm, MoveCampaignForm, MoveForm, MoveMessageForm
from campaigns.models import Campaign, Message
from campaigns.queries import campaigns
from campaigns.queries import messages as message_queries
from campaigns.queries.approvals import open_request_of
from campaigns.queries.calendar import Filters
from campaigns.services.schedule import MOVED, carry_message, move_back, move_campaign, move_message
from campaigns.views.calendar import drawn_again, in_panel
from campaigns.views.calendar_pictures import base_of
from teams.door import WorkspaceRequest, page
from teams.errors import Conflict
from teams.models import Activity
from teams.permissions import Permission, require
from teams.seen import posted, refuse

Dated = Campaign | Message


@page("GET", "POST")
def campaign_move(request: WorkspaceRequest, pk: int) -> HttpResponse:
    rows = campaigns.campaigns_of(request.membership).select_related("workspace")
    campaign = get_object_or_404(rows, pk=pk)
    require(request.membership, Permission.CAMPAIGN_EDIT, campaign)
    return move(request, campaign, MoveCampaignForm(posted(request), thing=campaign, back=back_query(request)))


@page("GET", "POST")
def message_move(request: WorkspaceRequest, pk: int) -> HttpResponse:
    """What was dropped at an hour says from where to where it was carried; anything else says its new days."""
    rows = message_queries.messages_of(request.membership).select_related("campaign__workspace")
    message = get_object_or_404(rows, pk=pk)
    require(request.membership, Permission.CAMPAIGN_EDIT, message.campaign)
    if "picked_on" in request.POST:
        return move(request, message, CarryForm(request.POST))
    return move(request, message, MoveMessageForm(posted(request), thing=message, back=back_query(request)))


def back_query(request: WorkspaceRequest) -> str:
    return Filters.from_query(request.GET).to_query()


def move(request: WorkspaceRequest, thing: Dated, form: MoveForm | CarryForm) -> HttpResponse:
    """GET: the form. POST: the days; what was dropped on the calendar sends no `panel` and gets the calendar back."""
    if request.method != "POST":
        return move_page(request, thing, form)
    if not form.is_valid():
        return refused(request, thing, form, 422)
    waited = open_request_of(campaign_of(thing))
    try:
        moved = put(request, thing, form)
    except ValidationError as error:
        refuse(form, error)
        return refused(request, thing, form, 422)
    except Conflict as conflict:
        form.add_error(None, conflict_words(conflict.current))
        form.see(conflict.current.version)  # type: ignore[attr-defined]
        return refused(request, thing, form, 409)
    if moved:
        undo = reverse("campaigns:move_undo", args=[request.workspace.slug, moved.pk])
        said = [moved_words(thing, moved), *approval_words(campaign_of(thing), waited)]
        messages.success(request, " ".join(said), extra_tags=undo)
    return answer(request, form.cleaned_data["back"])


def campaign_of(thing: Dated) -> Campaign:
    return thing if isinstance(thing, Campaign) else thing.campaign


def put(request: WorkspaceRequest, thing: Dated, form: MoveForm | CarryForm) -> Activity | None:
    given = form.service_fields()
    if isinstance(thing, Campaign):
        return move_campaign(by=request.membership, campaign=thing, **given)
    if isinstance(form, CarryForm):
        return carry_message(by=request.membership, message=thing, **given)
    return move_message(by=request.membership, message=thing, **given)


def moved_words(thing: Dated, moved: Activity) -> str:
    """What moved, and with what."""
    after: dict[str, Any] = moved.after or {}
    days = days_words(after["starts_on"], after["ends_on"])
    if isinstance(thing, Message) and after["at"] != (moved.before or {})["at"]:
        days = f"{days}, {time_words(after['at'], thing.zone)}"
    said = _("“%(title)s”: %(days)s.") % {"title": thing.title, "days": days}
    if number := len(after.get("messages", {})):
        said += " " + ngettext("%(n)d message moved with it.", "%(n)d messages moved with it.", number) % {"n": number}
    return said


def approval_words(campaign: Campaign, waited: int | None) -> list[str]:
    """Whether the move has asked for approval anew, or brought the one back that was given. `waited`: the request that
    waited before."""
    waits = open_request_of(campaign)
    if waits == waited:
        return []
    if waits is None:
        return [_("The approval of “%(title)s” stands again.") % {"title": campaign.title}]
    return [_("“%(title)s” asks for approval again.") % {"title": campaign.title}]


def time_words(at: datetime.time | None, zone: str) -> str:
    """The time by a message's own clock, which is named where it is not the reader's."""
    if at is None:
        return _("at any time of the day")
    return f"{at:%H:%M} ({zone})" if zone and zone != timezone.get_current_timezone_name() else f"{at:%H:%M}"


def days_words(first: Any, last: Any) -> str:
    begins = date_format(first, "j M")
    return begins if first == last else f"{begins} – {date_format(last, 'j M Y')}"


def conflict_words(current: Any) -> str:
    """What somebody else made of it meanwhile."""
    days = days_words(current.starts_on, current.ends_on) if current.starts_on else _("without days")
    if current.starts_on and getattr(current, "at", None):
        days = f"{days}, {time_words(current.at, current.zone)}"
    return _(
        "Somebody changed “%(title)s” meanwhile. It stands as they left it: %(days)s. Move it again if you like."
    ) % {
        "title": current.title,
        "days": days,
    }


def refused(request: WorkspaceRequest, thing: Dated, form: MoveForm | CarryForm, status: int) -> HttpResponse:
    dropped = request.htmx and "panel" not in request.POST
    if not dropped and not isinstance(form, CarryForm):
        return move_page(request, thing, form, status)
    said = " ".join(str(error) for errors in form.errors.values() for error in errors)
    messages.warning(request, said)
    return answer(request, str(form.data.get("back", "")), status)


def move_page(request: WorkspaceRequest, thing: Dated, form: MoveForm | CarryForm, status: int = 200) -> HttpResponse:
    name = "campaigns:campaign_move" if isinstance(thing, Campaign) else "campaigns:message_move"
    context = {"thing": thing, "form": form, "action": reverse(name, args=[request.workspace.slug, thing.pk])}
    context["base"] = base_of(request)
    return in_panel(request, "campaigns/calendar/_move.html", context, title=thing.title, status=status)


def answer(request: WorkspaceRequest, back: str, status: int = 200, panel: str = "") -> HttpResponse:
    """The calendar as it is now, with what there is to say; `back` is the query of the view."""
    filters = Filters.from_query(back)
    if not request.htmx:
        return redirect(f"{base_of(request)}?{filters.to_query()}")
    toasts = render_to_string("components/toasts.html", {"oob": True}, request)
    return HttpResponse(panel + drawn_again(request, filters) + toasts, status=status)


@page("POST")
def move_undo(request: WorkspaceRequest, pk: int) -> HttpResponse:
    rows = Activity.objects.filter(workspace=request.workspace, verb=MOVED, kind__in=["campaign", "message"])
    moved = get_object_or_404(rows, pk=pk)
    campaign = get_object_or_404(campaigns_moved(request, moved))
    waited = open_request_of(campaign)
    try:
        move_back(by=request.membership, moved=moved)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    except Conflict as conflict:
        messages.warning(request, conflict_words(conflict.current))
    else:
        back = _("“%(title)s” is back where it was.") % {"title": moved.label}
        messages.success(request, " ".join([back, *approval_words(campaign, waited)]))
    return answer(request, request.POST.get("back", ""))


def campaigns_moved(request: WorkspaceRequest, moved: Activity) -> QuerySet[Campaign]:
    """The campaign that was moved, or whose message was; none where it was deleted since."""
    rows = Campaign.objects.filter(workspace=request.workspace)
    return rows.filter(pk=moved.object_id) if moved.kind == "campaign" else rows.filter(messages=moved.object_id)
