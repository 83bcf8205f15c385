"""What decided experiments offer to projections: on which number, in the base or as a scenario, and why not."""

import datetime

import pytest
from django.utils import timezone

from campaigns.queries import projection_offers
from campaigns.queries.projection_offers import Silence, heard_of, offers_of
from campaigns.queries.projections import latest_version
from campaigns.services.projection_documents import MOST_SCENARIOS
from campaigns.services.projection_locks import lock_projection
from campaigns.services.projection_offers import take_offer
from campaigns.services.projections import edit_projection
from experiments.enums import Outcome
from experiments.models import Decision
from experiments.services.decisions import confirm_decision, propose_decision
from insights.enums import MetricKind
from teams.enums import Role
from teams.errors import Conflict
from tests.api import errors_of, program
from tests.campaigns.projecting import edited, linked, make_projection
from tests.experiments.made import make_decided, make_deciding, make_proposed
from tests.factories import make_map, make_metric, stage_of

pytestmark = pytest.mark.django_db


def page_of(made, name=""):
    return f"/w/here/projections/{made.pk}/{name}"


@pytest.fixture
def journey(cast):
    return make_map(cast.marketing)


@pytest.fixture
def made(cast, journey):
    return make_projection(cast.marketing, map=journey, stages=linked(journey))


def decided(cast, outcome=Outcome.SHIP, *, effect=None, **fields):
    """Confirmed, with a win of 20 % on a share that should rise unless `effect` says otherwise."""
    experiment = make_deciding(cast.product, **fields)
    said = {"why": "So we said", "learned": "A date takes the doubt away"}
    decision = propose_decision(by=cast.product, experiment=experiment, outcome=outcome, **said)
    Decision.objects.filter(pk=decision.pk).update(
        effect=None if effect == "none" else decision.effect | (effect or {})
    )
    decision.refresh_from_db()
    return confirm_decision(by=cast.sales, decision=decision)


def heard(made):
    return heard_of(made, latest_version(made).document)


def only(made):
    [offer] = heard(made)
    return offer


def measured(metric, value=0.2):
    """A stage whose rate the metric measures, as it was last month."""
    metric.readings.create(date=timezone.localdate() - datetime.timedelta(30), value=value, n=400)
    source = {"kind": "measured", "metric": metric.pk}
    return [{"name": "Try", "rate": value, "sources": {"rate": source}}, {"name": "Buy", "rate": 0.5}]


def test_decided_experiment_tells_the_owner_and_offers_its_effect(cast, journey, made, client_of):
    decision = make_proposed(cast.product, journey=journey)
    assert offers_of(made, latest_version(made).document) == []
    confirm_decision(by=cast.sales, decision=decision)
    assert "offers its effect to" in client_of(cast.marketing).get("/w/here/inbox/").text
    text = client_of(cast.marketing).get(page_of(made)).text
    assert "Take it over" in text
    assert "by +20\u00a0% (" in text
    assert "Rate of “Try”" in text
    assert "Take it over" not in client_of(cast.viewer).get(page_of(made)).text


def test_offer_is_taken_over_into_a_new_version(cast, journey, made, client_of):
    experiment = make_decided(cast.product, cast.sales, journey=journey)
    answer = client_of(cast.marketing).post(page_of(made, f"offers/{experiment.pk}/take/"), follow=True)
    assert "Taken over: this is version 2." in answer.text
    assert "Take it over" not in answer.text
    made.refresh_from_db()
    stage = latest_version(made).document["stages"][0]
    low, likely, high = stage["sources"]["rate"]["effect"]
    assert stage["rate"]["likely"] == pytest.approx(0.24, abs=1e-4)
    below, above = ((0.1 * 1.2) ** 2 + (0.2 * (likely - end)) ** 2 for end in (low, high))
    assert stage["rate"]["low"] == pytest.approx(0.24 - below**0.5, abs=1e-4)
    assert stage["rate"]["high"] == pytest.approx(0.24 + above**0.5, abs=1e-4)
    assert stage["sources"]["rate"]["of"] == experiment.title
    assert made.uses.filter(experiment=experiment).exists()


def test_offer_overwrites_nobody_who_saved_meanwhile(cast, journey, made):
    experiment = make_decided(cast.product, cast.sales, journey=journey)
    stages = [{**one, "rate": 0.4} for one in latest_version(made).document["stages"]]
    saved = edit_projection(by=cast.admin, projection=made, document={"stages": stages})
    with pytest.raises(Conflict):
        take_offer(by=cast.marketing, projection=made, experiment=experiment.pk)
    assert [one["rate"] for one in latest_version(saved).document["stages"]] == [0.4, 0.4]


