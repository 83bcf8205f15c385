"""Experiments where they are on the maps. Pages of the maps ask for these parts by their addresses."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from experiments.enums import LearningState
from experiments.queries import places
from journeys.queries.maps import cards_of, maps_of, stages_of
from teams.door import WorkspaceRequest, page
from teams.permissions import Permission, can


@page("GET")
def at_stage(request: WorkspaceRequest, stage_id: int) -> HttpResponse:
    """What is tried at a stage and what was learned there, for its panel; a page of its own without JavaScript."""
    stage = get_object_or_404(stages_of(request.membership), pk=stage_id)
    found = places.at_stage(request.membership, stage)
    return show(request, {"place": stage, "journey": stage.map, "query": f"stage={stage.pk}", "found": found})


@page("GET")
def at_card(request: WorkspaceRequest, card_id: int) -> HttpResponse:
    """The same for a card."""
    card = get_object_or_404(cards_of(request.membership), pk=card_id)
    found = places.at_card(request.membership, card)
    return show(request, {"place": card, "journey": card.map, "query": f"card={card.pk}", "found": found})


def show(request: WorkspaceRequest, context: dict) -> HttpResponse:
    context["may_create"] = can(request.membership, Permission.EXPERIMENT_CREATE)
    context["suggested"] = LearningState.SUGGESTED
    template = "experiments/_at.html" if request.htmx else "experiments/at.html"
    return render(request, template, context)


@page("GET")
def at_map(request: WorkspaceRequest, map_id: int) -> HttpResponse:
    """Marks for the stage headers of a map, one for each stage where something runs."""
    journey = get_object_or_404(maps_of(request.membership), pk=map_id)
    if not request.htmx:
        return redirect("journeys:map", request.workspace.slug, journey.pk)
    return render(request, "experiments/_marks.html", {"stages": places.along(request.membership, journey)})
