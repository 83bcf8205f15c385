"""The questions of the sample-size page, kept in the address: what is known of the metric, and what is to be found."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import TextChoices
from django.http import QueryDict
from django.utils.formats import get_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from experiments.enums import SummaryKind
from experiments.stats import limits, size
from experiments.stats.limits import InvalidInput
from experiments.stats.needed import Needed, needed, watching
from experiments.stats.size import Question
from insights.number_fields import CountField, NumberField, PercentField
from insights.values import parse_number

MOST_TOTAL = 10**10
LEAST_VALUE = 1e-6


class Asks(TextChoices):
    USERS = "users", gettext_lazy("How many users an effect needs")
    EFFECT = "effect", gettext_lazy("Which effect so many users show")


# What the fields hold where the address does not say it, and on the first visit, so that the page shows an example.
DEFAULTS = {"asks": "users", "kind": "proportion", "variants": "2", "alpha": "5", "power": "80"}
EXAMPLE = {**DEFAULTS, "baseline": "10", "minimum_effect": "5", "together": "on"}


def filled(address: QueryDict) -> dict[str, Any]:
    """The form's data from an address, which may leave out what is usual."""
    return {**DEFAULTS, **address.dict()} if address else EXAMPLE


class SampleSizeForm(forms.Form):
    """Once valid, `question` is what the statistics are asked, and `found` their answer; None where no effect is great
    enough. Percentages are kept as shares."""

    asks = forms.ChoiceField(
        label=gettext_lazy("What do you want to know?"), choices=Asks.choices, widget=forms.RadioSelect
    )
    kind = forms.ChoiceField(label=gettext_lazy("The metric is"), choices=SummaryKind.choices)
    baseline = forms.CharField(
        label=gettext_lazy("How it is now"),
        max_length=40,
        help_text=gettext_lazy("Without the change: a share in per cent, a mean or a ratio as it is."),
    )
    sd = NumberField(
        label=gettext_lazy("Standard deviation"),
        least=LEAST_VALUE,
        most=limits.MOST_VALUE,
        required=False,
        help_text=gettext_lazy("Of one user’s value; of a ratio, of its linearized values."),
    )
    minimum_effect = PercentField(
        label=gettext_lazy("Smallest effect that matters"),
        least=0.0001,
        most=100,
        required=False,
        help_text=gettext_lazy("Relative: 5 % more than 10 % is 10.5 %."),
    )
    total = CountField(label=gettext_lazy("Users in all variants"), least=2, most=MOST_TOTAL, required=False)
    days = CountField(
        label=gettext_lazy("Or so many days"),
        least=1,
        most=10_000,
        required=False,
        help_text=gettext_lazy("Needs the users a day."),
    )
    traffic = CountField(
        label=gettext_lazy("Users a day"),
        least=1,
        most=MOST_TOTAL,
        required=False,
        help_text=gettext_lazy("Who would take part, in all variants together."),
    )
    variants = CountField(
        label=gettext_lazy("Variants"), least=2, most=limits.MOST_VARIANTS, help_text=gettext_lazy("With the control.")
    )
    allocation = forms.CharField(
        label=gettext_lazy("Parts"),
        max_length=400,
        required=False,
        help_text=gettext_lazy("How users are divided, the control first, such as 50 25 25. Empty: equal parts."),
    )
    alpha = PercentField(
        label=gettext_lazy("False alarms (alpha)"),
        least=0.0001,
        most=0.25,
        help_text=gettext_lazy("How often a difference may be seen where there is none."),
    )
    power = PercentField(
        label=gettext_lazy("Power"),
        least=0.5,
        most=0.9999,
        help_text=gettext_lazy("The chance to see the effect when it is there."),
    )
    together = forms.BooleanField(
        label=gettext_lazy("Share the false alarms among all treatments (Bonferroni)"),
        required=False,
        help_text=gettext_lazy("With several treatments, each comparison gets its part of alpha."),
    )

    question: Question
    found: Needed | None = None

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            # always both: what is wrong arrives while one types, in a place that is there from the start
            described = [f"id_{name}_helptext"] if field.help_text else []
            field.widget.attrs["aria-describedby"] = " ".join([*described, f"id_{name}_wrong"])

    def clean_baseline(self) -> float:
        if self.cleaned_data.get("kind") == SummaryKind.PROPORTION:
            return PercentField(least=LEAST_VALUE, most=0.9999).clean(self.cleaned_data["baseline"])
        return NumberField(least=LEAST_VALUE, most=limits.MOST_VALUE).clean(self.cleaned_data["baseline"])

    def clean(self):
        cleaned = super().clean()
        if "kind" in cleaned:
            self.check_sd(cleaned)
        if "asks" in cleaned:
            self.check_asked(cleaned)
        if {"variants", "allocation"} <= cleaned.keys():
            self.add_weights(cleaned)
        if not self.errors:
            self.question = question_of(cleaned)
            self.answer(cleaned)
        return cleaned

    def check_sd(self, cleaned: dict[str, Any]) -> None:
        if cleaned["kind"] == SummaryKind.PROPORTION:
            cleaned["sd"] = None
            self.errors.pop("sd", None)
        elif cleaned.get("sd") is None and "sd" not in self.errors:
            self.add_error("sd", _("Give the standard deviation: without it nobody knows how far chance reaches."))

    def check_asked(self, cleaned: dict[str, Any]) -> None:
        """What one question needs; what is wrong in a field of the other one does not matter."""
        of_users, of_effect = ["minimum_effect"], ["total", "days"]
        needed_here, hidden = (of_users, of_effect) if cleaned["asks"] == Asks.USERS else (of_effect, of_users)
        for name in hidden:
            self.errors.pop(name, None)
        if self.errors.keys() & {*needed_here, "traffic"}:
            return
        if needed_here == of_users and cleaned.get("minimum_effect") is None:
            self.add_error("minimum_effect", _("Give the smallest effect that would change what you do."))
        if needed_here == of_effect and cleaned.get("total") is None:
            if cleaned.get("days") is None:
                self.add_error("total", _("Give the users, or the days and the users a day."))
            elif cleaned.get("traffic") is None:
                self.add_error("traffic", _("Give the users a day, so that the days say how many there will be."))

    def add_weights(self, cleaned: dict[str, Any]) -> None:
        try:
            cleaned["weights"] = weights(cleaned["allocation"], cleaned["variants"])
        except ValidationError as error:
            self.add_error("allocation", error)

    def answer(self, cleaned: dict[str, Any]) -> None:
        if cleaned["asks"] == Asks.USERS:
            self.answer_users(cleaned)
        else:
            self.answer_effect(cleaned)

    def answer_users(self, cleaned: dict[str, Any]) -> None:
        effect, now = cleaned["minimum_effect"], self.question.baseline
        if self.question.sd is None and now + now * effect >= 1:
            self.add_error("minimum_effect", _("With this effect the share would reach 100 %."))
            return
        try:
            self.found = needed(self.question, effect=effect, daily_traffic=cleaned["traffic"])
        except InvalidInput:
            self.add_error("minimum_effect", _("So small an effect needs more users than there can be."))

    def answer_effect(self, cleaned: dict[str, Any]) -> None:
        cleaned["total"] = cleaned["total"] or min(cleaned["days"] * cleaned["traffic"], MOST_TOTAL)
        try:
            effect = size.detectable_effect(self.question, total=cleaned["total"])
            cleaned["watched_effect"] = size.detectable_effect(watching(self.question), total=cleaned["total"])
            if effect is not None:
                self.found = needed(self.question, effect=effect, daily_traffic=cleaned["traffic"])
        except InvalidInput:
            self.add_error("total", _("So few users show nothing in so many variants. Give more."))


