"""The same part of all messages of a campaign side by side: which of them says something else."""

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple


class Said(NamedTuple):
    """What counts for a message: its own text, or else the campaign's (`inherited`). `differs` from the others."""

    text: str
    inherited: bool
    differs: bool


def side_by_side(campaign: str, messages: Sequence[str]) -> list[Said]:
    """Hold each message's text against the campaign's, or where it says nothing against what most of them say."""
    norm = usual(campaign, messages)
    found = []
    for own in messages:
        text = own.strip() or campaign.strip()
        differs = bool(norm) and alike(text) != norm
        found.append(Said(text, inherited=not own.strip() and bool(text), differs=differs))
    return found


def usual(campaign: str, messages: Sequence[str]) -> str:
    """What all are held against; empty where nobody says anything."""
    if campaign.strip():
        return alike(campaign)
    said = Counter(alike(text) for text in messages if text.strip())
    return said.most_common(1)[0][0] if said else ""


def alike(text: str) -> str:
    """Spaces, capitals and a full stop at the end make no difference."""
    return " ".join(text.casefold().split()).rstrip(".!")
