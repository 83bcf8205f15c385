from django import forms
from django.utils.translation import gettext_lazy as _

from experiments.models import Score
from experiments.scoring import PARTS
from teams.seen import SeenForm

HUNDRED = 100


class ScoreForm(SeenForm):
    """One's own score: the parts of the workspace's model, then what one forecasts. Shares are typed in per cent."""

    chance = forms.FloatField(
        label=_("Chance that it turns out better"),
        required=False,
        min_value=0,
        max_value=HUNDRED,
        localize=True,
        help_text=_("In per cent. After the decision it is held against the result."),
    )
    expected_effect = forms.FloatField(
        label=_("Expected size"),
        required=False,
        min_value=-HUNDRED,
        max_value=HUNDRED * HUNDRED,
        localize=True,
        help_text=_("Of the change in the metric, in per cent: 4 is 4 % more, −2 is 2 % less."),
    )
    note = forms.CharField(label=_("Note"), required=False, max_length=300)

    def __init__(self, *args, model: str, mine: Score | None = None, **kwargs):
        super().__init__(*args, **kwargs)
        self.parts = [part.name for part in PARTS[model]]
        for part in PARTS[model]:
            self.fields[part.name] = forms.FloatField(
                label=part.label, help_text=part.help, min_value=part.least, max_value=part.most, localize=True
            )
        self.order_fields([*self.parts, "chance", "expected_effect", "note"])
        if mine is not None:
            same_model = mine.values if mine.model == model else {}
            self.initial = {
                **same_model,
                "chance": in_hundred(mine.chance),
                "expected_effect": in_hundred(mine.expected_effect),
                "note": mine.note,
                "seen": mine.version,
            }

    def service_fields(self) -> dict:
        """What was typed, as `give_score` takes it."""
        given = self.cleaned_data
        return {
            "values": {name: given[name] for name in self.parts},
            "chance": as_fraction(given["chance"]),
            "expected_effect": as_fraction(given["expected_effect"]),
            "note": given["note"],
            "seen": given["seen"],
        }


def in_hundred(value: float | None) -> float | None:
    return None if value is None else round(value * HUNDRED, 9)


def as_fraction(value: float | None) -> float | None:
    return None if value is None else value / HUNDRED
