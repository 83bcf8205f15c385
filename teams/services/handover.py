"""What a member owns, and handing it to somebody else.

Upper apps keep things that a member is accountable for: maps, stages, moments, metrics. Each registers here, when
Django starts, how to count them and how to hand them over, so that a member can leave without anything left alone.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from teams.models import Activity, Membership
from teams.permissions import Actor
from teams.services.activity import next_activity


class HandOver(Protocol):
    def __call__(self, *, by: Actor, giver: Membership, receiver: Membership) -> None: ...


@dataclass(frozen=True)
class Holding:
    """`count` says what a member owns, one sentence per sort of thing; `hand_over` gives all of it to another."""

    count: Callable[[Membership], list[str]]
    hand_over: HandOver


_holdings: list[Holding] = []


def register(count: Callable[[Membership], list[str]], hand_over: HandOver) -> None:
    """`hand_over` runs in the caller's transaction and asks for no right: the caller has asked."""
    holding = Holding(count, hand_over)
    if holding not in _holdings:
        _holdings.append(holding)


def owned_by(member: Membership) -> list[str]:
    """What the member is accountable for, in sentences; empty when they may simply go."""
    return [sentence for holding in _holdings for sentence in holding.count(member)]


@transaction.atomic
def hand_over(*, by: Actor, giver: Membership, receiver: Membership) -> None:
    """Give all that the giver owns to the receiver."""
    if receiver.workspace_id != giver.workspace_id or receiver.pk == giver.pk:
        raise ValidationError({"receiver": [_("Choose another member of the workspace.")]})
    for holding in _holdings:
        holding.hand_over(by=by, giver=giver, receiver=receiver)


def give_owned(model: Any, *, by: Actor, giver: Membership, receiver: Membership) -> None:
    """Change the `owner` of all that the giver owns of a versioned kind, and write it down: three queries however many.

    In the order of the ids, so that two who leave at once never wait for one another.
    """
    owned = model._default_manager.filter(owner=giver)
    was, becomes = {"owner": giver.label}, {"owner": receiver.label}
    done = []
    for thing in owned.order_by("pk").select_for_update(of=("self",), no_key=True):
        thing.version += 1
        done.append(next_activity(thing, by=by, verb="edited", before=was, after=becomes))
    Activity.objects.bulk_create(done)
    owned.update(owner=receiver, version=F("version") + 1)
