"""Things with a name of their own in their workspace: metrics here, personas and channels above."""

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import IntegrityError, models, transaction


def check_named(thing: models.Model) -> None:
    """Full validation; that the name is taken is said at the field `name`."""
    try:
        thing.full_clean()
    except ValidationError as error:
        errors = error.update_error_dict({})
        for taken in errors.pop(NON_FIELD_ERRORS, []):
            errors.setdefault("name", []).append(taken)
        raise ValidationError(errors) from None


def save_named(thing: models.Model) -> None:
    """Validate and save. Of two people who take a name at the same moment, the second is told so."""
    check_named(thing)
    try:
        with transaction.atomic():
            thing.save()
    except IntegrityError:
        check_named(thing)
        raise
