"""Experiments that begin from another one: a copy, what follows from a decision, a template and its use."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from experiments.content.templates import CONTROL, Template
from experiments.models import Experiment, Plan, PlannedMetric, Variant
from experiments.queries.experiments import complete
from experiments.services.experiments import MOST_EVIDENCE, create_experiment
from experiments.services.learnings import source as learned_source
from experiments.services.references import wrong
from experiments.services.states import METRIC_FIELDS, PLAN_FIELDS, VARIANT_FIELDS
from teams.errors import Gone
from teams.models import Membership
from teams.permissions import Actor

TEXTS = ("change", "audience", "goal", "expected_effect", "because")
GENERAL = ("team", "persona", "metric", "reason")
PLACE = ("stage", "card", "opportunity")
# What belongs to one run alone.
DATES = frozenset({"planned_start", "planned_end"})
LONGEST_TITLE = 160


@transaction.atomic
def copy_experiment(*, by: Actor, experiment: Experiment, title: str = "") -> Experiment:
    """A new idea with the hypothesis, its place and evidence, and the plan without its dates; nothing that was done.

    What it refers to and what has been removed since is left out.
    """
    source = load(experiment, by)
    made = create_experiment(
        by=by, evidence=evidence_of(source), **kept(source, by, GENERAL + PLACE) | {"title": titled(source, title)}
    )
    return begun_from(made, source)


@transaction.atomic
def follow_up(*, by: Actor, experiment: Experiment, title: str = "") -> Experiment:
    """The next try after a decision: a copy to which what was learned is evidence."""
    source = load(experiment, by)
    learned = [learned_source(row) for row in source.decisions.all() if row.confirmed_at]
    made = create_experiment(
        by=by,
        evidence=[*learned, *evidence_of(source)][:MOST_EVIDENCE],
        **kept(source, by, GENERAL + PLACE) | {"title": titled(source, title)},
    )
    return begun_from(made, source)


@transaction.atomic
def save_as_template(*, by: Actor, experiment: Experiment, title: str = "") -> Experiment:
    """A template of the workspace: hypothesis and plan, without the place on a map and the evidence."""
    source = load(experiment, by)
    made = create_experiment(by=by, is_template=True, **kept(source, by, GENERAL) | {"title": title or source.title})
    return begun_from(made, source)


@transaction.atomic
def start_from(
    *, by: Actor, template: Template | Experiment, evidence: Sequence[dict[str, Any]] = (), **fields: Any
) -> Experiment:
    """An idea with the given fields and the plan of a template: a built-in one, or one of the workspace."""
    made = create_experiment(by=by, evidence=evidence, **fields)
    if isinstance(template, Experiment):
        return begun_from(made, load(template, by))
    for name, value in template.plan.items():
        setattr(made.plan, name, value)
    made.plan.save()
    names = {"control": str(CONTROL), "treatment": str(template.treatment)}
    Variant.objects.bulk_create(
        Variant(experiment=made, key=key, name=name, weight=0.5, position=position)
        for position, (key, name) in enumerate(names.items())
    )
    return load(made, by)


def load(experiment: Experiment, by: Actor) -> Experiment:
    """Complete. Raises Gone for one of another workspace."""
    found = complete(Experiment.objects.filter(workspace_id=by.workspace_id)).filter(pk=experiment.pk).first()
    if found is None:
        raise Gone
    return found


def kept(source: Experiment, by: Actor, references: Sequence[str]) -> dict[str, Any]:
    """The texts, and of what it refers to what is still there. It is the copier's own; a program leaves the owner."""
    fields: dict[str, Any] = {name: getattr(source, name) for name in TEXTS}
    for name in references:
        thing = getattr(source, name)
        fields[name] = thing if thing is not None and not wrong(thing, source.workspace_id) else None
    return fields | {"owner": by if isinstance(by, Membership) else source.owner}


def titled(source: Experiment, title: str) -> str:
    if title or source.is_template:
        return title or source.title
    return Truncator(_("%(title)s (copy)") % {"title": source.title}).chars(LONGEST_TITLE)


def evidence_of(source: Experiment) -> list[dict[str, Any]]:
    return [{"kind": row.kind, "text": row.text, "url": row.url, "date": row.date} for row in source.evidence.all()]


def begun_from(made: Experiment, source: Experiment) -> Experiment:
    """With the source's plan, and a note of where it comes from."""
    copy_plan(source.plan, made.plan)
    Variant.objects.bulk_create(
        Variant(experiment=made, position=row.position, **values(row, VARIANT_FIELDS)) for row in source.variants.all()
    )
    PlannedMetric.objects.bulk_create(
        PlannedMetric(experiment=made, position=row.position, **values(row, ("metric", *METRIC_FIELDS)))
        for row in source.planned_metrics.all()
        if row.metric.removed_at is None
    )
    made.copied_from = source
    made.save(update_fields=["copied_from"])
    return complete(Experiment.objects.all()).get(pk=made.pk)


def copy_plan(source: Plan, plan: Plan) -> None:
    for name in PLAN_FIELDS:
        if name not in DATES:
            setattr(plan, name, getattr(source, name))
    plan.save()


def values(row: Variant | PlannedMetric, names: Sequence[str]) -> dict[str, Any]:
    return {name: getattr(row, name) for name in names}