def test_offer_on_a_page_that_is_too_old_is_looked_at_again(cast, journey, made, client_of):
    experiment = make_decided(cast.product, cast.sales, journey=journey)
    client = client_of(cast.marketing)
    assert f'name="seen" value="{made.version}"' in client.get(page_of(made)).text
    edit_projection(by=cast.admin, projection=made, document={"value": 80})
    answer = client.post(page_of(made, f"offers/{experiment.pk}/take/"), {"seen": made.version}, follow=True)
    assert "Somebody else was here meanwhile." in answer.text
    made.refresh_from_db()
    assert made.number == 2


def test_offer_is_declined_and_offered_again(cast, journey, made, client_of):
    experiment = make_decided(cast.product, cast.sales, journey=journey)
    client = client_of(cast.marketing)
    answer = client.post(page_of(made, f"offers/{experiment.pk}/decline/"), follow=True)
    assert "Take it over" not in answer.text
    client.post(page_of(made, f"offers/{experiment.pk}/again/"))
    assert "Take it over" in client.get(page_of(made)).text


def test_locked_projection_takes_nothing_over(cast, journey, made, client_of):
    experiment = make_decided(cast.product, cast.sales, journey=journey)
    lock_projection(by=cast.sales, projection=made)
    answer = client_of(cast.marketing).post(page_of(made, f"offers/{experiment.pk}/take/"), follow=True)
    assert "Unlock it first" in answer.text


def test_program_takes_an_offer_over(cast, journey, made):
    experiment = make_decided(cast.product, cast.sales, journey=journey)
    caller = program(cast.workspace, Role.ADMIN)
    [offer] = caller.get(f"projections/{made.pk}/offers/").json()["offers"]
    [change] = offer["changes"]
    assert (offer["experiment"], change["stage"], change["input"]) == (experiment.pk, "Try", "rate")
    wrong = caller.put(f"projections/{made.pk}/offers/", {"experiment": experiment.pk, "place": "value"})
    assert "place" in errors_of(wrong)
    assert wrong.json()["errors"][0]["code"] == "gone"
    answer = caller.put(f"projections/{made.pk}/offers/", {"experiment": experiment.pk})
    assert answer.json() == {"offers": [], "silent": []}
    assert caller.put(f"projections/{made.pk}/offers/", {"experiment": experiment.pk}).status_code == 400


def test_program_cannot_forge_what_an_experiment_found(cast, journey, made):
    take_offer(
        by=cast.marketing, projection=made, experiment=make_decided(cast.product, cast.sales, journey=journey).pk
    )
    caller = program(cast.workspace, Role.ADMIN)
    stages = caller.get(f"projections/{made.pk}/").json()["stages"]
    stages[0]["rate"] = 0.9
    answer = caller.patch(f"projections/{made.pk}/", {"stages": stages})
    assert "stages.0.rate.source" in errors_of(answer)


@pytest.mark.parametrize(
    ("outcome", "into", "silence"),
    [
        (Outcome.SHIP, ("base", "scenario"), None),
        (Outcome.ITERATE, ("scenario",), None),
        (Outcome.KEEP, (), Silence.KEPT),
        (Outcome.ROLL_BACK, (), Silence.ROLLED_BACK),
    ],
)
def test_each_decision_offers_what_it_means(cast, journey, made, outcome, into, silence):
    decided(cast, outcome, journey=journey)
    offer = only(made)
    assert (offer.into, offer.silence) == (into, silence)
    assert [change.input.stage for change in offer.changes] == (["Try"] if into else [])
    assert bool(offers_of(made, latest_version(made).document)) == bool(into)


@pytest.mark.parametrize(
    ("effect", "silence"),
    [
        ("none", Silence.NO_RESULT),
        ({"relative": None, "relative_interval": None}, Silence.NO_INTERVAL),
        ({"relative_interval": [0.1, None]}, Silence.NO_INTERVAL),
        ({"kind": "mean"}, Silence.NO_INPUT),
    ],
)
def test_what_is_not_offered_says_why(cast, journey, made, client_of, effect, silence):
    decided(cast, journey=journey, effect=effect)
    assert only(made).silence == silence
    text = client_of(cast.viewer).get(page_of(made)).text
    assert "1 decided experiment offers nothing here: why?" in text
    assert "offers its effect to" not in client_of(cast.marketing).get("/w/here/inbox/").text


