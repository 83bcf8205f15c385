"""Approvals: whom the rules ask, what an answer does, and that a change asks again, whoever makes it."""

import datetime
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from campaigns.approval_differences import differences
from campaigns.enums import Applies, AskedPeople, CampaignStatus
from campaigns.models import Approval, ApprovalRequest, ApprovalRule
from campaigns.queries.approvals import last_approved, last_request, waiting_for
from campaigns.services import approval_rules
from campaigns.services.approvals import answer
from campaigns.services.campaign_handovers import asked_approvals, hand_over_approvals
from campaigns.services.campaign_steps import take_step
from campaigns.services.campaigns import edit_campaign, remove_campaign, restore_campaign
from campaigns.services.messages import add_message, edit_message, remove_message, restore_message
from campaigns.services.schedule import move_back, move_campaign, move_message
from journeys.services.stages import edit_stage
from teams.errors import Conflict
from teams.services.activity import activity_of
from tests.campaigns.approving import approve, asked, make_rule
from tests.campaigns.made import FIRST, LAST, make_campaign, make_message
from tests.factories import make_channel, make_map, make_member, stage_of

WEEK = datetime.timedelta(7)


def line(planned: int, spent: int = 0) -> dict:
    return {"channel": None, "month": FIRST, "planned": Decimal(planned), "spent": Decimal(spent)}


def news(member) -> list[str]:
    return list(member.notifications.order_by("pk").values_list("verb", flat=True))


def test_approval_without_rules_is_given_by_who_may_change_the_campaign(cast):
    campaign = take_step(by=cast.marketing, campaign=asked(cast.marketing), to=CampaignStatus.APPROVED)
    assert (campaign.status, last_approved(campaign) is not None) == ("approved", True)
    edit_campaign(by=cast.marketing, campaign=campaign, offer="Another")
    campaign.refresh_from_db()
    assert campaign.status == "approved"
    assert last_approved(campaign).document["brief"]["offer"] == "Another"


def test_approval_with_rules_asks_all_of_them(cast):
    journey = make_map(cast.product)
    edit_stage(by=cast.product, stage=stage_of(journey), seen=None, accountable_person=cast.sales)
    make_rule(cast.admin, AskedPeople.STAGE_OWNERS)
    make_rule(cast.admin, AskedPeople.TEAM, team=cast.workspace.teams.get(name="Success"))
    make_rule(cast.admin, AskedPeople.ADMIN, applies=Applies.ABOVE, amount=Decimal(1000))
    make_rule(cast.admin, AskedPeople.MEMBER, applies=Applies.CHANNEL, channel=make_channel(cast.workspace))
    stages = [stage_of(journey), stage_of(journey, 1), stage_of(journey, 2)]
    campaign = asked(cast.marketing, stages=stages, budget=[line(1001)])
    assert [(row.asks, row.member, row.team and row.team.name, row.stages) for row in Approval.objects.all()] == [
        ("stage-owners", cast.sales, None, "Try"),
        ("stage-owners", cast.product, None, "Buy, Keep"),
        ("team", None, "Success", ""),
        ("admin", None, None, ""),
    ]
    for member in (cast.sales, cast.product, cast.success, cast.owner):
        assert news(member) == ["campaign.asked"]
        campaign = approve(member, campaign)
    assert (campaign.status, campaign.approved_at is not None) == ("approved", True)
    assert news(cast.marketing) == ["campaign.answered", "campaign.approved"]
    with pytest.raises(PermissionDenied):
        approve(cast.admin, campaign)


@pytest.mark.parametrize("planned", [1000, 0])
def test_approval_rule_above_a_budget_leaves_smaller_ones_alone(cast, planned):
    make_rule(cast.admin, applies=Applies.ABOVE, amount=Decimal(1000))
    asked(cast.marketing, budget=[line(planned, 5000)])
    assert not Approval.objects.exists()


