"""The launch checklist that the workspace keeps, and ticking its points off for an experiment."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max, QuerySet
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from experiments.models import ChecklistItem, Experiment, Tick
from experiments.services.locks import lock_to_edit
from experiments.services.removal import removed
from insights.services.naming import save_named
from journeys.services.order import insert_at, renumber
from teams.errors import Gone, check_seen
from teams.models import Membership
from teams.permissions import Actor, Permission, require
from teams.services.activity import record

FIRST_CHECKS = [
    gettext_noop("Both variants were tried on a phone and on a desktop"),
    gettext_noop("The metrics are counted, and the counts look right"),
    gettext_noop("Support and sales know what customers may ask"),
    gettext_noop("We know how to switch it off"),
]
MOST_CHECKS = 30


def for_new_workspace(owner: Membership) -> None:
    """The first checklist of a workspace, in English: data that all members share."""
    with translation.override("en"):
        ChecklistItem.objects.bulk_create(
            ChecklistItem(workspace_id=owner.workspace_id, text=_(text), position=position)
            for position, text in enumerate(FIRST_CHECKS)
        )


@transaction.atomic
def add_check(*, by: Actor, text: str) -> ChecklistItem:
    """Put a point at the end of the launch checklist."""
    require(by, Permission.EXPERIMENT_CONFIGURE)
    check_room(by.workspace_id)
    last = live_checks(by.workspace_id).aggregate(last=Max("position"))["last"]
    item = ChecklistItem(workspace_id=by.workspace_id, text=text.strip(), position=0 if last is None else last + 1)
    save_check(item)
    return item


@transaction.atomic
def edit_check(*, by: Actor, item: ChecklistItem, text: str, seen: int | None = None) -> ChecklistItem:
    """Say a point in other words. Who ticked it off before has still ticked it off."""
    require(by, Permission.EXPERIMENT_CONFIGURE, item)
    item = ChecklistItem.objects.select_for_update().get(pk=item.pk)
    check_seen(item, seen)
    if item.text != text.strip():
        item.text = text.strip()
        item.version += 1
        save_check(item)
    return item


@transaction.atomic
def move_check(*, by: Actor, item: ChecklistItem, position: int) -> ChecklistItem:
    """Put a point at another place of the list, counted from 0; a place beyond the end is the end.

    The versions stay: whoever changes words meanwhile is not in the way. Raises Gone for what was removed.
    """
    require(by, Permission.EXPERIMENT_CONFIGURE, item)
    rows = list(live_checks(item.workspace_id).order_by("position", "pk").select_for_update(no_key=True))
    held = next((row for row in rows if row.pk == item.pk), None)
    if held is None:
        raise Gone
    moved = renumber(insert_at(rows, held, position))
    ChecklistItem.objects.bulk_update(moved, ["position"])
    return held


@transaction.atomic
def remove_check(*, by: Actor, item: ChecklistItem, seen: int | None = None) -> ChecklistItem:
    """Take a point off the checklist."""
    require(by, Permission.EXPERIMENT_CONFIGURE, item)
    return removed(ChecklistItem.objects.select_for_update().get(pk=item.pk), seen)


@transaction.atomic
def restore_check(*, by: Actor, item: ChecklistItem) -> ChecklistItem:
    """Put a removed point back, unless the same words have come onto the list meanwhile."""
    require(by, Permission.EXPERIMENT_CONFIGURE, item)
    item = ChecklistItem.objects.select_for_update().get(pk=item.pk)
    if item.removed_at is not None:
        check_room(item.workspace_id)
        item.removed_at = None
        item.version += 1
        save_check(item)
    return item


@transaction.atomic
def tick(*, by: Actor, experiment: Experiment, item: ChecklistItem) -> Experiment:
    """Say that a point is true for an experiment. Who said so first stays."""
    experiment = lock_to_edit(experiment, by=by)
    if item.workspace_id != experiment.workspace_id or item.removed_at is not None:
        raise ValidationError({"item": [_("This point is not on the checklist.")]})
    person = by if isinstance(by, Membership) else None
    _row, made = Tick.objects.get_or_create(
        experiment=experiment, item=item, defaults={"by": person, "by_name": by.label}
    )
    if made:
        record(experiment, by=by, verb="ticked", after={"item": item.text})
    return experiment


@transaction.atomic
def untick(*, by: Actor, experiment: Experiment, item: ChecklistItem) -> Experiment:
    """Take a tick back."""
    experiment = lock_to_edit(experiment, by=by)
    if experiment.ticks.filter(item=item).delete()[0]:
        record(experiment, by=by, verb="unticked", before={"item": item.text})
    return experiment


def live_checks(workspace_id: int) -> QuerySet[ChecklistItem]:
    return ChecklistItem.objects.filter(workspace_id=workspace_id, removed_at=None)


def check_room(workspace_id: int) -> None:
    if live_checks(workspace_id).count() >= MOST_CHECKS:
        raise ValidationError({"text": [_("A checklist has at most %(most)s points.") % {"most": MOST_CHECKS}]})


def save_check(item: ChecklistItem) -> None:
    """`save_named`, with what is wrong said at the field `text`."""
    try:
        save_named(item)
    except ValidationError as error:
        errors = error.update_error_dict({})
        errors.setdefault("text", []).extend(errors.pop("name", []))
        raise ValidationError(errors) from None
