"""The places on maps that an experiment can name: a map's stages, a stage's cards, a map's opportunities."""

from collections.abc import Callable
from dataclasses import dataclass, field

from experiments.models import Experiment
from experiments.queries.pickers import Option, maps
from journeys.enums import LaneKind
from journeys.models import Card, Stage
from journeys.queries.maps import cards_of, stages_of
from teams.permissions import Actor
from teams.queries import named_id

Grouped = list[tuple[str, list[Option]]]


@dataclass(frozen=True)
class Choices:
    """What can be chosen once a map and a stage are. The things by their ids, as a form sends them."""

    maps: list[Option]
    stages: dict[str, Stage] = field(default_factory=dict)
    cards: dict[str, Card] = field(default_factory=dict)
    opportunities: dict[str, Card] = field(default_factory=dict)

    @property
    def by_lane(self) -> Grouped:
        return grouped(self.cards, lambda card: card.lane.name)

    @property
    def by_stage(self) -> Grouped:
        return grouped(self.opportunities, lambda card: card.stage.name)


def grouped(cards: dict[str, Card], name: Callable[[Card], str]) -> Grouped:
    groups: dict[str, list[Option]] = {}
    for pk, card in cards.items():
        groups.setdefault(name(card), []).append((pk, card.title))
    return list(groups.items())


def choices(actor: Actor, *, map_id: str, stage_id: str) -> Choices:
    """Four queries, whatever the size of the map."""
    journey, stage = named_id(map_id), named_id(stage_id)
    if journey is None:
        return Choices(maps(actor, ""))
    stages = {str(row.pk): row for row in stages_of(actor).filter(map_id=journey).order_by("position")}
    cards = Card.objects.filter(map_id=journey, stage__in=list(stages.values())).select_related("stage__map", "lane")
    in_stage = cards.filter(stage_id=stage).order_by("lane__position", "position") if stage else Card.objects.none()
    open_lanes = cards.filter(lane__kind=LaneKind.OPPORTUNITIES).order_by("stage__position", "position")
    return Choices(
        maps(actor, map_id),
        stages,
        {str(card.pk): card for card in in_stage},
        {str(card.pk): card for card in open_lanes},
    )


def chosen(experiment: Experiment) -> dict[str, str]:
    """Where an experiment is, as its form names it."""
    place = experiment.place
    return {
        "map": str(place.map_id) if place else "",
        "stage": str(place.pk) if place else "",
        "card": str(experiment.card_id) if experiment.card else "",
        "opportunity": str(experiment.opportunity_id) if experiment.opportunity else "",
    }


def named(actor: Actor, *, card: str = "", stage: str = "") -> dict[str, object]:
    """What a new experiment begins with at a card or a stage: its place, its metric, the persona of the map.

    A card of the opportunities is the opportunity, and its stage the place.
    """
    if (pk := named_id(card)) and (found := cards_of(actor).filter(pk=pk).first()):
        open_lane = found.lane.kind == LaneKind.OPPORTUNITIES
        begun = at(found.stage) | {"opportunity" if open_lane else "card": str(found.pk)}
        return begun | ({"metric": found.metric_id} if found.metric_id else {})
    if (pk := named_id(stage)) and (place := stages_of(actor).filter(pk=pk).first()):
        return at(place)
    return {}


def at(stage: Stage) -> dict[str, object]:
    persona = stage.map.personas.filter(removed_at=None).order_by("map_personas__position").first()
    return {"map": str(stage.map_id), "stage": str(stage.pk), "metric": stage.metric_id, "persona": persona}
