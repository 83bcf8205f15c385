"""The pages of campaigns: list and filters, the brief and its form, the budget, removal, steps."""

import datetime
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from campaigns.models import Campaign, CampaignStage, Segment
from campaigns.services.campaigns import edit_campaign, remove_campaign
from tests.campaigns.made import FIRST, LAST, make_campaign, make_message, make_segment
from tests.factories import make_channel, make_map, make_metric, make_persona, stage_of

MARCH, APRIL = datetime.date(2027, 3, 1), datetime.date(2027, 4, 1)


def address(name: str, member, *args) -> str:
    return reverse(f"campaigns:{name}", args=[member.workspace.slug, *args])


def filled(**fields) -> dict:
    return {"title": "Refill", "priority": "50", "currency": "EUR", "attachments": "", "target": ""} | fields


def titles(response) -> list[str]:
    return [line.campaign.title for line in response.context["lines"]]


def test_campaigns_without_any_teaches_the_next_step(cast, client_of):
    page = client_of(cast.marketing).get(address("campaigns", cast.marketing)).content.decode()
    assert "No campaign yet" in page
    assert address("campaign_new", cast.marketing) in page


def test_campaigns_filters_by_everything(cast, client_of):
    client = client_of(cast.marketing)
    stage = stage_of(make_map(cast.marketing))
    channel, persona, segment = make_channel(cast.workspace), make_persona(cast.workspace), make_segment(cast.sales)
    mine = make_campaign(
        cast.marketing,
        title="Second bag",
        offer="Two for one",
        team=cast.workspace.teams.get(name="Marketing"),
        stages=[stage],
        channels=[channel],
        personas=[persona],
        segments=[segment],
    )
    later = {"starts_on": FIRST + datetime.timedelta(60), "ends_on": LAST + datetime.timedelta(60)}
    make_campaign(cast.sales, title="Another", **later)
    make_campaign(cast.stranger, title="Theirs")
    asked = {
        "q": "two",
        "status": "idea",
        "month": "2027-03",
        "owner": cast.marketing.pk,
        "team": mine.team_id,
        "channel": channel.pk,
        "persona": persona.pk,
        "segment": segment.pk,
        "stage": stage.pk,
        "map": stage.map_id,
        "mine": "1",
    }
    found = {
        name: titles(client.get(address("campaigns", cast.marketing), {name: value})) for name, value in asked.items()
    }
    assert found == {name: ["Second bag"] for name in asked} | {"status": ["Another", "Second bag"]}
    assert titles(client.get(address("campaigns", cast.marketing), {"sort": "start"})) == ["Another", "Second bag"]


@pytest.mark.parametrize(
    "asked", ["month=2027-13", "month=9999-12", "owner=x", "channel=99999999999999999999", "q=%00", "page=0", "sort=x"]
)
def test_campaigns_with_a_filter_that_cannot_be_finds_what_is_left(cast, client_of, asked):
    make_campaign(cast.marketing)
    assert client_of(cast.viewer).get(f"{address('campaigns', cast.viewer)}?{asked}").status_code == 200


def test_campaigns_costs_the_same_for_many(cast, client_of, django_assert_num_queries):
    client = client_of(cast.marketing)

    def several(number: int) -> None:
        for _each in range(number):
            campaign = make_campaign(cast.marketing, channels=[make_channel(cast.workspace)], segments=[])
            make_message(cast.marketing, campaign)

    several(1)
    client.get(address("campaigns", cast.marketing))
    with CaptureQueriesContext(connection) as one:
        client.get(address("campaigns", cast.marketing))
    several(6)
    with django_assert_num_queries(len(one)):
        client.get(address("campaigns", cast.marketing))


