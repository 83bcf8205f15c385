"""Campaigns and messages through their services: what is kept, refused, moved and brought back."""

import datetime
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from campaigns.enums import CampaignStatus, Follow
from campaigns.models import Campaign, CampaignStage
from campaigns.queries.campaigns import complete
from campaigns.services.campaign_handovers import hand_over_campaigns, owned_campaigns
from campaigns.services.campaign_steps import take_step
from campaigns.services.campaigns import create_campaign, edit_campaign, remove_campaign, restore_campaign
from campaigns.services.messages import add_message, edit_message, remove_message, restore_message
from campaigns.services.schedule import move_back, move_campaign, move_message
from campaigns.services.segments import add_segment, edit_segment, remove_segment, restore_segment
from journeys.models import Channel, Stage
from teams.errors import Conflict, Gone
from teams.services.activity import activity_of
from tests.campaigns.made import FIRST, LAST, make_campaign, make_message, make_segment
from tests.factories import make_map, make_metric, stage_of

WEEK = datetime.timedelta(7)


def channel_of(member) -> Channel:
    return Channel.objects.get_or_create(workspace=member.workspace, name="Letters")[0]


def test_create_campaign_keeps_the_whole_brief(cast):
    stage, segment, channel = stage_of(make_map(cast.marketing)), make_segment(cast.marketing), channel_of(cast.owner)
    metric = make_metric(cast.workspace)
    line = {"channel": channel, "month": datetime.date(2027, 3, 9), "planned": Decimal(500), "spent": Decimal(20)}
    made = create_campaign(
        by=cast.marketing,
        title="  Refill  ",
        starts_on=FIRST,
        ends_on=LAST,
        metric=metric,
        target=0.3,
        offer="Second bag free",
        stages=[stage],
        segments=[segment],
        channels=[channel],
        budget=[line],
        attachments=[{"title": "Deck", "url": "https://example.com/deck"}],
    )
    kept = complete(Campaign.objects.all()).get(pk=made.pk)
    assert (kept.title, kept.owner, kept.status, kept.version) == ("Refill", cast.marketing, "idea", 1)
    assert [row.stage for row in kept.campaign_stages.all()] == [stage]
    assert (list(kept.segments.all()), list(kept.channels.all())) == ([segment], [channel])
    assert [(row.month, row.planned, row.spent) for row in kept.budget_lines.all()] == [
        (FIRST, Decimal(500), Decimal(20))
    ]
    assert [row.url for row in kept.attachments.all()] == ["https://example.com/deck"]
    assert activity_of(kept).get().after["budget"] == [
        {"channel": "Letters", "month": "2027-03", "planned": "500.00", "spent": "20.00"}
    ]


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"starts_on": LAST, "ends_on": FIRST}, "ends_on"),
        ({"starts_on": FIRST, "ends_on": None}, "ends_on"),
        ({"title": ""}, "title"),
        ({"priority": 101}, "priority"),
        ({"target": float("nan")}, "target"),
        ({"currency": "euro"}, "currency"),
        ({"starts_on": datetime.date(1200, 1, 1), "ends_on": LAST}, "starts_on"),
        ({"budget": [{"month": FIRST, "planned": Decimal(-1)}]}, "budget"),
        ({"budget": [{"month": FIRST}, {"month": LAST}]}, "budget"),
        ({"attachments": [{"url": "javascript:alert(1)"}]}, "attachments"),
    ],
)
def test_create_campaign_with_a_wrong_field_names_it(cast, fields, field):
    with pytest.raises(ValidationError) as refused:
        make_campaign(cast.marketing, **fields)
    assert field in refused.value.message_dict
    assert not Campaign.objects.exists()


def test_create_campaign_with_things_of_another_workspace_names_them(cast):
    stage, segment = stage_of(make_map(cast.stranger)), make_segment(cast.stranger)
    with pytest.raises(ValidationError) as refused:
        make_campaign(cast.marketing, stages=[stage], segments=[segment])
    assert set(refused.value.message_dict) == {"stages", "segments"}


def test_create_campaign_as_viewer_is_refused(cast):
    with pytest.raises(PermissionDenied):
        make_campaign(cast.viewer, owner=cast.owner)


