"""What all bodies share: strict fields, and a clear no to fields that do not exist."""

from collections.abc import Mapping

from django.db import models
from django.utils.translation import gettext as _
from rest_framework import serializers

from teams.api.fields import Choice, Day, Flag, Link, Number, Ref, Slug, Text, Whole


class Strict(serializers.Serializer):
    """Refuses a body with fields that are unknown or read only; the schema says `additionalProperties: false`."""

    def to_internal_value(self, data):
        errors = self.surplus(data) | self.missing(data) if isinstance(data, Mapping) else {}
        try:
            value = super().to_internal_value(data)
        except serializers.ValidationError as error:
            error.detail |= errors  # type: ignore[operator]
            raise
        if errors:
            raise serializers.ValidationError(errors)
        return value

    def missing(self, data: Mapping) -> dict[str, list]:
        """What an entry of a list lacks: a change may leave out fields of the object, not of an entry."""
        if self.root is self:
            return {}
        required = [name for name, field in self.fields.items() if field.required and not field.read_only]
        return {name: [self.fields[name].error_messages["required"]] for name in required if name not in data}

    def surplus(self, data: Mapping) -> dict[str, list]:
        read_only = {name for name, field in self.fields.items() if field.read_only}
        unknown = {name: [_("There is no such field.")] for name in data if name not in self.fields}
        return unknown | {name: [_("This field cannot be set.")] for name in data if name in read_only}


class ObjectSerializer(Strict, serializers.ModelSerializer):
    """An object as the API shows it. Rules over several fields, uniqueness among them, are the services'."""

    serializer_field_mapping = {
        **serializers.ModelSerializer.serializer_field_mapping,
        models.BooleanField: Flag,
        models.CharField: Text,
        models.DateField: Day,
        models.FloatField: Number,
        models.PositiveBigIntegerField: Whole,
        models.PositiveIntegerField: Whole,
        models.PositiveSmallIntegerField: Whole,
        models.SlugField: Slug,
        models.SmallIntegerField: Whole,
        models.TextField: Text,
        models.URLField: Link,
    }
    serializer_choice_field = Choice
    serializer_related_field = Ref

    def get_validators(self) -> list:
        return []
