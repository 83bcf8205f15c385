"""How a workspace experiments: what new experiments begin with."""

from typing import Any

from django.db import transaction

from experiments.models import Practice
from teams.errors import check_seen
from teams.permissions import Actor, Permission, require

PRACTICE_FIELDS = frozenset({"score_model", "rule", "correction", "alpha", "power", "minimum_days"})


def practice_of(workspace_id: int) -> Practice:
    """The workspace's practice; one with the defaults, unsaved, where nobody has set any."""
    return Practice.objects.filter(workspace_id=workspace_id).first() or Practice(workspace_id=workspace_id)


@transaction.atomic
def edit_practice(*, by: Actor, seen: int | None = None, **fields: Any) -> Practice:
    """Set what new experiments begin with: score_model, rule, correction, alpha, power, minimum_days."""
    require(by, Permission.EXPERIMENT_CONFIGURE)
    if unknown := fields.keys() - PRACTICE_FIELDS:
        raise TypeError(f"A practice has no {sorted(unknown)}")
    Practice.objects.get_or_create(workspace_id=by.workspace_id)
    practice = Practice.objects.select_for_update().get(workspace_id=by.workspace_id)
    check_seen(practice, seen)
    if all(getattr(practice, name) == value for name, value in fields.items()):
        return practice
    for name, value in fields.items():
        setattr(practice, name, value)
    practice.version += 1
    practice.full_clean()
    practice.save()
    return practice
