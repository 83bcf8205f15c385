"""The sentence that the parts of a hypothesis make: “If we …, then … will rise by 4 %, because ….”"""

import re

from django.utils.translation import gettext as _

from experiments.enums import Goal
from experiments.models import Experiment
from insights.display import NO_BREAK, percent

GAP = "…"
FIRST_PERSON = re.compile(r"I\b")


def sentence(
    *,
    change: str = "",
    audience: str = "",
    metric: str = "",
    goal: str = Goal.INCREASE,
    effect: float | None = None,
    because: str = "",
    gaps: bool = False,
) -> str:
    """One sentence in the reader's language. `effect` is relative, in the direction of `goal`.

    Where the change or the metric is missing stands an ellipsis; with `gaps`, for whoever still writes, one stands for
    each missing part. Empty without any part, unless there are `gaps`.
    """
    if not gaps and not any([change, audience, metric, because]):
        return ""
    parts = [condition(inside(change), audience.strip() or GAP * gaps), effect_on(metric.strip(), goal, effect)]
    if because.strip() or gaps:
        parts.append(_("because %(reason)s") % {"reason": inside(because)})
    said = ", ".join(parts)
    return said if said[-1] in "?!…" else f"{said.removesuffix('.')}."


def sentence_of(experiment: Experiment) -> str:
    """The sentence of an experiment that was loaded with its persona and its metric."""
    return sentence(
        change=experiment.change,
        audience=who(experiment.audience, str(experiment.persona or "")),
        metric=str(experiment.metric or ""),
        goal=experiment.goal,
        effect=experiment.expected_effect,
        because=experiment.because,
    )


def condition(change: str, audience: str) -> str:
    if audience:
        return _("If we %(change)s for %(audience)s") % {"change": change, "audience": audience}
    return _("If we %(change)s") % {"change": change}


def effect_on(metric: str, goal: str, effect: float | None) -> str:
    size = f"{percent(abs(effect))}{NO_BREAK}%" if effect else ""
    values = {"metric": metric or GAP, "size": size}
    if goal == Goal.DECREASE:
        return (_("then %(metric)s will fall by %(size)s") if size else _("then %(metric)s will fall")) % values
    return (_("then %(metric)s will rise by %(size)s") if size else _("then %(metric)s will rise")) % values


def inside(text: str) -> str:
    """What was written as a sentence of its own, as a part of another one: on one line, beginning small, no full stop.

    Names of capitals (“NPS”) stay, and so does the English “I”.
    """
    plain = " ".join(text.split()).removesuffix(".")
    if not plain:
        return GAP
    word = plain.split(" ", 1)[0]
    ordinary = word[1:] == word[1:].lower() and not FIRST_PERSON.match(plain)
    return plain[0].lower() + plain[1:] if ordinary else plain


def who(audience: str, persona: str) -> str:
    """For whom it is: as it was written, with the persona in brackets where both are given."""
    if audience.strip() and persona:
        return f"{audience.strip()} ({persona})"
    return audience.strip() or persona
