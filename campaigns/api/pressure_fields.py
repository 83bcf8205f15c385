"""Fields of segments and policies as programs send them: shares by zone, weekdays, days, times of day."""

import datetime
import re
from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from campaigns.models.policy import MOST_BLACKOUT_DAYS
from teams.api.fields import Day, Number

TIME = re.compile(r"\A([01][0-9]|2[0-3]):[0-5][0-9]\Z")
MOST_ZONES = 500


class Shares(serializers.DictField):
    """A share, 0 to 1, by the name of the time zone; together 1."""

    child = Number(min_value=0, max_value=1)

    def to_internal_value(self, data: Any) -> dict[str, float]:
        found = super().to_internal_value(data)
        if len(found) > MOST_ZONES:
            raise serializers.ValidationError([_("There are not that many time zones.")])
        return found


@extend_schema_field(
    {"type": "array", "items": {"type": "integer", "minimum": 1, "maximum": 7}, "minItems": 1, "maxItems": 6}
)
class Weekdays(serializers.Field):
    """ISO weekdays, 1 is Monday, each once; kept as bits."""

    default_error_messages = {"invalid": _("Give one to six weekdays, each once: 1 is Monday, 7 is Sunday.")}

    def to_internal_value(self, data: Any) -> int:
        known = isinstance(data, list) and all(type(day) is int and 1 <= day <= 7 for day in data)
        if not known or not 1 <= len(data) <= 6 or len(set(data)) < len(data):
            self.fail("invalid")
        return sum(1 << (day - 1) for day in data)

    def to_representation(self, data: int) -> list[int]:
        return [day for day in range(1, 8) if data >> (day - 1) & 1]


class Days(serializers.ListField):
    """Days as `YYYY-MM-DD`."""

    child = Day()

    def __init__(self, **kwargs: Any) -> None:
        most = {"min_length": 1, "max_length": MOST_BLACKOUT_DAYS}
        super().__init__(**{**most, "required": False, "allow_null": True, **kwargs})

    def to_internal_value(self, data: Any) -> list[str]:  # type: ignore[override]
        return sorted({day.isoformat() for day in super().to_internal_value(data)})

    def to_representation(self, data: list[str]) -> list[str]:
        return data


@extend_schema_field({"type": "string", "pattern": "^([01][0-9]|2[0-3]):[0-5][0-9]$", "example": "21:00"})
class TimeOfDay(serializers.Field):
    """`HH:MM` on a wall clock."""

    default_error_messages = {"invalid": _("Write a time of day like 21:00.")}

    def to_internal_value(self, data: Any) -> datetime.time:
        if not isinstance(data, str) or not TIME.match(data):
            self.fail("invalid")
        return datetime.time.fromisoformat(data)

    def to_representation(self, value: datetime.time) -> str:
        return f"{value:%H:%M}"
