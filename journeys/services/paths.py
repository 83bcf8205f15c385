"""Paths between stages. A path's kind says where it leads; when stages change places, kinds follow."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from journeys.documents.states import difference, kept, path_state
from journeys.enums import PathKind, Verb
from journeys.models import Change, Map, Path, Stage
from journeys.services.log import lock, record
from journeys.services.texts import tidy_texts
from teams.errors import Gone, check_seen
from teams.permissions import Actor, Permission, require

MOST_PATHS = 200


def natural_kind(source: int, target: int) -> PathKind:
    """The kind of a plain path between two positions. A path to the same stage is a pause."""
    if target == source:
        return PathKind.PAUSE
    if target < source:
        return PathKind.BACK
    return PathKind.FORWARD if target == source + 1 else PathKind.SKIP


def fits(kind: str, source: int, target: int) -> bool:
    """Whether a path of this kind may lead from one position to the other.

    Forward leads to the next stage, skip to a later one, back to an earlier one. After a pause people go on (same or
    later stage); they return to the same or an earlier one; so the last stage can feed the first.
    """
    if kind == PathKind.PAUSE:
        return target >= source
    if kind == PathKind.RETURN:
        return target <= source
    return source != target and natural_kind(source, target) == kind


def settled_kind(kind: str, source: int, target: int) -> str:
    """The kind that a path has after its stages changed places."""
    if fits(kind, source, target):
        return kind
    if kind == PathKind.PAUSE:
        return PathKind.RETURN
    if kind == PathKind.RETURN:
        return PathKind.PAUSE
    return natural_kind(source, target)


@transaction.atomic
def add_path(
    *,
    by: Actor,
    map: Map,
    source: Stage,
    target: Stage,
    kind: str = "",
    share: float | None = None,
    label: str = "",
    **fields: Any,
) -> Path:
    """Add a path. Without a kind it gets the natural one for its direction."""
    journey = lock(map.pk, by=by)
    require(by, Permission.MAP_EDIT, journey)
    if journey.paths.count() >= MOST_PATHS:
        raise ValidationError(_("A map has at most %(most)s paths.") % {"most": MOST_PATHS})
    source, target = fresh(journey, source, "source"), fresh(journey, target, "target")
    kind = kind or natural_kind(source.position, target.position)
    path = Path(map=journey, source=source, target=target, kind=kind, share=share, label=label, **fields)
    clean_path(path)
    path.save()
    record(journey, by=by, verb=Verb.ADDED, target=path, after={"id": path.uid} | path_state(path))
    return path


@transaction.atomic
def edit_path(*, by: Actor, path: Path, seen: int | None, **fields: Any) -> Path:
    """Change ends, kind, share or label."""
    journey = lock(path.map_id, by=by)
    require(by, Permission.MAP_EDIT, journey)
    path = current(journey, path.pk)
    check_seen(path, seen)
    before = path_state(path)
    for name in fields.keys() & {"source", "target", "kind", "share", "label"}:
        setattr(path, name, fresh(journey, fields[name], name) if name in {"source", "target"} else fields[name])
    clean_path(path)
    was, became = difference(before, path_state(path))
    if became:
        path.version += 1
        path.save()
        record(journey, by=by, verb=Verb.EDITED, target=path, before=was, after=became)
    return path


@transaction.atomic
def delete_path(*, by: Actor, path: Path, seen: int | None) -> Change:
    journey = lock(path.map_id, by=by)
    require(by, Permission.MAP_EDIT, journey)
    path = current(journey, path.pk)
    check_seen(path, seen)
    before = kept(path) | {"id": path.uid} | path_state(path)
    change = record(journey, by=by, verb=Verb.DELETED, target=path, before=before)
    path.delete()
    return change


def current(journey: Map, path_id: int) -> Path:
    path = journey.paths.select_related("source", "target").filter(pk=path_id).first()
    if path is None:
        raise Gone
    path.map = journey
    return path


def fresh(journey: Map, stage: Stage, field: str) -> Stage:
    found = journey.stages.filter(pk=stage.pk).first()
    if found is None:
        raise ValidationError({field: [_("This stage is not in the map.")]})
    return found


def clean_path(path: Path) -> None:
    """Raise ValidationError with every field that is wrong."""
    tidy_texts(path)
    errors: dict[str, list] = {}
    try:
        path.clean_fields(exclude=["map", "source", "target"])
    except ValidationError as error:
        errors.update(error.update_error_dict({}))
    if path.share is not None and "share" not in errors and not 0 <= path.share <= 1:
        errors["share"] = [_("A share lies between 0 and 1.")]
    if "kind" not in errors and not fits(path.kind, path.source.position, path.target.position):
        errors["kind"] = [path_sentence(path)]
    twin = Path.objects.filter(source=path.source, target=path.target, kind=path.kind).exclude(pk=path.pk)
    if not errors and twin.exists():
        errors["target"] = [_("There is already such a path.")]
    if errors:
        raise ValidationError(errors)


def path_sentence(path: Path) -> str:
    return {
        PathKind.FORWARD: _("A forward path leads to the next stage."),
        PathKind.SKIP: _("A skip leads over at least one stage to a later one."),
        PathKind.BACK: _("A path back leads to an earlier stage."),
        PathKind.PAUSE: _("After a pause people go on: to the same or a later stage."),
        PathKind.RETURN: _("People return to the same or an earlier stage."),
    }[PathKind(path.kind)]


def settle_paths(journey: Map) -> None:
    """Give every path the kind that fits the order of stages; of two that became the same, the older stays."""
    taken = set()
    for path in journey.paths.select_related("source", "target").order_by("pk"):
        kind = settled_kind(path.kind, path.source.position, path.target.position)
        if (path.source_id, path.target_id, kind) in taken:
            path.delete()
            continue
        taken.add((path.source_id, path.target_id, kind))
        if kind != path.kind:
            path.kind, path.version = kind, path.version + 1
            path.save(update_fields=["kind", "version"])
