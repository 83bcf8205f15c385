"""Projections in the browser: made, changed, found, shown, removed."""

import re

import pytest

from campaigns.models import Projection
from campaigns.queries.projections import latest_version
from campaigns.services.projection_documents import MOST_CHANNELS, MOST_STAGES
from campaigns.services.projections import edit_projection
from tests.campaigns.made import make_campaign
from tests.campaigns.projecting import edited, make_projection
from tests.factories import make_channel, make_map, make_metric

pytestmark = pytest.mark.django_db
LIST = "/w/here/projections/"


def posted(**changes):
    """A whole form: two stages, one channel, three months."""
    data = {
        "title": "Spring",
        "map": "",
        "owner": "",
        "team": "",
        "note": "",
        "start": "2026-01",
        "months": "3",
        "value": "80 / 100 / 150",
        "value_source": "assumed",
        "retention": "",
        "retention_source": "assumed",
        "draws": "200",
        "seed": "7",
        "stages-TOTAL_FORMS": "2",
        "stages-INITIAL_FORMS": "0",
        "stages-0-name": "Try",
        "stages-0-rate": "10 / 20 / 30 %",
        "stages-0-lag_days": "",
        "stages-0-rate_source": "assumed",
        "stages-1-name": "Buy",
        "stages-1-rate": "50",
        "stages-1-lag_days": "30",
        "stages-1-rate_source": "assumed",
        "inputs-TOTAL_FORMS": "1",
        "inputs-INITIAL_FORMS": "0",
        "inputs-0-channel": "Search",
        "inputs-0-cost_per_visit": "",
        "inputs-0-volume_source": "assumed",
        "inputs-0-v0": "1,000",
        "inputs-0-c0": "500",
    }
    return data | changes


def test_empty_list_teaches(cast, client_of):
    answer = client_of(cast.marketing).get(LIST)
    assert "No projection yet" in answer.text
    assert "Make the first projection" in answer.text
    assert "Make the first projection" not in client_of(cast.viewer).get(LIST).text


def test_list_finds_by_words_and_filters(cast, client_of):
    make_projection(cast.marketing, title="Spring drive")
    make_projection(cast.sales, title="Autumn colors", note="With the showroom")
    client = client_of(cast.viewer)
    assert "Autumn colors" not in client.get(LIST, {"q": "spr"}).text
    assert "Autumn colors" in client.get(LIST, {"q": "showroom"}).text
    assert "Spring drive" not in client.get(LIST, {"owner": cast.sales.pk}).text
    assert "No projection fits" in client.get(LIST, {"locked": "yes"}).text


def test_list_costs_the_same_whatever_its_length(cast, client_of, django_assert_num_queries):
    client = client_of(cast.viewer)
    make_projection(cast.marketing)
    client.get(LIST)
    with django_assert_num_queries(6):
        client.get(LIST)
    for _time in range(4):
        make_projection(cast.sales, map=make_map(cast.sales))
    with django_assert_num_queries(6):
        client.get(LIST)


def test_start_leads_to_the_form_with_stages_and_channels(cast, client_of):
    journey, channel = make_map(cast.marketing), make_channel(cast.workspace, "Radio")
    client = client_of(cast.marketing)
    assert "Go on to the numbers" in client.get(f"{LIST}new/").text
    answer = client.get(f"{LIST}new/", {"map": journey.pk, "months": "4", "start": "2027-02", "channel": channel.pk})
    assert 'value="Try"' in answer.text
    assert 'value="Radio"' in answer.text
    assert "May 2027" in answer.text
    assert "Jun 2027" not in answer.text


def test_start_names_what_is_wrong(cast, client_of):
    answer = client_of(cast.marketing).get(f"{LIST}new/", {"months": "37", "start": "soon"})
    assert answer.status_code == 422
    assert "Give a number from 1 to 36" in answer.text
    assert "such as 2027-01" in answer.text


def test_form_makes_a_projection_with_its_first_version(cast, client_of):
    answer = client_of(cast.marketing).post(f"{LIST}new/", posted(owner=cast.marketing.pk))
    made = Projection.objects.get()
    assert answer["Location"] == f"{LIST}{made.pk}/"
    kept = latest_version(made).document
    assert kept["value"] == {"low": 80, "likely": 100, "high": 150}
    assert kept["stages"][0]["rate"] == {"low": 0.1, "likely": 0.2, "high": 0.3}
    assert kept["inputs"][0]["volumes"] == [1000, 1000, 1000]
    assert kept["stages"][1]["sources"]["rate"]["of"] == "Marketing Editor"


