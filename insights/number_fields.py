"""Fields for numbers as people write them: with a decimal comma or point, with per cent, with grouped digits."""

import math
import re
from decimal import Decimal

from django import forms
from django.core.exceptions import ValidationError
from django.utils.formats import get_format
from django.utils.translation import gettext as _

from insights.display import number
from insights.values import parse_number

GROUPED = re.compile(r"\d{1,3}([ \u00a0\u202f,.'’]\d{3})+")


class NumberField(forms.Field):
    """A finite number from `least` to `most`."""

    widget = forms.TextInput
    mode = "decimal"

    def __init__(self, *, least: float, most: float, **options):
        super().__init__(**options)
        self.least, self.most = least, most
        self.widget.attrs |= {"inputmode": self.mode, "autocomplete": "off", "maxlength": 40}

    def to_python(self, value) -> float | None:
        text = str(value or "").strip()
        return self.read(text) if text else None

    def read(self, text: str) -> float:
        return parse_number(text, comma=get_format("DECIMAL_SEPARATOR") == ",")

    def validate(self, value) -> None:
        super().validate(value)
        if value is not None and not self.least <= value <= self.most:
            ends = {"least": self.shown(self.least), "most": self.shown(self.most)}
            raise ValidationError(_("Give a number from %(least)s to %(most)s.") % ends)

    def shown(self, value: float) -> str:
        return number(value, digits=18)

    def prepare_value(self, value):
        return value if value is None or isinstance(value, str) else self.typed(value)

    def typed(self, value: float) -> str:
        """As one would type it: all digits, not grouped."""
        return typed_number(value)


class PercentField(NumberField):
    """Typed in per cent, kept as a share: “5” and “5 %” are 0.05. `least` and `most` are shares, too."""

    def read(self, text: str) -> float:
        return as_share(super().read(text.removesuffix("%").rstrip()))

    def shown(self, value: float) -> str:
        return f"{number(value * 100, digits=6)}\u00a0%"

    def typed(self, value: float) -> str:
        return typed_percent(value)


class CountField(NumberField):
    """A whole number; digits may be grouped, as on our own pages."""

    mode = "numeric"

    def read(self, text: str) -> int:
        plain = re.sub(r"\D", "", text) if GROUPED.fullmatch(text) else text
        value = super().read(plain)
        if not math.isfinite(value) or value != int(value):
            raise ValidationError(_("Give a whole number."))
        return int(value)


def typed_number(value: float) -> str:
    """A number as one would type it in the reader's language: “1204.5”, “1204,5”."""
    plain = format(Decimal(repr(value)), "f").removesuffix(".0")
    return plain.replace(".", str(get_format("DECIMAL_SEPARATOR")))


def typed_percent(share: float) -> str:
    """A share as one would type it: “4.2 %”."""
    return f"{as_percent(share)} %"


def as_percent(share: float) -> str:
    return typed_number(float(f"{share * 100:.12g}"))


def as_share(percent: float) -> float:
    # Through text, so that 48.2 % becomes 0.482 and not 0.48200000000000004.
    return float(f"{percent / 100:.12g}")
