"""Campaigns on the stage headers of a map: a mark says how many are next there, and leads to them."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from campaigns.models import Campaign
from campaigns.queries.stage_campaigns import next_along, next_at
from campaigns.services.messages import remove_message
from tests.campaigns.made import make_campaign, make_message
from tests.factories import make_map, stage_of

HTMX = {"HX-Request": "true"}
DAY = datetime.timedelta(1)


@pytest.fixture
def journey(cast):
    return make_map(cast.owner, title="Trial")


def planned(by, status: str = "planned", **fields) -> Campaign:
    """From today on, for a week."""
    today = timezone.localdate()
    campaign = make_campaign(by, **{"starts_on": today, "ends_on": today + 6 * DAY} | fields)
    Campaign.objects.filter(pk=campaign.pk).update(status=status, approved_at=timezone.now())
    return campaign


def test_stages_count_their_campaigns_once_by_brief_and_by_message(cast, journey):
    first, second = stage_of(journey), stage_of(journey, 1)
    both = planned(cast.marketing, stages=[first])
    make_message(cast.marketing, both, stage=first)
    make_message(cast.marketing, both, stage=second)
    planned(cast.sales, "running", stages=[first])
    assert next_along(cast.viewer, journey) == {first.pk: 2, second.pk: 1}
    for stage in (first, second):
        assert len(next_at(cast.viewer, stage)) == next_along(cast.viewer, journey)[stage.pk]


def test_what_is_over_an_idea_removed_or_elsewhere_is_not_counted(cast, journey):
    stage, today = stage_of(journey), timezone.localdate()
    for status in ["idea", "done", "cancelled"]:
        planned(cast.marketing, status, stages=[stage])
    planned(cast.marketing, "running", stages=[stage], starts_on=today - 9 * DAY, ends_on=today - DAY)
    planned(cast.marketing, stages=[stage_of(make_map(cast.owner))])
    gone = planned(cast.marketing, stages=[stage])
    Campaign.objects.filter(pk=gone.pk).update(removed_at=timezone.now())
    remove_message(by=cast.marketing, message=make_message(cast.marketing, planned(cast.marketing), stage=stage))
    assert next_along(cast.viewer, journey) == {}
    assert next_along(cast.stranger, journey) == {}


def test_marks_lead_to_the_calendar_of_the_stage(cast, client_of, journey):
    stage = stage_of(journey)
    planned(cast.marketing, title="Refill weeks", stages=[stage])
    planned(cast.marketing, title="Elsewhere")
    client = client_of(cast.viewer)
    content = client.get(f"/w/here/maps/{journey.pk}/campaigns/", headers=HTMX).content.decode()
    query = f"view=timeline&rows=campaign&weeks=26&stage={stage.pk}"
    assert f'hx-target="#stage-{stage.pk} .plans"' in content
    assert f"/w/here/calendar/?{query.replace('&', '&amp;')}" in content
    assert "1 campaign here, running or planned" in content
    shown = client.get(f"/w/here/calendar/?{query}")
    assert [row.label for row in shown.context["rows"]] == ["Refill weeks"]


def test_marks_are_for_the_map_alone(cast, client_of, journey):
    address = f"/w/here/maps/{journey.pk}/campaigns/"
    assert client_of(cast.viewer).get(address)["Location"] == f"/w/here/maps/{journey.pk}/"
    assert client_of(cast.stranger).get(address, headers=HTMX).status_code == 404


def test_marks_take_the_same_queries_for_few_and_many(cast, client_of, journey):
    """Session, person, membership, its teams; the map; the counts."""
    client, address = client_of(cast.viewer), f"/w/here/maps/{journey.pk}/campaigns/"
    planned(cast.marketing, stages=[stage_of(journey)])
    client.get(address, headers=HTMX)
    with CaptureQueriesContext(connection) as few:
        client.get(address, headers=HTMX)
    for number in range(20):
        campaign = planned(cast.marketing, stages=[stage_of(journey, number % 3)])
        make_message(cast.marketing, campaign, stage=stage_of(journey, 1))
    with CaptureQueriesContext(connection) as many:
        client.get(address, headers=HTMX)
    assert len(many) == len(few) <= 6, [query["sql"] for query in many]