def test_result_page_says_what_to_expect(cast, client_of):
    made = make_projection(cast.marketing, title="Spring drive")
    answer = client_of(cast.viewer).get(f"{LIST}{made.pk}/")
    for words in ("Spring drive", "Cost per customer", "What matters most", "Try: rate", "assumed by Marketing Editor"):
        assert words in answer.text
    assert "Change the numbers" not in answer.text
    other = client_of(cast.viewer).get(f"{LIST}{made.pk}/", {"scenario": "1", "show": "revenue"})
    assert other.context["one"]["name"] == "Cautious"


def test_result_page_computes_nothing(cast, client_of, monkeypatch, django_assert_num_queries):
    made = make_projection(cast.marketing)
    client = client_of(cast.viewer)
    client.get(f"{LIST}{made.pk}/")
    monkeypatch.setattr("campaigns.forecast.outcome.drawn", None)
    with django_assert_num_queries(5):
        assert client.get(f"{LIST}{made.pk}/").status_code == 200


def test_month_without_traffic_has_no_conversion_and_says_why(cast, client_of):
    made = make_projection(
        cast.marketing, inputs=[{"channel": "Search", "volumes": [0, 0, 0]}], scenarios=[], retention=None
    )
    text = client_of(cast.viewer).get(f"{LIST}{made.pk}/").text
    assert "Nobody comes in this month, so no conversion can be computed." in text
    assert "Nobody passes the last stage within these months, so there is no cost per customer." in text
    assert "Nothing is spent" in text


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"stages-0-rate": "120"}, "Give a number from 0 to 1."),
        ({"stages-0-rate": "30 / 20 / 10"}, "Low must be at most likely."),
        ({"stages-0-rate": "10 / 20"}, "Give one number, or three"),
        ({"stages-0-rate": ""}, "Say what share passes this stage"),
        ({"stages-1-name": "Try"}, "Another stage has this name."),
        ({"inputs-0-c1": "-5"}, "Give a number from 0 to"),
        ({"inputs-0-v1": "many"}, "is not a number"),
        ({"inputs-0-cost_per_visit": "0"}, "Give a number from 1e-06"),
        ({"start": "2027-13"}, "Give a month as year and month"),
        ({"months": "40"}, "Give a number from 1 to 36"),
        ({"months": "0"}, "Give a number from 1 to 36"),
        ({"value": ""}, "Say what a customer is worth"),
        ({"retention": "120"}, "Give a number from 0 to 1."),
        ({"title": ""}, "This field is required"),
        ({"stages-TOTAL_FORMS": "0"}, "at least one stage"),
        ({"inputs-TOTAL_FORMS": "0"}, "at least one channel"),
        ({"inputs-0-channel": ""}, "Give the channel a name"),
    ],
)
def test_form_names_the_field_and_keeps_what_was_typed(cast, client_of, changes, words):
    answer = client_of(cast.marketing).post(f"{LIST}new/", posted(owner=cast.marketing.pk, note="Keep me") | changes)
    assert answer.status_code == 422
    assert words in answer.text
    assert "Keep me" in answer.text
    assert not Projection.objects.exists()


def test_rows_come_and_go_without_scripts(cast, client_of):
    client = client_of(cast.marketing)
    answer = client.post(f"{LIST}new/", posted(do="add-stages"))
    assert 'name="stages-2-name"' in answer.text
    answer = client.post(f"{LIST}new/", posted(do="take-stages-0"))
    assert 'value="Buy"' in answer.text
    assert 'value="Try"' not in answer.text
    answer = client.post(f"{LIST}new/", posted(do="months", months="5"))
    assert "May 2026" in answer.text
    assert not Projection.objects.exists()


