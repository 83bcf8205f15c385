"""Values of metrics in templates, on the pages of metrics and on maps alike."""

from django import template
from django.utils.translation import gettext as _

from insights import display
from insights.models import Metric
from insights.trends import Trend, Verdict

register = template.Library()
WORDS = {Verdict.BETTER: "good", Verdict.WORSE: "bad", Verdict.SAME: ""}


@register.filter
def shown(value: float | None, metric: Metric) -> str:
    """`reading.value|shown:metric`: “48 %”."""
    return "" if value is None else display.display(metric, value)


@register.filter
def exactly(value: float | None, metric: Metric) -> str:
    """As `shown`, with all digits."""
    return "" if value is None else display.display(metric, value, exact=True)


@register.filter
def bare(value: float, metric: Metric) -> str:
    """As `shown`, without the unit."""
    return display.bare(metric, value)


@register.filter
def grouped(count: int | None) -> str:
    """A whole number with its digits grouped: “1,204”."""
    return "" if count is None else display.number(count, digits=18)


@register.filter
def n(count: int | None) -> str:
    """“n 1,204”, or nothing."""
    return display.display_n(count)


@register.inclusion_tag("insights/_sparkline.html")
def sparkline(trend: Trend | None, width: int = 72, height: int = 22) -> dict:
    """The line of the last year; decoration, for the numbers stand beside it."""
    values = trend.values if trend else []
    inner = display.sparkline(values, width - 6, height - 6) if len(values) > 1 else ""
    return {"points": inner, "width": width, "height": height, "last": inner.rpartition(" ")[2].partition(",")}


@register.inclusion_tag("insights/_change.html")
def change(trend: Trend | None, metric: Metric) -> dict:
    """The change over 30 days, its direction as an arrow, and in words whether it is good."""
    verdict = trend.verdict(metric.direction) if trend else None
    if trend is None or trend.change is None or verdict is None:
        return {}
    words = {Verdict.BETTER: _("better"), Verdict.WORSE: _("worse"), Verdict.SAME: _("no change")}
    return {
        "amount": display.display_change(metric, trend.change) if trend.change else "",
        "arrow": "up" if trend.change > 0 else "down" if trend.change < 0 else "",
        "tone": WORDS[verdict],
        "word": words[verdict],
    }