def question_of(cleaned: dict[str, Any]) -> Question:
    treatments = len(cleaned["weights"]) - 1
    return Question(
        baseline=cleaned["baseline"],
        alpha=cleaned["alpha"] / treatments if cleaned["together"] else cleaned["alpha"],
        power=cleaned["power"],
        allocation=cleaned["weights"],
        sd=cleaned["sd"],
    )


def weights(text: str, variants: int) -> tuple[float, ...]:
    """Parts of 1, from “50 25 25”, “2:1:1” or “50 % / 50 %”; equal ones from nothing."""
    comma = get_format("DECIMAL_SEPARATOR") == ","
    words = [word for word in re.split(r"[\s/:;|%]+" if comma else r"[\s/:;|%,]+", text) if word]
    parts = [parse_number(word, comma=comma) for word in words] or [1.0] * variants
    if len(parts) != variants:
        message = _("Give %(count)s parts, one for each variant, the control’s first; these are %(given)s.")
        raise ValidationError(message % {"count": variants, "given": len(parts)})
    if not all(0 < part <= limits.MOST_VALUE for part in parts):
        raise ValidationError(_("Every part must be above 0."))
    whole = sum(parts)
    if min(parts) / whole < LEAST_VALUE:
        raise ValidationError(_("A part is too small beside the others."))
    return tuple(part / whole for part in parts)
