"""What Skein expects of its autumn and winter, what came in the first two months, and what an experiment changed."""

import datetime
from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from campaigns.enums import Measure
from campaigns.forecast.ranges import SourceKind
from campaigns.models import Actual, Projection
from campaigns.months import later, month_of, name_of
from campaigns.queries.actuals import forecast_at
from campaigns.queries.projections import latest_version
from campaigns.services.actuals import Cell, record_actuals
from campaigns.services.projection_locks import lock_projection
from campaigns.services.projection_offers import take_offer
from campaigns.services.projection_scores import score_projection
from campaigns.services.projection_sources import holders
from campaigns.services.projections import create_projection
from experiments.models import Experiment
from insights.models import Metric, Reading
from journeys.demo import build
from journeys.demo.people import AMARA, LUCIA
from journeys.models import Map
from teams.models import Activity, Membership, Notification

MONTHS = 9
SEASON = (0.9, 1.0, 1.35, 1.7, 0.8, 0.85, 1.0, 1.05, 1.0)  # of a usual month; Christmas is the fourth one
FOUND = "The day of arrival in the basket"
# What came in the first two months, as shares of what was planned: fewer by the newsletter, but more of them paid.
CAME: tuple[dict[tuple[str, str], float], ...] = (
    {
        (Measure.ENTERED, ""): 0.94,
        (Measure.PASSED, "Search"): 0.95,
        (Measure.PASSED, "Basket"): 0.99,
        (Measure.PASSED, "Pay"): 1.01,
        (Measure.REVENUE, ""): 1.04,
        (Measure.SPEND, ""): 1.0,
    },
    {
        (Measure.ENTERED, ""): 0.88,
        (Measure.PASSED, "Search"): 0.87,
        (Measure.PASSED, "Basket"): 0.9,
        (Measure.PASSED, "Pay"): 0.93,
        (Measure.REVENUE, ""): 0.97,
        (Measure.SPEND, ""): 1.06,
    },
)


def guess(low: float, likely: float, high: float) -> dict[str, float]:
    return {"low": round(low, 2), "likely": round(likely, 2), "high": round(high, 2)}


def tell_projections(members: dict[str, Membership], today: date) -> None:
    """The chapter: made before the first month, an effect taken over, approved before the second one."""
    owner = members[LUCIA]
    first = later(month_of(today), -2)
    projection = create_projection(
        by=owner,
        title="Skein: orders until spring",
        map=build_map(owner.workspace_id),
        team=owner.teams.first(),
        note="Without the new warehouse; that would change the day of arrival from March on.",
        document=document(owner.workspace_id, first),
    )
    date_sources(projection, first - timedelta(10))
    found = Experiment.objects.get(workspace_id=owner.workspace_id, title=FOUND)
    projection = take_offer(by=owner, projection=projection, experiment=found.pk)
    projection = lock_projection(by=members[AMARA], projection=projection)
    second = later(first, 1)
    date_back(projection, {1: first - timedelta(10), 2: second - timedelta(5)}, second - timedelta(3))
    for number, came in enumerate(CAME):
        month = later(first, number)
        record_actuals(by=owner, projection=projection, cells=cells(projection, month, came))
        date_numbers(projection, month, min(later(month, 1) + timedelta(2), today))
    score_projection(projection)


