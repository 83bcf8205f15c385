"""Maps, stages and moments of a member who leaves go to whoever takes over, and the maps' logs say so."""

from typing import Any

from django.db.models import F, Q
from django.utils.timezone import now
from django.utils.translation import ngettext

from journeys.documents.states import moment_state
from journeys.enums import Verb
from journeys.models import Card, Change, Map, Stage
from journeys.services.log import next_change
from teams.models import Membership
from teams.permissions import Actor


def owned_parts(member: Membership) -> list[str]:
    """What the member is accountable for, a sentence for each sort; of removed maps too, for they may come back."""
    maps = Map.objects.filter(owner=member).count()
    stages = Stage.objects.filter(accountable_person=member).count()
    moments = Card.objects.filter(accountable=member).count()
    sentences = [
        (maps, ngettext("%(number)s map", "%(number)s maps", maps)),
        (stages, ngettext("%(number)s stage", "%(number)s stages", stages)),
        (moments, ngettext("%(number)s moment that matters", "%(number)s moments that matter", moments)),
    ]
    return [sentence % {"number": number} for number, sentence in sentences if number]


def hand_over_parts(*, by: Actor, giver: Membership, receiver: Membership) -> None:
    """Each part that goes over is a change of its map. The number of queries does not grow with the parts."""
    maps = locked_maps(giver)
    changes = [
        next_change(maps[map_id], by=by, verb=Verb.EDITED, target=part, before=before, after=after)
        for map_id, part, before, after in parts_of(giver, receiver)
    ]
    Map.objects.filter(owner=giver).update(owner=receiver, version=F("version") + 1)
    Stage.objects.filter(accountable_person=giver).update(accountable_person=receiver, version=F("version") + 1)
    Card.objects.filter(accountable=giver).update(accountable=receiver, version=F("version") + 1, changed_at=now())
    Map.objects.bulk_update(maps.values(), ["revision", "changed_at"])
    Change.objects.bulk_create(changes)


def locked_maps(giver: Membership) -> dict[int, Map]:
    """The maps that are the giver's or hold something of theirs, in one order, so that two who leave never cross."""
    theirs = Map.objects.filter(
        Q(owner=giver)
        | Q(pk__in=Stage.objects.filter(accountable_person=giver).values("map"))
        | Q(pk__in=Card.objects.filter(accountable=giver).values("map"))
    )
    return {journey.pk: journey for journey in theirs.order_by("pk").select_for_update(no_key=True)}


def parts_of(giver: Membership, receiver: Membership) -> list[tuple[int, Any, dict, dict]]:
    """What goes over: the map's id, the part with its next version, and how the log says it, before and after."""
    old, new = giver.user.email, receiver.user.email
    moments = Card.objects.filter(accountable=giver).select_related("metric", "accountable__user")
    parts: list[tuple[int, Any, dict, dict]] = [
        *((m.pk, m, {"owner": old}, {"owner": new}) for m in Map.objects.filter(owner=giver)),
        *((s.map_id, s, {"person": old}, {"person": new}) for s in Stage.objects.filter(accountable_person=giver)),
    ]
    for card in moments:
        before = moment_state(card) or {}
        parts.append((card.map_id, card, {"moment": before}, {"moment": before | {"person": new}}))
    for _map_id, part, _before, _after in parts:
        part.version += 1
    return parts
