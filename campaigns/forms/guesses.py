"""Fields for what is not known for sure: one number, or "low / likely / high"."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.formats import get_format
from django.utils.translation import gettext as _

from insights.number_fields import GROUPED, NumberField, as_percent, as_share, typed_number
from insights.values import parse_number

LONGEST = 80
SLASH = " / "


class GuessField(forms.Field):
    """A number, or `{"low", "likely", "high"}`, as documents keep it. The service checks order and limits."""

    widget = forms.TextInput
    default_error_messages = {"parts": _("Give one number, or three: low / likely / high.")}

    def __init__(self, *, percent: bool = False, **options: Any) -> None:
        super().__init__(**options)
        self.percent = percent
        self.widget.attrs |= {"inputmode": "text", "autocomplete": "off", "maxlength": LONGEST}

    def to_python(self, value: Any) -> Any:
        text = str(value or "").strip()[:LONGEST]
        if not text:
            return None
        numbers = [self.read(part) for part in text.split("/")]
        if len(numbers) == 1:
            return numbers[0]
        if len(numbers) != 3:
            raise ValidationError(self.error_messages["parts"])
        return point_of(*numbers)

    def read(self, text: str) -> float:
        """Digits may be grouped as spreadsheets do it."""
        plain = text.strip()
        if self.percent:
            plain = plain.removesuffix("%").rstrip()
        number = read_number(plain)
        return as_share(number) if self.percent else number

    def prepare_value(self, value: Any) -> Any:
        return value if value is None or isinstance(value, str) else typed_guess(value, percent=self.percent)


def read_number(text: str) -> float:
    """A number whose digits may be grouped."""
    mark = get_format("DECIMAL_SEPARATOR")
    if GROUPED.fullmatch(text) and mark not in text:
        text = re.sub(r"\D", "", text)
    return parse_number(text, comma=mark == ",")


class AmountField(NumberField):
    """A number from `least` to `most`, as spreadsheets write it."""

    def read(self, text: str) -> float:
        return read_number(text)


def point_of(low: float, likely: float, high: float) -> Any:
    return likely if low == likely == high else {"low": low, "likely": likely, "high": high}


def typed_guess(value: Any, *, percent: bool = False) -> str:
    """As one would type it: “12”, “8 / 10 / 14 %”."""
    numbers = [value["low"], value["likely"], value["high"]] if isinstance(value, dict) else [value]
    if percent:
        return SLASH.join(map(as_percent, numbers)) + " %"
    return SLASH.join(typed_number(float(number)) for number in numbers)
