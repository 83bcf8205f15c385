"""What one chooses from in lists of experiments and in their forms: things of the workspace by their ids."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from experiments.enums import Outcome, Result, Signal
from experiments.models import Reason
from insights.models import Metric
from journeys.models import Map, Persona, Stage
from journeys.queries.maps import maps_of, stages_of
from teams.models import Membership
from teams.permissions import Actor
from teams.queries import named_id, teams_of

MOST_MAPS = 100

Option = tuple[str, str]


@dataclass(frozen=True)
class Picker:
    """One choice: the name in the address, what stands above it, what can be chosen."""

    name: str
    label: str
    options: list[Option]
    chosen: str


def filters(actor: Actor, asked: Mapping[str, str]) -> list[Picker]:
    """What the log is filtered by, besides words and status. Six queries."""
    live = {"workspace_id": actor.workspace_id, "removed_at": None}
    members = Membership.objects.filter(workspace_id=actor.workspace_id).select_related("user").order_by("user__name")
    found: dict[str, tuple[object, list[Option]]] = {
        "signal": (_("How it stands"), words(Signal)),
        "result": (_("Result"), words(Result)),
        "outcome": (_("Decision"), words(Outcome)),
        "owner": (_("Owner"), things(members)),
        "team": (_("Team"), things(teams_of(actor))),
        "persona": (_("Persona"), things(Persona.objects.filter(**live).only("name"))),
        "metric": (_("Metric"), things(Metric.objects.filter(**live).only("name"))),
        "reason": (_("Reason"), things(Reason.objects.filter(**live))),
        "map": (_("Map"), maps(actor, asked.get("map", ""))),
    }
    return [Picker(name, str(label), options, asked.get(name, "")) for name, (label, options) in found.items()]


def words(choices: type[Signal] | type[Result] | type[Outcome]) -> list[Option]:
    return [(str(value), str(label)) for value, label in choices.choices]


def things(rows: Iterable[Model]) -> list[Option]:
    return [(str(row.pk), str(row)) for row in rows]


def maps(actor: Actor, chosen: str) -> list[Option]:
    """The hundred maps that were changed last, and the chosen one, by title."""
    recent: dict[int, Map] = {row.pk: row for row in maps_of(actor).only("title")[:MOST_MAPS]}
    pk = named_id(chosen)
    if pk is not None and pk not in recent and (other := maps_of(actor).only("title").filter(pk=pk).first()):
        recent[pk] = other
    return sorted(((str(row.pk), row.title) for row in recent.values()), key=lambda option: option[1].casefold())


def stage_filter(actor: Actor, asked: Mapping[str, str]) -> Picker | None:
    """The stages of the map that is asked for; None without a map. One query."""
    pk = named_id(asked.get("map", ""))
    if pk is None:
        return None
    stages = [(str(stage.pk), stage.name) for stage in Stage.objects.filter(map__in=maps_of(actor).filter(pk=pk))]
    return Picker("stage", str(_("Stage")), stages, asked.get("stage", ""))


def with_map(actor: Actor, asked: dict[str, str]) -> dict[str, str]:
    """A stage brings its map with it; where another map was chosen since, the stage is not asked for any more."""
    stage_id = named_id(asked.get("stage", ""))
    if stage_id is None:
        return asked
    map_id = stages_of(actor).filter(pk=stage_id).values_list("map_id", flat=True).first()
    if map_id is None:
        return asked
    if asked.get("map") in ("", str(map_id)):
        return asked | {"map": str(map_id)}
    return asked | {"stage": ""}
