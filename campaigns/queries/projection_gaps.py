"""Plan and actual beside one another: month by month, and the gap in parts."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from campaigns.enums import Measure
from campaigns.forecast.gap import Gap, Numbers, gap
from campaigns.forecast.limits import InvalidInput
from campaigns.forecast.reasons import Reason
from campaigns.models import Actual, ForecastScore, Projection, ProjectionVersion
from campaigns.months import name_of
from campaigns.queries.actuals import Place, Standing, current_actuals, forecast_at, this_month, totals_of

Totals = Mapping[tuple[str, str, str], float]


@dataclass(frozen=True)
class Held:
    """One number of one month: what was planned when it began, what came, and the score once it is over."""

    month: str
    measure: str
    stage: str
    forecast: dict[str, float] | None
    actual: float | None
    score: ForecastScore | None


@dataclass(frozen=True)
class Part:
    """A part of the gap. `stage` is empty for the volume and the value."""

    kind: str
    stage: str
    amount: float


@dataclass(frozen=True)
class Explained:
    """Why actual differs from plan over some months. `revenue`: whether it is of revenue, or of customers.

    `reason` says why there are no parts."""

    name: str
    months: tuple[str, ...]
    revenue: bool
    plan: float = 0.0
    actual: float = 0.0
    parts: tuple[Part, ...] = ()
    reason: Reason | None = None

    @property
    def total(self) -> float:
        return self.actual - self.plan


@dataclass(frozen=True)
class Comparison:
    """All that the page of a projection's actual numbers shows."""

    latest: ProjectionVersion
    current: Mapping[Place, Actual]
    totals: Totals
    held: tuple[Held, ...]
    explained: Explained | None
    channels: tuple[Explained, ...]

    def actual_series(self, measure: str, stage: str) -> dict[str, float]:
        return {month: value for (month, *place), value in self.totals.items() if place == [measure, stage]}


def comparison_of(projection: Projection) -> Comparison:
    """Four queries, and one more for each version that stood before one of the months."""
    standing, current = Standing.of(projection), current_actuals(projection)
    totals, latest = totals_of(current), standing.load(projection.number)
    scores = {
        (name_of(row.month), row.measure, row.stage): row for row in ForecastScore.objects.filter(projection=projection)
    }
    plans = {month: standing.before(month) or standing.load(1) for month in sorted({place[0] for place in totals})}
    stages = [one["key"] for one in latest.document["stages"]]
    held = [
        Held(month, measure, stage, forecast_at(plans[month], month, measure, stage), actual, scores.get(place))
        for place in sorted(totals, key=lambda place: order(place, stages))
        for month, measure, stage, actual in [(*place, totals[place])]
    ]
    whole = explained("", plans, totals, stages, None)
    channels = [explained_channel(one, plans, current, stages) for one in latest.document["inputs"]]
    return Comparison(latest, current, totals, tuple(held), whole, tuple(one for one in channels if one))


def order(place: tuple[str, str, str], stages: list[str]) -> tuple[Any, ...]:
    month, measure, stage = place
    first = {Measure.ENTERED: 0, Measure.PASSED: 1, Measure.REVENUE: 2, Measure.SPEND: 3}
    return month, first[Measure(measure)], stages.index(stage) if stage in stages else len(stages)


def explained_channel(
    channel: dict[str, Any], plans: Mapping[str, ProjectionVersion], current: Mapping[Place, Actual], stages: list[str]
) -> Explained | None:
    own = {
        (month, measure, stage): row.value
        for (month, measure, stage, key), row in current.items()
        if key == channel["key"] and row.value is not None
    }
    return explained(channel["channel"], plans, own, stages, channel["key"])


def explained(
    name: str, plans: Mapping[str, ProjectionVersion], totals: Totals, stages: list[str], channel: str | None
) -> Explained | None:
    """Over the months that are over and have who came in and who passed each stage; None without such a month."""
    needed = [(Measure.ENTERED, ""), *((Measure.PASSED, stage) for stage in stages)]
    now = this_month()
    whole = tuple(month for month in plans if month < now and all((month, *place) in totals for place in needed))
    planned = [numbers_of(plans[month], month, stages, channel) for month in whole]
    if not whole or None in planned:
        return None
    revenue = all((month, Measure.REVENUE, "") in totals for month in whole)
    plan = summed([one for one in planned if one is not None], revenue)
    actual = summed([actual_of(totals, month, stages) for month in whole], revenue)
    try:
        found = gap(plan, actual)
    except InvalidInput:
        found = Reason.OUT_OF_RANGE
    ends = plan.chain[-1], actual.chain[-1]
    if isinstance(found, Reason):
        return Explained(name, whole, revenue, *ends, reason=found)
    return Explained(name, whole, revenue, *ends, parts=parts_of(found, stages, revenue))


def parts_of(found: Gap, stages: list[str], revenue: bool) -> tuple[Part, ...]:
    rates = [Part("rate", stage, amount) for stage, amount in zip(stages, found.rates, strict=True)]
    value = [Part("value", "", found.value)] if revenue else []
    return (Part("volume", "", found.volume), *rates, *value)


def numbers_of(
    version: ProjectionVersion, month: str, stages: list[str], channel: str | None
) -> tuple[float, list[float], float] | None:
    """What was planned: who comes in, who passes each stage, revenue; None where the version knows one of them not."""
    base = version.answer["scenarios"][0]
    keys = [one["key"] for one in version.document["stages"]]
    if month not in base["months"] or not set(stages) <= set(keys):
        return None
    place = base["months"].index(month)
    if channel is None:
        passed = [base["stages"][keys.index(stage)]["months"]["p50"][place] for stage in stages]
        return base["entered"]["p50"][place], passed, base["revenue"]["p50"][place]
    own = next((one for one in version.answer["channels"] if one["key"] == channel), None)
    if own is None:
        return None
    return own["entered"][place], [own["passed"][keys.index(stage)][place] for stage in stages], own["revenue"][place]


def actual_of(totals: Totals, month: str, stages: list[str]) -> tuple[float, list[float], float]:
    passed = [totals[month, Measure.PASSED, stage] for stage in stages]
    return totals[month, Measure.ENTERED, ""], passed, totals.get((month, Measure.REVENUE, ""), 0.0)


def summed(rows: Iterable[tuple[float, list[float], float]], revenue: bool) -> Numbers:
    found = list(rows)
    return Numbers(
        volume=sum(one[0] for one in found),
        passed=tuple(map(sum, zip(*(one[1] for one in found), strict=True))),
        revenue=sum(one[2] for one in found) if revenue else None,
    )