def test_approval_rule_above_a_budget_adds_up_to_the_cent(cast):
    make_rule(cast.admin, applies=Applies.ABOVE, amount=Decimal("0.30"))
    make_rule(cast.admin, AskedPeople.ADMIN, applies=Applies.ABOVE, amount=Decimal("0.29"))
    cents = [{"channel": None, "month": FIRST, "planned": Decimal("0.10"), "spent": Decimal(0)}]
    cents.append({"channel": None, "month": FIRST + 5 * WEEK, "planned": Decimal("0.20"), "spent": Decimal(0)})
    asked(cast.marketing, budget=cents)
    assert [row.asks for row in Approval.objects.all()] == ["admin"]


def test_approval_of_several_rules_is_given_in_one_go(cast):
    make_rule(cast.admin)
    make_rule(cast.admin, AskedPeople.ADMIN)
    campaign = approve(cast.admin, asked(cast.marketing), "Go on")
    assert campaign.status == "approved"
    assert set(Approval.objects.values_list("answerer_name", "comment")) == {("Adam Admin", "Go on")}


def test_approval_is_not_a_step(cast):
    make_rule(cast.admin)
    with pytest.raises(ValidationError):
        take_step(by=cast.admin, campaign=asked(cast.marketing), to=CampaignStatus.APPROVED)


def test_approval_refused_goes_back_to_planning_with_the_reason(cast):
    make_rule(cast.admin)
    campaign = asked(cast.marketing)
    with pytest.raises(ValidationError) as refused:
        answer(by=cast.admin, campaign=campaign, approve=False, comment="  ")
    assert list(refused.value.message_dict) == ["comment"]
    answer(by=cast.admin, campaign=campaign, approve=False, comment="Too many on one day")
    campaign.refresh_from_db()
    assert (campaign.status, last_request(campaign).state) == ("planned", "refused")
    row = activity_of(campaign).first()
    assert (row.verb, row.after) == ("refused", {"status": "planned", "why": "Too many on one day"})
    assert cast.marketing.notifications.get().params == {"quote": "Too many on one day"}


def test_approval_of_ones_own_needs_another_where_there_is_one(cast):
    make_rule(cast.admin, AskedPeople.TEAM, team=cast.workspace.teams.get(name="Marketing"))
    campaign = asked(cast.marketing)
    assert waiting_for(cast.marketing).count() == 1  # alone in the team
    colleague = make_member(cast.workspace, team="Marketing")
    assert (waiting_for(cast.marketing).count(), waiting_for(colleague).count()) == (0, 1)
    with pytest.raises(PermissionDenied):
        approve(cast.marketing, campaign)
    assert approve(colleague, campaign).status == "approved"


def test_approval_of_who_has_left_waits_for_the_administrators(cast):
    make_rule(cast.admin, member=cast.sales)
    asked(cast.marketing)
    Approval.objects.update(member=None)
    assert (waiting_for(cast.admin).count(), waiting_for(cast.sales).count()) == (1, 0)


def test_approvals_of_a_member_who_leaves_are_handed_over(cast):
    make_rule(cast.admin, member=cast.sales)
    asked(cast.marketing)
    assert asked_approvals(cast.sales) == ["1 approval rule"]
    hand_over_approvals(by=cast.owner, giver=cast.sales, receiver=cast.product)
    assert (ApprovalRule.objects.get().member, waiting_for(cast.product).count()) == (cast.product, 1)


@pytest.mark.parametrize("answered", [False, True])
def test_approvals_handed_over_to_who_is_asked_by_the_same_rule_can_be_given(cast, answered):
    journey = make_map(cast.product)
    edit_stage(by=cast.product, stage=stage_of(journey), seen=None, accountable_person=cast.sales)
    make_rule(cast.admin, AskedPeople.STAGE_OWNERS)
    campaign = asked(cast.marketing, stages=[stage_of(journey), stage_of(journey, 1)])
    if answered:
        approve(cast.product, campaign)
    hand_over_approvals(by=cast.owner, giver=cast.sales, receiver=cast.product)
    last = cast.admin if answered else cast.product
    assert [waiting_for(member).count() for member in (last, cast.sales)] == [1, 0]
    assert approve(last, campaign).status == "approved"


