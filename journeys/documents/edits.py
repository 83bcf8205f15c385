"""What the steps of a replacement share."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from journeys.documents.names import Names
from journeys.documents.rules import card_places
from journeys.models import Map
from teams.permissions import Actor


@dataclass(frozen=True)
class Edits:
    by: Actor
    journey: Map
    document: dict[str, Any]
    names: Names

    @cached_property
    def stages(self) -> list[str]:
        """Ids of the wanted stages, in order."""
        return [stage["id"] for stage in self.document["stages"]]

    @cached_property
    def lanes(self) -> list[str]:
        return [lane["id"] for lane in self.document["lanes"]]

    @cached_property
    def cards(self) -> dict[str, tuple[tuple[Any, ...], dict[str, Any]]]:
        """The wanted cards by id, each with the parts of its path: "cards", stage, lane, number."""
        return {state["id"]: (parts, state) for parts, state in card_places(self.document)}
