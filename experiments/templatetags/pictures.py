"""The words of the pictures: effects in their measure, roles, verdicts."""

from django import template
from django.utils.translation import gettext as _

from experiments import display
from experiments.drawing.forest import Role
from experiments.drawing.measures import RELATIVE, Form, Measure
from experiments.drawing.sequence import Event
from experiments.stats.analysis import Verdict
from experiments.stats.estimates import Interval

register = template.Library()
ICONS = {
    Verdict.BETTER: "check",
    Verdict.WORSE: "alert",
    Verdict.EQUIVALENT: "equal",
    Verdict.UNDECIDED: "help",
    Verdict.NOT_COMPUTABLE: "info",
}
TONES = {Verdict.BETTER: "good", Verdict.WORSE: "bad"}


@register.filter
def effect(value: float | None, measure: Measure = RELATIVE) -> str:
    """`look.estimate|effect:picture.measure`: “+4.2 %”."""
    return "" if value is None else display.effect(value, measure)


@register.filter
def mark(value: float, measure: Measure = RELATIVE) -> str:
    """As `effect`, for the scale of a picture."""
    return display.mark(value, measure)


@register.filter
def interval(ends: Interval | None, measure: Measure = RELATIVE) -> str:
    """“+1.1 to +7.3 %”."""
    return "" if ends is None else display.interval(ends, measure)


@register.filter
def amount(value: float, measure: Measure = RELATIVE) -> str:
    """“0.02 points”."""
    return display.amount(value, measure)


@register.filter
def chance(share: float) -> str:
    """“97 %”."""
    return display.chance(share)


@register.filter
def in_percent(share: float) -> str:
    """“1.67 %”."""
    return display.percent(share)


@register.filter
def axis(measure: Measure) -> str:
    """What the numbers of a scale are."""
    if measure.form == Form.RELATIVE:
        return _("Difference relative to the control")
    if measure.form == Form.POINTS:
        return _("Difference to the control, in percentage points")
    if measure.unit:
        return _("Difference to the control, in %(unit)s") % {"unit": measure.unit}
    return _("Difference to the control")


@register.filter
def role(value: Role) -> str:
    return {Role.PRIMARY: _("Primary"), Role.SECONDARY: _("Secondary"), Role.GUARDRAIL: _("Guardrails")}[value]


@register.filter
def event(value: Event) -> str:
    return {Event.EARLIEST: _("Earliest end"), Event.PLANNED: _("Planned end")}[value]


@register.inclusion_tag("experiments/pictures/_verdict.html")
def verdict(value: Verdict, of: Role = Role.PRIMARY) -> dict:
    """A verdict in words, with a symbol; a guardrail that is worse is harmed."""
    words = {
        Verdict.BETTER: _("Better"),
        Verdict.WORSE: _("Harmed") if of == Role.GUARDRAIL else _("Worse"),
        Verdict.EQUIVALENT: _("No difference that matters"),
        Verdict.UNDECIDED: _("Undecided"),
        Verdict.NOT_COMPUTABLE: _("Not computable"),
    }
    return {"words": words[value], "icon": ICONS[value], "tone": TONES.get(value, "")}


@register.filter
def anchor(at: float) -> str:
    """Where a word at this place across begins, so that it stays inside the picture."""
    return "start" if at < 3 else "end" if at > 97 else "middle"


@register.filter
def tone(value: Verdict) -> str:
    """The CSS class of a verdict's color."""
    return TONES.get(value, "")
