"""The personas and the scenario of a document: found by name, or created where the workspace has none."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from journeys.documents.names import Names
from journeys.documents.refusals import refused_at
from journeys.models import Persona, Scenario
from journeys.services.texts import tidy_texts
from teams.permissions import Actor, Permission, require
from teams.services import search, stamp


def personas_of(by: Actor, document: dict[str, Any], names: Names) -> list[Persona]:
    """In the document's order. `names` knows the new ones afterwards."""
    for number, name in enumerate(document.get("personas", [])):
        if name not in names.personas:
            with refused_at("personas", number):
                names.personas[name] = new_persona(by, name)
    return [names.persona(name) for name in document.get("personas", [])]


def scenario_of(by: Actor, document: dict[str, Any], personas: list[Persona]) -> Scenario | None:
    """The scenario of the first persona with the document's name."""
    if "scenario" not in document:
        return None
    scenario = personas[0].scenarios.filter(name=document["scenario"]).first()
    if scenario is None:
        with refused_at():
            scenario = new_scenario(by, personas[0], document["scenario"])
    return scenario


def new_persona(by: Actor, name: str) -> Persona:
    require(by, Permission.PERSONA_EDIT)
    persona = Persona(workspace_id=by.workspace_id, name=name)
    keep(persona)
    search.index(workspace_id=by.workspace_id, kind="persona", object_id=persona.pk, title=name)
    stamp.touch(by.workspace_id)
    return persona


def new_scenario(by: Actor, persona: Persona, name: str) -> Scenario:
    require(by, Permission.PERSONA_EDIT)
    scenario = Scenario(persona=persona, name=name)
    keep(scenario)
    stamp.touch(by.workspace_id)
    return scenario


def keep(new: Persona | Scenario) -> None:
    """Save it. Raises ValidationError also when somebody else gave the name away in the same moment."""
    tidy_texts(new)
    new.full_clean()
    try:
        with transaction.atomic():
            new.save()
    except IntegrityError as error:
        raise ValidationError({"name": [_("Somebody has just given this name. Try again.")]}) from error