def test_metric_gives_the_rate_with_its_uncertainty(cast, client_of):
    metric = make_metric(cast.workspace, "Trial to paid")
    metric.readings.create(date="2026-01-31", value=0.25, n=400)
    client = client_of(cast.marketing)
    assert "Trial to paid: 25\u00a0%, n 400, 31 Jan 2026" in client.get(f"{LIST}new/", {"months": "3"}).text
    client.post(
        f"{LIST}new/",
        posted(owner=cast.marketing.pk) | {"stages-0-rate": "", "stages-0-rate_source": f"metric-{metric.pk}"},
    )
    stage = latest_version(Projection.objects.get()).document["stages"][0]
    assert stage["rate"] == {
        "low": pytest.approx(0.2101, abs=1e-3),
        "likely": 0.25,
        "high": pytest.approx(0.2947, abs=1e-3),
    }
    assert stage["sources"]["rate"] == {
        "kind": "measured", "of": "Trial to paid", "at": "2026-01-31", "metric": metric.pk, "value": 0.25, "n": 400,
    }  # fmt: skip


def test_metric_without_reading_is_refused(cast, client_of):
    metric = make_metric(cast.workspace, "Trial to paid")
    answer = client_of(cast.marketing).post(
        f"{LIST}new/",
        posted(owner=cast.marketing.pk) | {"stages-0-rate": "20", "stages-0-rate_source": f"metric-{metric.pk}"},
    )
    assert answer.status_code == 422
    assert "has no reading yet" in answer.text


def test_form_sent_back_as_it_was_makes_no_version(cast, client_of):
    made = make_projection(cast.marketing, retention={"low": 0.8, "likely": 0.9, "high": 0.95})
    client = client_of(cast.marketing)
    before = latest_version(made).document
    client.post(f"{LIST}{made.pk}/edit/", edited(client, made))
    made.refresh_from_db()
    assert latest_version(made).document == before
    assert made.number == 1


def test_edit_makes_a_version_and_keeps_sources_and_scenarios(cast, client_of):
    made = make_projection(cast.marketing)
    client = client_of(cast.admin)
    answer = client.post(f"{LIST}{made.pk}/edit/", edited(client, made) | {"stages-0-name": "Trial", "value": "120"})
    assert answer.status_code == 302
    made.refresh_from_db()
    kept = latest_version(made).document
    assert made.number == 2
    assert kept["scenarios"][0]["stages"][0]["name"] == "Trial"
    assert kept["sources"]["value"]["of"] == "Adam Admin"
    assert kept["stages"][1]["sources"]["rate"]["of"] == "Marketing Editor"
    assert made.versions.get(number=1).document["value"] == 100


def test_stale_edit_shows_both(cast, client_of):
    made = make_projection(cast.marketing)
    client = client_of(cast.marketing)
    data = edited(client, made)
    edit_projection(by=cast.admin, projection=made, document={"value": 140})
    answer = client.post(f"{LIST}{made.pk}/edit/", data | {"value": "90", "stages-1-rate": "40"})
    assert answer.status_code == 409
    assert "Somebody else saved this while you were writing" in answer.text
    differences = {one.label: (one.theirs, one.mine) for one in answer.context["forms"].theirs}
    assert differences["Worth of one customer"] == ("140", "90")
    assert differences["Stage Buy"] == ("Buy · 50 % · 30", "Buy · 40 · 30")
    data = {**data, "value": "90", "seen": str(answer.context["forms"].main["seen"].value())}
    assert client.post(f"{LIST}{made.pk}/edit/", data).status_code == 302
    made.refresh_from_db()
    assert latest_version(made).document["value"] == 90


def test_editor_without_a_part_may_not_edit(cast, client_of):
    made = make_projection(cast.marketing)
    assert client_of(cast.sales).get(f"{LIST}{made.pk}/edit/").status_code == 403
    team = cast.workspace.teams.get(name="Sales")
    edit_projection(by=cast.marketing, projection=made, team=team)
    assert client_of(cast.sales).get(f"{LIST}{made.pk}/edit/").status_code == 200


def test_removed_projection_comes_back(cast, client_of):
    made = make_projection(cast.marketing, title="Spring drive")
    client = client_of(cast.marketing)
    answer = client.post(f"{LIST}{made.pk}/remove/", follow=True)
    assert "is removed" in answer.text
    assert client.get(f"{LIST}{made.pk}/").status_code == 404
    client.post(f"{LIST}{made.pk}/restore/")
    assert "Spring drive" in client.get(LIST).text
    assert "Spring drive" in client.get(LIST, {"q": "spring"}).text