def test_edit_campaign_of_another_team_is_refused(cast):
    campaign = make_campaign(cast.marketing)
    with pytest.raises(PermissionDenied):
        edit_campaign(by=cast.sales, campaign=campaign, title="Theirs")


def test_edit_campaign_seen_too_early_conflicts(cast):
    campaign = make_campaign(cast.marketing)
    edit_campaign(by=cast.marketing, campaign=campaign, seen=1, title="First")
    with pytest.raises(Conflict):
        edit_campaign(by=cast.admin, campaign=campaign, seen=1, title="Second")
    assert Campaign.objects.get().title == "First"


def test_edit_campaign_writes_what_differs(cast):
    campaign = make_campaign(cast.marketing)
    edit_campaign(by=cast.marketing, campaign=campaign, offer="Two for one", title=campaign.title)
    row = activity_of(campaign).first()
    assert (row.verb, row.before, row.after) == ("edited", {"offer": ""}, {"offer": "Two for one"})


def test_edit_campaign_keeps_a_stage_that_was_deleted_from_its_map(cast):
    stage = stage_of(make_map(cast.marketing))
    campaign = make_campaign(cast.marketing, stages=[stage])
    Stage.objects.filter(pk=stage.pk).delete()
    edited = edit_campaign(by=cast.marketing, campaign=campaign, title="Still here")
    assert list(edited.campaign_stages.all()) == []
    assert CampaignStage.objects.get().stage_id == stage.pk


def test_remove_campaign_and_restore_it(cast):
    campaign = make_campaign(cast.marketing)
    remove_campaign(by=cast.marketing, campaign=campaign)
    with pytest.raises(Gone):
        edit_campaign(by=cast.marketing, campaign=campaign, title="Gone")
    assert restore_campaign(by=cast.marketing, campaign=campaign).removed_at is None


@pytest.mark.parametrize(("follow", "days"), [(Follow.ALONG, 7), (Follow.KEEP, 0), (Follow.GAP, 14)])
def test_move_campaign_moves_its_messages_as_told(cast, follow, days):
    message = make_message(cast.marketing)
    move_campaign(
        by=cast.marketing, campaign=message.campaign, starts_on=FIRST + WEEK, ends_on=LAST + 2 * WEEK, follow=follow
    )
    was = message.starts_on
    message.refresh_from_db()
    assert message.starts_on == message.ends_on == was + datetime.timedelta(days)


def test_move_back_returns_campaign_and_messages(cast):
    message = make_message(cast.marketing)
    moved = move_campaign(by=cast.marketing, campaign=message.campaign, starts_on=FIRST + WEEK, ends_on=LAST + WEEK)
    moved.refresh_from_db()
    move_back(by=cast.marketing, moved=moved)
    assert Campaign.objects.get().starts_on == FIRST
    was = message.starts_on
    message.refresh_from_db()
    assert message.starts_on == was


def test_move_back_after_another_edit_conflicts(cast):
    campaign = make_campaign(cast.marketing)
    moved = move_campaign(by=cast.marketing, campaign=campaign, starts_on=FIRST, ends_on=LAST + WEEK)
    edit_campaign(by=cast.marketing, campaign=campaign, title="Later")
    moved.refresh_from_db()
    with pytest.raises(Conflict):
        move_back(by=cast.marketing, moved=moved)


def test_move_message_and_back(cast):
    message = make_message(cast.marketing)
    moved = move_message(by=cast.marketing, message=message, starts_on=LAST)
    moved.refresh_from_db()
    move_back(by=cast.marketing, moved=moved)
    was = message.starts_on
    message.refresh_from_db()
    assert (message.starts_on, message.ends_on) == (was, was)


