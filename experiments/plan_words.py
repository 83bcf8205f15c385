"""Plans in words: what each part says, and what differs between two states of a plan or a hypothesis.

States are those of `services/states.py`, whole or only the parts that changed.
"""

import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from experiments import display
from experiments.enums import Correction, Counting, DecisionRule, Goal, MetricRole, SummaryKind
from insights.display import number

NOTHING = "–"
LABELS = {
    "minimum_effect": gettext_lazy("Smallest effect that matters"),
    "planned_total": gettext_lazy("Planned number of users"),
    "daily_traffic": gettext_lazy("Users a day"),
    "planned_start": gettext_lazy("Planned start"),
    "planned_end": gettext_lazy("Planned end"),
    "minimum_days": gettext_lazy("Minimum run time"),
    "stopped": gettext_lazy("Stopped"),
    "rule": gettext_lazy("Decision rule"),
    "counting": gettext_lazy("Results are entered as"),
    "unit": gettext_lazy("Who is counted"),
    "alpha": gettext_lazy("False alarms (alpha)"),
    "power": gettext_lazy("Power"),
    "correction": gettext_lazy("Correction"),
    "share_successes": gettext_lazy("Prior of each share: successes"),
    "share_failures": gettext_lazy("Prior of each share: failures"),
    "prior_mean": gettext_lazy("Prior of a difference: mean"),
    "prior_sd": gettext_lazy("Prior of a difference: sd"),
    "change": gettext_lazy("Change"),
    "audience": gettext_lazy("For whom"),
    "persona": gettext_lazy("Persona"),
    "metric": gettext_lazy("Metric of the hypothesis"),
    "goal": gettext_lazy("Direction"),
    "expected_effect": gettext_lazy("Expected size"),
    "because": gettext_lazy("Because"),
    "name": gettext_lazy("name"),
    "description": gettext_lazy("what it is"),
    "weight": gettext_lazy("share of users"),
    "role": gettext_lazy("role"),
    "kind": gettext_lazy("kind"),
    "baseline": gettext_lazy("today"),
    "sd": gettext_lazy("standard deviation"),
    "covariate": gettext_lazy("covariate"),
    "winsorized": gettext_lazy("large values cut at"),
}
CHOICES: dict[str, type[Any]] = {
    "rule": DecisionRule,
    "counting": Counting,
    "correction": Correction,
    "goal": Goal,
    "role": MetricRole,
    "kind": SummaryKind,
}
PERCENTS = frozenset({"minimum_effect", "alpha", "power", "expected_effect", "weight", "winsorized"})
DATES = frozenset({"planned_start", "planned_end", "stopped"})
RULES = {
    DecisionRule.CLEAR_SIGNALS: (
        gettext_lazy(
            "Ship a treatment that is better in a primary metric and worse in no primary or guardrail metric."
        ),
        gettext_lazy("Roll back when every treatment is worse in one of them."),
        gettext_lazy("Keep what is there when no primary metric shows a difference that matters."),
    ),
    DecisionRule.DO_NO_HARM: (
        gettext_lazy("Wait for the planned number of users or the planned end."),
        gettext_lazy(
            "Then ship a treatment if its intervals leave out any harm to a primary or guardrail metric as large as "
            "the smallest effect that matters."
        ),
        gettext_lazy("Roll back, at any time, when every treatment is worse in one of them."),
    ),
}
CORRECTIONS = {
    Correction.NONE: gettext_lazy(
        "Several comparisons are not corrected: the more there are, the sooner one looks good by chance."
    ),
    Correction.HOLM: gettext_lazy("All comparisons together keep this rate of false alarms (Holm)."),
    Correction.BENJAMINI_HOCHBERG: gettext_lazy(
        "Of what is called a difference, at most this share is a false alarm on average (Benjamini–Hochberg)."
    ),
}


@dataclass(frozen=True)
class Change:
    label: str
    before: str
    after: str


def words(name: str, value: Any, kind: str = "") -> str:
    """A value of a plan as people read it; `kind` is that of its metric."""
    if value in (None, ""):
        return NOTHING
    if name in CHOICES:
        choices = CHOICES[name]
        return str(choices(value).label) if value in choices.values else str(value)
    if name in PERCENTS or (name == "baseline" and kind == SummaryKind.PROPORTION):
        return display.percent(value)
    if name in DATES:
        return day(value)
    if name == "minimum_days":
        return ngettext("%(days)s day", "%(days)s days", value) % {"days": value}
    return number(value, digits=18) if isinstance(value, int | float) else str(value)


def day(value: Any) -> str:
    date = value if isinstance(value, datetime.date) else parse_date(str(value))
    return date_format(date, "j M Y") if date else str(value)


def changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Change]:
    """What turned into what, in the order in which a plan is read."""
    if "stopped" in after:
        stopped = _("stopped on %(day)s") % {"day": day(after["stopped"])}
        return [Change(str(LABELS["minimum_days"]), words("minimum_days", before.get("minimum_days")), stopped)]
    return [
        *rows_changed(_("Variant"), "key", before.get("variants", []), after.get("variants", [])),
        *rows_changed(_("Metric"), "metric", before.get("metrics", []), after.get("metrics", [])),
        *values_changed(before, after),
    ]


def values_changed(before: Mapping[str, Any], after: Mapping[str, Any], kind: str = "") -> Iterator[Change]:
    for name, label in LABELS.items():
        if before.get(name) != after.get(name):
            yield Change(str(label), words(name, before.get(name), kind), words(name, after.get(name), kind))


def rows_changed(
    noun: str, key: str, before: Sequence[Mapping[str, Any]], after: Sequence[Mapping[str, Any]]
) -> Iterator[Change]:
    """Rows that came, went, or say something else. A row is told by its `key`."""
    old, new = {row[key]: row for row in before}, {row[key]: row for row in after}
    for name in old | new:
        was, now = old.get(name), new.get(name)
        title = f"{noun} “{(now or was or {}).get('name') or name}”"
        if was is None or now is None:
            yield Change(title, row_words(was), row_words(now))
            continue
        kind = now.get("kind", "")
        same = {key: name}
        for found in values_changed({**was, **same}, {**now, **same}, kind):
            yield Change(f"{title}, {found.label}", found.before, found.after)
    if list(old) != list(new) and set(old) == set(new):
        yield Change(_("Order: %(noun)s") % {"noun": noun.lower()}, ", ".join(old), ", ".join(new))


def row_words(row: Mapping[str, Any] | None) -> str:
    """A variant or a metric in short."""
    if row is None:
        return NOTHING
    if "weight" in row:
        return f"{row['name']}, {words('weight', row['weight'])}"
    return f"{words('role', row['role'])}, {words('kind', row['kind'])}"


def rule_sentences(rule: str) -> tuple[Any, ...]:
    return RULES[DecisionRule(rule)]


def correction_sentence(correction: str) -> str:
    return str(CORRECTIONS[Correction(correction)])
