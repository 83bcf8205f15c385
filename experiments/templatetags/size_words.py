"""The words of the sample-size page."""

from math import ceil

from django import template
from django.utils.translation import gettext as _

from experiments import display
from experiments.enums import SummaryKind
from experiments.stats.needed import Needed
from experiments.stats.size import Question
from insights.display import number

register = template.Library()


@register.filter
def users(count: float | None) -> str:
    """“24,800”."""
    return "" if count is None else number(count, digits=18)


@register.filter
def level(value: float, kind: str) -> str:
    """A share as “10.5 %”, a mean or a ratio as “4.2”."""
    return display.percent(value) if kind == SummaryKind.PROPORTION else number(value)


@register.filter
def moved(question: Question, effect: float) -> float:
    """What the baseline becomes with the effect."""
    return question.baseline * (1 + effect)


@register.filter
def times(found: Needed) -> str:
    """How many times as many users the always-valid verdict needs: “1.9”."""
    return number(found.watched.total / found.once.total, digits=2)


@register.filter
def named_parts(counts: tuple[int, ...]) -> list[tuple[str, int]]:
    """Each variant's users under a name."""
    names = [_("Control"), *(_("Treatment %(number)s") % {"number": number} for number in range(1, len(counts)))]
    return list(zip(names, counts, strict=True))


@register.filter
def equal_parts(counts: tuple[int, ...]) -> bool:
    return len(set(counts)) == 1


@register.filter
def any_alarm(alpha: float, treatments: int) -> str:
    """How often at least one of several comparisons calls a false alarm, at most: “15 %”."""
    return display.percent(min(alpha * treatments, 1.0))


@register.filter
def round_up(days: float) -> int:
    return ceil(days)
