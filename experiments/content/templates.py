"""Experiments that many teams begin with: a hypothesis to fill in, and a plan that suits it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from experiments.enums import DecisionRule, Goal


@dataclass(frozen=True)
class Template:
    """`plan` are fields of a Plan; where it says nothing, the workspace's practice holds. `treatment` names the variant
    beside “As it is”. Metrics are the workspace's own, so `metrics` only says which kinds to choose."""

    slug: str
    title: str | Promise
    description: str | Promise
    change: str | Promise
    audience: str | Promise
    because: str | Promise
    treatment: str | Promise
    metrics: str | Promise
    goal: Goal = Goal.INCREASE
    plan: Mapping[str, Any] = field(default_factory=dict)


CONTROL = _("As it is")
BUILT_IN = (
    Template(
        slug="clearer-words",
        title=_("Clearer words"),
        description=_("A page, a mail or a screen says the same thing in the words that customers use."),
        change=_("say on … what people get, in the words they use themselves"),
        audience=_("people who see it for the first time"),
        because=_("they ask support what the page was meant to tell them"),
        treatment=_("In their words"),
        metrics=_("Primary: the next step. Guardrail: questions to support."),
        plan={"minimum_effect": 0.05},
    ),
    Template(
        slug="fewer-steps",
        title=_("Fewer steps"),
        description=_("A form, a set-up or a checkout asks for less, later, or not at all."),
        change=_("ask for … later, and for nothing that we can look up"),
        audience=_("people who begin"),
        because=_("many stop at the step that gives them nothing yet"),
        treatment=_("Fewer steps"),
        metrics=_("Primary: the share that gets to the end. Guardrail: what the left-out answers were good for."),
        plan={"minimum_effect": 0.05},
    ),
    Template(
        slug="more-trust",
        title=_("Trust at the moment of decision"),
        description=_("Reviews, a guarantee, a name, a date: what takes the last doubt away stands where it arises."),
        change=_("show … right beside the button"),
        audience=_("people who hesitate at the last step"),
        because=_("in interviews they name a doubt that we answer on another page"),
        treatment=_("Doubt answered"),
        metrics=_("Primary: orders. Guardrail: returns, because a promise can also be too much."),
        plan={"minimum_effect": 0.03},
    ),
    Template(
        slug="better-moment",
        title=_("A better moment"),
        description=_("The same message comes earlier, later, or when something happens instead of on a date."),
        change=_("send … when they need it, and not on a fixed day"),
        audience=_("customers who had their last order … days ago"),
        because=_("the need arises at another time than our mail"),
        treatment=_("When it is needed"),
        metrics=_("Primary: repeat orders within the window. Guardrail: people who unsubscribe."),
        plan={"minimum_effect": 0.05, "minimum_days": 28},
    ),
    Template(
        slug="personal-help",
        title=_("A person instead of a page"),
        description=_("Somebody calls, writes or shows around at the point where people get lost."),
        change=_("call everybody who … within a day"),
        audience=_("new customers who are stuck at the same point"),
        because=_("those who once spoke with us stay much longer"),
        treatment=_("With a call"),
        metrics=_("Primary: first value within two weeks. Guardrail: hours that the team spends."),
        plan={"minimum_effect": 0.1, "minimum_days": 28, "unit": "customers"},
    ),
    Template(
        slug="replace-without-harm",
        title=_("Replace without harm"),
        description=_("Something new takes the place of something old for good reasons, and must not make it worse."),
        change=_("replace … by the new one"),
        audience=_("everybody who comes by"),
        because=_("the old one costs us more than it brings, and customers should not notice"),
        treatment=_("The new one"),
        metrics=_("Guardrails: all that must not fall. Primary: what the new one is meant to keep."),
        plan={"minimum_effect": 0.02, "rule": DecisionRule.DO_NO_HARM.value},
    ),
)
TEMPLATES = {template.slug: template for template in BUILT_IN}
