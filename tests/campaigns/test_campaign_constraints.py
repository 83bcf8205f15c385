"""What the database refuses of campaigns and messages, whoever writes: each branch, past the services."""

import datetime
from decimal import Decimal

import pytest

from campaigns.models import BudgetLine, Campaign, CampaignStage, Message, MessageText, Segment, Task
from tests.campaigns.made import FIRST, LAST, make_campaign, make_message, make_segment
from tests.constraints import refused_by_database
from tests.factories import make_channel, make_map, stage_of

LINE = {"month": FIRST, "planned": Decimal(5), "spent": Decimal(0)}


@pytest.fixture
def full(cast) -> Campaign:
    """A campaign that has everything."""
    segment, channel = make_segment(cast.marketing), make_channel(cast.workspace)
    stage = stage_of(make_map(cast.marketing))
    budget = [{"channel": channel} | LINE, LINE]
    campaign = make_campaign(cast.marketing, stages=[stage], segments=[segment], budget=budget)
    make_message(cast.marketing, campaign, texts=[{"language": "en", "subject": "Hello"}])
    Task.objects.create(campaign=campaign, text="Book the room", due_on=FIRST)
    return campaign


UPDATES = {
    "unknown status": (Campaign, {"status": "forgotten"}, "campaign_status_known"),
    "end before start": (Campaign, {"starts_on": LAST, "ends_on": FIRST}, "campaign_ends_after_start"),
    "start without end": (Campaign, {"ends_on": None}, "campaign_both_days_or_neither"),
    "end without start": (Campaign, {"starts_on": None}, "campaign_both_days_or_neither"),
    "priority above the scale": (Campaign, {"priority": 101}, "campaign_priority_in_range"),
    "planned without days": (
        Campaign,
        {"status": "planned", "starts_on": None, "ends_on": None},
        "campaign_planned_has_days",
    ),
    "approved at no time": (Campaign, {"status": "approved"}, "campaign_approved_with_date"),
    "running at no time": (Campaign, {"status": "running"}, "campaign_approved_with_date"),
    "negative plan": (BudgetLine, {"planned": Decimal(-1)}, "budget_line_not_negative"),
    "negative spending": (BudgetLine, {"spent": Decimal(-1)}, "budget_line_not_negative"),
    "month that begins late": (BudgetLine, {"month": LAST}, "budget_line_whole_month"),
    "task due in two ways": (Task, {"due_offset": 3}, "campaign_task_due_in_one_way"),
    "task due years later": (Task, {"due_on": None, "due_offset": 367}, "campaign_task_offset_in_range"),
    "task due years before": (Task, {"due_on": None, "due_offset": -367}, "campaign_task_offset_in_range"),
    "last day before the first": (Message, {"starts_on": LAST, "ends_on": FIRST}, "message_ends_after_start"),
    "message with one of its days": (Message, {"ends_on": None}, "message_both_days_or_neither"),
    "unknown cadence": (Message, {"cadence": "often"}, "message_cadence_known"),
    "every no days": (Message, {"every": 0}, "message_every_in_range"),
    "every hundred years": (Message, {"every": 30_000}, "message_every_in_range"),
    "unknown position": (Message, {"position": "left"}, "message_position_known"),
    "unknown lifecycle": (Message, {"lifecycle": "retired"}, "message_lifecycle_known"),
    "priority of a message above the scale": (Message, {"priority": 101}, "message_priority_in_range"),
    "segment in an unknown position": (Segment, {"position": "left"}, "segment_position_known"),
    "segment in an unknown state": (Segment, {"lifecycle": "retired"}, "segment_lifecycle_known"),
    "more people than there are": (Segment, {"size": 10**11}, "segment_size_in_range"),
}


@pytest.mark.parametrize(("model", "values", "check"), UPDATES.values(), ids=UPDATES)
def test_database_refuses(full, model, values, check):
    rows = model.objects.all()
    assert rows.exists()

    refused_by_database(lambda: rows.update(**values), check=check)


def test_database_refuses_what_is_there_twice(full, cast):
    stage, message = full.campaign_stages.get().stage_id, full.messages.get()
    channel = full.budget_lines.exclude(channel=None).get().channel
    again = [
        CampaignStage(campaign=full, stage_id=stage),
        BudgetLine(campaign=full, channel=channel, month=FIRST),
        BudgetLine(campaign=full, channel=None, month=FIRST),
        MessageText(message=message, language="en"),
        Segment(workspace=cast.workspace, name=full.segments.get().name.upper()),
    ]
    for row in again:
        refused_by_database(lambda row=row: row.save(force_insert=True))


def test_database_keeps_the_same_month_of_another_channel(full, cast):
    BudgetLine.objects.create(campaign=full, channel=make_channel(cast.workspace), month=FIRST)

    assert full.budget_lines.filter(month=FIRST).count() == 3


def test_database_keeps_templates_without_days(full):
    Campaign.objects.update(is_template=True, status="planned", starts_on=None, ends_on=None)

    assert Campaign.objects.get().starts_on is None


def test_database_keeps_one_day(full):
    day = datetime.date(2027, 3, 5)
    Campaign.objects.update(starts_on=day, ends_on=day)

    assert Campaign.objects.get().ends_on == day