def test_campaign_says_what_its_projections_expect(cast, client_of):
    campaign = make_campaign(cast.marketing)
    sure = {"inputs": [{"channel": "Search", "volumes": [1000, 1000, 1000]}], "scenarios": []}
    make_projection(cast.marketing, campaign=campaign, title="Ranges")
    make_projection(cast.marketing, campaign=campaign, title="Sure", stages=[{"name": "Buy", "rate": 0.5}], **sure)
    text = client_of(cast.viewer).get(f"/w/here/campaigns/{campaign.pk}/projections/").text
    assert re.search(r"\d+ customers \([\d.,]+ to [\d.,]+\), revenue", text)
    assert "1,500 customers, revenue 150,000, cost 0" in text


def test_copy_is_ones_own(cast, client_of):
    made = make_projection(cast.marketing, title="Spring drive")
    client_of(cast.sales).post(f"{LIST}{made.pk}/copy/")
    copy = Projection.objects.get(title="Copy of Spring drive")
    assert copy.owner == cast.sales
    assert latest_version(copy).document == latest_version(made).document


def test_approval_is_somebody_elses(cast, client_of):
    made = make_projection(cast.marketing)
    client = client_of(cast.marketing)
    assert "Approve and lock" not in client.get(f"{LIST}{made.pk}/").text
    client.post(f"{LIST}{made.pk}/lock/")
    made.refresh_from_db()
    assert not made.locked
    assert "Approve and lock" in client_of(cast.sales).get(f"{LIST}{made.pk}/").text
    client_of(cast.sales).post(f"{LIST}{made.pk}/lock/", {"number": "1"})
    text = client.get(f"{LIST}{made.pk}/").text
    assert "Sales Editor approved this version on" in text
    assert "Change the numbers" not in text
    assert "approved “" in client.get("/w/here/inbox/").text
    answer = client.post(f"{LIST}{made.pk}/edit/", edited(client, made) | {"value": "1"})
    assert answer.status_code == 422
    assert "Unlock it first" in answer.text


def test_version_that_changed_meanwhile_is_not_approved(cast, client_of):
    made = make_projection(cast.marketing)
    edit_projection(by=cast.marketing, projection=made, document={"value": 140})
    answer = client_of(cast.sales).post(f"{LIST}{made.pk}/lock/", {"number": "1"}, follow=True)
    assert "Somebody else was here meanwhile" in answer.text


def test_needed_answers_by_htmx_and_as_a_page(cast, client_of):
    made = make_projection(cast.marketing)
    client = client_of(cast.viewer)
    address = f"{LIST}{made.pk}/needed/"
    asked = {"goal": "500", "what": "customers"}
    part = client.get(address, asked, headers={"HX-Request": "true"})
    assert "Try: rate" in part.text
    assert "<html" not in part.text
    assert "<html" in client.get(address, asked).text
    assert "It would take a rate above 100" in client.get(address, {"goal": "1e9", "what": "revenue"}).text
    wrong = client.get(address, {"goal": "-1", "what": "customers"})
    assert wrong.status_code == 422
    assert "Give a number from 0" in wrong.text


def test_result_as_csv(cast, client_of):
    made = make_projection(cast.marketing, stages=[{"name": "=1+1", "rate": 0.5}], scenarios=[])
    lines = client_of(cast.viewer).get(f"{LIST}{made.pk}/result.csv").content.decode("utf-8-sig").splitlines()
    assert client_of(cast.viewer).get(f"{LIST}{made.pk}/").status_code == 200
    assert lines[0] == "scenario,month,what,stage,p10,p50,p90"
    assert "Base,2026-01,passed,'=1+1,550.0,600.0,600.0" not in lines
    assert any(line.startswith("Base,2026-01,passed,'=1+1,") for line in lines)


def test_largest_projection_is_saved_by_its_form(cast, client_of):
    months = 36
    inputs = [
        {"channel": f"Channel {n}", "volumes": [100] * months, "cost": [5] * months} for n in range(MOST_CHANNELS)
    ]
    stages = [{"name": f"Stage {n}", "rate": 0.9, "lag_days": 0} for n in range(MOST_STAGES)]
    made = make_projection(cast.marketing, months=months, inputs=inputs, stages=stages, scenarios=[])
    client = client_of(cast.marketing)
    assert client.post(f"{LIST}{made.pk}/edit/", edited(client, made) | {"value": "70"}).status_code == 302
    assert latest_version(Projection.objects.get()).document["value"] == 70
