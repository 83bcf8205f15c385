"""Who is named in a text: `@` and a member's full name or e-mail address, as the list offers them or typed by hand."""

import re
from collections import defaultdict
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from teams.models import Membership
from teams.permissions import Actor
from teams.queries import members_of


class Named(NamedTuple):
    """A member, and where the text names them: characters from `start`, the @ included."""

    member: Membership
    start: int
    length: int


def find_mentions(actor: Actor, text: str) -> list[Named]:
    """The members of the actor's workspace whom the text names, in its order.

    Of several names that fit, the longest wins. A name that several members have is refused: nobody shall be told by
    mistake, nor left out.
    """
    if "@" not in text:
        return []
    called = names(actor)
    if not called:
        return []
    longest_first = sorted(called, key=len, reverse=True)
    pattern = re.compile(rf"(?<![\w@.+-])@({'|'.join(map(re.escape, longest_first))})(?!\w)", re.IGNORECASE)
    found = []
    for match in pattern.finditer(text):
        members = called[match[1].casefold()]
        if len(members) > 1:
            raise ValidationError({"text": [ambiguous(match[1], members)]})
        found.append(Named(members[0], match.start(), len(match[0])))
    return found


def names(actor: Actor) -> dict[str, list[Membership]]:
    """The members by what they are called: their addresses, and their names without regard to case."""
    called: dict[str, list[Membership]] = defaultdict(list)
    for member in members_of(actor).prefetch_related(None):
        for name in {member.user.email.casefold(), member.user.name.strip().casefold()} - {""}:
            called[name].append(member)
    return called


def ambiguous(name: str, members: list[Membership]) -> str:
    addresses = ", ".join(f"@{member.user.email}" for member in members)
    return _("Several people are called %(name)s. Write the address instead: %(addresses)s.") % {
        "name": name,
        "addresses": addresses,
    }
