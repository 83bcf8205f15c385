"""A few weeks of work on the maps before today, so that what changed, by whom and when can be read in their log."""

from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import Any

from django.utils import timezone

from journeys.demo import people
from journeys.documents.fields import card_fields
from journeys.documents.names import Names
from journeys.models import Card, Change, Map
from journeys.services.cards import edit_card
from teams.models import Membership

Document = dict[str, Any]


@dataclass(frozen=True)
class Edit:
    """Somebody made a card what it is now. `was` is what it said before; None for what it did not have."""

    card: str
    by: str
    days: float
    was: dict[str, Any] = field(default_factory=dict)


GUESSED = {"evidence": "assumed", "sources": None}

EDITS = {
    "car": (
        Edit("compare-pains-1", people.LUCIA, 13.2, GUESSED | {"title": "Nobody tells them the range in winter"}),
        Edit("bargain-pains-1", people.DESI, 12.6, GUESSED | {"title": "The line “preparation” raises questions"}),
        Edit("drive-touchpoints-2", people.ANDREI, 6.3, {"title": "A message after the drive"}),
    ),
    "store": (
        Edit("walk-opportunities-1", people.LUCIA, 35.5, GUESSED),
        Edit("welcome-touchpoints-1", people.CHLOE, 10.4, {"title": "Greeting by a person"}),
        Edit("kiosk-pains-2", people.OKSANA, 5.9, {"title": "Screens are out of order now and then"}),
    ),
    "subscription": (
        Edit("set-up-touchpoints-2", people.MATEUS, 11.3, {"evidence": "research", "body": None}),
        Edit("set-up-pains-1", people.MATEUS, 11.2, {"title": "Too many rights are asked for"}),
        Edit("value-touchpoints-1", people.JANA, 8.4, {"title": "The first report is sent"}),
        Edit("buy-pains-1", people.DESI, 4.5, GUESSED),
        Edit("renew-opportunities-1", people.JANA, 1.2, {"title": "Name the renewal's owner early"}),
    ),
    "shop": (
        Edit("wait-touchpoints-2", people.SAMUEL, 10.6, {"evidence": "anecdote", "body": None}),
        Edit("wait-opportunities-1", people.SAMUEL, 7.1, GUESSED | {"title": "Tell them before they ask"}),
        Edit("return-opportunities-1", people.PRIYA, 3.4, {"title": "Show the width in centimeters"}),
    ),
}
BEGUN = {"car": 96, "store": 84, "subscription": 61, "shop": 47}


def before(document: Document, edits: tuple[Edit, ...]) -> Document:
    """The document as it was before the edits."""
    earlier = {edit.card: edit.was for edit in edits}
    cards = {
        stage: {lane: [undone(card, earlier.get(card["id"], {})) for card in cell] for lane, cell in lanes.items()}
        for stage, lanes in document["cards"].items()
    }
    return document | {"cards": cards}


def undone(card: Document, was: Document) -> Document:
    return {name: value for name, value in (card | was).items() if value is not None}


def replay(journey: Map, document: Document, edits: tuple[Edit, ...], members: dict[str, Membership]) -> None:
    """Make the edits, each by the person and on the day of the story."""
    names = Names(journey.workspace_id)
    states = {card["id"]: card for lanes in document["cards"].values() for cell in lanes.values() for card in cell}
    for edit in sorted(edits, key=lambda edit: -edit.days):
        card = Card.objects.get(map=journey, uid=edit.card)
        edit_card(by=members[edit.by], card=card, seen=card.version, **card_fields(states[edit.card], names))
        date_last_change(journey, edit.days)


def date_last_change(journey: Map, days: float) -> None:
    """Move the newest change of the map into the past. Only the demo does this: it tells of days that never were."""
    at = working_hour(days)
    newest = Change.objects.filter(map=journey).order_by("-revision").values("pk")[:1]
    Change.objects.filter(pk__in=list(newest.values_list("pk", flat=True))).update(at=at)
    Map.objects.filter(pk=journey.pk).update(changed_at=at)


def date_beginning(journey: Map, days: float) -> None:
    date_last_change(journey, days)
    Map.objects.filter(pk=journey.pk).update(created_at=working_hour(days))


def working_hour(days: float) -> datetime:
    """So many days before yesterday evening, the fraction spread over the day from eight to six."""
    whole = int(days)
    hours = 8 + 10 * (1 - (days - whole))
    midnight = datetime.combine(timezone.localdate() - timedelta(days=whole + 1), time())
    return timezone.make_aware(midnight + timedelta(hours=hours))
