"""What the database refuses of overlaps, assumptions, policies and clashes, whoever writes."""

import datetime
from typing import Any

import pytest
from django.db import DataError, IntegrityError, transaction

from campaigns.enums import ClashCode
from campaigns.models import AudienceAssumption, Clash, Policy, SegmentOverlap
from campaigns.pressure.limits import MOST_PEOPLE
from tests.campaigns.made import make_campaign, make_policy, make_segment
from tests.experiments.made import make_idea
from tests.factories import make_channel

pytestmark = pytest.mark.django_db

EIGHT, NINE = datetime.time(8), datetime.time(9)
KINDS: dict[str, dict[str, Any]] = {
    "cap": {"n": 2, "per": "week"},
    "gap": {"hours": 24.0},
    "quiet-hours": {"quiet_from": NINE, "quiet_until": EIGHT},
    "quiet-weekdays": {"weekdays": 64},
    "blackout": {"days": ["2027-12-24"]},
    "held-out": {"share": 0.05},
}


def refused(name: str, act) -> None:
    with pytest.raises((IntegrityError, DataError), match=name), transaction.atomic():
        act()


@pytest.fixture
def two(cast):
    return make_segment(cast.owner), make_segment(cast.owner)


@pytest.mark.parametrize(
    "said", [{"persons": 5}, {"persons": 0}, {"share": 0.0}, {"share": 1.0}, {"assumed": "nested"}], ids=str
)
def test_overlap_is_said_in_one_way(two, said):
    SegmentOverlap.objects.create(one=two[0], other=two[1], **said)

    assert SegmentOverlap.objects.filter(**said).exists()


@pytest.mark.parametrize(
    "said",
    [
        {},
        {"persons": 5, "share": 0.1},
        {"persons": 5, "assumed": "nested"},
        {"share": 0.1, "assumed": "nested"},
        {"persons": 5, "share": 0.1, "assumed": "nested"},
    ],
    ids=str,
)
def test_overlap_in_no_way_or_several_is_refused(two, said):
    refused("segment_overlap_in_one_way", lambda: SegmentOverlap.objects.create(one=two[0], other=two[1], **said))


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ({"share": 1.01}, "share_in_range"),
        ({"share": -0.01}, "share_in_range"),
        ({"persons": MOST_PEOPLE + 1}, "persons_in_range"),
        ({"assumed": "somehow"}, "assumed_known"),
    ],
    ids=str,
)
def test_overlap_out_of_range_is_refused(two, said, name):
    refused(name, lambda: SegmentOverlap.objects.create(one=two[0], other=two[1], **said))


def test_overlap_is_there_once_in_order(two):
    one, other = two
    SegmentOverlap.objects.create(one=one, other=other, persons=5)
    # SQLite names the columns of a unique constraint instead of the constraint.
    refused("segment_overlap_unique|UNIQUE", lambda: SegmentOverlap.objects.create(one=one, other=other, persons=5))
    refused("segment_overlap_in_order", lambda: SegmentOverlap.objects.create(one=other, other=one, persons=5))
    refused("segment_overlap_in_order", lambda: SegmentOverlap.objects.create(one=one, other=one, persons=5))


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({"assumed": "independent"}, "has_population"),
        ({"assumed": "stated"}, "assumption_known"),
        ({"population": MOST_PEOPLE + 1}, "population_in_range"),
    ],
    ids=str,
)
def test_assumption_that_cannot_be_is_refused(cast, fields, name):
    refused(name, lambda: AudienceAssumption.objects.create(workspace=cast.workspace, **fields))


@pytest.mark.parametrize("fields", [{}, {"assumed": "nested"}, {"assumed": "independent", "population": 10}], ids=str)
def test_assumption(cast, fields):
    assert AudienceAssumption.objects.create(workspace=cast.workspace, **fields).pk


@pytest.mark.parametrize("kind", KINDS)
def test_policy_with_the_fields_of_its_kind(cast, kind):
    assert make_policy(cast.workspace, kind=kind, **KINDS[kind]).pk


@pytest.mark.parametrize(("kind", "name"), [(kind, name) for kind, fields in KINDS.items() for name in fields])
def test_policy_without_a_field_of_its_kind_is_refused(cast, kind, name):
    rest = {other: value for other, value in KINDS[kind].items() if other != name}
    refused("fields_of_its_kind", lambda: make_policy(cast.workspace, kind=kind, **rest))


