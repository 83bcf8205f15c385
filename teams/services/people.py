"""A person's own settings: name, time zone, language."""

from django.db import transaction
from django.db.models import F

from teams.models import User, Workspace
from teams.zones import names


@transaction.atomic
def edit_profile(*, user: User, name: str, timezone: str, language: str) -> User:
    """Maps show people by name, so those of all the person's workspaces are drawn anew."""
    user.name, user.timezone, user.language = name.strip(), timezone, language
    user.clean_fields(exclude=["password"])
    user.save(update_fields=["name", "timezone", "language"])
    touch_workspaces(user)
    return user


def settle_zone(user: User, zone: str) -> None:
    """Give the person a time zone while they have none: what a browser or a workspace says is but a good guess.

    A name that does not exist is no reason to stop somebody who signs in.
    """
    if user.timezone or zone not in names():
        return
    user.timezone = zone
    user.save(update_fields=["timezone"])


def touch_workspaces(user: User) -> None:
    Workspace.objects.filter(memberships__user=user).update(stamp=F("stamp") + 1)
