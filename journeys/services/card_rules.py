"""What a card must obey: plain functions that services, imports and forms share."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from journeys.models import Card, Emotion, Map, Persona, Source
from journeys.services.texts import tidy, tidy_texts

MOST_SOURCES = 50
Feeling = tuple[Persona, int, str]


def clean_card(card: Card, *, sources: list[Source] | None, emotions: list[Emotion] | None) -> None:
    """Raise ValidationError with every field that is wrong: lengths, choices, the moment's rule, other workspaces."""
    tidy_texts(card)
    errors: dict[str, list] = {}
    try:
        card.clean_fields(exclude=["map", "stage", "lane", "channel", "accountable", "metric", "position"])
    except ValidationError as error:
        errors.update(error.update_error_dict({}))
    errors.update(moment_errors(card))
    errors.update(foreign_errors(card))
    if sources is not None:
        errors.update(source_errors(sources))
    if emotions is not None:
        errors.update(emotion_errors(card.map, emotions))
    if errors:
        raise ValidationError(errors)


def moment_errors(card: Card) -> dict[str, list]:
    """A moment that matters has exactly one accountable person and one metric; nothing else has either."""
    if card.moment:
        missing = {"accountable": card.accountable_id, "metric": card.metric_id}
        words = {
            "accountable": _("A moment that matters needs one accountable person."),
            "metric": _("A moment that matters needs one metric."),
        }
        return {name: [words[name]] for name, value in missing.items() if value is None}
    if card.accountable_id is not None or card.metric_id is not None:
        return {"moment": [_("Only a moment has an accountable person and a metric. Name the moment or clear both.")]}
    return {}


def foreign_errors(card: Card) -> dict[str, list]:
    """What a card points to lives in its map's workspace and was not removed."""
    errors = {}
    for name in ["channel", "accountable", "metric"]:
        value = getattr(card, name)
        if value is None:
            continue
        if value.workspace_id != card.map.workspace_id or getattr(value, "removed_at", None) is not None:
            errors[name] = [_("This is not in the workspace.")]
    return errors


def source_rows(sources: Sequence[dict[str, Any]]) -> list[Source]:
    return [
        Source(
            kind=source.get("kind", ""),
            text=tidy(source.get("text") or ""),
            url=tidy(source.get("url") or ""),
            date=source.get("date") or None,
        )
        for source in sources
    ]


def feeling_rows(emotions: Sequence[Feeling]) -> list[Emotion]:
    return [Emotion(persona=persona, level=level, word=tidy(word or "")) for persona, level, word in emotions]


def source_errors(sources: list[Source]) -> dict[str, list]:
    messages = []
    if len(sources) > MOST_SOURCES:
        messages.append(_("A card has at most %(most)s sources.") % {"most": MOST_SOURCES})
    for number, source in enumerate(sources, 1):
        messages += numbered(_("Source"), number, source, exclude=["card"])
    return {"sources": messages} if messages else {}


def emotion_errors(journey: Map, emotions: list[Emotion]) -> dict[str, list]:
    personas = {link.persona_id for link in journey.map_personas.all()}
    messages = []
    for number, emotion in enumerate(emotions, 1):
        messages += numbered(_("Emotion"), number, emotion, exclude=["card", "persona"])
        if emotion.persona_id not in personas:
            messages.append(_("“%(persona)s” is not a persona of this map.") % {"persona": emotion.persona})
    if len({emotion.persona_id for emotion in emotions}) < len(emotions):
        messages.append(_("A persona has one emotion at a card."))
    return {"emotions": messages} if messages else {}


def numbered(noun: str, number: int, row: Source | Emotion, *, exclude: list[str]) -> list[str]:
    """The row's errors as sentences that say which row and which field."""
    try:
        row.clean_fields(exclude=exclude)
    except ValidationError as error:
        return [
            f"{noun} {number}, {row._meta.get_field(name).verbose_name}: {' '.join(messages)}"  # type: ignore[union-attr]
            for name, messages in error.message_dict.items()
        ]
    return []


def check_span(card: Card, stages: int) -> None:
    room = stages - card.stage.position
    if not 1 <= card.span <= room:
        raise ValidationError(
            {
                "span": [
                    ngettext(
                        "From here a card reaches over %(room)s stage.",
                        "From here a card reaches over 1 to %(room)s stages.",
                        room,
                    )
                    % {"room": room}
                ]
            }
        )