def test_campaign_new_writes_the_whole_brief_down(cast, client_of):
    stage, channel, persona = stage_of(make_map(cast.sales)), make_channel(cast.workspace), make_persona(cast.workspace)
    segment, metric = make_segment(cast.sales, name="Regulars"), make_metric(cast.workspace, kind="share")
    sent = filled(
        owner=cast.marketing.pk,
        starts_on="2027-03-01",
        ends_on="2027-03-14",
        metric=metric.pk,
        target="34 %",
        stages=[stage.pk],
        channels=[channel.pk],
        personas=[persona.pk],
        segments=[segment.pk],
        new_segments="Sleepers, regulars",
        attachments="Media plan https://example.com/plan\nhttps://example.com/deck",
    )
    answer = client_of(cast.marketing).post(address("campaign_new", cast.marketing), sent)
    made = Campaign.objects.get()
    assert answer.headers["Location"] == address("campaign", cast.marketing, made.pk)
    assert (made.title, made.owner, made.starts_on, made.target) == ("Refill", cast.marketing, FIRST, 0.34)
    assert [row.stage for row in made.campaign_stages.all()] == [stage]
    assert {row.name for row in made.segments.all()} == {"Regulars", "Sleepers"}
    assert [(row.title, row.url) for row in made.attachments.all()] == [
        ("Media plan", "https://example.com/plan"),
        ("", "https://example.com/deck"),
    ]


@pytest.mark.parametrize(
    ("fields", "field", "said"),
    [
        ({"title": ""}, "title", "required"),
        ({"starts_on": "2027-03-14", "ends_on": "2027-03-01"}, "ends_on", "before it starts"),
        ({"starts_on": "2027-03-14"}, "ends_on", "both days"),
        ({"target": "12"}, "target", "which metric"),
        ({"currency": "euro"}, "currency", ""),
        ({"priority": "101"}, "priority", "100"),
        ({"attachments": "Plan javascript:alert(1)"}, "attachments", "Line 1"),
        ({"stages": ["99999999"]}, "stages", ""),
        ({"new_segments": "x" * 90}, "new_segments", "80"),
    ],
)
def test_campaign_new_with_a_wrong_field_names_it_and_keeps_what_was_typed(cast, client_of, fields, field, said):
    sent = filled(owner=cast.marketing.pk, goal="More second orders") | fields
    answer = client_of(cast.marketing).post(address("campaign_new", cast.marketing), sent)
    assert answer.status_code == 422
    assert said in " ".join(answer.context["form"].errors[field])
    assert "More second orders" in answer.content.decode()
    assert (Campaign.objects.count(), Segment.objects.count()) == (0, 0)


def test_campaign_new_shows_the_stages_of_another_map(cast, client_of):
    journeys = [make_map(cast.marketing, stages=(f"Stage {number}",)) for number in range(8)]
    client, url = client_of(cast.marketing), address("campaign_new", cast.marketing)
    assert "Stage 0<" not in client.get(url).content.decode().replace(" Stage", "Stage").replace("\n", "")
    answer = client.post(url, filled(also_map=journeys[0].pk, look="places", goal="Kept"))
    page = answer.content.decode()
    assert (answer.status_code, "Stage 0" in page, "Kept" in page) == (200, True, True)


def test_campaign_new_begins_at_the_stage_it_was_called_from(cast, client_of):
    stage = stage_of(make_map(cast.marketing))
    answer = client_of(cast.marketing).get(address("campaign_new", cast.marketing), {"stage": stage.pk})
    assert f'value="{stage.pk}" checked' in answer.content.decode()


def test_campaign_edit_too_late_shows_both_texts(cast, client_of):
    campaign = make_campaign(cast.marketing, offer="Old")
    edit_campaign(by=cast.admin, campaign=campaign, offer="Theirs")
    sent = filled(owner=cast.marketing.pk, offer="Mine", seen="1", starts_on=FIRST, ends_on=LAST)
    client, url = client_of(cast.marketing), address("campaign_edit", cast.marketing, campaign.pk)
    answer = client.post(url, sent)
    page = answer.content.decode()
    assert (answer.status_code, "Theirs" in page, "Mine" in page) == (409, True, True)
    assert client.post(url, sent | {"seen": "2"}).status_code == 302
    assert Campaign.objects.get().offer == "Mine"


