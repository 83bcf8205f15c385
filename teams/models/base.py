"""What models share: text that any database can keep, a version for optimistic locking, removal with undo."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _


def storable(value: str) -> None:
    """Refuse what PostgreSQL cannot keep as text: null bytes and lone surrogates."""
    if "\x00" in value:
        raise ValidationError(_("Null characters are not allowed."), code="null_characters")
    if any("\ud800" <= character <= "\udfff" for character in value):
        raise ValidationError(_("This text has half of a character pair and cannot be kept."), code="surrogate")


class Versioned(models.Model):
    """`version` counts the edits of this one object. Whoever edits says which version they saw."""

    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        abstract = True


class Removable(models.Model):
    """Removed objects leave every list at once and can be brought back."""

    removed_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        abstract = True
