"""Segments, how large they are, where their people live, and how many people two of them share."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations
from math import fsum

from campaigns.pressure import limits
from campaigns.pressure.clock import zone_wrong
from campaigns.pressure.limits import InvalidInput, between, named, raise_all, whole
from teams.words import Sentence, gettext_noop

Couple = tuple[str, str]  # two segments' ids, sorted


class Basis(StrEnum):
    """What an overlap rests on: stated, or one of the assumptions."""

    STATED = "stated"
    DISJOINT = "disjoint"  # nobody is in both
    INDEPENDENT = "independent"  # of a population: being in one says nothing about the other
    NESTED = "nested"  # the smaller lies within the larger


@dataclass(frozen=True)
class Segment:
    """`zones`: shares of its people by time zone, adding up to 1."""

    id: str
    size: int
    zones: tuple[tuple[str, float], ...]

    def __post_init__(self) -> None:
        raise_all(
            {
                "id": named(self.id),
                "size": whole(self.size, 0, limits.MOST_PEOPLE),
                "zones": None if self.zones else gettext_noop("Give a zone."),
                **{f"zones.{number}": zone_wrong(zone) for number, (zone, _share) in enumerate(self.zones)},
            }
        )
        raise_all({f"zones.{number}": between(share, 0, 1) for number, (_zone, share) in enumerate(self.zones)})
        total = fsum(share for _zone, share in self.zones)
        if abs(total - 1) > limits.SHARE_TOLERANCE:
            sentence = gettext_noop("The shares of all zones together must be 1; these are %(total)s.")
            raise InvalidInput({"zones": Sentence(sentence, total=f"{total:.7g}")})
        if len(dict(self.zones)) < len(self.zones):
            raise InvalidInput({"zones": gettext_noop("Give each zone once.")})

    @classmethod
    def in_zone(cls, id: str, size: int, zone: str) -> "Segment":
        return cls(id, size, ((zone, 1.0),))

    def people(self) -> dict[str, float]:
        """Expected people by zone."""
        total = fsum(share for _zone, share in self.zones)
        return {zone: self.size * share / total for zone, share in self.zones if share * self.size}


@dataclass(frozen=True)
class Overlap:
    """Of two segments: `persons` in both, `share` of the smaller in the larger, or an assumption for this pair. Exactly
    one of the three."""

    one: str
    other: str
    persons: int | None = None
    share: float | None = None
    assumed: Basis | None = None

    def __post_init__(self) -> None:
        given = [value for value in (self.persons, self.share, self.assumed) if value is not None]
        raise_all(
            {
                "one": named(self.one),
                "other": gettext_noop("Give two different segments.") if self.one == self.other else named(self.other),
                "persons": None if self.persons is None else whole(self.persons, 0, limits.MOST_PEOPLE),
                "share": None if self.share is None else between(self.share, 0, 1),
                "assumed": None if self.assumed is None else assumption_wrong(self.assumed),
            }
        )
        if len(given) != 1:
            raise InvalidInput(
                {"persons": gettext_noop("Give the number of people, a share, or an assumption: one of the three.")}
            )

    def of(self, smaller: int) -> float:
        """People in both, where that is stated; `smaller` is the smaller segment's size."""
        return smaller * (self.share or 0.0) if self.persons is None else float(self.persons)

    @property
    def couple(self) -> Couple:
        return couple(self.one, self.other)


@dataclass(frozen=True)
class Shared:
    """How many people two segments share, and what that rests on."""

    persons: float
    basis: Basis


