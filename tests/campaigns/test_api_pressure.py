"""The replay for programs: a range, a campaign, and a check of what is sent along."""

import datetime

import pytest
from django.core.cache import cache
from hypothesis import given, settings
from hypothesis import strategies as st

from campaigns.services.campaign_steps import take_step
from tests.api import errors_of, program
from tests.campaigns.made import make_campaign, make_message, make_policy, make_segment

CHECK = {
    "messages": [
        {"id": "sale", "segments": ["all"], "first": "2027-03-02", "at": "09:00", "priority": 80},
        {"id": "news", "segments": ["all"], "first": "2027-03-02", "last": "2027-03-03", "at": "10:00"},
    ],
    "segments": [{"id": "all", "size": 1000}],
    "policies": [{"id": "one a day", "kind": "cap", "n": 1, "per": "day"}],
    "day": "2027-03-02",
}


@pytest.fixture
def plan(cast):
    cache.clear()
    crowd = make_segment(cast.owner, size=1000)
    policy = make_policy(cast.workspace, n=1, per="day")
    made = []
    for title, priority in [("Spring", 80), ("News", 20)]:
        campaign = take_step(
            by=cast.owner, campaign=make_campaign(cast.owner, title=title, priority=priority), to="planned"
        )
        made.append(make_message(cast.owner, campaign, title=title, segments=[crowd]))
    return crowd, policy, *made


@pytest.mark.django_db
def test_range_has_days_segments_and_messages(cast, plan):
    crowd, _policy, spring, news = plan
    found = program(cast.workspace).get("pressure/?from=2027-03-01&to=2027-03-31").json()
    assert found["days"] == [{"day": "2027-03-02", "due": 2000, "sent": 1000, "held": 1000, "again": 0}]
    assert [(row["segment"], row["held"]) for row in found["segments"]] == [(crowd.pk, 1000)]
    assert [(row["message"], row["dropped"]) for row in found["messages"]] == [(spring.pk, 0), (news.pk, 1000)]
    assert found["held"] is None
    assert found["problem"] == ""


@pytest.mark.django_db
def test_single_day_says_what_is_held_and_why(cast, plan):
    _crowd, policy, spring, news = plan
    (held,) = program(cast.workspace).get("pressure/?from=2027-03-02&to=2027-03-02").json()["held"]
    assert (held["message"], held["policy"], held["persons"]) == (news.pk, policy.pk, 1000)
    assert held["lost_to"] == [{"message": spring.pk, "persons": 1000}]
    assert held["due"] == "2027-03-02T09:00:00Z"
    assert held["earliest"] == "2027-03-03T00:00:00Z"
    assert "“Spring” goes first." in held["says"]


@pytest.mark.django_db
def test_campaign_has_its_own_messages_and_collisions(cast, plan):
    _crowd, _policy, spring, news = plan
    found = program(cast.workspace).get(f"campaigns/{news.campaign_id}/pressure/").json()
    assert [row["message"] for row in found["messages"]] == [news.pk]
    assert [row["message"] for row in found["held"]] == [news.pk]
    (hit,) = found["collisions"]
    assert {hit["campaign"], hit["other_campaign"]} == {spring.campaign_id, news.campaign_id}
    assert hit["codes"] == ["same-people"]


@pytest.mark.django_db
def test_campaign_without_days_says_so(cast):
    bare = make_campaign(cast.owner, starts_on=None, ends_on=None)
    assert "starts_on" in errors_of(program(cast.workspace).get(f"campaigns/{bare.pk}/pressure/"))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("to=2027-03-01", "from"),
        ("from=2027-03-01", "to"),
        ("from=2027-03-01&to=2027-02-01", "to"),
        ("from=2027-01-01&to=2027-12-31", "to"),
        ("from=0001-01-01&to=0001-01-02", "from"),
        ("from=2027-02-30&to=2027-03-01", "from"),
        ("from=%00&to=2027-03-01", "from"),
        ("from=2027-03-01&to=2027-03-02&ideas=maybe", "ideas"),
        ("from=2027-03-01&to=2027-03-02&since=1", "since"),
    ],
)
def test_range_that_cannot_be_is_refused(cast, query, field):
    answer = program(cast.workspace).get(f"pressure/?{query}")
    assert answer.status_code == 400
    assert field in errors_of(answer)


