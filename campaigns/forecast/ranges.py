"""A number that is known, or guessed as low, likely and high, and whom or what we have it from."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from campaigns.forecast.limits import between
from teams.words import gettext_noop


class SourceKind(StrEnum):
    ASSUMED = "assumed"
    MEASURED = "measured"
    EXPERIMENT = "experiment"


@dataclass(frozen=True)
class Source:
    """Travels along and changes no number. `of`: who assumes it, which metric or which experiment measured it."""

    kind: SourceKind
    of: str


@dataclass(frozen=True)
class Range:
    """low ≤ likely ≤ high; a point has three times the same. Whoever holds a range checks it with `wrong`."""

    low: float
    likely: float
    high: float
    source: Source | None = None

    @property
    def is_point(self) -> bool:
        return self.low == self.likely == self.high

    def wrong(self, field: str, least: float, most: float) -> dict[str, str | None]:
        """What is wrong where: a point at the field, a range at `field.low`, `field.likely` or `field.high`."""
        if self.is_point:
            return {field: between(self.likely, least, most)}
        errors = {f"{field}.{name}": between(getattr(self, name), least, most) for name in ("low", "likely", "high")}
        if not any(errors.values()):
            errors[f"{field}.low"] = gettext_noop("Low must be at most likely.") if self.low > self.likely else None
            errors[f"{field}.likely"] = (
                gettext_noop("Likely must be at most high.") if self.likely > self.high else None
            )
        return errors


def point(value: float, source: Source | None = None) -> Range:
    return Range(value, value, value, source)


def guess_of(value: Any) -> Range:
    """Of a number, or of a mapping with low, likely and high, as documents keep it."""
    if isinstance(value, Mapping):
        return Range(float(value["low"]), float(value["likely"]), float(value["high"]))
    return point(float(value))


def plain(value: Range) -> Any:
    """The other way round."""
    if value.is_point:
        return value.likely
    return {"low": value.low, "likely": value.likely, "high": value.high}
