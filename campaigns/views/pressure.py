"""The calendar under the policies: a range of days, one day, and the marks of days for the calendar."""

import datetime

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from campaigns.forms.pressure import RangeForm
from campaigns.pressure.limits import FIRST_DAY, LAST_DAY
from campaigns.queries import pressure_days as queries
from campaigns.queries.audience import assumption_of
from campaigns.queries.collisions import collisions_within
from campaigns.queries.pressure_inputs import Asked
from campaigns.queries.pressure_names import names
from campaigns.queries.replay import LONGEST, Kept, Outlook
from campaigns.views.segments import EDIT
from teams.door import WorkspaceRequest, page
from teams.permissions import Permission, can

MARKED = 62  # days of the longest view of a calendar


@page("GET")
def pressure(request: WorkspaceRequest) -> HttpResponse:
    """`?first=2027-03-01&last=2027-03-31&ideas=1`: the month of today where nothing is asked."""
    form = RangeForm(request.GET if "first" in request.GET else None)
    first, last, ideas = form.asked(timezone.localdate())
    asked = Asked(request.workspace.pk, first, last, ideas)
    kept = Kept(asked)
    found = kept.outlook
    ids = {int(fate.message) for fate in found.found.fates if fate.dropped + fate.later >= queries.LEAST}
    called = names(request.workspace.pk, ids | {*found.left_out, *found.untimed})
    context = {
        "form": form,
        "days": queries.days_of(asked),
        "rows": queries.heat(found, called),
        "totals": queries.totals(found),
        "fates": queries.troubled(found, called),
        **notes(request, found, called),
    }
    return render(request, "campaigns/pressure.html", context, status=422 if form.errors else 200)


def notes(request: WorkspaceRequest, found: Outlook, called: queries.Names) -> dict:
    """What the replay rests on, and what it could not take."""
    return {
        "outlook": found,
        "called": called,
        "assumption": assumption_of(request.workspace.pk),
        "pairs": queries.pairs_of(found, called),
        "left_out": [called.messages[pk] for pk in found.left_out if pk in called.messages],
        "sizeless": [called.segments[pk] for pk in found.sizeless if pk in called.segments],
        "untimed": len(found.untimed),
        "policies": [policy for policy in called.policies.values() if policy.enabled and policy.removed_at is None],
        "may_configure": can(request.membership, Permission.CAMPAIGN_CONFIGURE),
        "may_size": can(request.membership, EDIT),
    }


@page("GET")
def pressure_day(request: WorkspaceRequest, day: str) -> HttpResponse:
    """One day, for the calendar's panel; a page of its own without JavaScript."""
    on = read_day(day)
    found = queries.pressure_day(request.workspace.pk, on)
    hits = collisions_within(request.workspace.pk, on, on)
    context = {
        "day": found,
        "hits": hits,
        "before": on - datetime.timedelta(1) if on > FIRST_DAY else None,
        "after": on + datetime.timedelta(1) if on < LAST_DAY else None,
        **notes(request, found.outlook, found.names),
    }
    return render(request, "campaigns/_pressure_day.html" if request.htmx else "campaigns/pressure_day.html", context)


def read_day(text: str) -> datetime.date:
    try:
        found = datetime.date.fromisoformat(text)
    except ValueError:
        raise Http404 from None
    if text != found.isoformat() or not FIRST_DAY <= found <= LAST_DAY:
        raise Http404
    return found


@page("GET")
def calendar_marks(request: WorkspaceRequest) -> HttpResponse:
    """Marks of the days from `?first=` to `?last=`, at most 62: on which something is held, and plans collide. The
    calendar asks for them when it is there, so that it need not wait for them; each finds its own day on it."""
    form = RangeForm(request.GET if "first" in request.GET else None)
    first, last, _ideas = form.asked(timezone.localdate())
    if form.errors or (last - first).days >= min(MARKED, LONGEST):
        raise Http404
    marks = queries.day_marks(request.membership, first, last)
    return render(request, "campaigns/_marks.html", {"marks": sorted(marks.items())})
