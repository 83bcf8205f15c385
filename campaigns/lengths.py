"""How much of a message each channel shows, in characters: what is longer is cut off, not refused."""

from typing import NamedTuple


class Length(NamedTuple):
    """0: there is none, or nobody counts."""

    subject: int = 0
    text: int = 0


# By the icon of the channel, which is its short name.
LENGTHS: dict[str, Length] = {
    "email": Length(subject=50),
    "push": Length(subject=40, text=120),
    "sms": Length(text=160),
    "messaging": Length(text=1000),
    "in-app": Length(subject=40, text=200),
    "social": Length(text=280),
    "web-page": Length(subject=60),
    "marketplace": Length(subject=80),
    "forum": Length(subject=80),
}


def length_of(channel) -> Length:
    """`channel` has an `icon`; None is no channel."""
    return LENGTHS.get(channel.icon, Length()) if channel is not None else Length()
