"""What is entered for a variant, a metric and a day: sums over the users who entered on that day.

A user counts on one day, so days add up, and the sums of all days are what the statistics start from. Sums that no
users can have are refused with the field's name. Differences of large sums are taken without rounding: the sum of
squares about the mean, Σx² − (Σx)²/n, is 0 where rounding leaves less.
"""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from fractions import Fraction
from typing import Any, ClassVar, Self

from experiments.stats import limits
from experiments.stats.inputs import Covariate, Mean, Proportion, Ratio, Summary
from experiments.stats.kinds import Kind, wrong_names
from experiments.stats.limits import InvalidInput, raise_all
from experiments.stats.ratio import CONTRADICTION, VANISHING, spread
from teams.words import gettext_noop

MOST = limits.MOST_VALUE / 2  # of one user's value, so that its sd keeps within the limits with two users too
PRODUCT = gettext_noop("No users have this product with these squares.")


@dataclass(frozen=True)
class Added:
    """Sums of one kind, which add up field by field. A day without users adds nothing."""

    kind: ClassVar[Kind]
    n: int

    def __add__(self, other: Self) -> Self:
        """Raises InvalidInput where only one of both has a covariate, or the sum is beyond the limits."""
        if type(other) is not type(self):
            return NotImplemented
        if not other.n:
            return self
        return other if not self.n else type(self)(**differences(self, other, 1))

    @property
    def numbers(self) -> dict[str, Any]:
        return {one.name: getattr(self, one.name) for one in fields(self)}

    def summary(self) -> Summary:
        raise NotImplementedError


@dataclass(frozen=True)
class WithCovariate(Added):
    """`sum_product` is of each user's value of the metric times that of the covariate."""

    @property
    def covariate(self) -> tuple[float, float, float] | None:
        """Its sum, its sum of squares and the sum of products; all of them or none."""
        given = [getattr(self, name) for name in COVARIATE]
        return None if None in given else (given[0], given[1], given[2])

    def check_covariate(self, squares: float, own: float) -> None:
        """`squares` and `own` are the metric's sum of squares and its sum."""
        given = [name for name in COVARIATE if getattr(self, name) is not None]
        if given and len(given) < len(COVARIATE):
            raise InvalidInput(
                {name: gettext_noop("A covariate needs this.") for name in COVARIATE if name not in given}
            )
        if self.covariate is None:
            return
        total, total_squares, product = self.covariate
        raise_all(
            {
                "sum_covariate": limits.between(total, -MOST * self.n, MOST * self.n),
                "sum_covariate_squares": limits.between(total_squares, 0, MOST * MOST * self.n),
                "sum_product": limits.between(product, -MOST * MOST * self.n, MOST * MOST * self.n),
            }
        )
        raise_all({"sum_covariate_squares": too_small(self.n, total_squares, total)})
        if self.n:
            both = float(abs(spread(self.n, product, own, total)))
            most = most_about(self.n, squares, own) * most_about(self.n, total_squares, total)
            raise_all({"sum_product": PRODUCT if both > most else None})

    def covariate_of(self, own: float, sd: float) -> Covariate | None:
        if self.covariate is None:
            return None
        total, squares, product = self.covariate
        if self.n < 2:
            return Covariate(total / self.n if self.n else 0.0, 0.0, 0.0)
        other = sd_of(self.n, squares, total)
        covariance = float(spread(self.n, product, own, total) / (self.n - 1))
        return Covariate(total / self.n, other, min(max(covariance, -sd * other), sd * other))


COVARIATE = ("sum_covariate", "sum_covariate_squares", "sum_product")


@dataclass(frozen=True)
class ShareSums(WithCovariate):
    """`successes` of `n` users."""

    kind: ClassVar[Kind] = Kind.PROPORTION
    successes: int
    sum_covariate: float | None = None
    sum_covariate_squares: float | None = None
    sum_product: float | None = None

    def __post_init__(self) -> None:
        raise_all({"n": without_users(self)})
        Proportion(self.n, self.successes)
        self.check_covariate(self.successes, self.successes)

    def summary(self) -> Proportion:
        bare = Proportion(self.n, self.successes)
        return Proportion(self.n, self.successes, self.covariate_of(self.successes, bare.sd))


