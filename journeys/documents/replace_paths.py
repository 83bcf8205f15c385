"""The paths of a map made equal to a document's, once its stages are."""

from typing import Any

from journeys.documents.edits import Edits
from journeys.documents.refusals import PATH_TERMS, refused_at
from journeys.documents.states import path_state
from journeys.models import Path
from journeys.services.paths import add_path, delete_path, edit_path

Way = tuple[str, str, str]


def redraw_paths(edits: Edits) -> None:
    known = {path.uid: path for path in edits.journey.paths.select_related("source", "target")}
    wanted = edits.document["paths"]
    differing = {uid: path for uid, path in known.items() if path_state(path) != wanted[uid]}
    replaced = edit_paths(edits, known, differing)
    stages = {stage.uid: stage for stage in edits.journey.stages.all()}
    for uid, state in wanted.items():
        if uid not in known or uid in replaced:
            with refused_at("paths", uid, terms=PATH_TERMS):
                add_path(by=edits.by, map=edits.journey, uid=uid, **fields(state, stages))


def edit_paths(edits: Edits, known: dict[str, Path], differing: dict[str, Path]) -> set[str]:
    """Edit each path as soon as no other stands where it goes. Where two wait for each other, one is deleted.

    Returns the ids of the deleted ones, to be added anew.
    """
    taken = {way(path_state(path)): uid for uid, path in known.items()}
    stages = {stage.uid: stage for stage in edits.journey.stages.all()}
    waiting, deleted = dict(differing), set()
    while waiting:
        free = [uid for uid in waiting if taken.get(way(edits.document["paths"][uid]), uid) == uid]
        uid = free[0] if free else next(iter(waiting))
        path = waiting.pop(uid)
        del taken[way(path_state(path))]
        if not free:
            delete_path(by=edits.by, path=path, seen=None)
            deleted.add(uid)
            continue
        state = edits.document["paths"][uid]
        taken[way(state)] = uid
        with refused_at("paths", uid, terms=PATH_TERMS):
            edit_path(by=edits.by, path=path, seen=None, **fields(state, stages))
    return deleted


def way(state: dict[str, Any]) -> Way:
    return state["from"], state["to"], state["kind"]


def fields(state: dict[str, Any], stages: dict[str, Any]) -> dict[str, Any]:
    """What `add_path` and `edit_path` take."""
    return {
        "source": stages[state["from"]],
        "target": stages[state["to"]],
        "kind": state["kind"],
        "share": state.get("share"),
        "label": state.get("label", ""),
    }
