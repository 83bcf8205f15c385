"""From one order to another with as few moves as possible."""

from bisect import bisect_left
from collections.abc import Iterator


def steps(order: list[str], wanted: list[str]) -> Iterator[tuple[str, int]]:
    """Which ids to put where, one after the other, so that the wanted ids stand in their order.

    `order` is kept up to date: ids that are not wanted stay between the others, new ones are put in. A place is counted
    without the id that moves.
    """
    staying = longest_in_order(order, wanted)
    for number, uid in enumerate(wanted):
        if uid in staying:
            continue
        if uid in order:
            order.remove(uid)
        place = order.index(wanted[number - 1]) + 1 if number else 0
        order.insert(place, uid)
        yield uid, place


def longest_in_order(order: list[str], wanted: list[str]) -> set[str]:
    """The most ids that can stay where they are: a longest increasing run of wanted places (patience sorting)."""
    places = {uid: place for place, uid in enumerate(wanted)}
    tops: list[int] = []
    piles: list[str] = []
    before: dict[str, str | None] = {}
    for uid in order:
        if uid not in places:
            continue
        pile = bisect_left(tops, places[uid])
        tops[pile : pile + 1] = [places[uid]]
        piles[pile : pile + 1] = [uid]
        before[uid] = piles[pile - 1] if pile else None
    staying = set()
    last = piles[-1] if piles else None
    while last is not None:
        staying.add(last)
        last = before[last]
    return staying
