"""Projections for tests, made through the services, as people make them: a small one that computes at once."""

from collections.abc import Mapping
from copy import deepcopy
from typing import Any

from campaigns.models import Actual, Projection
from campaigns.queries.projections import latest_version
from campaigns.services.actuals import Cell, record_actuals
from campaigns.services.projections import create_projection
from journeys.models import Map
from teams.permissions import Actor
from tests.factories import numbers

Numbers = Mapping[tuple[str, str, str], float | None]
DOCUMENT: dict[str, Any] = {
    "start": "2026-01",
    "months": 3,
    "draws": 200,
    "seed": 7,
    "inputs": [
        {"channel": "Search", "volumes": [1000, 1000, 1000], "cost": [500, 500, 500]},
        {"channel": "Mail", "volumes": [200, {"low": 100, "likely": 300, "high": 400}, 0]},
    ],
    "stages": [
        {"name": "Try", "rate": {"low": 0.1, "likely": 0.2, "high": 0.3}, "lag_days": 0},
        {"name": "Buy", "rate": 0.5, "lag_days": 30},
    ],
    "value": 100,
    "retention": None,
    "scenarios": [
        {"name": "Cautious", "stages": [{"name": "Try", "rate": 0.1}], "inputs": [{"channel": "Search", "times": 0.5}]}
    ],
}


def document(**changes: Any) -> dict[str, Any]:
    return deepcopy(DOCUMENT) | changes


def linked(journey: Map) -> list[dict[str, Any]]:
    """The document's stages, linked to the first ones of a map."""
    return [{**one, "stage": stage.pk} for one, stage in zip(document()["stages"], journey.stages.all(), strict=False)]


def make_actuals(
    by: Actor, projection: Projection, numbers: Mapping[tuple[str, str, str], float | None]
) -> list[Actual]:
    """Numbers of all channels together, by month, measure and name of the stage."""
    keys = {one["name"]: one["key"] for one in latest_version(projection).document["stages"]} | {"": ""}
    cells = [Cell(month, measure, keys[stage], "", value) for (month, measure, stage), value in numbers.items()]
    return record_actuals(by=by, projection=projection, cells=cells)


def date_back(projection: Projection, moment: str = "2025-12-01T12:00:00Z") -> None:
    """As if all its versions had been saved then."""
    projection.versions.update(made_at=moment)


def make_projection(by: Actor, **fields: Any) -> Projection:
    changes = {name: fields.pop(name) for name in list(fields) if name in DOCUMENT}
    given = {"title": f"Projection {next(numbers)}"} | fields
    return create_projection(by=by, document=document(**changes), **given)


def edited(client: Any, made: Projection) -> dict[str, str]:
    """The form of a projection as it would be sent back unchanged."""
    answer = client.get(f"/w/here/projections/{made.pk}/edit/")
    forms = answer.context["forms"]
    data = {}
    for form in forms.all:
        for field in form:
            value = field.value()
            data[field.html_name] = "" if value is None else str(value)
    for rows in (forms.stages, forms.channels):
        data[f"{rows.prefix}-TOTAL_FORMS"] = str(len(rows.forms))
        data[f"{rows.prefix}-INITIAL_FORMS"] = "0"
    return data
