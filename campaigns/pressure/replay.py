"""The calendar replayed under the policies, before anything is sent.

Messages take their places by rank: the first takes what it needs, the next what is left, so that no message loses to a
lower one. People of one group have the same history, so a message goes to all of them or is held from all of them,
but for the share that is held out.
"""

from collections.abc import Iterable, Iterator, Sequence

from campaigns.pressure import limits
from campaigns.pressure.agenda import Entry, agenda
from campaigns.pressure.audience import Audience
from campaigns.pressure.clock import Clocks
from campaigns.pressure.diary import Run, diary
from campaigns.pressure.groups import Group, groups
from campaigns.pressure.held import left
from campaigns.pressure.limits import InvalidInput, told_apart
from campaigns.pressure.messages import Message
from campaigns.pressure.policies import HeldOut, Policy
from campaigns.pressure.results import Replay
from campaigns.pressure.rules import in_order
from campaigns.pressure.tally import Tally, pairs
from teams.words import Sentence, gettext_noop


def replay(messages: Iterable[Message], audience: Audience, policies: Iterable[Policy]) -> Replay:
    """Of all messages that are given; what shares a day, week, month or gap with the ones of interest belongs to them.
    Raises InvalidInput."""
    calendar = checked(messages, audience)
    rules = in_order(policies)
    used = {name for message in calendar for name in message.segments}
    people = groups(audience, used)
    runs = tuple(runs_of(calendar, people, [policy for policy in rules if not isinstance(policy, HeldOut)]))
    outs = tuple(shares_held_out(rules))
    tally = Tally(runs, left(outs))
    return Replay(
        counts=tuple(tally.counts()),
        days=tuple(tally.days()),
        fates=tuple(tally.fate(message) for message in calendar),
        pairs=tuple(pairs(audience, people, used)),
        runs=runs,
        held_out=outs,
    )


def checked(messages: Iterable[Message], audience: Audience) -> list[Message]:
    """Sorted by rank."""
    found = list(messages)
    told_apart("messages", [message.id for message in found], limits.MOST_MESSAGES)
    known = {segment.id for segment in audience.segments}
    for number, message in enumerate(found):
        if not known.issuperset(message.segments):
            unknown = min(set(message.segments) - known)
            sentence = Sentence(gettext_noop("There is no segment “%(name)s”."), name=unknown)
            raise InvalidInput({f"messages.{number}.segments": sentence})
    return sorted(found, key=lambda message: message.rank)


def runs_of(calendar: Sequence[Message], people: Sequence[Group], policies: Sequence[Policy]) -> Iterator[Run]:
    clocks = Clocks()
    scopes = {policy.scope for policy in policies if not policy.by_calendar}
    for zone in sorted({group.zone for group in people}):
        entries = agenda(calendar, policies, clocks[zone], clocks)
        for heard, alike in by_what_they_hear([group for group in people if group.zone == zone], entries).items():
            turns = diary([entries[number] for number in heard], clocks[zone], scopes)
            yield Run(clocks[zone], scopes, tuple(alike), tuple(turns))


def by_what_they_hear(people: Sequence[Group], entries: Sequence[Entry]) -> dict[tuple[int, ...], list[Group]]:
    """Groups that get the same messages have the same history."""
    found: dict[tuple[int, ...], list[Group]] = {}
    for group in people:
        heard = [
            number for number, entry in enumerate(entries) if not group.segments.isdisjoint(entry.message.segments)
        ]
        found.setdefault(tuple(heard), []).append(group)
    return found


def shares_held_out(policies: Iterable[Policy]) -> Iterator[tuple[HeldOut, float]]:
    """Of everybody: the largest share first, the next of who is left."""
    rest = 1.0
    for policy in sorted((one for one in policies if isinstance(one, HeldOut)), key=lambda one: (-one.share, one.id)):
        if rest * policy.share:
            yield policy, rest * policy.share
        rest *= 1 - policy.share
