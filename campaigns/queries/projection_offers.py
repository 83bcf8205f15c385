"""What decided experiments offer to a projection: an effect on one of its inputs, with its interval.

An experiment speaks to a projection by its stage or by the metric that it was decided on:

- the input that this metric measures gets the effect as it is: a rate, the worth of a customer, the retention;
- a share at a stage of the projection is taken for that stage's rate, at another stage of its map for the retention;
  one that should fall, such as who leaves, is taken for the rest: for those who do not pass, or do not stay;
- another number is none of these, unless its metric measures one.

What is shipped may change the base or a scenario; what goes on in another round, only a scenario. What is kept as it
was or rolled back changes nothing.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from campaigns.forecast import limits
from campaigns.forecast.effects import laid_on, laid_on_rest
from campaigns.forecast.ranges import Range, SourceKind, guess_of, plain
from campaigns.models import Projection, ProjectionUse
from campaigns.queries.projections import with_document
from experiments.enums import Goal, Outcome, SummaryKind
from experiments.models import Decision
from insights.enums import MetricKind

MOST_OFFERED = 10
MOST_READ = 4 * MOST_OFFERED
BASE, SCENARIO = "base", "scenario"
INTO = {Outcome.SHIP: (BASE, SCENARIO), Outcome.ITERATE: (SCENARIO,)}

Document = Mapping[str, Any]


class Silence(StrEnum):
    """Why a decided experiment offers nothing."""

    KEPT = "kept"
    ROLLED_BACK = "rolled-back"
    NO_RESULT = "no-result"
    NO_INTERVAL = "no-interval"
    NO_INPUT = "no-input"
    MEASURED_SINCE = "measured-since"


@dataclass(frozen=True)
class Input:
    """A number of the document that an effect may be laid on: a stage's rate, or `value` or `retention` of the whole,
    which have neither key nor stage."""

    name: str
    before: Any
    source: Mapping[str, Any]
    key: str = ""
    stage: str = ""
    stage_id: int | None = None

    @property
    def place(self) -> str:
        return f"{self.name}-{self.key}" if self.key else self.name

    @property
    def metric(self) -> int | None:
        return self.source.get("metric")

    @property
    def experiments(self) -> list[int]:
        """Those whose effects are in it."""
        last = self.source.get("experiment")
        return [*self.source.get("earlier", ()), last] if last else []


@dataclass(frozen=True)
class Change:
    """An input and what it would be. `rest`: the effect is on those who do not pass, or do not stay."""

    input: Input
    rest: bool
    after: Any


@dataclass(frozen=True)
class Offer:
    """`effect` is relative, low, likely and high: 0.04 is 4 % more. `into`: where it may be taken over. Without changes
    there is a `silence`."""

    decision: Decision
    effect: tuple[float, float, float] | None = None
    changes: tuple[Change, ...] = ()
    into: tuple[str, ...] = ()
    silence: Silence | None = None


def offers_of(projection: Projection, document: Document) -> list[Offer]:
    """Those that offer something."""
    return [offer for offer in heard_of(projection, document) if offer.changes]


def heard_of(projection: Projection, document: Document) -> list[Offer]:
    """Decided experiments that speak to the projection: those that offer something and those that do not, of each the
    latest ones first. Those that were taken over or declined speak no more. One query."""
    inputs = list(inputs_of(document))
    taken = {pk for one in inputs for pk in one.experiments}
    tried = {source["experiment"] for source in scenario_sources(document) if source.get("experiment")}
    found = []
    for decision in decisions_for(projection, inputs).exclude(experiment__in=taken)[:MOST_READ]:
        offer = offer_of(decision, projection, inputs, decision.experiment_id in tried)
        if offer is not None:
            found.append(offer)
    offering, silent = ([one for one in found if bool(one.changes) is offers] for offers in (True, False))
    return offering[:MOST_OFFERED] + silent[:MOST_OFFERED]


def inputs_of(document: Document) -> Iterator[Input]:
    for one in document["stages"]:
        source = one["sources"].get("rate", {})
        yield Input("rate", one["rate"], source, one["key"], one["name"], one.get("stage"))
    for name in ("value", "retention"):
        if document.get(name) is not None:
            yield Input(name, document[name], document["sources"].get(name, {}))


def scenario_sources(document: Document) -> Iterator[Mapping[str, Any]]:
    for scenario in document["scenarios"]:
        for holder in (scenario, *scenario.get("stages", ())):
            yield from holder.get("sources", {}).values()


def decisions_for(projection: Projection, inputs: list[Input]) -> QuerySet[Decision]:
    """Confirmed ones of experiments at the projection's stages, on its map, or on metrics that it is measured by."""
    stages = {one.stage_id for one in inputs if one.stage_id}
    speaks = Q(experiment__planned_metrics__metric__in={one.metric for one in inputs if one.metric})
    speaks |= Q(experiment__stage__in=stages) | Q(experiment__card__stage__in=stages)
    if projection.map_id and any(one.name == "retention" for one in inputs):
        speaks |= Q(experiment__stage__map=projection.map_id) | Q(experiment__card__stage__map=projection.map_id)
    rows = Decision.objects.filter(
        speaks,
        experiment__workspace_id=projection.workspace_id,
        experiment__removed_at=None,
        confirmed_at__isnull=False,
    ).exclude(experiment__in=projection.declined.values("experiment"))
    return (
        rows.distinct()
        .select_related("experiment__stage", "experiment__card__stage", "experiment__metric")
        .order_by("-pk")
    )


