"""Scenarios: the situations in which a persona travels."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from insights.services.naming import save_named
from journeys.models import Map, Persona, Scenario
from teams.errors import check_seen
from teams.permissions import Actor, Permission, require
from teams.services.stamp import touch

FIELDS = frozenset({"name", "description"})


@transaction.atomic
def add_scenario(*, by: Actor, persona: Persona, name: str, description: str = "") -> Scenario:
    require(by, Permission.PERSONA_EDIT, persona)
    locked = Persona.objects.select_for_update(no_key=True).get(pk=persona.pk)
    if locked.removed_at is not None:
        raise ValidationError(_("This persona has been removed."), code="removed")
    scenario = Scenario(persona=locked, name=name.strip(), description=description.strip())
    keep(scenario)
    return scenario


@transaction.atomic
def edit_scenario(*, by: Actor, scenario: Scenario, seen: int | None = None, **fields: Any) -> Scenario:
    """Change `name` or `description`."""
    require(by, Permission.PERSONA_EDIT, scenario)
    scenario = locked(scenario)
    check_seen(scenario, seen)
    unknown = fields.keys() - FIELDS
    if unknown:
        raise TypeError(f"A scenario has no {sorted(unknown)}")
    given = {name: value.strip() for name, value in fields.items()}
    if any(getattr(scenario, name) != value for name, value in given.items()):
        for name, value in given.items():
            setattr(scenario, name, value)
        scenario.version += 1
        keep(scenario)
    return scenario


@transaction.atomic
def delete_scenario(*, by: Actor, scenario: Scenario, seen: int | None = None) -> None:
    """Delete a scenario that no live map is for. Undo is `add_scenario` with what it held."""
    require(by, Permission.PERSONA_EDIT, scenario)
    scenario = locked(scenario)
    check_seen(scenario, seen)
    titles = list(Map.objects.filter(scenario=scenario, removed_at=None).values_list("title", flat=True)[:6])
    if titles:
        sentence = _("“%(name)s” is the scenario of: %(maps)s.")
        raise ValidationError(sentence % {"name": scenario.name, "maps": ", ".join(titles)}, code="used")
    scenario.delete()
    touch(by.workspace_id)


def locked(scenario: Scenario) -> Scenario:
    """The scenario as it is now, with its persona."""
    return Scenario.objects.select_related("persona").select_for_update(of=("self",)).get(pk=scenario.pk)


def keep(scenario: Scenario) -> None:
    save_named(scenario)
    touch(scenario.workspace_id)
