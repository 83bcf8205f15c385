"""Numbers as people write them, and what each kind of metric accepts. No database."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from insights.enums import MetricKind
from insights.values import check_value, parse_date, parse_n, parse_value


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        (MetricKind.SHARE, "48 %", 0.48),
        (MetricKind.SHARE, "48%", 0.48),
        (MetricKind.SHARE, " 0.48 ", 0.48),
        (MetricKind.SHARE, "48.2 %", 0.482),
        (MetricKind.SHARE, "0", 0.0),
        (MetricKind.SHARE, "1", 1.0),
        (MetricKind.SHARE, "100 %", 1.0),
        (MetricKind.COUNT, "1204", 1204.0),
        (MetricKind.COUNT, "0", 0.0),
        (MetricKind.DURATION, "5.2", 5.2),
        (MetricKind.SCORE, "-12", -12.0),
        (MetricKind.SCORE, "−12", -12.0),
        (MetricKind.MEAN, "1e3", 1000.0),
        (MetricKind.RATIO, ".5", 0.5),
    ],
)
def test_value_as_typed(kind, text, value):
    assert parse_value(kind, text) == value


@pytest.mark.parametrize(
    ("kind", "text", "says"),
    [
        (MetricKind.SHARE, "48", "Write it as 48 % or 0.48"),
        (MetricKind.SHARE, "-1 %", "Write it as 48 % or 0.48"),
        (MetricKind.SHARE, "101 %", "Write it as 48 % or 0.48"),
        (MetricKind.SHARE, "%", "not a number"),
        (MetricKind.COUNT, "1.5", "whole number"),
        (MetricKind.COUNT, "-1", "whole number"),
        (MetricKind.COUNT, "1,204", "not a number"),
        (MetricKind.COUNT, "12 %", "Only a share"),
        (MetricKind.DURATION, "-0.1", "not below 0"),
        (MetricKind.SCORE, "nan", "not a number"),
        (MetricKind.SCORE, "inf", "not a number"),
        (MetricKind.SCORE, "1e400", "finite"),
        (MetricKind.SCORE, "1e300", "finite"),
        (MetricKind.SCORE, "", "not a number"),
        (MetricKind.SCORE, "٣", "not a number"),
        (MetricKind.SCORE, "1_000", "not a number"),
        (MetricKind.SCORE, "<b>1</b>", "not a number"),
    ],
)
def test_value_refused(kind, text, says):
    with pytest.raises(ValidationError) as refused:
        parse_value(kind, text)
    assert says in " ".join(refused.value.messages)


def test_value_with_decimal_comma_only_where_asked():
    assert parse_value(MetricKind.SHARE, "48,5 %", comma=True) == 0.485
    with pytest.raises(ValidationError):
        parse_value(MetricKind.SHARE, "48,5 %")
    with pytest.raises(ValidationError):
        parse_value(MetricKind.SCORE, "1,204,000", comma=True)


@pytest.mark.parametrize("value", [float("nan"), float("inf"), float("-inf"), 1e16])
def test_value_not_finite(value):
    with pytest.raises(ValidationError):
        check_value(MetricKind.SCORE, value)


@pytest.mark.parametrize("text", ["31.01.2026", "01/31/2026", "2026-1-31", "20260131", "2026-02-30", "2026-W05-6", ""])
def test_date_other_than_iso(text):
    with pytest.raises(ValidationError, match="is not a date"):
        parse_date(text)


def test_date_bounds():
    tomorrow = timezone.localdate() + datetime.timedelta(days=1)
    assert parse_date(tomorrow.isoformat()) == tomorrow
    assert parse_date("1970-01-01") == datetime.date(1970, 1, 1)
    with pytest.raises(ValidationError, match="not come yet"):
        parse_date((tomorrow + datetime.timedelta(days=1)).isoformat())
    with pytest.raises(ValidationError, match="1970"):
        parse_date("1969-12-31")


@pytest.mark.parametrize("text", ["0", "-1", "1.5", "many", "9" * 30])
def test_n_refused(text):
    with pytest.raises(ValidationError, match="n is a whole number"):
        parse_n(text)


def test_n_may_be_missing():
    assert parse_n("  ") is None
    assert parse_n("1912") == 1912
