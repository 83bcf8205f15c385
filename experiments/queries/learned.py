"""What was learned: decided experiments, how often they won, and what they brought together."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import F, OuterRef, QuerySet, Subquery

from experiments.enums import Outcome, Result
from experiments.models import Decision, Experiment
from experiments.queries.experiments import with_places
from experiments.queries.log import list_experiments
from experiments.stats.estimates import Interval
from experiments.stats.notes import Note
from experiments.stats.shares import Share, shares
from experiments.stats.shrinkage import Effect, Impact, error_of, impact
from teams.permissions import Actor

MOST_COUNTED = 5000
MOST_METRICS = 10


@dataclass(frozen=True)
class Brought:
    """What shipped experiments have done to one metric together, relative and in the direction that was wanted."""

    metric: str
    unit_count: int
    impact: Impact


@dataclass(frozen=True)
class Record:
    """`shares` by result, of all decided experiments that fit; `brought` by metric, most experiments first."""

    total: int
    shares: dict[str, Share]
    brought: tuple[Brought, ...]

    @property
    def notes(self) -> tuple[Note, ...]:
        """What to bear in mind of the sums: each thing once."""
        found = {note.code: note for one in self.brought for note in one.impact.notes}
        return tuple(found.values())


def decided(actor: Actor, asked: Mapping[str, str]) -> QuerySet[Experiment]:
    """Experiments with a confirmed decision, bare, the latest decision first; `asked` as `list_experiments` has it."""
    confirmed = Decision.objects.filter(experiment=OuterRef("pk"), confirmed_at__isnull=False)
    rows = list_experiments(actor, {**asked, "status": "", "sort": ""} | ({} if asked.get("q") else {"q": ""}))
    rows = rows.filter(decisions__confirmed_at__isnull=False).annotate(
        decided_at=Subquery(confirmed.values("confirmed_at")[:1])
    )
    return rows.order_by(F("decided_at").desc(), "-pk")


def learnings(ids: Iterable[int]) -> list[Experiment]:
    """The experiments of the ids in their order, each with its decision as `decision`. Two queries."""
    rows = with_places(Experiment.objects.filter(pk__in=list(ids))).prefetch_related("decisions__variant")
    found = {row.pk: row for row in rows}
    for row in found.values():
        row.decision = next(one for one in row.decisions.all() if one.confirmed_at)  # type: ignore[attr-defined]
    return [found[pk] for pk in ids if pk in found]


def record_of(rows: QuerySet[Experiment]) -> Record:
    """Over all experiments that fit, at most 5,000 of them. One query."""
    decisions = Decision.objects.filter(experiment__in=rows.values("pk"), confirmed_at__isnull=False).order_by("-pk")
    kept = list(decisions.values_list("experiment_id", "result", "outcome", "effect")[:MOST_COUNTED])
    counts = {str(result.value): 0 for result in Result}
    for _pk, result, _outcome, _effect in kept:
        counts[result] += 1
    return Record(len(kept), shares(counts), tuple(brought(kept)))


def brought(kept: Iterable[tuple[int, str, str, dict | None]]) -> list[Brought]:
    """By metric, where something was shipped: effects can only be added up in one unit, and that is the metric's."""
    by_metric: dict[int, list[Effect]] = {}
    names: dict[int, str] = {}
    for pk, _result, outcome, effect in kept:
        found = effect_of(pk, outcome, effect)
        if found is not None and effect is not None:
            by_metric.setdefault(effect["metric_id"], []).append(found)
            names.setdefault(effect["metric_id"], effect["metric"])
    ranked = sorted(by_metric.items(), key=lambda item: (-len(item[1]), names[item[0]]))
    shipped = [(pk, effects) for pk, effects in ranked if any(one.shipped for one in effects)]
    return [Brought(names[pk], len(effects), impact(effects)) for pk, effects in shipped[:MOST_METRICS]]


def effect_of(pk: int, outcome: str, effect: dict | None) -> Effect | None:
    """Relative, above 0 where it is better; None without an interval to tell how sure it is."""
    if not effect or effect.get("relative") is None or not effect.get("relative_interval"):
        return None
    low, high = effect["relative_interval"]
    interval: Interval = (low, high)
    error = error_of(interval, alpha=effect.get("alpha", 0.05))
    sign = -1 if effect.get("goal") == "decrease" else 1
    if not error > 0:
        return None
    return Effect(str(pk), sign * effect["relative"], error, shipped=outcome == Outcome.SHIP)
