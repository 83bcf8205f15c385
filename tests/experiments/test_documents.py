"""Experiments as documents: out and in again, equal or refused."""

import copy
import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from experiments.documents.create import import_experiment
from experiments.documents.export import export_experiment
from experiments.documents.schema import schema
from experiments.enums import EntrySource, Status
from experiments.models import Experiment
from experiments.queries.experiments import complete
from experiments.services.plans import set_plan
from experiments.services.scores import give_score
from experiments.services.steps import take_step
from journeys.documents.problems import DocumentError
from tests.experiments.made import enter_shares, make_decided, make_idea, make_planned, make_proposed, make_running
from tests.factories import make_card, make_map, make_persona, stage_of

pytestmark = pytest.mark.django_db


def fresh(experiment: Experiment) -> Experiment:
    return complete(Experiment.objects.all()).select_related("owner__user").get(pk=experiment.pk)


def exported(experiment: Experiment, to) -> dict:
    """Through JSON, as it travels."""
    return json.loads(json.dumps(export_experiment(fresh(experiment), to=to)))


def every_step(by, confirmer) -> list[Experiment]:
    journey = make_map(by)
    card = make_card(by, journey)
    persona = make_persona(by.workspace)
    reason = by.workspace.reasons.create(name="Fewer steps")
    evidence = [{"kind": "interview", "text": "“When?”", "url": "", "date": None}]
    idea = make_idea(by, card=card, opportunity=card, persona=persona, reason=reason, evidence=evidence, audience="All")
    running = make_running(by, journey=journey, days=10)
    enter_shares(by, running, (100, 10), (100, 12))
    enter_shares(by, running, (100, 10), (100, 13))
    set_plan(by=by, experiment=fresh(running), deviation="Less traffic", minimum_effect=0.2, planned_start=None)
    scored = make_planned(by, journey=journey)
    values = {"impact": 5, "confidence": 5, "ease": 5}
    give_score(by=by, experiment=scored, values=values, chance=0.7, expected_effect=0.1, note="Likely")
    decided = make_decided(by, confirmer, journey=journey)
    archived = make_decided(by, confirmer, journey=journey)
    take_step(by=by, experiment=archived, to=Status.ARCHIVED)
    return [idea, running, scored, make_proposed(by, journey=journey).experiment, decided, archived]


def test_document_comes_back_equal(cast):
    for experiment in every_step(cast.product, cast.sales):
        document = exported(experiment, cast.product)
        assert list(Draft202012Validator(schema()).iter_errors(document)) == [], experiment.status
        imported = import_experiment(by=cast.product, document=document)
        again = exported(imported.experiment, cast.product)
        # Who scored is history and hidden before the start, as the scores of everybody else.
        hidden = {"scores"} if document["status"] in ("idea", "planned") else set()
        assert {k: v for k, v in again.items() if k not in hidden} == {
            k: v for k, v in document.items() if k not in hidden
        }
        assert imported.left_out == ()
        assert imported.experiment.pk != experiment.pk
        assert not imported.experiment.entries.exclude(source=EntrySource.DOCUMENT).exists()


def test_imported_history_is_nobodys_here(cast):
    document = exported(make_decided(cast.product, cast.sales), cast.product)
    made = import_experiment(by=cast.marketing, document=document).experiment
    decision = made.decisions.get()
    assert (made.status, made.owner) == (Status.DECIDED, cast.product)
    assert (decision.confirmed_by, decision.proposed_by) == (None, None)
    assert decision.confirmer_name == document["decisions"][0]["confirmed_by"]
    assert made.plan.frozen["plan"]["variants"][0]["key"] == "control"


def test_open_proposal_is_the_importers(cast):
    document = exported(make_proposed(cast.product).experiment, cast.product)
    made = import_experiment(by=cast.marketing, document=document).experiment
    assert made.decisions.get().proposed_by == cast.marketing


def test_unknown_names_are_errors_or_left_out(cast):
    experiment = make_planned(cast.product, persona=make_persona(cast.workspace))
    document = exported(experiment, cast.product)
    elsewhere = cast.elsewhere.memberships.get()
    with pytest.raises(DocumentError) as refused:
        import_experiment(by=elsewhere, document=document)
    assert {problem.path for problem in refused.value.problems} == {"$.hypothesis.metric", "$.plan.metrics[0].metric"}
    assert not Experiment.objects.filter(workspace=cast.elsewhere).exists()

    document["place"]["map"] = "Nowhere"
    document["hypothesis"]["persona"] = "Nobody"
    document["owner"] = "nobody@example.com"
    imported = import_experiment(by=cast.sales, document=document)
    assert {place.path for place in imported.left_out} == {"$.owner", "$.hypothesis.persona", "$.place"}
    assert (imported.experiment.owner, imported.experiment.place) == (cast.sales, None)