@pytest.mark.parametrize("who", ["marketing", "product", "viewer", "stranger"])
def test_approval_by_who_is_not_asked_is_refused(cast, who):
    make_rule(cast.admin, member=cast.sales)
    campaign = asked(cast.marketing)
    assert not waiting_for(getattr(cast, who)).exists()
    with pytest.raises(Exception):  # noqa: B017 — a stranger finds nothing, others may not
        approve(getattr(cast, who), campaign)
    assert last_request(campaign).state == "waiting"


def test_approval_of_what_has_changed_meanwhile_conflicts(cast):
    make_rule(cast.admin)
    campaign = asked(cast.marketing)
    seen = last_request(campaign)
    edit_campaign(by=cast.marketing, campaign=campaign, offer="Another")
    with pytest.raises(Conflict):
        answer(by=cast.admin, campaign=campaign, approve=True, seen=(seen.pk, seen.version))


def write_brief(by, campaign, message):
    edit_campaign(by=by, campaign=campaign, offer="Another")


def write_budget(by, campaign, message):
    edit_campaign(by=by, campaign=campaign, budget=[line(80)])


def write_days(by, campaign, message):
    move_campaign(by=by, campaign=campaign, starts_on=FIRST + WEEK, ends_on=LAST + WEEK)


def write_new_message(by, campaign, message):
    add_message(by=by, campaign=campaign, title="One more")


def write_message(by, campaign, message):
    edit_message(by=by, message=message, texts=[{"language": "en", "subject": "New", "text": "Words"}])


def write_removal(by, campaign, message):
    remove_message(by=by, message=message)


def write_message_day(by, campaign, message):
    move_message(by=by, message=message, starts_on=FIRST + WEEK)


WRITERS = [
    write_brief,
    write_budget,
    write_days,
    write_new_message,
    write_message,
    write_removal,
    write_message_day,
]


@pytest.mark.parametrize("status", ["approved", "running"])
@pytest.mark.parametrize("write", WRITERS)
def test_change_after_approval_asks_again(cast, write, status):
    make_rule(cast.admin)
    message = make_message(cast.marketing)
    campaign = approve(cast.admin, asked(cast.marketing, message.campaign))
    if status == "running":
        campaign = take_step(by=cast.marketing, campaign=campaign, to=CampaignStatus.RUNNING)
    write(cast.marketing, campaign, message)
    campaign.refresh_from_db()
    assert campaign.status == ("approval" if status == "approved" else "running")
    assert last_request(campaign).state == "waiting"
    assert news(cast.admin)[-1] == "campaign.asked-again"
    assert differences(last_approved(campaign).document, last_request(campaign).document)
    assert approve(cast.admin, campaign).status == status
    assert ApprovalRequest.objects.filter(state="approved").count() == 1


def test_change_that_no_customer_hears_asks_nobody(cast):
    make_rule(cast.admin)
    campaign = make_campaign(cast.marketing, budget=[line(80)])
    campaign = approve(cast.admin, asked(cast.marketing, campaign))
    links = [{"title": "", "url": "https://example.com/"}]
    edit_campaign(by=cast.marketing, campaign=campaign, owner=cast.sales, budget=[line(80, 70)], attachments=links)
    campaign.refresh_from_db()
    assert (campaign.status, last_request(campaign).state) == ("approved", "approved")


def test_change_taken_back_stands_approved(cast):
    make_rule(cast.admin)
    message = make_message(cast.marketing)
    campaign = approve(cast.admin, asked(cast.marketing, message.campaign))
    at = campaign.approved_at
    for change, undo in [
        (
            lambda: move_campaign(by=cast.marketing, campaign=campaign, starts_on=FIRST + WEEK, ends_on=LAST + WEEK),
            None,
        ),
        (lambda: move_message(by=cast.marketing, message=message, starts_on=FIRST + WEEK), None),
        (lambda: remove_message(by=cast.marketing, message=message), restore_message),
    ]:
        done = change()
        campaign.refresh_from_db()
        assert campaign.status == "approval"
        if undo:
            undo(by=cast.marketing, message=message)
        else:
            done.refresh_from_db()
            move_back(by=cast.marketing, moved=done)
        campaign.refresh_from_db()
        assert (campaign.status, campaign.approved_at, waiting_for(cast.admin).count()) == ("approved", at, 0)


