"""What the form of a message offers: stages by map, personas, segments, channels and links of the workspace."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from campaigns.models import Campaign, Link, Message, Segment
from campaigns.queries.links import any_links_of, links_of
from campaigns.queries.segments import segments_of
from journeys.models import Map, Persona, Stage
from journeys.queries.maps import maps_of
from teams.permissions import Actor

MOST_MAPS = 30
MOST_LINKS = 100
SHOWN = 90

Option = tuple[str, str]
Grouped = list[tuple[str, list[Option]]]


@dataclass(frozen=True)
class Stages:
    """The stages that can be chosen, by their ids, and as groups by map."""

    by_id: dict[str, Stage]

    @property
    def grouped(self) -> Grouped:
        groups: dict[str, list[Option]] = {}
        for pk, stage in self.by_id.items():
            groups.setdefault(stage.map.title, []).append((pk, stage.name))
        return list(groups.items())


def stages_for(actor: Actor, campaign: Campaign, *others: int | None) -> Stages:
    """Those of the maps that the campaign speaks at, or else of the maps that were changed last; also those of the
    maps of `others`. Two queries."""
    named = [row.stage_id for row in campaign.campaign_stages.all()] + [pk for pk in others if pk]
    at = set(Map.objects.filter(workspace_id=actor.workspace_id, stages__in=named).values_list("pk", flat=True))
    if not campaign.campaign_stages.all():
        at |= set(maps_of(actor).values_list("pk", flat=True)[:MOST_MAPS])
    rows = Stage.objects.filter(map__in=at, map__workspace_id=actor.workspace_id).select_related("map")
    return Stages({str(stage.pk): stage for stage in rows.order_by("map__title", "map", "position")})


def personas_for(actor: Actor, held: int | None) -> QuerySet[Persona]:
    return Persona.objects.filter(Q(removed_at=None) | Q(pk=held), workspace_id=actor.workspace_id)


def segments_for(actor: Actor, held: Iterable[int]) -> QuerySet[Segment]:
    kept = Segment.objects.filter(workspace_id=actor.workspace_id, pk__in=list(held))
    return segments_of(actor) | kept


def links_for(actor: Actor, *held: int | None) -> dict[str, Link]:
    """The latest links, and those that are chosen already, archived ones too. One or two queries."""
    rows = {str(link.pk): link for link in links_of(actor).order_by("-pk")[:MOST_LINKS]}
    missing = [pk for pk in held if pk and str(pk) not in rows]
    if missing:
        rows |= {str(link.pk): link for link in any_links_of(actor).filter(pk__in=missing)}
    return rows


def link_label(link: Link) -> str:
    """What tells links apart: where from, then where to."""
    said = " · ".join(part for part in (link.campaign, link.source, link.medium) if part)
    destination = link.destination.removeprefix("https://")
    text = f"{said} → {destination}" if said else destination
    return text if len(text) <= SHOWN else text[: SHOWN - 1] + "…"


def chosen_segments(message: Message) -> list[int]:
    return [segment.pk for segment in message.segments.all()] if message.pk else []
