"""Who did something, as the rows that keep it say so."""

from typing import Any

from teams.models import ApiKey, Membership
from teams.permissions import Actor

NOBODY = "Throughline"


def author_of(by: Actor | None) -> dict[str, Any]:
    """The fields `actor`, `key` and `actor_name` of such a row. Without an actor, Throughline did it by itself."""
    return {
        "actor": by if isinstance(by, Membership) else None,
        "key": by if isinstance(by, ApiKey) else None,
        "actor_name": by.label if by else NOBODY,
    }
