"""A number or a range, as programs send it."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.extensions import OpenApiSerializerFieldExtension
from rest_framework import serializers

from campaigns.forecast import limits
from campaigns.forecast.ranges import Range, point
from teams.api.fields import Number
from teams.api.serializers import Strict


class RangeSerializer(Strict):
    low = Number()
    likely = Number()
    high = Number()


class Guess(serializers.Field):
    """A number, or `{"low", "likely", "high"}`. The bounds are for the description: the question itself checks them."""

    default_error_messages = {"invalid": _("Give a number, or an object with low, likely and high.")}

    def __init__(self, *, least: float = 0, most: float, **kwargs):
        self.least, self.most = least, most
        super().__init__(**kwargs)

    def to_internal_value(self, data: Any) -> Range:
        if isinstance(data, Mapping):
            given = RangeSerializer(data=data)
            given.is_valid(raise_exception=True)
            return Range(**given.validated_data)
        if isinstance(data, bool) or not isinstance(data, int | float):
            self.fail("invalid")
        return point(Number().run_validation(data))

    def to_representation(self, value: Any) -> Any:
        return value


class Guesses(serializers.ListField):
    """One a month; null says the same as leaving it out."""

    def __init__(self, words: str, *, most: float):
        super().__init__(
            child=Guess(most=most),
            required=False,
            allow_null=True,
            min_length=1,
            max_length=limits.MOST_MONTHS,
            help_text=words,
        )


class GuessSchema(OpenApiSerializerFieldExtension):
    target_class = "campaigns.api.ranges.Guess"

    def map_serializer_field(self, auto_schema, direction) -> dict:
        number = {"type": "number", "minimum": self.target.least, "maximum": self.target.most}
        names = list(RangeSerializer().fields)
        asked = {
            "type": "object",
            "properties": dict.fromkeys(names, number),
            "required": names,
            "additionalProperties": False,
        }
        return {"oneOf": [number, asked]}