@dataclass(frozen=True)
class MeanSums(WithCovariate):
    """The sum of each user's value, and of its square, in the metric's unit and that unit squared."""

    kind: ClassVar[Kind] = Kind.MEAN
    sum: float
    sum_squares: float
    sum_covariate: float | None = None
    sum_covariate_squares: float | None = None
    sum_product: float | None = None

    def __post_init__(self) -> None:
        raise_all({"n": without_users(self) or limits.whole(self.n, 0, limits.MOST_USERS)})
        raise_all(
            {
                "sum": limits.between(self.sum, -MOST * self.n, MOST * self.n),
                "sum_squares": limits.between(self.sum_squares, 0, MOST * MOST * self.n),
            }
        )
        raise_all({"sum_squares": too_small(self.n, self.sum_squares, self.sum)})
        self.check_covariate(self.sum_squares, self.sum)

    def summary(self) -> Mean:
        if not self.n:
            return Mean(0, 0.0, 0.0, self.covariate_of(0.0, 0.0))
        sd = sd_of(self.n, self.sum_squares, self.sum)
        return Mean(self.n, self.sum / self.n, sd, self.covariate_of(self.sum, sd))


@dataclass(frozen=True)
class RatioSums(Added):
    """Of each user's numerator and denominator: sums, squares, and the product of both. Takes no covariate."""

    kind: ClassVar[Kind] = Kind.RATIO
    sum_numerator: float
    sum_denominator: float
    sum_numerator_squares: float
    sum_denominator_squares: float
    sum_product: float

    def __post_init__(self) -> None:
        self.summary()

    def summary(self) -> Ratio:
        return Ratio(**self.numbers)


Sums = ShareSums | MeanSums | RatioSums
KINDS: dict[Kind, type[Sums]] = {Kind.PROPORTION: ShareSums, Kind.MEAN: MeanSums, Kind.RATIO: RatioSums}
ALLOWED = {kind: tuple(one.name for one in fields(made)) for kind, made in KINDS.items()}
NEEDED = {
    kind: tuple(name for name in names if kind is Kind.RATIO or name not in COVARIATE)
    for kind, names in ALLOWED.items()
}


def sums_of(kind: Kind, numbers: Mapping[str, Any]) -> Sums:
    """Of exactly the numbers that the kind has; None says the same as leaving one out. Raises InvalidInput."""
    given = {name: value for name, value in numbers.items() if value is not None}
    if errors := wrong_names(kind, given, NEEDED[kind], ALLOWED[kind]):
        raise InvalidInput(errors)
    return KINDS[kind](**given)


def nothing(kind: Kind) -> Sums:
    """No users."""
    return KINDS[kind](**dict.fromkeys(NEEDED[kind], 0))


def total(kind: Kind, days: Iterable[Sums]) -> Sums:
    """All days together, rounded once, whatever their order. Raises InvalidInput like adding two of them."""
    entered = [day for day in days if day.n]
    if not entered:
        return nothing(kind)
    together: dict[str, Any] = {}
    for name in ALLOWED[kind]:
        column = [getattr(day, name) for day in entered]
        check_covariate_known(name, [number is None for number in column])
        together[name] = None if column[0] is None else summed(column)
    return KINDS[kind](**together)


def between(now: Sums, before: Sums) -> Sums:
    """What was added, for entries that count from the start to date. Raises InvalidInput where a count fell."""
    if type(now) is not type(before):
        raise InvalidInput({"kind": gettext_noop("Both totals must be of one kind.")})
    if not before.n:
        return now
    fell = gettext_noop("This total is below the one before it.")
    raise_all(dict.fromkeys(fallen(now.numbers, before.numbers), fell))
    if now.n == before.n and now != before:
        raise InvalidInput(
            {"n": gettext_noop("No users were added, but their sums changed: correct the entry before.")}
        )
    return type(now)(**settled(differences(now, before, -1), now.numbers))


