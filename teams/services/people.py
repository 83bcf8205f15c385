"""A person's own settings: name, time zone, language."""

from django.db import transaction
from django.db.models import F

from teams.models import User, Workspace


@transaction.atomic
def edit_profile(*, user: User, name: str, timezone: str, language: str) -> User:
    """Maps show people by name, so those of all the person's workspaces are drawn anew."""
    user.name, user.timezone, user.language = name.strip(), timezone, language
    user.clean_fields(exclude=["password"])
    user.save(update_fields=["name", "timezone", "language"])
    touch_workspaces(user)
    return user


def touch_workspaces(user: User) -> None:
    Workspace.objects.filter(memberships__user=user).update(stamp=F("stamp") + 1)
