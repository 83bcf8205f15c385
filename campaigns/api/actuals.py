from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from campaigns.api.projection_parts import ProjectionPart
from campaigns.api.projections import MonthName
from campaigns.enums import ActualSource, Measure
from campaigns.forecast import limits
from campaigns.models import Actual, Projection
from campaigns.queries.actuals import current_actuals
from campaigns.queries.projections import latest_version
from campaigns.services.actuals import Cell, record_actuals
from campaigns.services.projection_questions import channel_names, stage_names
from teams.api.fields import Choice, Number, Text
from teams.api.serializers import Strict
from teams.permissions import Permission

MOST_AT_ONCE = 5000


class ActualSerializer(Strict):
    """What really came in a month."""

    month = MonthName()
    measure = Choice(choices=Measure.choices, help_text="With `passed` the stage is named.")
    stage = Text(max_length=limits.MOST_NAME, required=False, allow_blank=True, help_text="Its name or key.")
    channel = Text(
        max_length=limits.MOST_NAME, required=False, allow_blank=True, help_text="Its name or key; none: all together."
    )
    value = Number(min_value=0, max_value=limits.MOST_MONEY, allow_null=True, help_text="Null takes it out.")


class ActualsSerializer(Strict):
    actuals = serializers.ListField(child=ActualSerializer(), max_length=MOST_AT_ONCE)


class ActualsView(ProjectionPart):
    """What really came, by month, stage and channel."""

    needs = Permission.PROJECTION_EDIT
    serializer_class = ActualsSerializer

    @extend_schema(operation_id="projections_actuals_list")
    def get(self, request, pk: int) -> Response:
        """All current numbers. A correction replaces what was there; the site shows both."""
        projection = self.projection()
        return self.reply({"actuals": listed(projection)}, projection.version)

    @extend_schema(operation_id="projections_actuals_add")
    def post(self, request, pk: int) -> Response:
        """Enter numbers: all or, where one is wrong, none. A second one for the same place is a correction."""
        projection = self.projection()
        cells = cells_of(projection, self.body()["actuals"])
        record_actuals(by=self.actor, projection=projection, cells=cells, source=ActualSource.API)
        return self.reply({"actuals": listed(projection)}, projection.version)


def cells_of(projection: Projection, rows: list[dict[str, Any]]) -> list[Cell]:
    """Raises ValidationError naming the rows whose stage or channel is not in the projection."""
    document = latest_version(projection).document
    stages, channels = keys(stage_names(document)), keys(channel_names(document))
    errors: dict[str, list[str]] = {}
    cells = []
    for number, row in enumerate(rows):
        found = {}
        for name, known in (("stage", stages), ("channel", channels)):
            text = row.get(name, "").strip().casefold()
            found[name] = known.get(text, "") if text else ""
            if text and not found[name]:
                errors[f"actuals.{number}.{name}"] = [_("The projection has none of this name.")]
        place = f"actuals.{number}"
        cells.append(Cell(row["month"], row["measure"], found["stage"], found["channel"], row["value"], place=place))
    if errors:
        raise ValidationError(errors)
    return cells


def keys(names: dict[str, str]) -> dict[str, str]:
    """Things are named by their key or by their name."""
    return {key: key for key in names} | {name.casefold(): key for key, name in names.items()}


def listed(projection: Projection) -> list[dict[str, Any]]:
    document = latest_version(projection).document
    stages, channels = stage_names(document), channel_names(document)
    there = [row for row in current_actuals(projection).values() if row.value is not None]
    return [as_sent(row, stages, channels) for row in sorted(there, key=lambda row: row.place)]


def as_sent(row: Actual, stages: dict[str, str], channels: dict[str, str]) -> dict[str, Any]:
    return {
        "month": row.place[0],
        "measure": row.measure,
        "stage": stages.get(row.stage, row.stage),
        "channel": channels.get(row.channel, row.channel),
        "value": row.value,
    }
