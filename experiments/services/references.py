"""What an experiment refers to has to be of its workspace and live."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from experiments.models import Experiment
from teams.enums import Role
from teams.models import Membership, Removable

REFERENCES = ("owner", "team", "persona", "metric", "reason", "stage", "card", "opportunity")


def references(experiment: Experiment) -> dict[str, int | None]:
    """What it refers to, by the ids."""
    return {name: getattr(experiment, f"{name}_id") for name in REFERENCES}


def check_references(experiment: Experiment, before: dict[str, int | None]) -> None:
    """Raise ValidationError naming each new reference that leads elsewhere; what was there before may stay."""
    errors: dict[str, list[str]] = {}
    for name, pk in references(experiment).items():
        if pk == before.get(name):
            continue
        thing = getattr(experiment, name)
        if thing is not None and (sentence := wrong(thing, experiment.workspace_id)):
            errors[name] = [sentence]
    if errors:
        raise ValidationError(errors)


def wrong(thing: Any, workspace_id: int) -> str:
    """Why an experiment of the workspace cannot refer to the thing; empty where it can."""
    if thing.workspace_id != workspace_id:
        return _("This is not in the workspace.")
    if isinstance(thing, Membership) and thing.role == Role.VIEWER:
        return _("A viewer cannot be accountable. Choose a member who may edit.")
    holder = getattr(thing, "map", thing)
    if isinstance(holder, Removable) and holder.removed_at is not None:
        return _("This has been removed.")
    return ""
