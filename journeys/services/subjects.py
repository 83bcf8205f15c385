"""Maps as something that people talk about: found, addressed, followed by their owners."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from journeys.models import Map
from journeys.queries.maps import maps_of
from teams.models import Membership
from teams.permissions import Actor
from teams.services import subjects


def find_map(actor: Actor, pk: int) -> Map | None:
    return maps_of(actor).select_related("workspace", "owner__user").filter(pk=pk).first()


def map_address(journey: Map) -> str:
    return reverse("journeys:map", args=[journey.workspace.slug, journey.pk])


def map_owner(journey: Map) -> list[Membership]:
    return [journey.owner]


def register() -> None:
    subjects.register("map", label=_("Map"), fetch=find_map, url=map_address, followers=map_owner)