@dataclass(frozen=True)
class Audience:
    """`assumed` is for pairs that no overlap names. `population`: everybody there is, which "independent" needs."""

    segments: tuple[Segment, ...]
    overlaps: tuple[Overlap, ...] = ()
    assumed: Basis = Basis.DISJOINT
    population: int | None = None

    def __post_init__(self) -> None:
        limits.told_apart("segments", [segment.id for segment in self.segments], limits.MOST_SEGMENTS)
        raise_all({"assumed": assumption_wrong(self.assumed), "population": self.population_wrong()})
        errors = dict(self.overlaps_wrong())
        if errors:
            raise InvalidInput(errors)

    def population_wrong(self) -> str | None:
        if self.population is None:
            used = {self.assumed, *(overlap.assumed for overlap in self.overlaps)}
            return gettext_noop("Independent segments need a population.") if Basis.INDEPENDENT in used else None
        largest = max((segment.size for segment in self.segments), default=0)
        wrong = whole(self.population, 0, limits.MOST_PEOPLE)
        return wrong or (
            None if self.population >= largest else gettext_noop("The population is smaller than a segment.")
        )

    def overlaps_wrong(self) -> Iterator[tuple[str, str]]:
        known, seen = {segment.id: segment for segment in self.segments}, set()
        for number, overlap in enumerate(self.overlaps):
            field = f"overlaps.{number}"
            for end in ("one", "other"):
                if getattr(overlap, end) not in known:
                    yield f"{field}.{end}", gettext_noop("There is no such segment.")
            if overlap.couple in seen:
                yield field, gettext_noop("This pair is given twice.")
            elif known.keys() >= set(overlap.couple):
                wrong = self.size_wrong(overlap, [known[name] for name in overlap.couple])
                if wrong:
                    yield f"{field}.{'share' if overlap.persons is None else 'persons'}", wrong
            seen.add(overlap.couple)

    def size_wrong(self, overlap: Overlap, pair: list[Segment]) -> str | None:
        """A stated overlap fits into the smaller segment, the zones that both have, and the population."""
        if overlap.assumed:
            return None
        smaller = min(pair[0].size, pair[1].size)
        persons = overlap.of(smaller)
        if persons > smaller:
            return Sentence(gettext_noop("The smaller of the two segments has %(people)s people."), people=smaller)
        most = fsum(most_by_zone(*pair).values())
        if persons > most * (1 + limits.SHARE_TOLERANCE):
            sentence = gettext_noop("By their zones, these two segments share at most %(most)s people.")
            return Sentence(sentence, most=f"{most:.0f}")
        together = pair[0].size + pair[1].size - persons
        if self.population is not None and together > self.population:
            sentence = gettext_noop("The two segments would have %(people)s people together, more than the population.")
            return Sentence(sentence, people=f"{together:.0f}")
        return None

    def shared(self) -> Mapping[Couple, Shared]:
        """Of every pair of segments."""
        stated = {overlap.couple: overlap for overlap in self.overlaps}
        pairs = combinations(sorted(self.segments, key=lambda segment: segment.id), 2)
        return {(one.id, other.id): self.shared_by(one, other, stated.get((one.id, other.id))) for one, other in pairs}

    def shared_by(self, one: Segment, other: Segment, overlap: Overlap | None) -> Shared:
        smaller = min(one.size, other.size)
        if overlap and not overlap.assumed:
            return Shared(overlap.of(smaller), Basis.STATED)
        basis = overlap.assumed if overlap and overlap.assumed else self.assumed
        persons = {Basis.DISJOINT: 0.0, Basis.NESTED: float(smaller)}.get(basis)
        if persons is None:
            persons = one.size * other.size / self.population if self.population else 0.0
        return Shared(min(persons, fsum(most_by_zone(one, other).values())), basis)


def most_by_zone(one: Segment, other: Segment) -> dict[str, float]:
    """How many people two segments can share at most, by zone: a person lives in one."""
    people, others = one.people(), other.people()
    return {zone: min(persons, others[zone]) for zone, persons in people.items() if zone in others}


def assumption_wrong(assumed: Basis) -> str | None:
    known = isinstance(assumed, Basis) and assumed is not Basis.STATED
    return None if known else gettext_noop("Give an assumption: disjoint, independent or nested.")


def couple(one: str, other: str) -> Couple:
    return (one, other) if one <= other else (other, one)
