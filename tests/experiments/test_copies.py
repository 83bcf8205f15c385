"""Experiments that begin from another one."""

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from experiments.content.templates import BUILT_IN, TEMPLATES
from experiments.enums import DecisionRule, Status
from experiments.models import Experiment, Reason
from experiments.services.copies import copy_experiment, follow_up, save_as_template, start_from
from experiments.services.experiments import edit_experiment
from experiments.services.plans import set_plan
from experiments.services.practice import edit_practice
from experiments.services.scores import give_score
from journeys.services.cards import delete_card
from journeys.services.personas import remove_persona
from tests.experiments.made import VARIANTS, make_decided, make_idea, make_planned
from tests.factories import make_card, make_key, make_map, make_metric, make_persona

pytestmark = pytest.mark.django_db
EVIDENCE = [{"kind": "interview", "text": "“When does it come?”", "url": "https://example.com/1", "date": None}]


@pytest.fixture
def whole(cast) -> Experiment:
    """A decided experiment of Product with everything that one can have."""
    journey = make_map(cast.product)
    card, pain = make_card(cast.product, journey), make_card(cast.product, journey)
    return make_decided(
        cast.product,
        cast.sales,
        title="Date first",
        card=card,
        opportunity=pain,
        audience="new buyers",
        persona=make_persona(cast.workspace, "Ann"),
        reason=Reason.objects.create(workspace=cast.workspace, name="More trust"),
        team=cast.workspace.teams.get(name="Product"),
        evidence=EVIDENCE,
        plan={"rule": DecisionRule.DO_NO_HARM, "alpha": 0.1, "planned_start": timezone.localdate()},
    )


def evidence(experiment: Experiment) -> list[str]:
    return [row.text for row in experiment.evidence.all()]


def test_copy_is_a_new_idea_with_hypothesis_and_plan(cast, whole):
    copy = copy_experiment(by=cast.marketing, experiment=whole)

    assert (copy.title, copy.status, copy.owner, copy.copied_from) == (
        "Date first (copy)",
        Status.IDEA,
        cast.marketing,
        whole,
    )
    for name in ["change", "audience", "because", "expected_effect", "persona", "reason", "team", "metric", "card"]:
        assert getattr(copy, name) == getattr(whole, name)
    assert copy.opportunity == whole.opportunity
    assert evidence(copy) == ["“When does it come?”"]
    assert [(row.key, row.name, row.weight) for row in copy.variants.all()] == [
        (row["key"], row["name"], row["weight"]) for row in VARIANTS
    ]
    assert [(row.metric, row.role) for row in copy.planned_metrics.all()] == [(whole.metric, "primary")]
    plan = copy.plan
    assert (plan.rule, plan.alpha, plan.planned_total) == (DecisionRule.DO_NO_HARM, 0.1, 20_000)
    assert (plan.planned_start, plan.planned_end, plan.frozen, copy.started_on) == (None, None, None, None)
    assert not copy.entries.exists()
    assert not copy.decisions.exists()
    assert not copy.scores.exists()
    assert whole.variants.count() == 2


def test_copy_leaves_out_what_was_removed(cast):
    metric, other = make_metric(cast.workspace), make_metric(cast.workspace)
    persona = make_persona(cast.workspace)
    card = make_card(cast.product, make_map(cast.product))
    source = make_idea(cast.product, card=card, metric=metric, persona=persona)
    set_plan(
        by=cast.product,
        experiment=source,
        metrics=[{"metric": metric, "role": "primary"}, {"metric": other, "role": "guardrail"}],
    )
    delete_card(by=cast.product, card=card, seen=None)
    remove_persona(by=cast.product, persona=persona)
    other.removed_at = timezone.now()
    other.save()
    copy = copy_experiment(by=cast.sales, experiment=source, title="Again")

    assert (copy.title, copy.card_id, copy.stage_id, copy.persona) == ("Again", None, None, None)
    assert [row.metric for row in copy.planned_metrics.all()] == [metric]


def test_long_titles_of_copies_are_cut(cast):
    copy = copy_experiment(by=cast.product, experiment=make_idea(cast.product, title="x" * 160))
    assert len(copy.title) == 160


def test_what_was_learned_is_evidence_for_the_next_try(cast, whole):
    following = follow_up(by=cast.product, experiment=whole, title="Date first, by hour")

    assert evidence(following) == [
        "Experiment “Date first”: A promised date before payment takes the doubt away",
        "“When does it come?”",
    ]
    assert following.evidence.all()[0].date == timezone.localdate()
    assert (following.title, following.copied_from) == ("Date first, by hour", whole)
    full = make_decided(cast.product, cast.sales, evidence=EVIDENCE * 50)
    assert len(evidence(follow_up(by=cast.product, experiment=full))) == 50


def test_template_has_no_place_and_begins_ideas(cast, whole):
    template = save_as_template(by=cast.product, experiment=whole, title="A promise before payment")

    assert (template.is_template, template.card, template.opportunity, template.team) == (
        True,
        None,
        None,
        whole.team,
    )
    assert evidence(template) == []
    idea = start_from(by=cast.sales, template=template, title="For the shop", change="Say the hour", team=None)
    assert (idea.title, idea.change, idea.is_template, idea.copied_from) == (
        "For the shop",
        "Say the hour",
        False,
        template,
    )
    assert idea.plan.rule == DecisionRule.DO_NO_HARM
    assert idea.variants.count() == 2
    assert copy_experiment(by=cast.sales, experiment=template).title == "A promise before payment"


def test_built_in_templates_begin_ideas(cast):
    edit_practice(by=cast.admin, minimum_days=21, alpha=0.1)
    for template in BUILT_IN:
        idea = start_from(
            by=cast.product,
            template=template,
            title=str(template.title),
            change=str(template.change),
            audience=str(template.audience),
            because=str(template.because),
            goal=template.goal,
        )
        idea.plan.full_clean()
        assert [row.name for row in idea.variants.all()] == ["As it is", str(template.treatment)]
        assert idea.plan.minimum_effect == template.plan["minimum_effect"]
        assert idea.plan.alpha == 0.1
        set_plan(by=cast.product, experiment=idea, planned_total=1000)
    assert TEMPLATES["replace-without-harm"].plan["rule"] == DecisionRule.DO_NO_HARM


def test_owner_of_an_idea_from_a_template_may_be_another(cast):
    idea = start_from(by=cast.product, template=BUILT_IN[0], title="For Sales", owner=cast.sales)
    assert (idea.owner, idea.variants.count()) == (cast.sales, 2)


def test_who_may_copy(cast, whole):
    program = make_key(cast.workspace)
    assert copy_experiment(by=program, experiment=whole).owner == cast.product
    for act in (copy_experiment, follow_up, save_as_template):
        before = Experiment.objects.count()
        with pytest.raises(PermissionDenied):
            act(by=cast.viewer, experiment=whole)
        assert Experiment.objects.count() == before


def test_copy_is_its_makers_to_edit(cast, whole):
    copy = copy_experiment(by=cast.marketing, experiment=whole)
    assert edit_experiment(by=cast.marketing, experiment=copy, title="Mine").title == "Mine"
    with pytest.raises(PermissionDenied):
        edit_experiment(by=cast.marketing, experiment=whole, title="Mine")


def test_scores_and_ticks_stay_with_the_source(cast):
    source = make_planned(cast.product)
    give_score(by=cast.sales, experiment=source, values={"impact": 5, "confidence": 5, "ease": 5})
    copy = copy_experiment(by=cast.sales, experiment=source)
    assert (copy.score, copy.scores.count(), copy.ticks.count()) == (None, 0, 0)