def test_campaign_edit_of_what_was_removed_meanwhile_brings_it_back(cast, client_of):
    campaign = make_campaign(cast.marketing)
    remove_campaign(by=cast.admin, campaign=campaign)
    client, url = client_of(cast.marketing), address("campaign_edit", cast.marketing, campaign.pk)
    sent = filled(owner=cast.marketing.pk, goal="Not lost", seen="1", starts_on=FIRST, ends_on=LAST)
    answer = client.post(url, sent)
    assert (answer.status_code, "Bring it back" in answer.content.decode()) == (409, True)
    answer = client.post(url, sent | {"restore": "1"})
    assert (answer.status_code, "Not lost" in answer.content.decode()) == (200, True)
    assert client.post(url, sent | {"seen": answer.context["form"]["seen"].value()}).status_code == 302


def test_campaign_edit_keeps_a_stage_that_is_deleted_from_its_map(cast, client_of):
    stage = stage_of(make_map(cast.marketing))
    campaign = make_campaign(cast.marketing, stages=[stage])
    pk = stage.pk
    stage.delete()
    sent = filled(owner=cast.marketing.pk, seen="1", starts_on=FIRST, ends_on=LAST)
    answer = client_of(cast.marketing).post(address("campaign_edit", cast.marketing, campaign.pk), sent)
    assert answer.status_code == 302
    assert list(CampaignStage.objects.values_list("stage_id", flat=True)) == [pk]


def test_campaign_shows_the_brief_and_its_budget(cast, client_of):
    metric, channel = make_metric(cast.workspace, kind="share", name="Second orders"), make_channel(cast.workspace)
    campaign = make_campaign(
        cast.marketing,
        key_message="Before it runs out.",
        metric=metric,
        target=0.34,
        budget=[
            {"channel": channel, "month": MARCH, "planned": Decimal(500), "spent": Decimal("612.50")},
            {"channel": None, "month": APRIL, "planned": Decimal(1500), "spent": Decimal(0)},
        ],
        attachments=[{"title": "Plan", "url": "https://example.com/plan"}],
    )
    page = client_of(cast.viewer).get(address("campaign", cast.viewer, campaign.pk)).content.decode()
    for said in ["Before it runs out.", "34\u00a0%", "612.50", "2,000", "Mar 2027", 'href="https://example.com/plan"']:
        assert said in page
    assert address("campaign_edit", cast.viewer, campaign.pk) not in page


def test_campaign_costs_the_same_with_many_things(cast, client_of, django_assert_max_num_queries):
    stages = list(make_map(cast.marketing).stages.all())
    campaign = make_campaign(
        cast.marketing,
        stages=stages,
        segments=[make_segment(cast.marketing) for _each in range(6)],
        channels=[make_channel(cast.workspace) for _each in range(6)],
    )
    client = client_of(cast.marketing)
    with django_assert_max_num_queries(20):
        client.get(address("campaign", cast.marketing, campaign.pk))


def test_campaign_budget_is_filled_in_by_month_and_channel(cast, client_of):
    channel = make_channel(cast.workspace)
    other = {"channel": None, "month": datetime.date(2026, 12, 1), "planned": Decimal(70), "spent": Decimal(0)}
    campaign = make_campaign(cast.marketing, channels=[channel], ends_on=datetime.date(2027, 4, 14), budget=[other])
    url = f"{address('campaign_budget', cast.marketing, campaign.pk)}?year=2027"
    client = client_of(cast.marketing)
    assert [row.month for row in client.get(url).context["form"].rows] == [MARCH, APRIL]
    sent = {
        "seen": "1",
        f"planned-2027-03-{channel.pk}": "1 200",
        f"spent-2027-03-{channel.pk}": "12.50",
        "planned-2027-04-0": "80",
    }
    assert client.post(url, sent).status_code == 302
    kept = campaign.budget_lines.order_by("month").values_list("month", "channel", "planned", "spent")
    assert list(kept) == [
        (datetime.date(2026, 12, 1), None, Decimal(70), Decimal(0)),
        (MARCH, channel.pk, Decimal(1200), Decimal("12.50")),
        (APRIL, None, Decimal(80), Decimal(0)),
    ]


