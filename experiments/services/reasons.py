"""Reasons: why experiments are made, as a list that the workspace keeps."""

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from experiments.models import Reason
from experiments.services.removal import removed
from insights.services.naming import save_named
from teams.errors import check_seen
from teams.models import Membership
from teams.permissions import Actor, Permission, require

FIRST_REASONS = [
    gettext_noop("Clearer words"),
    gettext_noop("Fewer steps"),
    gettext_noop("More trust"),
    gettext_noop("Better moment"),
    gettext_noop("Fairer price"),
    gettext_noop("Faster answer"),
    gettext_noop("Less risk"),
]


def for_new_workspace(owner: Membership) -> None:
    """The first reasons of a workspace, in English: data that all members share."""
    with translation.override("en"):
        Reason.objects.bulk_create(Reason(workspace_id=owner.workspace_id, name=_(name)) for name in FIRST_REASONS)


@transaction.atomic
def add_reason(*, by: Actor, name: str) -> Reason:
    """Put a reason on the list."""
    require(by, Permission.EXPERIMENT_CONFIGURE)
    reason = Reason(workspace_id=by.workspace_id, name=name.strip())
    save_named(reason)
    return reason


@transaction.atomic
def edit_reason(*, by: Actor, reason: Reason, name: str, seen: int | None = None) -> Reason:
    """Rename a reason, for the experiments that have it, too."""
    require(by, Permission.EXPERIMENT_CONFIGURE, reason)
    reason = Reason.objects.select_for_update().get(pk=reason.pk)
    check_seen(reason, seen)
    if reason.name != name.strip():
        reason.name = name.strip()
        reason.version += 1
        save_named(reason)
    return reason


@transaction.atomic
def remove_reason(*, by: Actor, reason: Reason, seen: int | None = None) -> Reason:
    """Take a reason off the list. Experiments that have it keep it."""
    require(by, Permission.EXPERIMENT_CONFIGURE, reason)
    return removed(Reason.objects.select_for_update().get(pk=reason.pk), seen)


@transaction.atomic
def restore_reason(*, by: Actor, reason: Reason) -> Reason:
    """Put a removed reason back, unless its name has been given away meanwhile."""
    require(by, Permission.EXPERIMENT_CONFIGURE, reason)
    reason = Reason.objects.select_for_update().get(pk=reason.pk)
    if reason.removed_at is not None:
        reason.removed_at = None
        reason.version += 1
        save_named(reason)
    return reason
