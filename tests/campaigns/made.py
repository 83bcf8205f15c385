"""Campaigns, messages and segments, made through the services, as people make them."""

import datetime
from typing import Any

from campaigns.models import Campaign, Message, Policy, Segment, SegmentOverlap, Tactic, Task
from campaigns.services.campaigns import create_campaign
from campaigns.services.checklists import add_task
from campaigns.services.messages import add_message
from campaigns.services.overlaps import state_overlap
from campaigns.services.segments import add_segment
from campaigns.services.tactics import add_tactic
from teams.models import Membership, Workspace
from tests.factories import numbers

FIRST, LAST = datetime.date(2027, 3, 1), datetime.date(2027, 3, 14)


def make_segment(by: Membership, **fields: Any) -> Segment:
    return add_segment(by=by, **{"name": f"Segment {next(numbers)}", "size": 1_000} | fields)


def make_campaign(by: Membership, **fields: Any) -> Campaign:
    """Two weeks in March 2027, an idea still."""
    given = {"title": f"Campaign {next(numbers)}", "starts_on": FIRST, "ends_on": LAST}
    return create_campaign(by=by, **given | fields)


def make_message(by: Membership, campaign: Campaign | None = None, **fields: Any) -> Message:
    """On the second day of its campaign, at nine in each person's own zone."""
    campaign = campaign or make_campaign(by)
    day = (campaign.starts_on or FIRST) + datetime.timedelta(1)
    given = {"title": f"Message {next(numbers)}", "starts_on": day, "at": datetime.time(9)}
    return add_message(by=by, campaign=campaign, **given | fields)


def make_policy(workspace: Workspace, **fields: Any) -> Policy:
    """At most two messages per person and week, unless another kind is given with its fields."""
    given = fields if "kind" in fields else {"kind": "cap", "n": 2, "per": "week"} | fields
    return Policy.objects.create(workspace=workspace, **given)


def make_overlap(
    by: Membership, one: Segment | None = None, other: Segment | None = None, **said: Any
) -> SegmentOverlap:
    """A tenth of the smaller, unless it is said otherwise."""
    found = state_overlap(by=by, one=one or make_segment(by), other=other or make_segment(by), **said or {"share": 0.1})
    assert found is not None
    return found


def make_tactic(by: Membership, **fields: Any) -> Tactic:
    return add_tactic(by=by, **{"title": f"Tactic {next(numbers)}", "stage": "retention"} | fields)


def make_task(by: Membership, campaign: Campaign | None = None, **fields: Any) -> Task:
    """Three days before the campaign starts."""
    given = {"text": f"Task {next(numbers)}"} | ({} if "due_on" in fields else {"due_offset": -3})
    return add_task(by=by, campaign=campaign or make_campaign(by), **given | fields)
