"""A map made equal to a document: only what differs is changed, through the services that people's edits use."""

from typing import Any

from django.db import transaction

from journeys.documents.check import check_for_workspace, check_kept
from journeys.documents.edits import Edits
from journeys.documents.export import Whole, document_of, export_document, load
from journeys.documents.names import Names
from journeys.documents.personas import personas_of, scenario_of
from journeys.documents.refusals import refused_at
from journeys.documents.replace_cards import arrange_cards
from journeys.documents.replace_frame import make_room, rearrange
from journeys.documents.replace_paths import redraw_paths
from journeys.documents.states import map_state
from journeys.models import Map
from journeys.services.log import lock
from journeys.services.maps import edit_map
from teams.errors import Conflict
from teams.permissions import Actor, Permission, can, require

TEXTS = {"title", "description", "kind", "status"}
FIELDS = TEXTS | {"owner", "personas", "scenario"}


@transaction.atomic
def replace_document(*, by: Actor, map: Map, document: Any, seen: int | None) -> Map:
    """Make the map's export equal to the document; parts are matched by id. An equal document changes nothing.

    `seen` is the revision of the map that the caller saw; None overwrites knowingly. Raises DocumentError with every
    JSON path and reason, Conflict, or PermissionDenied where the caller may not make one of the changes: then nothing
    was changed.
    """
    journey = lock(map.pk, by=by)
    whole = load(journey.pk)
    require_some_right(by, whole)
    if seen is not None and seen != journey.revision:
        raise Conflict(journey)
    kept, names = document_of(whole), Names(by.workspace_id)
    check_for_workspace(document, names, kept=kept)
    if document != kept:
        apply(Edits(by, journey, document, names), whole)
        check_kept(document, export_document(journey))
    return Map.objects.get(pk=journey.pk)


def require_some_right(by: Actor, whole: Whole) -> None:
    """Whoever may edit nowhere in the map does not get as far as the document."""
    if not any(can(by, Permission.STAGE_EDIT, stage) for stage in whole.stages):
        require(by, Permission.MAP_EDIT, whole.journey)


def apply(edits: Edits, whole: Whole) -> None:
    """Personas come before feelings, stages and lanes before cards, and the owner last: who hands over still may."""
    fields = changed_fields(edits, whole)
    owner_last = "owner" in fields and not can(edits.by, Permission.MAP_EDIT)
    last = {"owner": fields.pop("owner")} if owner_last else {}
    write_fields(edits, fields)
    make_room(edits, whole)
    rearrange(edits)
    arrange_cards(edits)
    redraw_paths(edits)
    write_fields(edits, last)


def changed_fields(edits: Edits, whole: Whole) -> dict[str, Any]:
    """What `edit_map` takes, for the properties of the map itself that differ."""
    document, kept = edits.document, map_state(whole.journey)
    changed = {name for name in [*kept, *document] if name in FIELDS and kept.get(name) != document.get(name)}
    fields: dict[str, Any] = {name: document.get(name, "") for name in changed & TEXTS}
    if "owner" in changed:
        fields["owner"] = edits.names.person(document["owner"])
    if changed & {"personas", "scenario"}:
        personas = [link.persona for link in whole.journey.map_personas.all()]
        if "personas" in changed:
            personas = fields["personas"] = personas_of(edits.by, document, edits.names)
        fields["scenario"] = scenario_of(edits.by, document, personas)
    return fields


def write_fields(edits: Edits, fields: dict[str, Any]) -> None:
    if fields:
        with refused_at():
            edit_map(by=edits.by, map=edits.journey, seen=None, **fields)
