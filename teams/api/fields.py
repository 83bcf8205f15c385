"""Fields that take what JSON says and guess nothing: no "5" for 5, no true for 1, no 7 for "7"."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

from django.db.models import Model, QuerySet
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.fields import empty

from teams.permissions import Actor

BIGGEST = 2**63 - 1
DAY = re.compile(r"\A[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")
MISSING = _("This does not exist in the workspace.")
Scope = Callable[[Actor], QuerySet]


class Text(serializers.CharField):
    def to_internal_value(self, data):
        if not isinstance(data, str):
            self.fail("invalid")
        return super().to_internal_value(data)


class Texts(serializers.ListField):
    """A list of short texts, at most 20."""

    child = Text(max_length=200)

    def __init__(self, **kwargs):
        super().__init__(max_length=20, required=False, **kwargs)


class Lines(serializers.ListField):
    """A list of texts that is kept as one text with an entry a line."""

    child = Text(max_length=1000)

    def __init__(self, **kwargs):
        super().__init__(max_length=100, required=False, **kwargs)

    def to_internal_value(self, data) -> list[str]:
        lines = super().to_internal_value(data)
        errors: Any = {number: [_("One line each.")] for number, line in enumerate(lines) if len(line.splitlines()) > 1}
        if errors:
            raise serializers.ValidationError(errors)
        return lines

    def run_validation(self, data: Any = empty) -> str:
        """Joined when all is checked: how many there may be is counted in lines."""
        return "\n".join(super().run_validation(data))

    def to_representation(self, data: Any) -> list[str]:
        return data.split("\n") if data else []


class Link(Text, serializers.URLField):
    pass


class Slug(Text, serializers.SlugField):
    pass


class Flag(serializers.BooleanField):
    def to_internal_value(self, data):
        if not isinstance(data, bool):
            self.fail("invalid", input=data)
        return data


class Whole(serializers.IntegerField):
    """A whole number; 3.0 is one, as in JSON Schema."""

    def to_internal_value(self, data):
        whole = isinstance(data, int) or (isinstance(data, float) and data.is_integer())
        if isinstance(data, bool) or not whole:
            self.fail("invalid")
        return int(data)


class Number(serializers.FloatField):
    def to_internal_value(self, data):
        if isinstance(data, bool) or not isinstance(data, int | float):
            self.fail("invalid")
        try:
            return float(data)
        except OverflowError:
            self.fail("invalid")


class Day(serializers.DateField):
    """A date as `YYYY-MM-DD`."""

    def to_internal_value(self, value) -> date:
        if not isinstance(value, str) or not DAY.match(value):
            self.fail("invalid", format="YYYY-MM-DD")
        return super().to_internal_value(value)


class Choice(serializers.ChoiceField):
    """One of some texts."""

    def to_internal_value(self, data):
        if not isinstance(data, str):
            self.fail("invalid_choice", input=data)
        return super().to_internal_value(data)


@extend_schema_field({"type": "integer", "minimum": 1})
class Ref(serializers.PrimaryKeyRelatedField):
    """The id of an object of the workspace; `scope(actor)` says which ones there are."""

    default_error_messages = {"does_not_exist": MISSING}

    def __init__(self, *, scope: Scope | None = None, **kwargs):
        self.scope = scope
        super().__init__(**{"read_only": scope is None, **kwargs})

    def get_queryset(self):
        return self.scope(self.context["request"].actor) if self.scope else None

    def to_internal_value(self, data) -> Model:
        if isinstance(data, bool) or not isinstance(data, int):
            self.fail("incorrect_type", data_type=type(data).__name__)
        return super().to_internal_value(data)


class Refs(serializers.ListField):
    """Ids of objects of the workspace, in order; fetched with one query.

    `ids` reads them from the instance where they are not simply those of the relation.
    """

    child = Whole(min_value=1, max_value=BIGGEST)

    def __init__(self, *, scope: Scope, ids: Callable[[Any], list[int]] | None = None, most: int = 100, **kwargs):
        self.scope, self.ids, self.most = scope, ids, most
        super().__init__(**{"max_length": most, "required": False, **kwargs})

    def get_attribute(self, instance: Model) -> list[int]:
        things: Any = None if self.ids else super().get_attribute(instance)
        return self.ids(instance) if self.ids else [thing.pk for thing in things.all()]

    def to_internal_value(self, data) -> list[Model]:
        ids = super().to_internal_value(data)
        if len(ids) > self.most:
            self.fail("max_length", max_length=self.most)
        found = self.scope(self.context["request"].actor).in_bulk(ids)
        errors: Any = {number: [MISSING] for number, pk in enumerate(ids) if pk not in found}
        if errors:
            raise serializers.ValidationError(errors)
        return [found[pk] for pk in ids]

    def to_representation(self, data: list[int]) -> list[int]:
        return data