@pytest.mark.parametrize(
    ("kind", "other"), [(kind, other) for kind in KINDS for other in KINDS if kind != other], ids=str
)
def test_policy_with_a_field_of_another_kind_is_refused(cast, kind, other):
    for name, value in KINDS[other].items():
        refused(
            "fields_of_its_kind",
            lambda name=name, value=value: make_policy(cast.workspace, kind=kind, **KINDS[kind], **{name: value}),
        )


@pytest.mark.parametrize(
    ("kind", "changed", "name"),
    [
        ("cap", {"n": 0}, "n_in_range"),
        ("cap", {"n": 10_001}, "n_in_range"),
        ("cap", {"per": "year"}, "per_known"),
        ("gap", {"hours": 0.0}, "hours_in_range"),
        ("gap", {"hours": 9_000.0}, "hours_in_range"),
        ("quiet-hours", {"quiet_until": NINE}, "quiet_hours_end"),
        ("quiet-weekdays", {"weekdays": 0}, "weekdays_in_range"),
        ("quiet-weekdays", {"weekdays": 127}, "weekdays_in_range"),
        ("held-out", {"share": 1.1}, "share_in_range"),
        ("held-out", {"share": -0.1}, "share_in_range"),
        ("held-out", {"scope": "channel"}, "holds_out_of_everything"),
        ("cap", {"binds_transactional": True}, "binds_by_calendar"),
        ("gap", {"binds_transactional": True}, "binds_by_calendar"),
        ("held-out", {"binds_transactional": True}, "binds_by_calendar"),
        ("cap", {"scope": "everywhere"}, "scope_known"),
    ],
    ids=str,
)
def test_policy_out_of_range_is_refused(cast, kind, changed, name):
    # A `per` or `scope` that is too long for its column is refused by PostgreSQL in other words.
    refused(f"{name}|too long", lambda: make_policy(cast.workspace, kind=kind, **KINDS[kind] | changed))


def test_policy_of_an_unknown_kind_is_refused(cast):
    refused("policy_kind_known|fields_of_its_kind", lambda: make_policy(cast.workspace, kind="mood", n=1, per="day"))


@pytest.mark.parametrize("kind", ["quiet-hours", "quiet-weekdays", "blackout"])
def test_hours_and_days_may_bind_transactional_messages(cast, kind):
    assert make_policy(cast.workspace, kind=kind, binds_transactional=True, **KINDS[kind]).pk


@pytest.mark.parametrize(("scope", "allowed"), [("all", False), ("channel", True), ("stage", False)])
def test_channel_belongs_to_its_scope(cast, scope, allowed):
    def act() -> Policy:
        return make_policy(cast.workspace, scope=scope, channel=make_channel(cast.workspace))

    if allowed:
        assert act().channel
    else:
        refused("policy_of_what_it_counts", act)


@pytest.mark.parametrize(("scope", "allowed"), [("all", False), ("channel", False), ("stage", True)])
def test_stage_belongs_to_its_scope(cast, scope, allowed):
    def act() -> Policy:
        return make_policy(cast.workspace, kind="cap", n=1, per="day", scope=scope, stage_id=7)

    if allowed:
        assert act().stage_id == 7
    else:
        refused("policy_of_what_it_counts", act)


def test_clash_is_with_a_campaign_or_an_experiment(cast):
    one, other, test = make_campaign(cast.owner), make_campaign(cast.owner), make_idea(cast.owner)
    code = ClashCode.SAME_STAGE
    Clash.objects.create(campaign=one, other=other, code=code)
    Clash.objects.create(campaign=one, experiment=test, code=ClashCode.MOVES_THE_METRIC)

    refused("clash_with_one_other", lambda: Clash.objects.create(campaign=one, code=code))
    refused("clash_with_one_other", lambda: Clash.objects.create(campaign=one, other=other, experiment=test, code=code))
    refused("clash_of_two_in_order", lambda: Clash.objects.create(campaign=other, other=one, code=code))
    refused("clash_of_two_in_order", lambda: Clash.objects.create(campaign=one, other=one, code=code))
    refused("clash_code_known", lambda: Clash.objects.create(campaign=one, other=other, code="luck"))


def test_clash_is_kept_once(cast):
    one, other, test = make_campaign(cast.owner), make_campaign(cast.owner), make_idea(cast.owner)
    Clash.objects.create(campaign=one, other=other, code="same-stage")
    Clash.objects.create(campaign=one, experiment=test, code="reaches-its-people")

    refused("of_campaigns_unique|UNIQUE", lambda: Clash.objects.create(campaign=one, other=other, code="same-stage"))
    refused(
        "with_experiment_unique|UNIQUE",
        lambda: Clash.objects.create(campaign=one, experiment=test, code="reaches-its-people"),
    )
