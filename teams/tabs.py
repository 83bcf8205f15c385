"""What leads from one page to those beside it, as templates draw it: tabs, filters of a list, the way through steps."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import TextChoices
from django.http import QueryDict
from django.urls import reverse
from django.utils.functional import Promise


@dataclass(frozen=True)
class Tab:
    href: str
    label: str
    current: bool


@dataclass(frozen=True)
class WayPoint:
    """A step on the way of a thing: `past`, `current` or `to come`."""

    label: str
    state: str


def tabs(app: str, names: Mapping[str, str | Promise], *at: Any, current: str | None = "") -> list[Tab]:
    """A tab for each name of an address of the app, with its label; `at` is what all of the addresses take."""
    return [Tab(reverse(f"{app}:{name}", args=at), str(label), name == current) for name, label in names.items()]


def way(steps: Sequence[TextChoices], here: str) -> list[WayPoint]:
    """The steps, as far as a thing has come that is at `here`; none where that is not on the way."""
    if here not in steps:
        return []
    at = [str(step) for step in steps].index(here)
    states = ["past"] * at + ["current"] + ["to come"] * (len(steps) - at - 1)
    return [WayPoint(str(step.label), state) for step, state in zip(steps, states, strict=True)]


def filter_links(
    query: QueryDict, name: str, choices: Iterable[tuple[str, Any]], chosen: str
) -> list[tuple[str, str, bool]]:
    """The links above a list: address, label, whether it is this one. Other filters stay."""
    query = query.copy()
    query.pop("page", None)
    found = []
    for value, label in choices:
        query[name] = value
        found.append((f"?{query.urlencode()}", str(label), chosen == value))
    return found
