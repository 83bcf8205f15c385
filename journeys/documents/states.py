"""One object in the terms of the map document: names, not numbers; nothing where there is nothing.

The document and the change log speak the same language. Pass objects with their relations loaded; these functions ask
the database only for what was not.
"""

from typing import Any

from journeys.models import Card, Lane, Map, Path, Stage

State = dict[str, Any]


def filled(state: State) -> State:
    """Without the entries that are empty; 0 and False are values."""
    return {
        key: value for key, value in state.items() if value is not None and value != "" and value != [] and value != {}
    }


def map_state(journey: Map) -> State:
    return filled(
        {
            "title": journey.title,
            "description": journey.description,
            "kind": journey.kind,
            "status": journey.status,
            "owner": journey.owner.user.email,
            "personas": [link.persona.name for link in journey.map_personas.all()],
            "scenario": journey.scenario.name if journey.scenario else None,
        }
    )


def stage_state(stage: Stage) -> State:
    return filled(
        {
            "id": stage.uid,
            "name": stage.name,
            "description": stage.description,
            "questions": stage.questions,
            "example_channels": stage.example_channels,
            "team": stage.accountable_team.name if stage.accountable_team else None,
            "person": stage.accountable_person.user.email if stage.accountable_person else None,
            "teams": {part.team.name: part.part for part in stage.stage_teams.all()},
            "metric": stage.metric.name if stage.metric else None,
        }
    )


def lane_state(lane: Lane) -> State:
    return {"id": lane.uid, "kind": lane.kind, "name": lane.name}


def card_state(card: Card) -> State:
    return filled(
        {
            "id": card.uid,
            "title": card.title,
            "body": card.body,
            "span": card.span if card.span > 1 else None,
            "evidence": card.grade,
            "channel": card.channel.name if card.channel else None,
            "sources": sources_state(card),
            "emotions": emotions_state(card),
            "moment": moment_state(card),
        }
    )


def sources_state(card: Card) -> list[State]:
    return [
        filled(
            {
                "kind": source.kind,
                "text": source.text,
                "url": source.url,
                "date": source.date.isoformat() if source.date else None,
            }
        )
        for source in card.sources.all()
    ]


def emotions_state(card: Card) -> State:
    return {
        emotion.persona.name: filled({"level": emotion.level, "word": emotion.word}) for emotion in card.emotions.all()
    }


def moment_state(card: Card) -> State | None:
    if not card.moment or card.accountable is None or card.metric is None:
        return None
    return {"name": card.moment, "person": card.accountable.user.email, "metric": card.metric.name}


def card_place(card: Card) -> State:
    """Where a card stands; the document says it by nesting."""
    return {"stage": card.stage.uid, "lane": card.lane.uid, "position": card.position}


def path_state(path: Path) -> State:
    return filled(
        {
            "from": path.source.uid,
            "to": path.target.uid,
            "kind": path.kind,
            "share": path.share,
            "label": path.label,
        }
    )


def kept(part: Card | Stage | Lane | Path) -> State:
    """What a deletion keeps besides the document's terms, so that the same part can return and not an equal one."""
    return {"pk": part.pk, "version": part.version}


def difference(before: State, after: State) -> tuple[State, State]:
    """The entries that differ, on both sides; None stands for "was not there"."""
    keys = [key for key in before | after if before.get(key) != after.get(key)]
    return {key: before.get(key) for key in keys}, {key: after.get(key) for key in keys}
