"""What Ropewalk Group lets its campaigns do to people, and how many people its segments share."""

import datetime
from typing import Any

from campaigns.demo.crowds import ASLEEP, CARD, FRESH, GUIDES, QUIET, READERS, REGULARS, TEN_SEATS, THIRD_YEAR, TRIALS
from campaigns.enums import Assumed, Per, PolicyKind, PolicyScope
from campaigns.models import Segment
from campaigns.services.overlaps import edit_assumption, state_overlap
from campaigns.services.policies import add_policy
from campaigns.services.segments import edit_segment
from journeys.demo.people import AMARA, INGRID
from journeys.models import Channel
from teams.models import Membership

TWO_COASTS = {"Europe/London": 0.8, "America/New_York": 0.2}
ZONES = {TRIALS: TWO_COASTS, TEN_SEATS: TWO_COASTS, QUIET: TWO_COASTS, GUIDES: TWO_COASTS}
OVERLAPS: tuple[tuple[str, str, dict[str, Any]], ...] = (
    (FRESH, REGULARS, {"persons": 0}),
    (FRESH, CARD, {"share": 0.12}),
    (REGULARS, CARD, {"share": 0.31}),
    (REGULARS, ASLEEP, {"persons": 0}),
    (TRIALS, GUIDES, {"share": 0.22}),
    (TEN_SEATS, QUIET, {"share": 0.4}),
    (READERS, THIRD_YEAR, {"persons": 5_400}),
)


def set_pressure(members: dict[str, Membership], today: datetime.date) -> None:
    """The chapter: told after the campaigns, whose segments it needs."""
    owner, planner = members[INGRID], members[AMARA]
    segments = {row.name: row for row in Segment.objects.filter(workspace_id=owner.workspace_id)}
    for name, zones in ZONES.items():
        edit_segment(by=planner, segment=segments[name], zones=zones)
    for one, other, said in OVERLAPS:
        state_overlap(by=planner, one=segments[one], other=segments[other], **said)
    edit_assumption(by=planner, assumed=Assumed.DISJOINT, population=310_000)
    channels = {row.name: row for row in Channel.objects.filter(workspace_id=owner.workspace_id)}
    for policy in policies(channels, today):
        add_policy(by=owner, **policy)


def policies(channels: dict[str, Channel], today: datetime.date) -> list[dict[str, Any]]:
    by_channel = {"kind": PolicyKind.CAP, "scope": PolicyScope.CHANNEL}
    holidays = [datetime.date(today.year, 12, day).isoformat() for day in (24, 25, 26)]
    night = {"quiet_from": datetime.time(21), "quiet_until": datetime.time(8)}
    return [
        {
            **by_channel,
            "channel": channels["E-mail"],
            "n": 1,
            "per": Per.WEEK,
            "note": "Readers told us that two letters a week are one too many.",
        },
        {**by_channel, "channel": channels["Push"], "n": 2, "per": Per.WEEK},
        {**by_channel, "channel": channels["SMS"], "n": 2, "per": Per.MONTH, "note": "A text is for what cannot wait."},
        {"kind": PolicyKind.QUIET_HOURS, **night},
        {"kind": PolicyKind.QUIET_WEEKDAYS, "weekdays": 0b1000000, "note": "Sundays belong to our customers."},
        {"kind": PolicyKind.BLACKOUT, "days": holidays, "binds_transactional": False},
        {"kind": PolicyKind.HELD_OUT, "share": 0.02, "note": "To see what all of this is worth."},
    ]
