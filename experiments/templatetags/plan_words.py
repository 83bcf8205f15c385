"""The words of the plan's pages."""

from collections.abc import Iterable
from dataclasses import dataclass

from django import template
from django.utils.translation import gettext_lazy

from experiments.enums import MetricRole
from experiments.models import Entry, PlannedMetric, Variant
from experiments.services.sum_names import LABELS
from insights.display import number

register = template.Library()
COLORS = 6
ROLES = {
    MetricRole.PRIMARY: gettext_lazy("to decide by"),
    MetricRole.SECONDARY: gettext_lazy("to understand"),
    MetricRole.GUARDRAIL: gettext_lazy("not to be harmed"),
}


@dataclass(frozen=True)
class Part:
    """Where a variant's share begins on the bar, and how wide it is, in per cent."""

    start: float
    width: float


@register.filter
def parts(variants: Iterable[Variant]) -> list[Part]:
    found, start = [], 0.0
    for variant in variants:
        found.append(Part(round(start * 100, 3), round(variant.weight * 100, 3)))
        start += variant.weight
    return found


@register.filter
def slot(number: int) -> int:
    """Which of the colors a variant has."""
    return number % COLORS


@register.filter
def by_role(metrics: Iterable[PlannedMetric]) -> list[PlannedMetric]:
    """Primary ones first, then secondary ones, then guardrails, each in the plan's order."""
    return sorted(metrics, key=lambda planned: MetricRole.values.index(planned.role))


@register.filter
def role_words(role: str) -> str:
    return str(ROLES[MetricRole(role)])


@register.filter
def plan_number(value: float | None) -> str:
    """With all its digits, grouped: “24,800”."""
    return "–" if value is None else number(value, digits=18)


@register.filter
def sums_words(entry: Entry) -> str:
    """“Users 1,204 · Did it 96”."""
    return " · ".join(f"{LABELS[name]} {number(value, digits=9)}" for name, value in entry.sums.items())
