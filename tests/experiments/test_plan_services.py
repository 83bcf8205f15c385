"""Plans: what they accept, where their errors are, and what changes after the start."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from experiments.enums import Status
from experiments.models import Experiment
from experiments.plan_words import changes
from experiments.services.plans import set_plan, state
from experiments.services.steps import take_step
from teams.errors import Conflict
from tests.experiments.made import VARIANTS, enter_shares, make_decided, make_idea, make_running
from tests.factories import make_metric

pytestmark = pytest.mark.django_db

A, B = VARIANTS
WRONG = [
    ({"variants": [A]}, "variants"),
    ({"variants": [A, B | {"weight": 0.4}]}, "variants"),
    ({"variants": [A, B | {"key": "control"}]}, "variants.1.key"),
    ({"variants": [A, B | {"key": "Not a key"}]}, "variants.1.key"),
    ({"variants": [A, B | {"name": ""}]}, "variants.1.name"),
    ({"variants": [A | {"weight": -0.5}, B | {"weight": 1.5}]}, "variants.0.weight"),
    ({"variants": [A, B | {"weight": float("nan")}]}, "variants.1.weight"),
    ({"variants": [A, B | {"weight": None}]}, "variants.1.weight"),
    ({"metrics": [{"metric": None}]}, "metrics.0.metric"),
    ({"metrics": [{"metric": "own", "kind": "median"}]}, "metrics.0.kind"),
    ({"metrics": [{"metric": "own", "role": "guardrail"}]}, "metrics"),
    ({"metrics": [{"metric": "own"}, {"metric": "own"}]}, "metrics.1.metric"),
    ({"metrics": [{"metric": "foreign"}]}, "metrics.0.metric"),
    ({"metrics": [{"metric": "own", "sd": float("inf")}]}, "metrics.0.sd"),
    ({"alpha": 0.5}, "alpha"),
    ({"alpha": float("nan")}, "alpha"),
    ({"power": 1}, "power"),
    ({"planned_total": 1}, "planned_total"),
    ({"minimum_days": 0}, "minimum_days"),
    ({"rule": "coin"}, "rule"),
    ({"prior_sd": 0}, "prior_sd"),
    ({"planned_start": "2026-03-02", "planned_end": "2026-03-01"}, "planned_end"),
]


def test_wrong_plans_say_where(cast):
    experiment = make_idea(cast.product)
    metrics = {"own": experiment.metric, "foreign": make_metric(cast.elsewhere)}
    for given, field in WRONG:
        if "metrics" in given:
            rows = [row | {"metric": metrics.get(row["metric"])} for row in given["metrics"]]
            given = {"metrics": rows}
        with pytest.raises(ValidationError) as refused:
            set_plan(by=cast.product, experiment=experiment, **given)
        assert field in refused.value.message_dict, (given, refused.value.message_dict)
    assert Experiment.objects.get(pk=experiment.pk).version == 1
    assert not experiment.variants.exists()


def test_same_plan_again_changes_nothing(cast):
    experiment = set_plan(by=cast.product, experiment=make_idea(cast.product), variants=VARIANTS, unit=" sessions ")
    assert (experiment.version, experiment.plan.unit) == (2, "sessions")
    again = set_plan(by=cast.product, experiment=experiment, seen=2, variants=VARIANTS, unit="sessions")
    assert (again.version, again.plan.version) == (2, experiment.plan.version)


def test_stale_plan_conflicts_and_strangers_are_refused(cast):
    experiment = make_idea(cast.product)
    set_plan(by=cast.product, experiment=experiment, alpha=0.1)
    with pytest.raises(Conflict):
        set_plan(by=cast.product, experiment=experiment, seen=1, alpha=0.01)
    for other in [cast.viewer, cast.sales]:
        with pytest.raises(PermissionDenied):
            set_plan(by=other, experiment=experiment, alpha=0.01)


def test_what_has_results_stays_in_the_plan(cast):
    experiment = make_running(cast.product)
    enter_shares(cast.product, experiment, (100, 10), (100, 12))
    other = {"key": "other", "name": "Other", "weight": 0.5}
    for given, field in [
        ({"variants": [A, other]}, "variants"),
        ({"metrics": [{"metric": make_metric(cast.workspace)}]}, "metrics"),
        ({"metrics": [{"metric": experiment.metric, "kind": "mean"}]}, "metrics.0.kind"),
    ]:
        with pytest.raises(ValidationError) as refused:
            set_plan(by=cast.product, experiment=experiment, deviation="Because", **given)
        assert field in refused.value.message_dict
    assert experiment.entries.count() == 2


def test_archived_plan_is_no_way_around_the_reason(cast):
    experiment = make_decided(cast.product, cast.sales)
    archived = take_step(by=cast.product, experiment=experiment, to=Status.ARCHIVED)
    with pytest.raises(ValidationError) as refused:
        set_plan(by=cast.product, experiment=archived, alpha=0.01)
    assert refused.value.message_dict.keys() == {"deviation"}


def test_differences_are_said_in_words(cast):
    experiment = make_running(cast.product)
    frozen = experiment.plan.frozen["plan"]
    guardrail = make_metric(cast.workspace, "Refunds")
    changed = set_plan(
        by=cast.product,
        experiment=experiment,
        deviation="Legal asked",
        planned_total=30_000,
        minimum_days=21,
        variants=[A | {"weight": 0.6}, B | {"weight": 0.4, "name": "Date first"}],
        metrics=[{"metric": experiment.metric, "baseline": 0.1}, {"metric": guardrail, "role": "guardrail"}],
    )
    told = [(found.label, found.before, found.after) for found in changes(frozen, state(changed))]
    assert told == [
        ("Variant “As it is”, share of users", "50\u00a0%", "60\u00a0%"),
        ("Variant “Date first”, name", "Delivery date first", "Date first"),
        ("Variant “Date first”, share of users", "50\u00a0%", "40\u00a0%"),
        (f"Metric “{experiment.metric.name}”, today", "–", "10\u00a0%"),
        ("Metric “Refunds”", "–", "Guardrail, Share of users"),
        ("Planned number of users", "20,000", "30,000"),
        ("Minimum run time", "7 days", "21 days"),
    ]
    stopped = changes({"minimum_days": 14}, {"stopped": "2026-03-01"})
    assert [(found.before, found.after) for found in stopped] == [("14 days", "stopped on 1 Mar 2026")]
