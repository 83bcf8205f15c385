"""What is said of an experiment: its status line, effects and shares, in the reader's words and numbers."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Literal

from django import template
from django.utils.formats import number_format
from django.utils.text import get_text_list
from django.utils.timesince import timesince
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from experiments import display
from experiments.drawing.measures import RELATIVE
from experiments.enums import MetricRole, Result, Signal, Status
from experiments.models import Experiment, PlannedMetric, Score
from experiments.queries.experiments import deviations_of, standing_decision
from experiments.sentence import sentence_of
from experiments.stats.analysis import Verdict
from experiments.stats.notes import Code, Note
from experiments.stats.reasons import Reason
from insights.display import number

register = template.Library()
TONES = {
    Signal.NEEDS_DATA: "",
    Signal.RUNNING: "",
    Signal.UNHEALTHY: "warn",
    Signal.GUARDRAIL_HARMED: "bad",
    Signal.READY: "good",
}
CODES: dict[str, Code | Reason] = {code.value: code for code in [*Reason, *Code]}
DASH = "–"
SMALL = 0.001
AXES = {"audience": gettext_lazy("persona"), "stage": gettext_lazy("stage"), "metric": gettext_lazy("metric")}
VERDICTS = {
    Verdict.BETTER: gettext_lazy("better"),
    Verdict.WORSE: gettext_lazy("worse"),
    Verdict.EQUIVALENT: gettext_lazy("no difference that matters"),
    Verdict.UNDECIDED: gettext_lazy("undecided"),
    Verdict.NOT_COMPUTABLE: gettext_lazy("not computable"),
}


@register.filter
def signal_line(experiment: Experiment) -> str:
    """The computed status in a few words, such as “About 6 days left”; empty where there is none."""
    if not experiment.signal:
        return ""
    days = experiment.signal_facts.get("days_left")
    if experiment.signal == Signal.RUNNING and days is not None:
        return ngettext("About %(days)s day left", "About %(days)s days left", days) % {"days": number_format(days)}
    return str(Signal(experiment.signal).label)


@register.filter
def signal_matters(experiment: Experiment) -> bool:
    """While it runs, and while it is decided what it says; then that days were left says nothing any more."""
    if experiment.status == Status.DECIDING:
        return experiment.signal not in ("", Signal.RUNNING)
    return experiment.status == Status.RUNNING and bool(experiment.signal)


@register.filter
def signal_tone(experiment: Experiment) -> str:
    """The class of the pill that shows it; the words say the same."""
    return TONES.get(Signal(experiment.signal), "") if experiment.signal else ""


@register.filter
def signal_reasons(experiment: Experiment) -> list[str]:
    """Why it has its status, a sentence each. A variant is called by its name."""
    names = {variant.key: variant.name for variant in experiment.variants.all()}
    return [reason_sentence(kept, names) for kept in experiment.signal_facts.get("reasons", [])]


def reason_sentence(kept: Mapping[str, Any], names: Mapping[str, str]) -> str:
    values = {name: named(name, value, names) for name, value in kept["values"].items()}
    note = Note(CODES[kept["code"]], values)
    return _(note.template) if isinstance(note.code, Reason) else _(note.template) % values


def named(name: str, value: Any, names: Mapping[str, str]) -> Any:
    return names.get(value, value) if name in ("variant", "other") else value


@register.filter
def hypothesis(experiment: Experiment) -> str:
    """The hypothesis in one sentence, empty where nothing of it is there yet."""
    return sentence_of(experiment)


@register.filter
def ago(moment: datetime) -> str:
    """“3 days ago”, as roughly as people say it."""
    if now() - moment < timedelta(minutes=1):
        return _("a moment ago")
    return _("%(time)s ago") % {"time": timesince(moment, depth=1)}


@register.filter
def percent(value: float | Literal[""] | None, decimals: int | None = None) -> str:
    """A fraction in per cent: 0.0423 is “4.23 %”; a dash for None, and for what a template finds nothing under."""
    return DASH if value is None or value == "" else display.percent(value, decimals=decimals)


@register.filter
def signed_percent(value: float | None) -> str:
    """A relative effect with its sign: “+4.2 %”; a dash for None."""
    return DASH if value is None else display.effect(value, RELATIVE)


@register.filter
def figure(value: float | Literal[""] | None) -> str:
    """A number without a unit in two digits; a dash where there is none, as a template says what is missing."""
    return DASH if value is None or value == "" else number(value, digits=2)


@register.filter
def p_value(value: float) -> str:
    """Three decimals; what is smaller is said to be smaller."""
    return f"< {number_format(0.001, 3)}" if value < SMALL else number_format(value, 3)


@register.filter
def in_unit(value: float, planned: PlannedMetric) -> str:
    """A variant's value as its metric is read: a share in per cent, all else in the metric's unit."""
    return display.level(value, planned.kind, planned.metric.unit)


@register.filter
def verdict_words(verdict: Verdict, role: str) -> str:
    """A verdict as it is said of a metric of this role."""
    if role == MetricRole.GUARDRAIL and verdict is Verdict.WORSE:
        return _("harmed")
    return str(VERDICTS[verdict])


@register.filter
def result_tone(result: str) -> str:
    """The class of the pill that shows a result; the words say the same."""
    return {Result.WIN: "good", Result.LOSS: "bad"}.get(Result(result), "")


@register.filter
def result_label(result: str) -> str:
    return str(Result(result).label)


@register.filter
def reason_words(reason: Reason | None) -> str:
    return _(reason.sentence) if reason else ""


@register.filter
def note_words(note: Note) -> str:
    """What is said beside numbers, in the reader's language."""
    return _(note.template) % note.values


@register.filter
def in_hundred(share: float | None) -> str:
    """A share as a number of per cents for places in a picture: "41.5"."""
    return f"{(share or 0) * 100:.2f}"


@register.filter
def shared_words(axes: Sequence[str]) -> str:
    """What two experiments share, such as “stage and metric”."""
    return get_text_list([str(AXES[axis]) for axis in axes], _("and"))


@register.filter
def quoted(titles: Sequence[str]) -> str:
    """“One”, “Two” and “Three”."""
    return get_text_list([_("“%(title)s”") % {"title": title} for title in titles], _("and"))


register.filter(standing_decision)
register.filter(deviations_of)


@register.filter
def part_value(score: Score, name: str) -> str:
    """What a score gives for one of its parts; a dash where it was given by another model."""
    value = score.values.get(name)
    return "–" if value is None else number_format(value)
