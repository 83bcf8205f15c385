"""Stages: add, edit, move, delete; and who is accountable, responsible, consulted, informed."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from journeys.documents.states import card_place, card_state, difference, filled, kept, path_state, stage_state
from journeys.enums import TeamPart, Verb
from journeys.models import Card, Change, Map, Stage, StageTeam
from journeys.services.log import lock, record
from journeys.services.order import insert_at, renumber
from journeys.services.paths import settle_paths
from journeys.services.texts import tidy, tidy_texts
from teams.errors import Gone, check_seen
from teams.models import Team, forget_prefetched, storable
from teams.permissions import Actor, Permission, require
from teams.services import search

TEXTS = {"name", "description", "questions", "example_channels", "metric"}
OWNERSHIP = {"accountable_team", "accountable_person"}
MOST_STAGES = 40
MOST_LINES = 20
LONGEST_LINE = 200


@transaction.atomic
def add_stage(
    *, by: Actor, map: Map, position: int | None = None, parts: Mapping[Team, str] | None = None, **fields: Any
) -> Stage:
    """Add a stage at `position` (0 is the first), or at the end."""
    journey = lock(map.pk, by=by)
    require(by, Permission.MAP_EDIT, journey)
    stages = list(journey.stages.all())
    if len(stages) >= MOST_STAGES:
        raise ValidationError(_("A map has at most %(most)s stages.") % {"most": MOST_STAGES})
    stage = Stage(map=journey, **fields)
    clean_stage(stage, parts or {})
    shifted = renumber(insert_at(stages, stage, position))
    stage.save()
    Stage.objects.bulk_update(shifted, ["position"])
    replace_parts(stage, parts or {})
    settle_paths(journey)
    record(journey, by=by, verb=Verb.ADDED, target=stage, after=stage_state(stage) | {"position": stage.position})
    return stage


@transaction.atomic
def edit_stage(
    *, by: Actor, stage: Stage, seen: int | None, parts: Mapping[Team, str] | None = None, **fields: Any
) -> Stage:
    """Change texts and metric (its teams may) or its owners (the map's owner and administrators may)."""
    journey = lock(stage.map_id, by=by)
    stage = current(journey, stage.pk)
    require(by, Permission.STAGE_EDIT, stage)
    check_seen(stage, seen)
    before = stage_state(stage)
    for name in fields.keys() & (TEXTS | OWNERSHIP):
        setattr(stage, name, fields[name])
    parts = remaining_parts(stage) if parts is None else parts
    clean_stage(stage, parts)
    replace_parts(stage, parts)
    was, became = difference(before, stage_state(stage))
    if became.keys() & {"team", "person", "teams"}:
        require(by, Permission.MAP_EDIT, journey)
    if became:
        stage.version += 1
        stage.save()
        record(journey, by=by, verb=Verb.EDITED, target=stage, before=was, after=became)
    return stage


@transaction.atomic
def move_stage(*, by: Actor, stage: Stage, seen: int | None, position: int) -> Stage:
    """Put a stage at another place (0 is the first). Paths between stages keep their ends; their kinds follow."""
    journey = lock(stage.map_id, by=by)
    require(by, Permission.MAP_EDIT, journey)
    stage = current(journey, stage.pk)
    check_seen(stage, seen)
    was = stage.position
    ordered = insert_at(list(journey.stages.all()), stage, position)
    shifted = [other for other in renumber(ordered) if other.pk != stage.pk]
    if stage.position != was:
        stage.version += 1
        stage.save(update_fields=["position", "version"])
        Stage.objects.bulk_update(shifted, ["position"])
        before = filled({"position": was, "reaching": clamp_spans(journey)})
        settle_paths(journey)
        after = {"position": stage.position}
        stage.last_change = record(journey, by=by, verb=Verb.MOVED, target=stage, before=before, after=after)
    return stage


@transaction.atomic
def delete_stage(*, by: Actor, stage: Stage, seen: int | None) -> Change:
    """Delete a stage with its cards and paths. The change holds all of it: `undo` brings it back."""
    journey = lock(stage.map_id, by=by)
    require(by, Permission.MAP_EDIT, journey)
    stage = current(journey, stage.pk)
    check_seen(stage, seen)
    cards = list(loaded_cards(stage.cards.all()))
    paths = list(journey.paths.filter(source=stage) | journey.paths.filter(target=stage))
    before = kept(stage) | {"position": stage.position} | stage_state(stage)
    before["cards"] = [kept(card) | card_place(card) | card_state(card) for card in cards]
    before["paths"] = [kept(path) | {"id": path.uid} | path_state(path) for path in paths]
    before["reaching"] = shorten({card: card.span - 1 for card in reaching_over(journey, stage)})
    change = record(journey, by=by, verb=Verb.DELETED, target=stage, before=before)
    search.forget(kind="card", object_ids=[card.pk for card in cards])
    stage.delete()
    Stage.objects.bulk_update(renumber(list(journey.stages.all())), ["position"])
    clamp_spans(journey)
    settle_paths(journey)
    return change


def current(journey: Map, stage_id: int) -> Stage:
    """The stage as it is now, with what rules and log need; Gone when it was deleted."""
    stage = (
        journey.stages.select_related("accountable_team", "accountable_person__user", "metric")
        .prefetch_related("stage_teams__team")
        .filter(pk=stage_id)
        .first()
    )
    if stage is None:
        raise Gone
    stage.map = journey
    return stage


def loaded_cards(cards):
    """The cards with everything that `card_state` and `card_place` read."""
    return cards.select_related("stage", "lane", "channel", "metric", "accountable__user").prefetch_related(
        "sources", "emotions__persona"
    )


def clean_stage(stage: Stage, parts: Mapping[Team, str]) -> None:
    """Raise ValidationError with every field that is wrong."""
    tidy_texts(stage)
    errors: dict[str, list] = {}
    try:
        stage.clean_fields(
            exclude=[
                "map",
                "accountable_team",
                "accountable_person",
                "metric",
                "position",
                "questions",
                "example_channels",
            ]
        )
    except ValidationError as error:
        errors.update(error.update_error_dict({}))
    for name in ["questions", "example_channels"]:
        errors.update(clean_lines(stage, name))
    for name in ["accountable_team", "accountable_person", "metric"]:
        value = getattr(stage, name)
        foreign = value is not None and value.workspace_id != stage.map.workspace_id
        if foreign or getattr(value, "removed_at", None) is not None:
            errors[name] = [_("This is not in the workspace.")]
    errors.update(part_errors(stage, parts))
    if errors:
        raise ValidationError(errors)


def clean_lines(stage: Stage, name: str) -> dict[str, list]:
    """Tidy a list of one-line texts in place."""
    lines = getattr(stage, name)
    if not isinstance(lines, list) or not all(isinstance(line, str) for line in lines):
        return {name: [_("Give a list of texts.")]}
    lines = [line for line in (tidy(line) for line in lines) if line]
    setattr(stage, name, lines)
    if len(lines) > MOST_LINES or any(len(line) > LONGEST_LINE for line in lines):
        return {
            name: [
                _("At most %(lines)s lines of at most %(letters)s characters.")
                % {"lines": MOST_LINES, "letters": LONGEST_LINE}
            ]
        }
    try:
        for line in lines:
            storable(line)
    except ValidationError as error:
        return {name: list(error.messages)}
    return {name: [_("One line each.")]} if any("\n" in line for line in lines) else {}


def part_errors(stage: Stage, parts: Mapping[Team, str]) -> dict[str, list]:
    messages = []
    for team, part in parts.items():
        if team.workspace_id != stage.map.workspace_id:
            messages.append(_("This team is not in the workspace."))
        elif team == stage.accountable_team:
            messages.append(_("“%(team)s” is accountable already.") % {"team": team})
        elif part not in TeamPart.values:
            messages.append(_("A team is responsible, consulted or informed."))
    return {"parts": messages} if messages else {}


def remaining_parts(stage: Stage) -> dict[Team, str]:
    """The teams' parts as they are, without the team that is accountable now: it has no second part."""
    return {row.team: row.part for row in stage.stage_teams.all() if row.team_id != stage.accountable_team_id}


def replace_parts(stage: Stage, parts: Mapping[Team, str]) -> None:
    """Make the teams' parts these; equal ones stay untouched."""
    wanted = {team.pk: str(part) for team, part in parts.items()}
    if wanted == {row.team_id: row.part for row in stage.stage_teams.all()}:
        return
    stage.stage_teams.all().delete()
    StageTeam.objects.bulk_create(StageTeam(stage=stage, team=team, part=part) for team, part in parts.items())
    forget_prefetched(stage, "stage_teams")


def clamp_spans(journey: Map) -> list[dict]:
    """A card cannot reach beyond the last stage. Returns what was shortened."""
    count = journey.stages.count()
    cards = journey.cards.select_related("stage").filter(span__gt=1)
    return shorten({card: max(1, min(card.span, count - card.stage.position)) for card in cards})


def reaching_over(journey: Map, stage: Stage) -> list[Card]:
    """Cards that begin before the stage and end in it or after it."""
    return [
        card
        for card in journey.cards.select_related("stage").filter(span__gt=1)
        if card.stage.position < stage.position < card.stage.position + card.span
    ]


def shorten(spans: Mapping[Card, int]) -> list[dict]:
    """Give the cards these spans. Returns the spans that were and became, so that undo can widen the cards again."""
    shortened = {card: span for card, span in spans.items() if span != card.span}
    entries = [{"id": card.uid, "span": card.span, "became": span} for card, span in shortened.items()]
    for card, span in shortened.items():
        card.span = span
    Card.objects.bulk_update(shortened, ["span"])
    return entries
