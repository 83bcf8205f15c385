"""Collisions of campaigns, with one another and with experiments: where they are shown, and who is told."""

import datetime

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from campaigns.models import Clash
from campaigns.queries.collisions import collisions_within
from campaigns.services.campaign_steps import take_step
from campaigns.services.campaigns import edit_campaign
from campaigns.services.clashes import look
from campaigns.tasks import look_for_clashes, look_for_clashes_of
from experiments.models import Experiment
from teams.models import Notification
from teams.services.notifications import sentence
from tests.campaigns.made import make_campaign, make_message, make_overlap, make_segment
from tests.experiments.made import make_idea
from tests.factories import make_channel, make_map, make_metric, make_persona, stage_of

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()
SOON, LATER = TODAY + datetime.timedelta(5), TODAY + datetime.timedelta(15)


def planned(by, **fields):
    given = {"starts_on": SOON, "ends_on": LATER}
    return take_step(by=by, campaign=make_campaign(by, **given | fields), to="planned")


def running(by, **fields):
    """An experiment that runs since yesterday, without an end."""
    test = make_idea(by, **fields)
    Experiment.objects.filter(pk=test.pk).update(status="running", started_on=TODAY - datetime.timedelta(1))
    return test


def codes(cast, **fields):
    found = collisions_within(cast.workspace.pk, TODAY, TODAY + datetime.timedelta(60), **fields)
    return [[str(reason.code) for reason in hit.reasons] for hit in found.hits]


def news(member):
    return [sentence(row) for row in Notification.objects.filter(recipient=member).order_by("pk")]


@pytest.fixture
def crowd(cast):
    return make_segment(cast.owner, name="Trial users")


def test_campaigns_collide_on_offer_channel_stage_and_people(cast, crowd):
    mail, stage = make_channel(cast.workspace, "E-mail"), stage_of(make_map(cast.owner))
    planned(cast.owner, segments=[crowd], offer="10 % off", channels=[mail])
    other = planned(cast.marketing, segments=[crowd], offer="Free  Month", stages=[stage])
    assert codes(cast) == [["rival-offers"]]
    make_message(cast.marketing, other, channel=mail, starts_on=SOON)
    assert codes(cast) == [["rival-offers", "same-channel"]]
    edit_campaign(by=cast.marketing, campaign=other, offer="10 % OFF")
    assert codes(cast) == [["same-offer", "same-channel"]]


def test_campaigns_of_other_days_people_or_workspaces_get_on(cast, crowd):
    mail = make_channel(cast.workspace)
    planned(cast.owner, segments=[crowd], channels=[mail])
    planned(cast.owner, segments=[make_segment(cast.owner)], channels=[mail])
    after = LATER + datetime.timedelta(1)
    planned(cast.owner, segments=[crowd], channels=[mail], starts_on=after, ends_on=after)
    planned(cast.stranger, offer="Sale")
    assert codes(cast) == []


def test_segments_that_overlap_are_the_same_people(cast, crowd):
    other = make_segment(cast.owner, name="Customers")
    planned(cast.owner, segments=[crowd])
    planned(cast.owner, segments=[other])
    assert codes(cast) == []
    make_overlap(cast.owner, crowd, other, share=0.2)
    assert codes(cast) == [["same-people"]]


def test_ideas_count_where_they_are_asked_for(cast, crowd):
    planned(cast.owner, segments=[crowd])
    idea = make_campaign(cast.owner, segments=[crowd], starts_on=SOON, ends_on=LATER)
    assert codes(cast) == []
    assert codes(cast, ideas=True) == codes(cast, campaign=idea.pk) == [["same-people"]]


def test_campaign_disturbs_an_experiment(cast, client_of):
    persona, metric = make_persona(cast.workspace, "Mia"), make_metric(cast.workspace, "Activation")
    journey = make_map(cast.owner)
    test = running(
        cast.product, title="Fewer steps", persona=persona, metric=metric, stage=stage_of(journey), journey=journey
    )
    campaign = planned(cast.marketing, title="Spring", personas=[persona], metric=metric, stages=[stage_of(journey)])
    assert codes(cast) == [["moves-the-metric", "changes-who-arrives"]]

    viewer = client_of(cast.viewer)
    for address in [
        f"/w/here/campaigns/{campaign.pk}/collisions/",
        f"/w/here/campaigns/{campaign.pk}/pressure/",
        f"/w/here/experiments/{test.pk}/campaigns/",
        f"/w/here/calendar/{SOON}/pressure/",
    ]:
        page = viewer.get(address)
        assert "“Spring” is meant to move what the experiment “Fewer steps” measures: Activation." in page.text, address
        assert "changes who arrives at Try while the experiment" in page.text, address
    assert f"/w/here/experiments/{test.pk}/campaigns/" in viewer.get(f"/w/here/experiments/{test.pk}/").text
    part = viewer.get(f"/w/here/experiments/{test.pk}/campaigns/", headers={"HX-Request": "true"})
    assert "<html" not in part.text


