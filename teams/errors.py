"""What a service refuses besides invalid fields (`ValidationError`) and missing rights (`PermissionDenied`)."""

from django.db.models import Model


class Conflict(Exception):
    """The object was edited since the caller saw it. `current` is the object as it is now."""

    def __init__(self, current: Model) -> None:
        super().__init__(f"{current._meta.model_name} {current.pk} is at version {getattr(current, 'version', '?')}")
        self.current = current


class Gone(Exception):
    """The object was deleted since the caller saw it."""


def check_seen(current: Model, seen: int | None) -> None:
    """Raise Conflict unless `seen` is the object's version; None means that the caller overwrites knowingly."""
    if seen is not None and seen != current.version:  # type: ignore[attr-defined]
        raise Conflict(current)
