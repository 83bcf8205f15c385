"""Reads of maps and their parts, all through the workspace."""

from django.db.models import Prefetch, Q, QuerySet

from journeys.enums import TeamPart, Verb
from journeys.models import Card, Change, Lane, Map, MapPersona, Path, Stage
from teams.enums import Role
from teams.permissions import Actor
from teams.services import search


def maps_of(actor: Actor) -> QuerySet[Map]:
    """The live maps of the actor's workspace, without templates."""
    return Map.objects.filter(workspace_id=actor.workspace_id, removed_at=None, is_template=False)


def templates_of(actor: Actor) -> QuerySet[Map]:
    return Map.objects.filter(workspace_id=actor.workspace_id, removed_at=None, is_template=True)


def any_map_of(actor: Actor) -> QuerySet[Map]:
    """Maps and templates, also the removed ones."""
    return Map.objects.filter(workspace_id=actor.workspace_id)


def list_maps(actor: Actor, *, text: str = "", status: str = "", kind: str = "", mine: bool = False) -> QuerySet[Map]:
    """Maps for the list, newest change first, with owner and personas loaded."""
    maps = maps_of(actor)
    if text:
        maps = maps.filter(search.matching(workspace_id=actor.workspace_id, kind="map", text=text))
    if status:
        maps = maps.filter(status=status)
    if kind:
        maps = maps.filter(kind=kind)
    if mine:
        maps = maps.filter(owner_id=actor.pk)
    links = MapPersona.objects.select_related("persona")
    return maps.select_related("owner__user", "scenario").prefetch_related(Prefetch("map_personas", queryset=links))


def stages_of(actor: Actor) -> QuerySet[Stage]:
    """Stages of live maps, with what rights need."""
    stages = Stage.objects.filter(map__workspace_id=actor.workspace_id, map__removed_at=None)
    return stages.select_related("map", "accountable_team", "accountable_person__user", "metric").prefetch_related(
        "stage_teams__team"
    )


def lanes_of(actor: Actor) -> QuerySet[Lane]:
    return Lane.objects.filter(map__workspace_id=actor.workspace_id, map__removed_at=None).select_related("map")


def paths_of(actor: Actor) -> QuerySet[Path]:
    paths = Path.objects.filter(map__workspace_id=actor.workspace_id, map__removed_at=None)
    return paths.select_related("map", "source", "target")


def cards_of(actor: Actor) -> QuerySet[Card]:
    """Cards of live maps with everything that their panel shows."""
    cards = Card.objects.filter(map__workspace_id=actor.workspace_id, map__removed_at=None)
    return cards.select_related(
        "map", "stage__map", "stage__accountable_team", "lane", "channel", "accountable__user", "metric"
    ).prefetch_related("sources", "emotions__persona")


def deletion_of(actor: Actor, card_id: int) -> Change | None:
    """The change that deleted a card of a live map, the last one where it was restored and deleted again."""
    changes = Change.objects.filter(map__workspace_id=actor.workspace_id, map__removed_at=None)
    return (
        changes.filter(verb=Verb.DELETED, target_kind="card", before__pk=card_id)
        .select_related("map")
        .order_by("revision")
        .last()
    )


def editable_stage_ids(actor: Actor, journey: Map) -> frozenset[int] | None:
    """The stages of the map in which the actor edits; None means all of them. At most one query."""
    if actor.role in (Role.OWNER, Role.ADMIN) or (actor.role == Role.EDITOR and journey.is_owned_by(actor)):
        return None
    if actor.role != Role.EDITOR:
        return frozenset()
    stages = Stage.objects.filter(map=journey).filter(
        Q(accountable_person=actor.pk)
        | Q(accountable_team__memberships=actor.pk)
        | Q(stage_teams__part=TeamPart.RESPONSIBLE, stage_teams__team__memberships=actor.pk)
    )
    return frozenset(stages.values_list("pk", flat=True))