def test_share_that_should_fall_is_taken_for_those_who_do_not_pass(cast, journey, made):
    """A tenth fewer leave: of 80 % who do not pass 72 % are left."""
    decided(cast, journey=journey, effect={"goal": "decrease", "relative": -0.1, "relative_interval": [-0.12, -0.08]})
    [change] = only(made).changes
    assert change.rest
    assert change.after["likely"] == pytest.approx(0.28)
    assert change.after["low"] < 0.2 < change.after["likely"] < change.after["high"] < 0.4


def test_churn_at_another_stage_of_the_map_is_offered_to_the_retention(cast, journey):
    later = stage_of(journey, 2)
    made = make_projection(cast.marketing, map=journey, stages=linked(journey), retention=0.9)
    decided(cast, stage=later, effect={"goal": "decrease", "relative": -0.1, "relative_interval": [-0.2, 0.0]})
    [change] = only(made).changes
    assert (change.input.name, change.rest) == ("retention", True)
    assert change.after == {"low": 0.9, "likely": 0.91, "high": 0.92}
    saved = take_offer(by=cast.marketing, projection=made, experiment=only(made).decision.experiment_id)
    kept = latest_version(saved).document
    assert kept["retention"] == change.after
    assert kept["sources"]["retention"]["rest"] is True
    assert heard(saved) == []


def test_experiment_elsewhere_on_the_map_says_nothing(cast, journey, made):
    decided(cast, stage=stage_of(journey, 2))
    assert heard(made) == []


@pytest.mark.parametrize("kind", ["mean", "ratio", "proportion"])
def test_metric_that_measures_an_input_has_its_effect_as_it_is(cast, kind):
    """So a mean reaches the worth of a customer; the stage of the experiment plays no part."""
    metric = make_metric(cast.workspace, kind=MetricKind.MEAN)
    metric.readings.create(date=timezone.localdate() - datetime.timedelta(30), value=80)
    sources = {"sources": {"value": {"kind": "measured", "metric": metric.pk}}}
    made = edit_projection(by=cast.marketing, projection=make_projection(cast.marketing), document=sources)
    decided(cast, metric=metric, effect={"kind": kind, "relative": 0.05, "relative_interval": [0.01, 0.09]})
    [change] = only(made).changes
    assert (change.input.name, change.rest) == ("value", False)
    assert change.after == {"low": 101.0, "likely": 105.0, "high": 109.0}
    saved = take_offer(by=cast.marketing, projection=made, experiment=only(made).decision.experiment_id)
    assert latest_version(saved).document["sources"]["value"]["metric"] == metric.pk


def test_ratio_of_a_metric_that_is_a_share_reaches_the_rate(cast, journey, made):
    metric = make_metric(cast.workspace, kind=MetricKind.SHARE)
    decided(cast, journey=journey, metric=metric, effect={"kind": "ratio"})
    assert [change.input.stage for change in only(made).changes] == ["Try"]
    metric.kind = MetricKind.RATIO
    metric.save()
    assert only(made).silence == Silence.NO_INPUT


def test_rate_that_was_measured_since_has_the_effect_already(cast):
    metric = make_metric(cast.workspace, kind=MetricKind.SHARE)
    made = make_projection(cast.marketing, stages=measured(metric), scenarios=[])
    decided(cast, metric=metric)
    assert only(made).changes
    Decision.objects.update(confirmed_at=timezone.now() - datetime.timedelta(60))
    assert only(made).silence == Silence.MEASURED_SINCE


def test_effects_pile_up_and_none_is_offered_twice(cast, journey, made):
    first, second = (decided(cast, journey=journey).experiment_id for _time in range(2))
    made = take_offer(by=cast.marketing, projection=made, experiment=first)
    assert [offer.decision.experiment_id for offer in heard(made)] == [second]
    made = take_offer(by=cast.marketing, projection=made, experiment=second)
    stage = latest_version(made).document["stages"][0]
    assert stage["rate"]["likely"] == pytest.approx(0.2 * 1.2 * 1.2)
    assert stage["sources"]["rate"]["earlier"] == [first]
    assert heard(made) == []