@pytest.mark.parametrize("typed", ["-1", "x", "1.234", "1e30", "NaN", "١٢"])
def test_campaign_budget_with_a_wrong_amount_names_the_place(cast, client_of, typed):
    campaign = make_campaign(cast.marketing)
    url = address("campaign_budget", cast.marketing, campaign.pk)
    answer = client_of(cast.marketing).post(url, {"seen": "1", "planned-2027-03-0": typed})
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["planned-2027-03-0"]
    assert not campaign.budget_lines.exists()


def test_campaign_budget_too_late_shows_both_amounts(cast, client_of):
    campaign = make_campaign(cast.marketing)
    edit_campaign(by=cast.admin, campaign=campaign, budget=[{"channel": None, "month": MARCH, "planned": Decimal(70)}])
    url = address("campaign_budget", cast.marketing, campaign.pk)
    answer = client_of(cast.marketing).post(url, {"seen": "1", "planned-2027-03-0": "90"})
    assert answer.status_code == 409
    assert [(row.theirs, row.mine) for row in answer.context["form"].theirs] == [("70", "90")]


def test_campaign_budget_by_a_viewer_is_refused(cast, client_of):
    campaign = make_campaign(cast.marketing)
    url = address("campaign_budget", cast.viewer, campaign.pk)
    client = client_of(cast.viewer)
    assert client.get(url).context["form"] is None
    assert client.post(url, {"planned-2027-03-0": "90"}).status_code == 403


def test_campaign_remove_can_be_undone(cast, client_of):
    campaign, client = make_campaign(cast.marketing, title="Refill"), client_of(cast.marketing)
    page = client.post(address("campaign_remove", cast.marketing, campaign.pk), follow=True).content.decode()
    undo = address("campaign_restore", cast.marketing, campaign.pk)
    assert "“Refill” is removed." in page
    assert undo in page
    assert client.get(address("campaign", cast.marketing, campaign.pk)).status_code == 404
    assert client.post(undo, follow=True).context["campaign"].title == "Refill"


def test_campaign_step_without_days_says_so(cast, client_of):
    campaign = make_campaign(cast.marketing, starts_on=None, ends_on=None)
    answer = client_of(cast.marketing).post(
        address("campaign_step", cast.marketing, campaign.pk), {"to": "planned", "seen": "1"}
    )
    assert answer.status_code == 422
    assert "Say when it starts and ends first." in answer.content.decode()


def test_campaign_step_moves_it_on(cast, client_of):
    campaign, client = make_campaign(cast.marketing), client_of(cast.marketing)
    url = address("campaign_step", cast.marketing, campaign.pk)
    assert client.post(url, {"to": "planned", "seen": "1"}).status_code == 302
    assert client.post(url, {"to": "idea", "seen": "1"}).status_code == 422
    assert Campaign.objects.get().status == "planned"


def test_campaign_is_found_and_told_of(cast, client_of):
    campaign, client = make_campaign(cast.marketing, title="Refill in spring"), client_of(cast.marketing)
    edit_campaign(by=cast.admin, campaign=campaign, offer="Two for one")
    found = client.get(reverse("teams:search", args=["here"]), {"q": "refill"}).content.decode()
    assert address("campaign", cast.marketing, campaign.pk) in found
    page = client.get(reverse("teams:activity", args=["here", "campaign", campaign.pk])).content.decode()
    assert "offer: nothing → Two for one" in page
    assert client.get(address("campaign_talk", cast.marketing, campaign.pk)).status_code == 200
