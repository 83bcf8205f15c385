"""What models share: text that any database can keep, a version for optimistic locking, removal with undo."""

from collections.abc import Collection

from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.db import models
from django.utils.translation import gettext_lazy as _


def storable(value: str) -> None:
    """Refuse what PostgreSQL cannot keep as text: null bytes and lone surrogates."""
    if "\x00" in value:
        raise ValidationError(_("Null characters are not allowed."), code="null_characters")
    if any("\ud800" <= character <= "\udfff" for character in value):
        raise ValidationError(_("This text has half of a character pair and cannot be kept."), code="surrogate")


def forget_prefetched(thing: models.Model, name: str) -> None:
    """Have a relation read anew after its rows were written: what was loaded with the thing is old."""
    getattr(thing, "_prefetched_objects_cache", {}).pop(name, None)


class Versioned(models.Model):
    """`version` counts the edits of this one object. Whoever edits says which version they saw."""

    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        abstract = True

    def clean_fields(self, exclude: Collection[str] | None = None) -> None:
        """Hold long texts to their length too, which Django leaves to forms."""
        errors: dict[str, list] = {}
        try:
            super().clean_fields(exclude=exclude)
        except ValidationError as error:
            error.update_error_dict(errors)
        checked = {*errors, *(exclude or ())}
        for field in self._meta.concrete_fields:
            if isinstance(field, models.TextField) and field.max_length and field.name not in checked:
                try:
                    MaxLengthValidator(field.max_length)(getattr(self, field.attname))
                except ValidationError as error:
                    errors[field.name] = [error]
        if errors:
            raise ValidationError(errors)


class Removable(models.Model):
    """Removed objects leave every list at once and can be brought back."""

    removed_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        abstract = True
