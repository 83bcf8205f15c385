"""The personas and the scenario of a document: found by name, or created where the workspace has none."""

from typing import Any

from journeys.documents.names import Names
from journeys.documents.refusals import refused_at
from journeys.models import Persona, Scenario
from journeys.services.personas import create_persona
from journeys.services.scenarios import add_scenario
from teams.permissions import Actor


def personas_of(by: Actor, document: dict[str, Any], names: Names) -> list[Persona]:
    """In the document's order. `names` knows the new ones afterwards."""
    for number, name in enumerate(document.get("personas", [])):
        if name not in names.personas:
            with refused_at("personas", number, terms={"name": ()}):
                names.personas[name] = create_persona(by=by, name=name)
    return [names.persona(name) for name in document.get("personas", [])]


def scenario_of(by: Actor, document: dict[str, Any], personas: list[Persona]) -> Scenario | None:
    """The scenario of the first persona with the document's name."""
    if "scenario" not in document:
        return None
    scenario = personas[0].scenarios.filter(name=document["scenario"]).first()
    if scenario is None:
        with refused_at("scenario", terms={"name": ()}):
            scenario = add_scenario(by=by, persona=personas[0], name=document["scenario"])
    return scenario
