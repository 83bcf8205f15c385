"""The three score models: their parts, what may be given for each, and what they make.

ICE (impact, confidence, ease) and PIE (potential, importance, ease) are means of parts from 1 to 10, as Ellis and
Brown ("Hacking Growth", 2017) and Goward ("You Should Test That", 2012) have them. RICE is reach × impact × confidence
÷ effort (McBride, Intercom, 2016): customers a quarter, 0.25 to 3 for each of them, 0 to 1, person-months.
"""

import statistics
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from experiments.enums import ScoreModel


@dataclass(frozen=True)
class Part:
    """One question of a score, answered with a number from `least` to `most`."""

    name: str
    label: str | Promise
    help: str | Promise
    least: float
    most: float


TEN = gettext_lazy("1 is little, 10 is much.")
EASE = Part("ease", gettext_lazy("Ease"), gettext_lazy("10 is done in a day."), 1, 10)
PARTS: dict[str, tuple[Part, ...]] = {
    ScoreModel.ICE: (
        Part("impact", gettext_lazy("Impact"), TEN, 1, 10),
        Part("confidence", gettext_lazy("Confidence"), TEN, 1, 10),
        EASE,
    ),
    ScoreModel.PIE: (
        Part("potential", gettext_lazy("Potential"), TEN, 1, 10),
        Part("importance", gettext_lazy("Importance"), TEN, 1, 10),
        EASE,
    ),
    ScoreModel.RICE: (
        Part("reach", gettext_lazy("Reach"), gettext_lazy("Customers a quarter."), 0, 1e9),
        Part("impact", gettext_lazy("Impact"), gettext_lazy("For each of them: 0.25 minimal to 3 massive."), 0.25, 3),
        Part("confidence", gettext_lazy("Confidence"), gettext_lazy("From 0 to 1: 0.8 is 80 %."), 0, 1),
        Part("effort", gettext_lazy("Effort"), gettext_lazy("Person-months, above 0."), 0.01, 1000),
    ),
}


def total(model: str, values: Mapping[str, float]) -> float:
    """What the parts make. Raises ValidationError naming the parts that are missing or out of range."""
    parts = PARTS[model]
    names = {part.name for part in parts}
    errors = {part.name: [sentence] for part in parts if (sentence := wrong(part, values.get(part.name)))}
    errors |= {name: [_("This score has no such part.")] for name in values if name not in names}
    if errors:
        raise ValidationError(errors)
    if model == ScoreModel.RICE:
        return values["reach"] * values["impact"] * values["confidence"] / values["effort"]
    return statistics.fmean(values[part.name] for part in parts)


def wrong(part: Part, value: float | None) -> str:
    plausible = isinstance(value, int | float) and not isinstance(value, bool)
    if plausible and part.least <= value <= part.most:  # type: ignore[operator]
        return ""
    return _("Give a number from %(least)s to %(most)s.") % {"least": f"{part.least:g}", "most": f"{part.most:g}"}


@dataclass(frozen=True)
class Spread:
    """Of the totals that several people gave."""

    n: int
    least: float
    median: float
    most: float


def spread(totals: Iterable[float]) -> Spread | None:
    """None where nobody has scored."""
    given = sorted(totals)
    return Spread(len(given), given[0], statistics.median(given), given[-1]) if given else None