def offer_of(decision: Decision, projection: Projection, inputs: list[Input], tried: bool) -> Offer | None:
    """None where it does not speak to the projection after all, or is in a scenario and may not be in the base."""
    effect, ways = effect_of(decision), list(ways_of(decision, projection, inputs))
    into = [where for where in INTO.get(Outcome(decision.outcome), ()) if where == BASE or not tried]
    if into and effect and (current := [way for way in ways if not measured_since(way[0], decision)]):
        changes = (Change(one, rest, changed(one, effect, rest)) for one, rest in current)
        return Offer(decision, effect, tuple(changes), tuple(into))
    if tried or not (ways or is_at(decision, inputs)):
        return None
    return Offer(decision, effect, silence=silence_of(decision, effect, bool(ways)))


def silence_of(decision: Decision, effect: Any, fits: bool) -> Silence:
    if decision.outcome not in INTO:
        return Silence.KEPT if decision.outcome == Outcome.KEEP else Silence.ROLLED_BACK
    if effect is None:
        return Silence.NO_INTERVAL if decision.effect else Silence.NO_RESULT
    return Silence.MEASURED_SINCE if fits else Silence.NO_INPUT


def ways_of(decision: Decision, projection: Projection, inputs: list[Input]) -> Iterator[tuple[Input, bool]]:
    """The inputs that the effect may be laid on, and whether on their rest."""
    effect, place = decision.effect or {}, decision.experiment.place
    own = [one for one in inputs if one.metric and one.metric == effect.get("metric_id")]
    if own or place is None or not is_share(decision):
        yield from ((one, False) for one in own)
        return
    falls = effect.get("goal") == Goal.DECREASE
    here = [one for one in inputs if one.stage_id == place.pk]
    yield from ((one, falls) for one in here)
    if place.map_id == projection.map_id and (falls or not here):
        yield from ((one, falls) for one in inputs if one.name == "retention")


def is_at(decision: Decision, inputs: list[Input]) -> bool:
    place = decision.experiment.place
    return place is not None and any(one.stage_id == place.pk for one in inputs)


def is_share(decision: Decision) -> bool:
    """A share of users, or a ratio whose metric is a share."""
    effect, metric = decision.effect or {}, decision.experiment.metric
    if effect.get("kind") == SummaryKind.RATIO:
        return metric is not None and metric.pk == effect.get("metric_id") and metric.kind == MetricKind.SHARE
    return effect.get("kind") == SummaryKind.PROPORTION


def measured_since(one: Input, decision: Decision) -> bool:
    """A reading of a later day has the effect already."""
    measured = one.source.get("kind") == SourceKind.MEASURED
    return measured and one.source["at"] > timezone.localdate(decision.confirmed_at).isoformat()


def effect_of(decision: Decision) -> tuple[float, float, float] | None:
    """As it was estimated; None without an interval."""
    effect = decision.effect or {}
    ends = effect.get("relative_interval")
    if effect.get("relative") is None or not ends or None in ends:
        return None
    low, likely, high = sorted([ends[0], effect["relative"], ends[1]])
    return low, likely, high


def changed(one: Input, effect: tuple[float, float, float], rest: bool) -> Any:
    now = guess_of(one.before)
    if rest:
        return plain(laid_on_rest(now, Range(*effect)))
    return plain(laid_on(now, Range(*effect), limits.MOST_MONEY if one.name == "value" else 1.0))


def offered_by(decision: Decision) -> list[Projection]:
    """Live projections that a decision which has just been confirmed offers its effect to, for their base."""
    place, metric = decision.experiment.place, (decision.effect or {}).get("metric_id")
    uses = ProjectionUse.objects.filter(projection__workspace_id=decision.workspace_id)
    speaks = Q(pk__in=uses.filter(metric=metric).values("projection")) if metric else Q(pk=None)
    if place is not None:
        speaks |= Q(pk__in=uses.filter(stage=place.pk).values("projection")) | Q(map=place.map_id)
    rows = Projection.objects.filter(speaks, workspace_id=decision.workspace_id, removed_at=None)
    return [one for one in with_document(rows.select_related("workspace", "owner__user")) if offers_base(one, decision)]


def offers_base(projection: Projection, decision: Decision) -> bool:
    offer = offer_of(decision, projection, list(inputs_of(projection.document)), tried=False)
    return offer is not None and BASE in offer.into
