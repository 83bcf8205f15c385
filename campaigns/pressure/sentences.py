"""Collisions in plain English, for logs and tests; pages make their own in the reader's language."""

from collections.abc import Mapping
from datetime import date

from campaigns.pressure.collisions import Axis, Code, Collision, Plan, Reason

SENTENCES = {
    Code.SAME_OFFER: "{one} and {other} make the same offer, {things}, {days}.",
    Code.RIVAL_OFFERS: "{one} and {other} make different offers to the same people, {things}, {days}.",
    Code.SAME_CHANNEL: "{one} and {other} reach the same people by {things}, {days}.",
    Code.SAME_STAGE: "{one} and {other} speak to the same people at {things}, {days}.",
    Code.SAME_PEOPLE: "{one} and {other} reach the same people, {people}, {days}.",
    Code.MOVES_THE_METRIC: "{one} is meant to move {things}, which {other} measures, {days}.",
    Code.GIVES_THE_OFFER: "{one} makes an offer that {other} tries out, {things}, {days}: its control gets it too.",
    Code.CHANGES_WHO_ARRIVES: "{one} changes who arrives at {things} while {other} runs there, {days}.",
    Code.REACHES_ITS_PEOPLE: "{one} reaches people of {other}, {people}, {days}.",
}
UNKNOWN = " One of the two does not say whom it reaches."


def sentence(collision: Collision, reason: Reason, names: Mapping[str, str]) -> str:
    """`names`: titles by id, of segments, personas, channels, stages, offers and metrics."""
    audience = next((line for line in collision.shared if line.axis is Axis.AUDIENCE), None)
    overlaps = audience.pairs if audience else ()
    pairs = [f"{names.get(mine, mine)} with {names.get(yours, yours)}" for mine, yours in overlaps]
    text = SENTENCES[reason.code].format(
        one=title(collision.one),
        other=title(collision.other),
        things=listed([names.get(thing, thing) for thing in reason.things]),
        people=listed([names.get(thing, thing) for thing in reason.things] + pairs),
        days=span(collision.first, collision.last),
    )
    known = audience is None or audience.things or audience.pairs
    return text if known else text + UNKNOWN


def title(plan: Plan) -> str:
    return f"“{plan.title or plan.id}”"


def listed(words: list[str]) -> str:
    return " and ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else "".join(words)


def span(first: date, last: date) -> str:
    return f"on {day(first)}" if first == last else f"from {day(first)} to {day(last)}"


def day(value: date) -> str:
    return f"{value.day} {value:%B %Y}"