def test_add_message_keeps_texts_and_segments(cast):
    segment = make_segment(cast.marketing)
    texts = [{"language": "en", "subject": "Time for a refill", "text": "Two clicks."}, {"language": "bg"}]
    message = make_message(cast.marketing, segments=[segment], channel=channel_of(cast.owner), texts=texts)
    assert [row.language for row in message.texts.all()] == ["en", "bg"]
    assert list(message.segments.all()) == [segment]
    assert message.ends_on == message.starts_on


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"starts_on": LAST, "ends_on": FIRST}, "ends_on"),
        ({"starts_on": None, "ends_on": FIRST}, "starts_on"),
        ({"zone": "Mars/Olympus"}, "zone"),
        ({"cadence": "weekdays", "weekdays": [8]}, "weekdays"),
        ({"cadence": "weekdays", "weekdays": "mo"}, "weekdays"),
        ({"every": 0}, "every"),
        ({"priority": 200}, "priority"),
        ({"texts": [{"language": "English"}]}, "texts"),
        ({"texts": [{"language": "en"}, {"language": "en"}]}, "texts"),
    ],
)
def test_add_message_with_a_wrong_field_names_it(cast, fields, field):
    campaign = make_campaign(cast.marketing)
    with pytest.raises(ValidationError) as refused:
        add_message(by=cast.marketing, campaign=campaign, **{"title": "Hello", "starts_on": FIRST} | fields)
    assert field in refused.value.message_dict
    assert not campaign.messages.exists()


def test_edit_message_seen_too_early_conflicts(cast):
    message = make_message(cast.marketing)
    edit_message(by=cast.marketing, message=message, seen=1, title="First")
    with pytest.raises(Conflict):
        edit_message(by=cast.marketing, message=message, seen=1, title="Second")


def test_remove_message_and_restore_it(cast):
    message = make_message(cast.marketing)
    remove_message(by=cast.marketing, message=message)
    with pytest.raises(Gone):
        edit_message(by=cast.marketing, message=message, title="Gone")
    assert restore_message(by=cast.marketing, message=message).removed_at is None


def test_take_step_goes_through_and_keeps_when_it_was_approved(cast):
    campaign = make_campaign(cast.marketing)
    for step in ["planned", "approval", "approved", "running", "done"]:
        campaign = take_step(by=cast.marketing, campaign=campaign, to=step)
        assert campaign.status == step
    assert campaign.approved_at is not None


def test_take_step_that_is_not_there_names_the_status(cast):
    with pytest.raises(ValidationError) as refused:
        take_step(by=cast.marketing, campaign=make_campaign(cast.marketing), to=CampaignStatus.DONE)
    assert list(refused.value.message_dict) == ["status"]


def test_take_step_without_days_names_the_start(cast):
    campaign = make_campaign(cast.marketing, starts_on=None, ends_on=None)
    with pytest.raises(ValidationError) as refused:
        take_step(by=cast.marketing, campaign=campaign, to=CampaignStatus.PLANNED)
    assert list(refused.value.message_dict) == ["starts_on"]


def test_segments_have_one_name_each_until_removed(cast):
    segment = add_segment(by=cast.marketing, name="Regulars", zones={"Europe/Sofia": 0.6, "Europe/London": 0.4})
    with pytest.raises(ValidationError) as refused:
        add_segment(by=cast.sales, name="regulars")
    assert list(refused.value.message_dict) == ["name"]
    remove_segment(by=cast.sales, segment=segment)
    other = add_segment(by=cast.sales, name="regulars")
    with pytest.raises(ValidationError):
        restore_segment(by=cast.sales, segment=segment)
    edit_segment(by=cast.sales, segment=other, name="Others")
    assert restore_segment(by=cast.sales, segment=segment).removed_at is None


@pytest.mark.parametrize("zones", [{"Mars/Olympus": 1}, {"Europe/Sofia": 0.5}, {"Europe/Sofia": "x"}, ["a"]])
def test_add_segment_with_wrong_zones_names_them(cast, zones):
    with pytest.raises(ValidationError) as refused:
        add_segment(by=cast.marketing, name="Regulars", zones=zones)
    assert list(refused.value.message_dict) == ["zones"]


def test_hand_over_campaigns_gives_all_to_another(cast):
    campaign = make_campaign(cast.marketing)
    assert owned_campaigns(cast.marketing) == ["1 campaign"]
    hand_over_campaigns(by=cast.owner, giver=cast.marketing, receiver=cast.sales)
    campaign.refresh_from_db()
    assert (campaign.owner, campaign.version) == (cast.sales, 2)