@pytest.mark.django_db
def test_check_replays_what_is_sent(cast):
    found = program(cast.workspace).post("pressure/check/", CHECK).json()
    assert [(row["message"], row["sent"], row["later"]) for row in found["messages"]] == [
        ("sale", 1000, 0),
        ("news", 1000, 1000),
    ]
    (held,) = found["held"]
    assert (held["message"], held["policy"], held["lost_to"]) == ("news", "one a day", ["sale"])
    assert held["earliest"] == "2027-03-03T00:00:00Z"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"messages": []}, "messages"),
        ({"messages": [CHECK["messages"][0]] * 2}, "messages"),
        ({"messages": [CHECK["messages"][0] | {"segments": ["nobody"]}]}, "messages.0.segments"),
        ({"messages": [CHECK["messages"][0] | {"last": "2027-03-01"}]}, "messages.0.last"),
        ({"messages": [CHECK["messages"][0] | {"last": "2028-03-01"}]}, "messages"),
        ({"messages": [CHECK["messages"][0] | {"at": "25:00"}]}, "messages.0.at"),
        ({"segments": [{"id": "all", "size": -1}]}, "segments.0.size"),
        ({"segments": [{"id": "all", "size": 1, "zones": {"Nowhere/Land": 1}}]}, "segments.0.zones.0"),
        ({"segments": [{"id": "all", "size": 1}] * 2}, "segments.1.id"),
        ({"overlaps": [{"one": "all", "other": "all", "persons": 1}]}, "overlaps.0.other"),
        ({"overlaps": [{"one": "all", "other": "some", "persons": 1, "share": 1}]}, "overlaps.0.persons"),
        ({"assumed": "independent"}, "population"),
        ({"policies": [{"id": "a", "kind": "cap", "n": 1}]}, "policies.0.per"),
        ({"policies": [{"id": "a", "kind": "gap", "hours": 1, "n": 1}]}, "policies.0.n"),
        ({"policies": [{"id": "a", "kind": "held-out", "share": 0.1, "scope": "channel"}]}, "policies.0.scope"),
        ({"policies": CHECK["policies"] * 2}, "policies"),
        ({"mood": "good"}, "mood"),
    ],
    ids=str,
)
def test_check_that_cannot_be_is_refused(cast, changed, field):
    answer = program(cast.workspace).post("pressure/check/", CHECK | changed)
    assert answer.status_code == 400
    assert field in errors_of(answer)


@settings(max_examples=25, deadline=None)
@given(
    days=st.lists(st.integers(0, 20), min_size=1, max_size=6),
    size=st.integers(0, 5000),
    n=st.integers(1, 3),
    per=st.sampled_from(["day", "week", "month"]),
)
def test_whatever_is_sent_is_due_as_often_as_it_is_sent_or_dropped(days, size, n, per):
    from campaigns.api.replay_questions import CheckSerializer, asked_of
    from campaigns.pressure.replay import replay

    first = datetime.date(2027, 3, 1)
    body = {
        "messages": [
            {"id": str(number), "segments": ["all"], "first": str(first + datetime.timedelta(day)), "at": "09:00"}
            for number, day in enumerate(days)
        ],
        "segments": [{"id": "all", "size": size}],
        "policies": [{"id": "cap", "kind": "cap", "n": n, "per": per}],
    }
    question = CheckSerializer(data=body)
    question.is_valid(raise_exception=True)
    found = replay(*asked_of(question.validated_data))
    assert all(fate.due == fate.sent + fate.dropped for fate in found.fates)
    assert sum(fate.due for fate in found.fates) == size * len(days)