def test_effect_is_tried_out_in_a_scenario(cast, journey, made, client_of):
    experiment = decided(cast, Outcome.ITERATE, journey=journey, title="Date first").experiment_id
    client = client_of(cast.marketing)
    assert "Take it over" not in client.get(page_of(made)).text
    answer = client.post(page_of(made, f"offers/{experiment}/take/"), {"into": "scenario"}, follow=True)
    assert answer.redirect_chain[-1][0] == page_of(made, "scenarios/")
    made.refresh_from_db()
    kept = latest_version(made).document
    assert kept["stages"][0]["rate"]["likely"] == 0.2
    assert kept["scenarios"][1]["name"] == "Date first"
    assert kept["scenarios"][1]["stages"][0]["rate"]["likely"] == pytest.approx(0.24)
    assert heard(made) == []


def test_scenario_that_is_renamed_still_says_which_experiment_it_has_from(cast, journey, made, client_of):
    experiment = decided(cast, Outcome.ITERATE, journey=journey, title="Date first").experiment_id
    made = take_offer(by=cast.marketing, projection=made, experiment=experiment)
    client, page = client_of(cast.marketing), page_of(made, "scenarios/2/")
    form = client.get(page).context["form"]
    typed = {field.html_name: str(field.value() or "") for field in form}
    assert client.post(page, typed | {"name": "Date on each page"}).status_code == 302
    made.refresh_from_db()
    scenario = latest_version(made).document["scenarios"][1]
    assert scenario["name"] == "Date on each page"
    assert scenario["stages"][0]["sources"]["rate"]["experiment"] == experiment
    assert heard(made) == []


def test_program_renames_a_scenario_that_an_experiment_is_in(cast, journey, made):
    experiment = decided(cast, Outcome.ITERATE, journey=journey, title="Date first").experiment_id
    take_offer(by=cast.marketing, projection=made, experiment=experiment)
    caller = program(cast.workspace, Role.ADMIN)
    scenarios = caller.get(f"projections/{made.pk}/").json()["scenarios"]
    scenarios[1]["name"] = "Date on each page"
    answer = caller.patch(f"projections/{made.pk}/", {"scenarios": scenarios})
    assert answer.json()["scenarios"][1]["stages"][0]["sources"]["rate"]["experiment"] == experiment


def test_shipped_effect_in_a_scenario_may_still_reach_the_base(cast, journey, made):
    experiment = decided(cast, journey=journey, title="Cautious").experiment_id
    made = take_offer(by=cast.marketing, projection=made, experiment=experiment, into="scenario")
    assert [one["name"] for one in latest_version(made).document["scenarios"]] == ["Cautious", "Cautious 2"]
    assert only(made).into == ("base",)


def test_scenario_for_which_there_is_no_room_is_refused_by_name(cast, journey, client_of):
    scenarios = [{"name": f"Way {number}"} for number in range(MOST_SCENARIOS)]
    made = make_projection(cast.marketing, map=journey, stages=linked(journey), scenarios=scenarios)
    experiment = decided(cast, journey=journey).experiment_id
    take = page_of(made, f"offers/{experiment}/take/")
    answer = client_of(cast.marketing).post(take, {"into": "scenario"}, follow=True)
    assert "There are 5 scenarios already: take one away first." in answer.text
    refused = program(cast.workspace, Role.ADMIN).put(
        f"projections/{made.pk}/offers/", {"experiment": experiment, "into": "scenario"}
    )
    assert list(errors_of(refused)) == ["into"]
    made.refresh_from_db()
    assert made.number == 1


def test_number_typed_over_an_effect_is_assumed(cast, journey, client_of):
    later = stage_of(journey, 2)
    made = make_projection(cast.marketing, map=journey, stages=linked(journey), retention=0.9)
    experiment = decided(cast, stage=later).experiment_id
    made = take_offer(by=cast.marketing, projection=made, experiment=experiment)
    client = client_of(cast.marketing)
    data = edited(client, made)
    assert data["retention_source"] == f"experiment-{experiment}"
    assert client.post(page_of(made, "edit/"), data | {"retention": "80"}).status_code == 302
    made.refresh_from_db()
    assert latest_version(made).document["sources"]["retention"]["kind"] == "assumed"


def test_what_offers_nothing_does_not_push_out_what_does(cast, journey, made, monkeypatch):
    monkeypatch.setattr(projection_offers, "MOST_OFFERED", 2)
    shipped = decided(cast, journey=journey)
    later = [decided(cast, Outcome.KEEP, journey=journey) for _time in range(3)]
    assert [offer.decision for offer in heard(made)] == [shipped, *later[:0:-1]]


def test_offers_cost_one_query(cast, journey, made, django_assert_num_queries):
    said = latest_version(made).document
    for _time in range(3):
        decided(cast, journey=journey)
    with django_assert_num_queries(1):
        assert len(heard_of(made, said)) == 3