def test_change_while_it_is_asked_about_asks_about_the_new(cast):
    make_rule(cast.admin)
    make_rule(cast.admin, member=cast.sales)
    campaign = asked(cast.marketing)
    edit_campaign(by=cast.marketing, campaign=campaign, offer="Second")
    assert ApprovalRequest.objects.count() == 1
    approve(cast.sales, campaign)
    edit_campaign(by=cast.marketing, campaign=campaign, offer="Third")
    assert list(ApprovalRequest.objects.values_list("state", flat=True)) == ["waiting", "withdrawn"]
    assert (waiting_for(cast.sales).count(), waiting_for(cast.admin).count()) == (1, 1)
    assert last_request(campaign).document["brief"]["offer"] == "Third"


def test_change_that_a_new_rule_catches_asks_it(cast):
    make_rule(cast.admin)
    make_rule(cast.admin, member=cast.sales, applies=Applies.ABOVE, amount=Decimal(100))
    campaign = asked(cast.marketing)
    edit_campaign(by=cast.marketing, campaign=campaign, budget=[line(101)])
    assert (news(cast.admin), news(cast.sales)) == (["campaign.asked"], ["campaign.asked"])


def test_change_of_a_running_one_refused_stays_said(cast):
    make_rule(cast.admin)
    campaign = approve(cast.admin, asked(cast.marketing))
    campaign = take_step(by=cast.marketing, campaign=campaign, to=CampaignStatus.RUNNING)
    edit_campaign(by=cast.marketing, campaign=campaign, offer="Another")
    answer(by=cast.admin, campaign=campaign, approve=False, comment="Keep the old one")
    campaign.refresh_from_db()
    assert (campaign.status, last_request(campaign).state, last_approved(campaign) is not None) == (
        "running",
        "refused",
        True,
    )


def test_removed_campaign_waits_for_nobody(cast):
    make_rule(cast.admin)
    campaign = asked(cast.marketing)
    remove_campaign(by=cast.marketing, campaign=campaign)
    assert not waiting_for(cast.admin).exists()
    restore_campaign(by=cast.marketing, campaign=campaign)
    assert waiting_for(cast.admin).exists()


def test_back_to_planning_ends_what_was_approved(cast):
    make_rule(cast.admin)
    campaign = approve(cast.admin, asked(cast.marketing))
    campaign = take_step(by=cast.marketing, campaign=campaign, to=CampaignStatus.PLANNED)
    assert (last_approved(campaign), campaign.approved_at) == (None, None)


def test_differences_are_told_in_words(cast):
    make_rule(cast.admin)
    channel = make_channel(cast.workspace, name="Letters")
    message = make_message(cast.marketing, title="Hello")
    campaign = approve(cast.admin, asked(cast.marketing, message.campaign))
    edit_campaign(by=cast.marketing, campaign=campaign, offer="Two for one", channels=[channel], budget=[line(80)])
    edit_message(by=cast.marketing, message=message, at=datetime.time(12, 30))
    add_message(by=cast.marketing, campaign=campaign, title="Goodbye")
    found = differences(last_approved(campaign).document, last_request(campaign).document)
    assert [tuple(row) for row in found] == [
        ("", "offer", "nothing", "Two for one"),
        ("", "channels", "nothing", "Letters"),
        ("", "budget", "nothing", "all channels, Mar 2027: 80.00"),
        ("Hello", "time", "09:00", "12:30"),
        ("Goodbye", "", "was not there", "is new"),
    ]


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"asks": "team"}, "team"),
        ({"asks": "member"}, "member"),
        ({"asks": "admin", "applies": "above"}, "amount"),
        ({"asks": "admin", "applies": "above", "amount": Decimal(-1)}, "amount"),
        ({"asks": "admin", "applies": "channel"}, "channel"),
        ({"asks": "somebody"}, "asks"),
        ({"asks": "admin", "applies": "never"}, "applies"),
    ],
)
def test_add_rule_with_a_wrong_field_names_it(cast, fields, field):
    with pytest.raises(ValidationError) as refused:
        approval_rules.add_rule(by=cast.admin, **{"applies": "always"} | fields)
    assert field in refused.value.message_dict


