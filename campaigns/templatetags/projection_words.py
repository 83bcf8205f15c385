"""The words of projections: people, money, rates, months, ranges, sources, reasons."""

import datetime
from collections.abc import Mapping, Sequence
from typing import Any

from django import template
from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from campaigns.forecast.ranges import SourceKind
from campaigns.forecast.reasons import Reason
from experiments import display
from experiments.drawing.measures import RELATIVE
from insights.display import NO_BREAK, number, percent

register = template.Library()


@register.filter
def amount(value: float | None) -> str:
    """People or money: “1,204”, “12.5”; a dash for what there is not."""
    return number(value) if isinstance(value, int | float) else "–"


@register.filter
def share(value: float | None) -> str:
    """A rate or a chance: “12.4 %”."""
    return f"{percent(value)}{NO_BREAK}%" if isinstance(value, int | float) else "–"


@register.filter
def chance(value: float) -> str:
    """A probability, never all or nothing: “97 %”, “> 99.9 %”."""
    return display.chance(value)


@register.filter
def month(name: str | datetime.date | None) -> str:
    """“Jan 2027”, of `2027-01` or of a day."""
    if not name:
        return "–"
    day = parse_date(f"{name}-01") if isinstance(name, str) else name
    return date_format(day, "M Y") if day else str(name)


@register.filter
def between(interval: Any) -> str:
    """The ends of an interval: “180 to 310”; of one without width nothing."""
    if not interval:
        return ""
    low, _median, high = interval if isinstance(interval, list) else (interval[name] for name in ("p10", "p50", "p90"))
    if amount(low) == amount(high):
        return ""
    return _("%(low)s to %(high)s") % {"low": amount(low), "high": amount(high)}


@register.filter
def between_shares(interval: Mapping[str, float] | None) -> str:
    if not interval or share(interval["p10"]) == share(interval["p90"]):
        return ""
    return _("%(low)s to %(high)s") % {"low": share(interval["p10"]), "high": share(interval["p90"])}


@register.filter
def signed(value: float | None) -> str:
    """A difference with its sign."""
    return amount(value) if not value or value < 0 else f"+{amount(value)}"


@register.filter
def change(effect: float) -> str:
    """A relative effect: “+4.2 %”."""
    return display.effect(effect, RELATIVE)


@register.filter
def percent_signed(value: float) -> str:
    """What is in per cent already: “−12 %”."""
    return display.effect(value / 100, RELATIVE)


@register.filter
def percent_plain(value: float) -> str:
    return display.percent(value / 100)


@register.filter
def named(names: Mapping[str, str], key: str) -> str:
    """The name of a stage or channel; a dash for one that the latest version does not have."""
    return names.get(key, "–")


@register.filter
def part_width(amount: float, parts: Sequence[Any]) -> str:
    """How wide a part of a gap is drawn, where the largest is 100."""
    largest = max((abs(part.amount) for part in parts), default=0) or 1
    return f"{100 * abs(amount) / largest:.1f}"


@register.filter
def at(values: Sequence[Any], place: int) -> Any:
    return values[place]


@register.filter
def guess(value: Any, kind: str = "") -> str:
    """An input: “12 %”, “8 to 14 %, most likely 10 %”."""
    words = share if kind in ("rate", "retention") else amount
    if not isinstance(value, Mapping):
        return words(value)
    return _("%(low)s to %(high)s, most likely %(likely)s") % {
        name: words(value[name]) for name in ("low", "likely", "high")
    }


@register.filter
def source_words(source: Mapping[str, Any] | None) -> str:
    """“assumed by Ilse Varga, 3 Nov 2026”, “measured: Trial to paid, n 1,204, 31 Oct 2026”."""
    if not source:
        return _("assumed")
    day = parse_date(source["at"])
    values = {"of": source["of"], "day": date_format(day, "j M Y") if day else source["at"]}
    if source["kind"] == SourceKind.MEASURED:
        if source.get("n"):
            n = number(source["n"], digits=18)
            return _("measured: %(of)s, n %(n)s, %(day)s") % {**values, "n": n}
        return _("measured: %(of)s, %(day)s") % values
    if source["kind"] == SourceKind.EXPERIMENT:
        return _("experiment: %(of)s, %(day)s") % values
    return _("assumed by %(of)s, %(day)s") % values


@register.filter
def source_mark(source: Mapping[str, Any] | None) -> str:
    """The class of a source's mark: a guess looks like a guess."""
    return {"measured": "good", "experiment": "good"}.get((source or {}).get("kind", ""), "guess")


@register.filter
def reason_words(code: str) -> str:
    return _(Reason(code).sentence)


@register.filter
def input_words(name: str) -> str:
    """What the forecast calls an input, such as `Trial: rate`, in the reader's language."""
    thing, colon, field = name.rpartition(": ")
    words = {
        "rate": _("rate"),
        "lag": _("lag"),
        "volumes": _("volumes"),
        "spend": _("spend"),
        "cost": _("cost"),
        "cost per visit": _("price of a visit"),
        "value": _("worth of a customer"),
        "retention": _("retention"),
    }
    return f"{thing}{colon}{words.get(field, field)}"
