"""Values of metrics as people read them, and as a line."""

from collections.abc import Sequence
from math import floor, log10

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from insights.enums import MetricKind
from insights.models import Metric

NO_BREAK = "\u00a0"
HUGE = 1e15


def number(value: float, *, digits: int = 3, exact: bool = False) -> str:
    """The number in the reader's language with about `digits` significant digits, and all of them where `exact`."""
    if abs(value) > HUGE:
        return f"{value:.3g}"
    most = 6 if exact else max(0, min(6, digits - 1 - (floor(log10(abs(value))) if value else 0)))
    rounded = f"{value:.{most}f}"
    if "." in rounded:
        rounded = rounded.rstrip("0").rstrip(".")
    if rounded == "-0":
        rounded = "0"
    return number_format(rounded, use_l10n=True, force_grouping=True).replace("-", "−")


def percent(share: float, *, exact: bool = False) -> str:
    hundredths = share * 100
    near_the_ends = abs(hundredths) < 10 or 99 <= abs(hundredths) < 100
    return number(
        hundredths if exact or near_the_ends else round(hundredths),
        digits=3 if abs(hundredths) >= 99 else 2,
        exact=exact,
    )


def display(metric: Metric, value: float, *, exact: bool = False) -> str:
    """A value in words and digits: “48 %”, “5.2 d”, “1,204”, in the reader's language.

    Rounded to what is worth reading at a glance; `exact` gives all digits, for tables and forms.
    """
    if metric.kind == MetricKind.SHARE:
        return f"{percent(value, exact=exact)}{NO_BREAK}%"
    shown = number(value, digits=15 if metric.kind == MetricKind.COUNT else 3, exact=exact)
    return f"{shown}{NO_BREAK}{metric.unit}" if metric.unit else shown


def bare(metric: Metric, value: float) -> str:
    """As `display`, without the unit: for the scale of a chart."""
    return display(metric, value) if metric.kind == MetricKind.SHARE else number(value)


def display_change(metric: Metric, change: float) -> str:
    """A difference of two values with its sign: “+3 points” between shares, “−0.4 d” between durations."""
    sign = "+" if change > 0 else ""
    if metric.kind == MetricKind.SHARE:
        points = number(change * 100, digits=2 if abs(change) >= 0.01 else 1)
        one = points.lstrip("−") == "1"
        return sign + ngettext("%(points)s point", "%(points)s points", 1 if one else 2) % {"points": points}
    shown = number(change, digits=15 if metric.kind == MetricKind.COUNT else 2)
    return f"{sign}{shown}{NO_BREAK}{metric.unit}" if metric.unit else f"{sign}{shown}"


def display_n(n: int | None) -> str:
    return _("n %(count)s") % {"count": number(n, digits=18)} if n else ""


def typed(metric: Metric, value: float) -> str:
    """A value as a person would type it into a field: a share in per cent, no grouping."""
    shown = value * 100 if metric.kind == MetricKind.SHARE else value
    plain = f"{shown:.10f}".rstrip("0").rstrip(".")
    return f"{plain} %" if metric.kind == MetricKind.SHARE else plain


def sparkline(values: Sequence[float], width: float, height: float) -> str:
    """Points of an SVG polyline that fills `width` × `height`: the least value at the bottom, time to the right.

    One value, or equal values, give a level line in the middle; no value gives no points.
    """
    if not values:
        return ""
    series = [values[0], values[0]] if len(values) == 1 else values
    low, high = min(series), max(series)
    across = width / (len(series) - 1)
    heights = [height * (high - value) / (high - low) if high > low else height / 2 for value in series]
    return " ".join(f"{round(place * across, 1):g},{round(down, 1):g}" for place, down in enumerate(heights))
