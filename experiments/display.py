"""Effects, chances and users as people read them, in the reader's language."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from experiments.drawing.measures import Form, Measure
from experiments.enums import SummaryKind
from experiments.stats.estimates import Interval
from insights.display import NO_BREAK, number

SURE = 0.9995  # a chance beyond it is not said to be all of it


def signed(value: float, *, digits: int | None = None) -> str:
    """With two significant digits below 10 and three above, and a sign unless it is 0: “+4.2”, “−12.5”, “0”."""
    text = number(abs(value), digits=digits or (2 if abs(value) < 10 else 3))
    if text == "0":
        return text
    return f"{'−' if value < 0 else '+'}{text}"


def effect(value: float, measure: Measure) -> str:
    """A difference with its unit: “+4.2 %”, “−0.4 points”, “+1.2 €”."""
    if measure.form == Form.RELATIVE:
        return f"{signed(value * 100)}{NO_BREAK}%"
    if measure.form == Form.POINTS:
        return points(signed(value * 100))
    return with_unit(signed(value), measure)


def mark(value: float, measure: Measure) -> str:
    """The same for the scale of a picture, which says its unit elsewhere."""
    if measure.form == Form.RELATIVE:
        return f"{signed(value * 100, digits=3)}{NO_BREAK}%"
    return signed(value * 100 if measure.form == Form.POINTS else value, digits=3)


def interval(ends: Interval, measure: Measure) -> str:
    """“+1.1 to +7.3 %”."""
    low = signed(ends[0] if measure.form == Form.UNIT else ends[0] * 100)
    return _("%(low)s to %(high)s") % {"low": low, "high": effect(ends[1], measure)}


def amount(value: float, measure: Measure) -> str:
    """How much, without a sign: “0.02 points”."""
    shown = value if measure.form == Form.UNIT else value * 100
    text = number(abs(shown), digits=2)
    if text == "0":
        return _("next to nothing")
    if measure.form == Form.RELATIVE:
        return f"{text}{NO_BREAK}%"
    return points(text) if measure.form == Form.POINTS else with_unit(text, measure)


def chance(share: float) -> str:
    """A probability: “97 %”, “99.4 %”, and never all or nothing."""
    if share >= SURE:
        return f"> {number(99.9)}{NO_BREAK}%"
    if share <= 1 - SURE:
        return f"< {number(0.1)}{NO_BREAK}%"
    near_an_end = not 0.01 <= share < 0.99
    return f"{number(share * 100 if near_an_end else round(share * 100), digits=3 if share > 0.5 else 1)}{NO_BREAK}%"


def percent(share: float, *, decimals: int | None = None) -> str:
    """A share of whatever size: “5 %”, “1.67 %”, “0.25 %”; with so many decimals where they are said."""
    shown = share * 100 if decimals is None else round(share * 100, decimals)
    return f"{number(shown)}{NO_BREAK}%"


def level(value: float, kind: str, unit: str) -> str:
    """What a variant has: a share in per cent, all else in its unit; exact enough to see small differences."""
    if kind == SummaryKind.PROPORTION:
        return f"{number(value * 100, digits=4)}{NO_BREAK}%"
    return with_unit(number(value, digits=4), Measure(Form.UNIT, unit))


def points(text: str) -> str:
    one = text.lstrip("+−") == "1"
    return ngettext("%(points)s point", "%(points)s points", 1 if one else 2) % {"points": text}


def with_unit(text: str, measure: Measure) -> str:
    return f"{text}{NO_BREAK}{measure.unit}" if measure.unit else text