def document(workspace_id: int, first: date) -> dict[str, Any]:
    stages = {one.name: one.pk for one in build_map(workspace_id).stages.all()}
    metrics = {one.name: one.pk for one in Metric.objects.filter(workspace_id=workspace_id)}
    paid, basket = metrics["Basket to paid"], metrics["Basket value"]
    return {
        "start": name_of(first),
        "months": MONTHS,
        "seed": 24,
        "inputs": [
            {"channel": "Search", "volumes": [guess(7200 * s, 9000 * s, 10_400 * s) for s in SEASON],
             "cost": [11_000] * MONTHS},
            {"channel": "Newsletter", "volumes": [guess(3100 * s, 4200 * s, 4800 * s) for s in SEASON]},
            {"channel": "Instagram", "spend": [round(5200 * s) for s in SEASON],
             "cost_per_visit": guess(1.1, 1.4, 1.9)},
        ],
        "stages": [
            {"name": "Search", "stage": stages["Search"], "rate": guess(0.55, 0.62, 0.68)},
            {"name": "Basket", "stage": stages["Basket"], "rate": guess(0.28, 0.33, 0.38)},
            {"name": "Pay", "stage": stages["Pay"], "rate": guess(0.55, 0.577, 0.604), "lag_days": 2,
             "sources": {"rate": {"kind": "measured", "metric": paid}}},
        ],
        "value": guess(48, 52, 57),
        "retention": guess(0.06, 0.1, 0.13),
        "sources": {"value": {"kind": "measured", "metric": basket}},
        "scenarios": [
            {"name": "Cautious", "note": "Search gets dearer, and people wait for the sales.",
             "inputs": [{"channel": "Search", "times": 0.8}],
             "stages": [{"name": "Basket", "rate": guess(0.24, 0.28, 0.33)}]},
            {"name": "Bold", "note": "Twice the money on Instagram, and the colors of the season are liked.",
             "inputs": [{"channel": "Instagram", "times": 2}], "value": guess(50, 55, 60)},
        ],
    }  # fmt: skip


def build_map(workspace_id: int) -> Map:
    return Map.objects.get(workspace_id=workspace_id, title=build.STORIES["shop"].title)


def cells(projection: Projection, month: date, came: dict[tuple[str, str], float]) -> list[Cell]:
    """What came, from what had been expected."""
    version, name = latest_version(projection), name_of(month)
    keys = {one["name"]: one["key"] for one in version.document["stages"]} | {"": ""}
    found = []
    for (measure, stage), share in came.items():
        expected = forecast_at(version, name, measure, keys[stage]) or {"p50": 0.0}
        found.append(Cell(name, measure, keys[stage], "", float(round(expected["p50"] * share))))
    return found


def at_noon(day: date) -> datetime.datetime:
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time(12, 20)))


def date_back(projection: Projection, made: dict[int, date], locked: date) -> None:
    """Move what the services have just written to its days."""
    for number, day in made.items():
        projection.versions.filter(number=number).update(made_at=at_noon(day))
    projection.versions.filter(number=projection.number).update(locked_at=at_noon(locked))
    rows = Activity.objects.filter(kind="projection", object_id=projection.pk)
    for verb, day in {"created": made[1], "edited": made[2], "offer-taken": made[2], "locked": locked}.items():
        rows.filter(verb=verb).update(at=at_noon(day))
    Notification.objects.filter(kind="projection", object_id=projection.pk).update(
        created_at=at_noon(locked), read_at=at_noon(locked + timedelta(1))
    )
    Projection.objects.filter(pk=projection.pk).update(created_at=at_noon(made[1]), changed_at=at_noon(locked))


def date_sources(projection: Projection, day: date) -> None:
    """Of its first version, before an effect is laid on what was known then."""
    version = latest_version(projection)
    for holder in holders(version.document):
        for source in holder["sources"].values():
            date_source(source, day)
    projection.versions.filter(pk=version.pk).update(document=version.document)


def date_source(source: dict[str, Any], day: date) -> None:
    """What was assumed or measured on the day on which it was first said."""
    if source["kind"] == SourceKind.ASSUMED:
        source["at"] = day.isoformat()
    if source["kind"] == SourceKind.MEASURED:
        reading = Reading.objects.filter(metric=source["metric"], date__lte=day).order_by("-date").first()
        if reading is not None:
            source |= {"at": reading.date.isoformat(), "value": reading.value, "n": reading.n}


def date_numbers(projection: Projection, month: date, day: date) -> None:
    Actual.objects.filter(projection=projection, month=month).update(at=at_noon(day))
    last = Activity.objects.filter(kind="projection", object_id=projection.pk, verb="actuals").latest("pk")
    Activity.objects.filter(pk=last.pk).update(at=at_noon(day))