WRONG = [
    ("$.format", lambda d: d.update(format="something")),
    ("$.plan.alpha", lambda d: d["plan"].update(alpha=0.9)),
    ("$.plan.variants[0].weight", lambda d: d["plan"]["variants"][0].update(weight="half")),
    ("$.plan.variants", lambda d: d["plan"]["variants"][0].update(weight=0.4)),
    ("$.results[0].metric", lambda d: d["results"][0].update(metric="Another")),
    ("$.results[0]", lambda d: d["results"][0].update(successes=10**9)),
    ("$.results[0].n", lambda d: d["results"][0].update(n=-1)),
    ("$.started_on", lambda d: d.update(started_on="2999-01-01", ended_on="2999-01-02")),
    ("$.ended_on", lambda d: d.pop("ended_on")),
    ("$.decisions", lambda d: d.pop("decisions")),
    ("$.decisions[0].variant", lambda d: d["decisions"][0].update(variant="third")),
    ("$.decisions[0].proposed_at", lambda d: d["decisions"][0].update(proposed_at="yesterday")),
    ("$.decisions[0].outcome", lambda d: d["decisions"][0].update(outcome="celebrate")),
    ("$.surprise", lambda d: d.update(surprise=1)),
    ("$.title", lambda d: d.update(title="  spaces  ")),
]


def test_what_is_wrong_is_named_and_nothing_is_kept(cast):
    good = exported(make_decided(cast.product, cast.sales), cast.product)
    count = Experiment.objects.count()
    for path, spoil in WRONG:
        document = copy.deepcopy(good)
        spoil(document)
        with pytest.raises(DocumentError) as refused:
            import_experiment(by=cast.product, document=document)
        assert path in {problem.path for problem in refused.value.problems}, (path, refused.value.problems)
        assert Experiment.objects.count() == count
    for value in (None, [], "text", 5, {}):
        with pytest.raises(DocumentError):
            import_experiment(by=cast.product, document=value)


words = st.text(max_size=30)
numbers = st.one_of(st.none(), st.floats(allow_nan=False, allow_infinity=False), st.integers(-5, 10**16))


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(title=words, change=words, effect=numbers, alpha=numbers, total=numbers, unit=words, minimum=numbers)
def test_any_document_is_kept_equal_or_refused(cast, title, change, effect, alpha, total, unit, minimum):
    hypothesis = {"goal": "increase", "change": change, "expected_effect": effect}
    plan = {"alpha": alpha, "planned_total": total, "unit": unit, "minimum_effect": minimum}
    document = {
        "format": "throughline-experiment",
        "version": 1,
        "title": title,
        "status": "idea",
        "hypothesis": {k: v for k, v in hypothesis.items() if v not in (None, "")},
        "plan": {k: v for k, v in plan.items() if v not in (None, "")},
    }
    try:
        made = import_experiment(by=cast.product, document=document).experiment
    except DocumentError as error:
        problems = error.problems
    else:
        problems = []
    if problems:
        assert all(problem.path.startswith("$") or problem.path == "" for problem in problems)
        return
    again = exported(made, cast.product)
    assert (again["title"], again["hypothesis"]) == (title, document["hypothesis"])
    assert {name: again["plan"][name] for name in document["plan"]} == document["plan"]


def test_pages_send_and_read_documents(cast, client):
    experiment = make_decided(cast.product, cast.sales)
    client.force_login(cast.product.user)
    root = f"/w/{cast.workspace.slug}/experiments/"
    answer = client.get(f"{root}{experiment.pk}/document/")
    assert answer["Content-Disposition"].startswith("attachment")
    sent = client.post(f"{root}import/", {"text": answer.content.decode()}, follow=True)
    assert "is imported" in sent.content.decode()
    refused = client.post(f"{root}import/", {"text": '{"format": 5}'})
    assert refused.status_code == 422
    assert "$.format" in refused.content.decode()
    assert client.get(f"{root}schema/").json()["title"] == "Throughline experiment"
    assert client.post(f"{root}import/", {"text": "x" * (5 * 1024 * 1024 + 1)}).status_code in (400, 413, 422)


def test_document_hides_scores_from_who_has_not_scored(cast):
    experiment = make_idea(cast.product, stage=stage_of(make_map(cast.product)))
    give_score(by=cast.product, experiment=experiment, values={"impact": 5, "confidence": 5, "ease": 5})
    assert len(exported(experiment, cast.product)["scores"]) == 1
    assert "scores" not in exported(experiment, cast.sales)
