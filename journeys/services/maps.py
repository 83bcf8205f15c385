"""Maps: create, edit, remove, restore."""

from collections.abc import Collection, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from journeys.documents.states import difference, map_state
from journeys.enums import MapKind, Verb
from journeys.models import Emotion, Map, MapPersona, Persona
from journeys.models.map import MOST_PERSONAS
from journeys.services.log import lock, record
from journeys.services.texts import tidy_texts
from teams.enums import Role
from teams.errors import Gone, check_seen
from teams.models import ApiKey, Membership
from teams.permissions import Actor, Permission, require
from teams.services import search

FIELDS = {"title", "description", "kind", "status", "owner", "scenario", "to_be"}


@transaction.atomic
def create_map(*, by: Actor, personas: Sequence[Persona] = (), **fields: Any) -> Map:
    """An empty map. Its owner is who creates it; a map made by a program belongs to the workspace's owner."""
    require(by, Permission.MAP_CREATE)
    fields["owner"] = fields.get("owner") or first_owner(by)
    journey = Map(workspace_id=by.workspace_id, created_by_key=by if isinstance(by, ApiKey) else None, **fields)
    clean_map(journey, personas)
    journey.save()
    replace_personas(journey, personas)
    index_map(journey)
    record(journey, by=by, verb=Verb.CREATED, target=journey, after=map_state(journey))
    return journey


@transaction.atomic
def edit_map(*, by: Actor, map: Map, seen: int | None, personas: Sequence[Persona] | None = None, **fields: Any) -> Map:
    """Change the map's own fields; what is not given stays."""
    journey = lock(map.pk, by=by)
    require(by, Permission.MAP_EDIT, journey)
    check_seen(journey, seen)
    before, goal = map_state(journey), journey.to_be
    for name in fields.keys() & FIELDS:
        setattr(journey, name, fields[name])
    clean_map(journey, personas, given=fields.keys())
    lost = replace_personas(journey, personas) if personas is not None else []
    was, became = difference(before, map_state(journey))
    if journey.to_be != goal:
        was["to_be"], became["to_be"] = (goal and goal.title), (journey.to_be and journey.to_be.title)
    if lost:
        was["emotions"] = lost
    if became:
        journey.version += 1
        journey.save()
        if "title" in became or "description" in became:
            index_map(journey)
        record(journey, by=by, verb=Verb.EDITED, target=journey, before=was, after=became)
    return journey


@transaction.atomic
def remove_map(*, by: Actor, map: Map, seen: int | None) -> Map:
    """Take a map out of every list. `restore_map` brings it back, whole."""
    journey = lock(map.pk, by=by)
    require(by, Permission.MAP_EDIT, journey)
    check_seen(journey, seen)
    journey.removed_at = now()
    journey.version += 1
    journey.save()
    search.forget(kind="map", object_ids=[journey.pk])
    record(journey, by=by, verb=Verb.DELETED, target=journey, before={"title": journey.title})
    return journey


@transaction.atomic
def restore_map(*, by: Actor, map: Map) -> Map:
    journey = Map.objects.select_for_update(no_key=True).filter(pk=map.pk, workspace_id=by.workspace_id).first()
    if journey is None:
        raise Gone
    require(by, Permission.MAP_EDIT, journey)
    if journey.removed_at is not None:
        journey.removed_at = None
        journey.version += 1
        journey.save()
        index_map(journey)
        record(journey, by=by, verb=Verb.RESTORED, target=journey, after={"title": journey.title})
    return journey


def first_owner(by: Actor) -> Membership:
    if isinstance(by, Membership):
        return by
    return Membership.objects.filter(workspace_id=by.workspace_id, role=Role.OWNER).order_by("pk")[0]


def clean_map(journey: Map, personas: Sequence[Persona] | None, *, given: Collection[str] = FIELDS) -> None:
    """Raise ValidationError with every field that is wrong.

    What was linked once and removed since stays linked: only what is `given` must be there.
    """
    tidy_texts(journey)
    errors: dict[str, list] = {}
    try:
        journey.clean_fields(exclude=["workspace", "owner", "scenario", "to_be", "created_by_key"])
    except ValidationError as error:
        errors.update(error.update_error_dict({}))
    if journey.owner_id is None:
        errors["owner"] = [_("A map has an owner.")]
    elif journey.owner.workspace_id != journey.workspace_id:
        errors["owner"] = [_("This is not in the workspace.")]
    errors.update(to_be_errors(journey, chosen="to_be" in given))
    errors.update(persona_errors(journey, personas))
    if errors:
        raise ValidationError(errors)


def to_be_errors(journey: Map, *, chosen: bool) -> dict[str, list]:
    goal = journey.to_be
    if journey.kind == MapKind.AS_IS and journey.pk and journey.as_is_maps.exists():
        return {"kind": [_("An as-is map links to this to-be map.")]}
    if goal is None:
        return {}
    if goal.workspace_id != journey.workspace_id:
        return {"to_be": [_("This is not in the workspace.")]}
    removed = chosen and goal.removed_at is not None
    if journey.kind != MapKind.AS_IS or goal.kind != MapKind.TO_BE or removed:
        return {"to_be": [_("An as-is map links to a to-be map.")]}
    return {}


def persona_errors(journey: Map, personas: Sequence[Persona] | None) -> dict[str, list]:
    if personas is None:
        chosen = [link.persona for link in journey.map_personas.select_related("persona")]
    else:
        chosen = list(personas)
    errors: dict[str, list] = {}
    if len(chosen) > MOST_PERSONAS:
        errors["personas"] = [_("A map has at most %(most)s personas.") % {"most": MOST_PERSONAS}]
    elif len({persona.pk for persona in chosen}) < len(chosen):
        errors["personas"] = [_("Each persona once.")]
    elif personas is not None and any(p.workspace_id != journey.workspace_id or p.removed_at for p in personas):
        errors["personas"] = [_("This persona is not in the workspace.")]
    if journey.scenario is not None and (not chosen or journey.scenario.persona_id != chosen[0].pk):
        errors["scenario"] = [_("The scenario is one of the first persona's.")]
    return errors


def replace_personas(journey: Map, personas: Sequence[Persona]) -> list[dict]:
    """Make the map's personas these, in this order.

    Emotions of a persona that leaves the map leave with it; they are returned, so that the log keeps them.
    """
    kept = [link.persona_id for link in journey.map_personas.all()]
    if kept == [persona.pk for persona in personas]:
        return []
    leaving = Emotion.objects.filter(card__map=journey).exclude(persona__in=personas)
    lost = [
        {"card": emotion.card.uid, "persona": emotion.persona.name, "level": emotion.level, "word": emotion.word}
        for emotion in leaving.select_related("card", "persona")
    ]
    leaving.delete()
    journey.map_personas.all().delete()
    MapPersona.objects.bulk_create(
        MapPersona(map=journey, persona=persona, position=position) for position, persona in enumerate(personas)
    )
    return lost


def index_map(journey: Map) -> None:
    if not journey.is_template:
        search.index(
            workspace_id=journey.workspace_id,
            kind="map",
            object_id=journey.pk,
            title=journey.title,
            text=journey.description,
        )
