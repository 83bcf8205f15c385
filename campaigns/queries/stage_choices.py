"""The stages that a campaign can name, by their maps: few maps at once, for a workspace may have hundreds."""

from collections.abc import Collection
from dataclasses import dataclass

from experiments.queries.pickers import Option, maps
from journeys.models import Map, Stage
from journeys.queries.maps import maps_of, stages_of
from teams.permissions import Actor
from teams.queries import named_id

MAPS_AT_ONCE = 6
MOST_CHOSEN = 200


@dataclass(frozen=True)
class StageGroup:
    """A map with its stages in order; `open` where one of them is chosen or the map was asked for."""

    map: Map
    stages: list[Stage]
    open: bool


@dataclass(frozen=True)
class StageChoices:
    """`others`: the maps that are not among the groups, to be asked for."""

    groups: list[StageGroup]
    others: list[Option]

    @property
    def stages(self) -> dict[str, Stage]:
        return {str(stage.pk): stage for group in self.groups for stage in group.stages}


def stage_choices(actor: Actor, chosen: Collection[str], also: str = "") -> StageChoices:
    """The maps of the chosen stages and the one `also` asked for, filled up with those changed last. Four queries."""
    pks = [pk for text in list(chosen)[:MOST_CHOSEN] if (pk := named_id(text))]
    wanted = set(stages_of(actor).filter(pk__in=pks).values_list("map_id", flat=True))
    asked = {pk for pk in [named_id(also)] if pk}
    recent = list(maps_of(actor).values_list("pk", flat=True)[:MAPS_AT_ONCE])
    shown = wanted | asked | set(recent[: max(0, MAPS_AT_ONCE - len(wanted | asked))])
    stages: dict[int, list[Stage]] = {}
    for stage in stages_of(actor).filter(map_id__in=shown).order_by("map_id", "position"):
        stages.setdefault(stage.map_id, []).append(stage)
    found = sorted(stages.values(), key=lambda rows: (rows[0].map.title.casefold(), rows[0].map_id))
    groups = [StageGroup(rows[0].map, rows, rows[0].map_id in wanted | asked) for rows in found]
    others = [option for option in maps(actor, "") if int(option[0]) not in stages]
    return StageChoices(groups, others)
