"""People in groups that hear the same: those of one zone who are in the same segments.

Overlaps of pairs do not say how many people are in three segments. The model adds one segment after the other, the
largest first, and spreads its people over the groups so far as evenly as its overlaps allow: the distribution nearest
to independence, by iterative proportional fitting (Deming and Stephan, 1940). So disjoint and nested segments, any two
segments, and independent ones with the same zones are exact; overlaps that contradict one another are fitted as nearly
as can be.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations
from math import fsum, inf

import numpy as np

from campaigns.pressure.audience import Audience, Couple, couple, most_by_zone

MOST_GROUPS = 512  # in all zones together; beyond, the smallest are taken apart
SWEEPS, PATIENCE = 500, 20  # of the fitting
NEAR = 1e-9
Members = frozenset[str]
Atoms = dict[Members, float]  # people by the segments that they are in


@dataclass(frozen=True)
class Group:
    """`persons` are expected ones, so not always whole."""

    zone: str
    segments: Members
    persons: float


@dataclass(frozen=True)
class Fit:
    """A segment to be added: its people, what it shares with the segments before it, and people in no segment yet."""

    people: float
    shared: Mapping[str, float]
    outside: float


def groups(audience: Audience, used: Iterable[str]) -> list[Group]:
    """Of the segments that are used, by zone and then by segments."""
    names = set(used)
    segments = sorted((one for one in audience.segments if one.id in names), key=lambda one: one.id)
    people = {one.id: one.people() for one in segments}
    everybody = fsum(one.size for one in segments)
    shared = by_zone(audience, names)
    found: list[Group] = []
    zones = sorted({zone for shares in people.values() for zone in shares})
    for zone in zones:
        sizes = {name: shares[zone] for name, shares in people.items() if zone in shares}
        there = fsum(sizes.values())
        population = there if audience.population is None else audience.population * there / everybody
        atoms = atoms_of(sizes, shared.get(zone, {}), population, MOST_GROUPS // len(zones))
        found += [Group(zone, members, persons) for members, persons in sorted(atoms.items(), key=by_names)]
    return found


def by_names(atom: tuple[Members, float]) -> list[str]:
    return sorted(atom[0])


def by_zone(audience: Audience, names: set[str]) -> dict[str, dict[Couple, float]]:
    """Shared people of each pair, spread over the zones as they can be."""
    known = {segment.id: segment for segment in audience.segments}
    found: dict[str, dict[Couple, float]] = {}
    for pair, shared in audience.shared().items():
        if shared.persons and names.issuperset(pair):
            most = most_by_zone(known[pair[0]], known[pair[1]])
            total = fsum(most.values())
            for zone, persons in most.items():
                found.setdefault(zone, {})[pair] = shared.persons * persons / total
    return found


def atoms_of(sizes: Mapping[str, float], shared: Mapping[Couple, float], population: float, most: int) -> Atoms:
    """For one zone."""
    atoms: Atoms = {}
    added: list[str] = []
    for name in sorted(sizes, key=lambda one: (-sizes[one], one)):
        overlaps = {other: shared.get(couple(name, other), 0.0) for other in added}
        added.append(name)
        if any(overlaps.values()):
            fit = Fit(sizes[name], overlaps, population - fsum(atoms.values()))
            atoms = coarse(joined(atoms, name, fit), most - len(sizes) + len(added))
        else:
            atoms[frozenset({name})] = sizes[name]
    return atoms


def joined(atoms: Atoms, name: str, fit: Fit) -> Atoms:
    """The groups with one more segment: each is split into who is in it and who is not."""
    found: Atoms = {}
    for members, inside in spread(atoms, fit).items():
        if inside < atoms[members]:
            found[members] = atoms[members] - inside
        if inside > 0:
            found[members | {name}] = inside
    alone = fit.people - fsum(persons for members, persons in found.items() if name in members)
    if alone > NEAR * fit.people:
        found[frozenset({name})] = alone
    return found


def coarse(atoms: Atoms, most: int) -> Atoms:
    """Takes the smallest groups apart until there are few enough. Segments keep their people."""
    several = sorted((members for members in atoms if len(members) > 1), key=lambda one: (atoms[one], sorted(one)))
    for members in sorted(several[: max(0, len(atoms) - most)], key=len, reverse=True):
        persons = atoms.pop(members)
        persons -= in_pairs(atoms, members, persons)
        for name in sorted(members) if persons else ():
            single = frozenset({name})
            atoms[single] = atoms.get(single, 0.0) + persons
    return {members: persons for members, persons in atoms.items() if persons > 0}


def in_pairs(atoms: Atoms, members: Members, persons: float) -> float:
    """Counts people in three or more segments as people in two, at the cost of people in one: the overlap of any two
    segments stays. Returns for how many there were enough of those, and the pairs."""
    singles = [frozenset({name}) for name in sorted(members)]
    pairs = [frozenset(pair) for pair in combinations(sorted(members), 2)]
    if len(members) < 3 or not all(pair in atoms for pair in pairs):
        return 0.0
    less = len(members) - 2
    moved = min(persons, *(atoms.get(single, 0.0) / less for single in singles))
    for pair in pairs if moved else ():
        atoms[pair] += moved
    for single in singles if moved else ():
        atoms[single] -= less * moved
    return moved


def spread(atoms: Atoms, fit: Fit) -> Atoms:
    """How many people of each group are in the added segment."""
    sizes = np.array([*atoms.values(), 0.0])
    inside = {other: np.array([other in members for members in atoms] + [False]) for other in fit.shared}
    needed = [fit.people - persons - sizes[~inside[other]].sum() for other, persons in fit.shared.items()]
    sizes[-1] = max(fit.outside, 0.0, *needed)
    taken = np.full(len(sizes), fit.people / sizes.sum()) * sizes
    for other, persons in fit.shared.items():
        if not persons:
            taken[inside[other]] = 0.0
    taken = fitted(
        taken, sizes, [(inside[other], persons) for other, persons in fit.shared.items() if persons], fit.people
    )
    taken = np.where(taken < NEAR * sizes, 0.0, np.where(taken > (1 - NEAR) * sizes, sizes, taken))[:-1]
    total = taken.sum()
    taken *= min(1.0, fit.people / total) if total else 1.0
    return dict(zip(atoms, taken.tolist(), strict=True))


def fitted(taken: np.ndarray, sizes: np.ndarray, targets: list[tuple[np.ndarray, float]], people: float) -> np.ndarray:
    """Scales who is in and who is not until each overlap has its people, and all together have theirs.

    Ends early where that comes no nearer: overlaps contradict one another, or are at the edge of the possible.
    """
    before = inf
    for sweep in range(SWEEPS):
        off = max(abs(taken.sum() - people), *(abs(taken[among].sum() - persons) for among, persons in targets))
        if off <= NEAR * people or (sweep % PATIENCE == 0 and off > 0.9 * before):
            break
        before = off if sweep % PATIENCE == 0 else before
        for among, persons in targets:
            left = sizes - taken
            for part, share in ((among, persons), (~among, people - persons)):
                taken[part] = scaled(taken[part], share)
                left[part] = scaled(left[part], sizes[part].sum() - share)
            both = taken + left
            taken = np.divide(taken * sizes, both, out=np.zeros_like(taken), where=both > 0)
    return taken


def scaled(values: np.ndarray, total: float) -> np.ndarray:
    found = values.sum()
    return values * (max(total, 0.0) / found) if found > 0 else values