def test_offer_that_an_experiment_tries_out(cast):
    running(cast.product, change="we give a Free Month to those who ask")
    planned(cast.marketing, offer="free month")
    assert codes(cast) == [["gives-the-offer"]]


def test_experiment_that_nobody_disturbs_has_nothing_to_show(cast, client_of):
    test = running(cast.product)
    address = f"/w/here/experiments/{test.pk}/campaigns/"
    assert "No campaign disturbs it." in client_of(cast.viewer).get(address).text
    assert client_of(cast.viewer).get(address, headers={"HX-Request": "true"}).text.strip() == ""


def test_owners_are_told_once(cast, crowd):
    mail = make_channel(cast.workspace)
    planned(cast.marketing, title="Spring", segments=[crowd], channels=[mail], offer="10 % off")
    other = planned(cast.sales, title="News", segments=[crowd], channels=[mail], offer="Free month")
    assert look(cast.workspace.pk) == 2
    told = "collides with the campaign “%s”: different offers to the same people."
    assert news(cast.marketing) == ["“Spring” " + told % "News"]
    assert news(cast.sales) == ["“News” " + told % "Spring"]
    Notification.objects.all().delete()

    assert look(cast.workspace.pk) == 0
    take_step(by=cast.sales, campaign=other, to="idea")
    assert look(cast.workspace.pk) == 0
    take_step(by=cast.sales, campaign=other, to="planned")
    assert look_for_clashes() == 0
    assert Notification.objects.count() == 0
    assert Clash.objects.count() == 2


def test_owner_of_the_experiment_is_told_how(cast):
    metric = make_metric(cast.workspace)
    running(cast.product, title="Fewer steps", metric=metric)
    planned(cast.marketing, title="Spring", metric=metric)
    look(cast.workspace.pk)
    assert news(cast.product) == [
        "The campaign “Spring” would disturb “Fewer steps”: it moves what the experiment measures."
    ]
    assert news(cast.marketing) == [
        "“Spring” would disturb the experiment “Fewer steps”: it moves what the experiment measures."
    ]


def test_guesses_are_kept_and_told_to_nobody(cast):
    mail = make_channel(cast.workspace)
    planned(cast.marketing, channels=[mail])
    planned(cast.sales, channels=[mail])
    assert look(cast.workspace.pk) == 1
    assert Clash.objects.get().told_at is None
    assert Notification.objects.count() == 0


def test_what_is_over_is_told_to_nobody(cast, crowd):
    past = {"starts_on": TODAY - datetime.timedelta(9), "ends_on": TODAY - datetime.timedelta(1)}
    for by in (cast.marketing, cast.sales):
        planned(by, segments=[crowd], offer=f"Offer of {by.pk}", **past)
    assert look_for_clashes() == 0


def test_a_change_is_looked_at_when_it_is_through(cast, crowd, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as looks:
        planned(cast.marketing, segments=[crowd], offer="10 % off")
        planned(cast.sales, segments=[crowd], offer="Free month")
        assert Clash.objects.count() == 0
    cache.clear()
    looks[-1]()
    assert Clash.objects.count() == 1


def test_workspace_that_is_gone_is_passed_over(cast):
    assert look_for_clashes_of(10**9) == 0


def test_stage_names_its_next_campaigns(cast, client_of):
    journey = make_map(cast.owner)
    stage = stage_of(journey)
    planned(cast.marketing, title="Spring", stages=[stage])
    by_message = planned(cast.marketing, title="By a message")
    make_message(cast.marketing, by_message, stage=stage, starts_on=SOON)
    make_campaign(cast.marketing, title="Only an idea", stages=[stage])
    page = client_of(cast.viewer).get(f"/w/here/stages/{stage.pk}/campaigns/")
    assert "Spring" in page.text
    assert "By a message" in page.text
    assert "Only an idea" not in page.text
    other = client_of(cast.viewer).get(f"/w/here/stages/{stage_of(journey, 1).pk}/campaigns/")
    assert "No campaign is planned here." in other.text
    panel = client_of(cast.viewer).get(f"/w/here/stages/{stage.pk}/")
    assert f"/w/here/stages/{stage.pk}/campaigns/" in panel.text


def test_queries_do_not_grow_with_plans(cast, crowd, django_assert_num_queries):
    first, last = TODAY, TODAY + datetime.timedelta(60)
    make_message(cast.owner, planned(cast.owner, segments=[crowd], metric=make_metric(cast.workspace)), starts_on=SOON)
    running(cast.product, metric=make_metric(cast.workspace))

    def counted() -> int:
        with CaptureQueriesContext(connection) as captured:
            collisions_within(cast.workspace.pk, first, last)
        return len(captured)

    few = counted()
    for _ in range(4):
        make_message(cast.owner, planned(cast.owner, segments=[crowd]), starts_on=SOON)
        running(cast.product, metric=make_metric(cast.workspace))
    assert counted() == few