def test_add_rule_with_things_of_another_workspace_names_them(cast):
    given = {"asks": "member", "member": cast.stranger, "applies": "channel", "channel": make_channel(cast.elsewhere)}
    with pytest.raises(ValidationError) as refused:
        approval_rules.add_rule(by=cast.admin, **given)
    assert set(refused.value.message_dict) == {"member", "channel"}


def test_add_rule_by_an_editor_is_refused(cast):
    with pytest.raises(PermissionDenied):
        approval_rules.add_rule(by=cast.marketing, asks="admin", applies="always")


def test_rule_removed_comes_back(cast):
    rule = make_rule(cast.admin)
    approval_rules.remove_rule(by=cast.admin, rule=rule)
    asked(cast.marketing)
    assert not Approval.objects.exists()
    approval_rules.restore_rule(by=cast.admin, rule=rule)
    asked(cast.marketing)
    assert Approval.objects.count() == 1


RULE = {"asks": "admin", "applies": "always"}


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({"asks": "x"}, "asks_known"),
        ({"applies": "x"}, "applies_known"),
        ({"asks": "team"}, "team_where_it_asks_one"),
        ({"asks": "member"}, "member_where_it_asks_one"),
        ({"applies": "above"}, "amount_where_it_counts"),
        ({"amount": 1}, "amount_where_it_counts"),
        ({"applies": "above", "amount": -1}, "amount_not_negative"),
        ({"applies": "channel"}, "channel_where_it_counts"),
    ],
)
def test_database_refuses_a_rule_that_is_none(cast, fields, name):
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        ApprovalRule.objects.create(workspace=cast.workspace, **RULE | fields)


def test_database_refuses_a_rule_with_what_does_not_belong(cast):
    for fields in [
        {"team": cast.workspace.teams.first()},
        {"member": cast.sales},
        {"channel": make_channel(cast.workspace)},
    ]:
        with pytest.raises(IntegrityError), transaction.atomic():
            ApprovalRule.objects.create(workspace=cast.workspace, **RULE | fields)


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({"state": "x", "answered_at": timezone.now()}, "state_known"),
        ({"asks": "x"}, "asks_known"),
        ({"state": "approved"}, "answered_with_date"),
        ({"answered_at": timezone.now()}, "answered_with_date"),
        ({"state": "refused", "answered_at": timezone.now()}, "refused_with_reason"),
        ({"state": "withdrawn", "answered_at": timezone.now()}, "state_known"),
    ],
)
def test_database_refuses_an_approval_that_is_none(cast, fields, name):
    make_rule(cast.admin)
    asked(cast.marketing)
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        Approval.objects.update(**fields)


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({"state": "x", "settled_at": timezone.now()}, "state_known"),
        ({"state": "approved"}, "settled_with_date"),
        ({"settled_at": timezone.now()}, "settled_with_date"),
    ],
)
def test_database_refuses_a_request_that_is_none(cast, fields, name):
    campaign = asked(cast.marketing)
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        ApprovalRequest.objects.filter(campaign=campaign).update(**fields)


def test_database_keeps_one_waiting_request_and_one_approval_for_each(cast):
    make_rule(cast.admin)
    campaign = asked(cast.marketing)
    approval = Approval.objects.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        ApprovalRequest.objects.create(campaign=campaign, document={}, actor_name="x")
    with pytest.raises(IntegrityError), transaction.atomic():
        Approval.objects.create(request=approval.request, rule=approval.rule, asks="member", member=cast.admin)
