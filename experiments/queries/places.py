"""Experiments where they are on the maps: at a stage, at a card, along a whole map."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from experiments.enums import Status
from experiments.models import Decision, Experiment
from experiments.queries.experiments import DECISIONS, experiments_of
from journeys.models import Card, Map, Stage
from teams.permissions import Actor

ACTIVE = (Status.RUNNING, Status.DECIDING)
MOST_SHOWN = 50


def at_stage(actor: Actor, stage: Stage) -> QuerySet[Experiment]:
    """What is or was tried at a stage or on its cards, the latest first; nothing that was archived undecided."""
    here = Q(stage=stage) | Q(card__stage=stage)
    return listed(experiments_of(actor).filter(here))


def at_card(actor: Actor, card: Card) -> QuerySet[Experiment]:
    """What is or was tried on a card, or for the opportunity that it is."""
    return listed(experiments_of(actor).filter(Q(card=card) | Q(opportunity=card)))


def listed(rows: QuerySet[Experiment]) -> QuerySet[Experiment]:
    confirmed = Decision.objects.filter(experiment=OuterRef("pk"), confirmed_at__isnull=False)
    shown = rows.filter(~Q(status=Status.ARCHIVED) | Exists(confirmed))
    return shown.select_related("owner__user").prefetch_related(DECISIONS).order_by("-changed_at", "-pk")[:MOST_SHOWN]


def along(actor: Actor, journey: Map) -> dict[int, list[Experiment]]:
    """By stage of the map, what runs or is being decided there. One query."""
    here = Q(stage__map=journey) | Q(card__map=journey)
    rows = experiments_of(actor).filter(here, status__in=ACTIVE).select_related("card").order_by("started_on", "pk")
    found: dict[int, list[Experiment]] = {}
    for row in rows:
        stage_id = row.card.stage_id if row.card else row.stage_id
        found.setdefault(stage_id or 0, []).append(row)
    return found