def fallen(now: Mapping[str, Any], before: Mapping[str, Any]) -> list[str]:
    """The names of totals to date that are below the earlier ones, of those that users can only add to: sums may fall,
    where values are negative, but counts and squares do not."""
    return [name for name in GROWING if now.get(name) is not None and now[name] < (before.get(name) or 0)]


GROWING = ("n", "successes", "sum_squares", "sum_covariate_squares", "sum_numerator_squares", "sum_denominator_squares")


def differences(one: Added, other: Added, sign: int) -> dict[str, Any]:
    """one + sign·other, field by field."""
    found = {}
    for name, number in one.numbers.items():
        more = getattr(other, name)
        check_covariate_known(name, [number is None, more is None])
        found[name] = None if number is None else summed([number, sign * more])
    return found


PAIRS = [
    ("successes", "successes"),
    ("sum", "sum_squares"),
    ("sum_numerator", "sum_numerator_squares"),
    ("sum_denominator", "sum_denominator_squares"),
    ("sum_covariate", "sum_covariate_squares"),
]


def settled(found: dict[str, Any], totals: Mapping[str, Any]) -> dict[str, Any]:
    """The differences of totals, where those were rounded: squares are at least what the sum asks for, and the product
    at most what the squares allow, if that is within the rounding of the totals."""
    n, pairs = found["n"], [pair for pair in PAIRS if found.get(pair[0]) is not None]
    for own, squares in pairs if n else []:
        short = found[own] * (found[own] / n) - found[squares]
        if own != squares and 0 < short <= VANISHING * totals[squares]:
            found[squares] += short
    if found.get("sum_product") is not None and n:
        (one, squares), (other, others) = pairs
        center = found[one] * (found[other] / n)
        sides = [(n, found[squares], found[one]), (n, found[others], found[other])]
        reach = math.prod(most_about(*side) for side in sides)
        noise = [VANISHING * totals[name] for name in (squares, others)]
        within = math.prod(most_about(*side, noise=lost) for side, lost in zip(sides, noise, strict=True))
        if reach < abs(found["sum_product"] - center) <= within:
            found["sum_product"] = center + math.copysign(reach * (1 - 1e-6), found["sum_product"] - center)
    return found


def check_covariate_known(name: str, missing: list[bool]) -> None:
    if any(missing) and not all(missing):
        raise InvalidInput({name: gettext_noop("Give the covariate for all days or for none.")})


def summed(column: list[Any]) -> Any:
    return sum(column) if all(isinstance(number, int) for number in column) else math.fsum(column)


def without_users(sums: Added) -> str | None:
    return gettext_noop("Sums without users.") if sums.n == 0 and any(sums.numbers.values()) else None


def too_small(n: int, squares: float, total: float) -> str | None:
    """Cauchy and Schwarz: (Σx)² ≤ n·Σx². What rounding takes away is far less than the slack."""
    wrong = n > 0 and squares - total * (total / n) < -CONTRADICTION * squares
    return gettext_noop("The squares are too small for this sum and n.") if wrong else None


def most_about(n: int, squares: float, total: float, *, noise: float = 0.0) -> float:
    """√(Σx² − (Σx)²/n), at most, with what rounding may have taken away."""
    lost = Fraction(CONTRADICTION) * Fraction(squares) + Fraction(noise)
    return math.sqrt(max(spread(n, squares, total, total) + lost, Fraction(0)))


def sd_of(n: int, squares: float, total: float) -> float:
    """Of the sample, with n − 1; 0 with one user, and where rounding leaves less than can be told from 0."""
    about = spread(n, squares, total, total)
    seen = n > 1 and about > Fraction(VANISHING) * Fraction(squares)
    return math.sqrt(about / (n - 1)) if seen else 0.0
