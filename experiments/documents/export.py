"""One experiment as a JSON document, as somebody may see it. `docs/experiment-document.md` explains the format."""

from datetime import UTC, datetime
from typing import Any

from experiments.documents.schema import FORMAT, VERSION
from experiments.models import Decision, Entry, Experiment, Score
from experiments.queries.experiments import deviations_of
from experiments.queries.scores import scores_of
from experiments.services.states import METRIC_FIELDS, PLAN_FIELDS, VARIANT_FIELDS
from journeys.models import Card, Stage
from teams.permissions import Actor

EFFECT_OWN = "metric_id"  # an id of this database


def export_experiment(experiment: Experiment, *, to: Actor) -> dict[str, Any]:
    """The document. Scores are left out while the reader is to judge for themself first. Two queries when complete."""
    return filled(
        {
            "format": FORMAT,
            "version": VERSION,
            "title": experiment.title,
            "status": experiment.status,
            "template": experiment.is_template or None,
            "owner": experiment.owner.user.email,
            "team": experiment.team and experiment.team.name,
            "place": place_of(experiment.card or experiment.stage),
            "opportunity": place_of(experiment.opportunity),
            "evidence": [filled(evidence_part(piece)) for piece in experiment.evidence.all()],
            "started_on": day(experiment.started_on),
            "ended_on": day(experiment.ended_on),
            "results": results_of(experiment),
            "scores": [score_part(score) for score in scores_of(experiment, to=to).shown],
            "decisions": [decision_part(one) for one in sorted(experiment.decisions.all(), key=lambda one: one.pk)],
            "deviations": [deviation_part(row) for row in deviations_of(experiment)],
        }
    ) | {"hypothesis": hypothesis_part(experiment), "plan": plan_part(experiment)}


def filled(part: dict[str, Any]) -> dict[str, Any]:
    """Without what is empty: a document leaves it out."""
    return {key: value for key, value in part.items() if value not in (None, "", [], {})}


def day(value: Any) -> str | None:
    return value.isoformat() if value else None


def time(value: datetime | None) -> str | None:
    return value.astimezone(UTC).isoformat().replace("+00:00", "Z") if value else None


def hypothesis_part(experiment: Experiment) -> dict[str, Any]:
    named = {name: getattr(experiment, name) for name in ("persona", "metric", "reason")}
    texts = {name: getattr(experiment, name) for name in ("change", "audience", "goal", "expected_effect", "because")}
    return filled(texts | {name: thing and thing.name for name, thing in named.items()})


def place_of(thing: Stage | Card | None) -> dict[str, str] | None:
    """A stage or card by the title of its map and its own id in there."""
    if thing is None:
        return None
    return {"map": thing.map.title, "card" if isinstance(thing, Card) else "stage": thing.uid}


def evidence_part(piece: Any) -> dict[str, Any]:
    return {"kind": piece.kind, "text": piece.text, "url": piece.url, "date": day(piece.date)}


def plan_part(experiment: Experiment) -> dict[str, Any]:
    plan = experiment.plan
    fields = {name: getattr(plan, name) for name in PLAN_FIELDS}
    fields |= {name: day(fields[name]) for name in ("planned_start", "planned_end")}
    variants = [filled({name: getattr(row, name) for name in VARIANT_FIELDS}) for row in experiment.variants.all()]
    metrics = [
        filled({"metric": row.metric.name} | {name: getattr(row, name) for name in METRIC_FIELDS})
        for row in experiment.planned_metrics.all()
    ]
    return filled(fields | {"variants": variants, "metrics": metrics})


def results_of(experiment: Experiment) -> list[dict[str, Any]]:
    """The current entries by day, in the plan's order of metrics and variants."""
    variants = {row.pk: row.key for row in experiment.variants.all()}
    metrics = {row.pk: row.metric.name for row in experiment.planned_metrics.all()}
    rows = Entry.objects.filter(experiment=experiment, current=True, withdrawn=False)
    found = sorted(rows.order_by(), key=lambda row: (row.date, row.metric_id, row.variant_id))
    return [
        {"date": row.date.isoformat(), "variant": variants[row.variant_id], "metric": metrics[row.metric_id]} | row.sums
        for row in found
    ]


def score_part(score: Score) -> dict[str, Any]:
    return filled(
        {
            "by": score.scorer_name,
            "model": score.model,
            "values": score.values,
            "chance": score.chance,
            "expected_effect": score.expected_effect,
            "note": score.note,
        }
    )


def decision_part(one: Decision) -> dict[str, Any]:
    effect = {name: value for name, value in (one.effect or {}).items() if name != EFFECT_OWN}
    return filled(
        {
            "outcome": one.outcome,
            "result": one.result,
            "variant": one.variant and one.variant.key,
            "why": one.why,
            "learned": one.learned,
            "effect": filled(effect),
            "follow_up_on": day(one.follow_up_on),
            "proposed_by": one.proposer_name,
            "proposed_at": time(one.proposed_at),
            "confirmed_by": one.confirmer_name,
            "confirmed_at": time(one.confirmed_at),
            "returned_by": one.returner_name,
            "returned_at": time(one.returned_at),
            "returned_why": one.returned_why,
        }
    )


def deviation_part(row: Any) -> dict[str, Any]:
    states = {"before": state_part(row.before), "after": state_part(row.after)}
    return filled({"reason": row.reason, "by": row.actor_name, "at": time(row.at)} | states)


def state_part(state: dict[str, Any]) -> dict[str, Any]:
    """What a deviation says of one side, rows in it as well without what is empty."""
    rows = {name: [filled(row) for row in value] for name, value in state.items() if isinstance(value, list)}
    return filled(state | rows)
