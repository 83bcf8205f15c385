"""Numbers as people and files write them, and what each kind of metric accepts."""

import datetime
import math
import re

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from insights.enums import MetricKind

NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,3})?", re.ASCII)
WHOLE = re.compile(r"\d{1,18}", re.ASCII)
LARGEST = 1e15
FIRST_DAY = datetime.date(1970, 1, 1)
SHARE_EXAMPLES = {"percent": "48 %", "fraction": "0.48"}


def parse_number(text: str, *, comma: bool = False) -> float:
    """A finite number from what was typed. With `comma`, a comma is the decimal mark, as a point always is."""
    plain = text.strip().replace("−", "-")
    if comma and "." not in plain:
        plain = plain.replace(",", ".", 1)
    if not NUMBER.fullmatch(plain):
        raise ValidationError(_("“%(text)s” is not a number. Write it like 1204 or 5.2.") % {"text": text.strip()[:40]})
    return float(plain)


def parse_value(kind: str, text: str, *, comma: bool = False) -> float:
    """The value to keep for what was typed: “48 %” and “0.48” are both the share 0.48."""
    stripped = text.strip()
    if not stripped.endswith("%"):
        value = parse_number(stripped, comma=comma)
    elif kind == MetricKind.SHARE:
        # Through text, so that 48.2 % becomes 0.482 and not 0.48200000000000004.
        value = float(f"{parse_number(stripped[:-1], comma=comma) / 100:.12g}")
    else:
        raise ValidationError(_("Only a share is written in per cent."))
    check_value(kind, value)
    return value


def parse_n(text: str) -> int | None:
    """The n of a reading, None where nothing is written."""
    stripped = text.strip()
    if not stripped:
        return None
    if not WHOLE.fullmatch(stripped):
        raise ValidationError(_("n is a whole number from 1, not “%(text)s”.") % {"text": stripped[:40]})
    check_n(int(stripped))
    return int(stripped)


def parse_date(text: str) -> datetime.date:
    """A day in ISO form. Other forms are refused, because 03/04 means two days."""
    stripped = text.strip()
    try:
        if len(stripped) != 10 or stripped[7] != "-":
            raise ValueError
        day = datetime.date.fromisoformat(stripped)
    except ValueError:
        message = _("“%(text)s” is not a date. Write it like 2026-01-31 (year, month, day).")
        raise ValidationError(message % {"text": stripped[:40]}) from None
    check_date(day)
    return day


def check_value(kind: str, value: float) -> None:
    """Refuse what the kind does not allow: shares outside 0..1, counts with decimals, durations below zero."""
    if not math.isfinite(value) or abs(value) > LARGEST:
        raise ValidationError(_("Enter a finite number, no larger than 15 digits."))
    if kind == MetricKind.SHARE and not 0 <= value <= 1:
        raise ValidationError(
            _("A share lies between nothing and all of it. Write it as %(percent)s or %(fraction)s.") % SHARE_EXAMPLES
        )
    if kind == MetricKind.COUNT and (value < 0 or not float(value).is_integer()):
        raise ValidationError(_("A count is a whole number from 0."))
    if kind == MetricKind.DURATION and value < 0:
        raise ValidationError(_("A duration is not below 0."))


def check_n(n: int | None) -> None:
    if n is not None and not 1 <= n < 10**18:
        raise ValidationError(_("n is a whole number from 1."))


def check_date(day: datetime.date) -> None:
    """From 1970 to tomorrow: tomorrow, because it already is tomorrow for some of the readers."""
    if day < FIRST_DAY:
        raise ValidationError(_("Dates begin in 1970."))
    if day > timezone.localdate() + datetime.timedelta(days=1):
        raise ValidationError(_("This day has not come yet."))
