"""Values as people read them. No database."""

import pytest
from django.utils import translation

from insights.display import display, display_change, display_n, sparkline, typed
from insights.enums import MetricKind
from insights.models import Metric


def shown(kind, value, unit="", **options):
    return display(Metric(kind=kind, unit=unit), value, **options).replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("kind", "value", "unit", "text"),
    [
        (MetricKind.SHARE, 0.48, "", "48 %"),
        (MetricKind.SHARE, 0.4821, "", "48 %"),
        (MetricKind.SHARE, 0.041, "", "4.1 %"),
        (MetricKind.SHARE, 0.9995, "", "100 %"),
        (MetricKind.SHARE, 0.996, "", "99.6 %"),
        (MetricKind.SHARE, 0.0, "", "0 %"),
        (MetricKind.SHARE, 1.0, "", "100 %"),
        (MetricKind.DURATION, 5.2, "d", "5.2 d"),
        (MetricKind.DURATION, 5.24, "d", "5.24 d"),
        (MetricKind.COUNT, 1204.0, "", "1,204"),
        (MetricKind.COUNT, 1234567.0, "orders", "1,234,567 orders"),
        (MetricKind.SCORE, -12.0, "", "−12"),
        (MetricKind.MEAN, 1204.56, "€", "1,205 €"),
        (MetricKind.RATIO, 0.004216, "", "0.00422"),
        (MetricKind.SCORE, -0.0000000001, "", "0"),
    ],
)
def test_display(kind, value, unit, text):
    assert shown(kind, value, unit) == text


def test_display_exact_has_all_digits():
    assert shown(MetricKind.SHARE, 0.4821, exact=True) == "48.21 %"
    assert shown(MetricKind.MEAN, 1204.56, "€", exact=True) == "1,204.56 €"


def test_display_in_the_language_of_the_reader():
    with translation.override("cs"):
        assert shown(MetricKind.DURATION, 5.2, "d") == "5,2 d"
        assert shown(MetricKind.COUNT, 1204.0) == "1 204"


@pytest.mark.parametrize(
    ("kind", "change", "text"),
    [
        (MetricKind.SHARE, -0.03, "−3 points"),
        (MetricKind.SHARE, 0.01, "+1 point"),
        (MetricKind.SHARE, 0.0021, "+0.2 points"),
        (MetricKind.COUNT, 1204.0, "+1,204"),
        (MetricKind.SCORE, -1.29, "−1.3"),
    ],
)
def test_change(kind, change, text):
    assert display_change(Metric(kind=kind), change) == text


def test_n_always_said_as_n():
    assert display_n(1912) == "n 1,912"
    assert display_n(None) == ""


@pytest.mark.parametrize(
    ("kind", "value", "text"),
    [(MetricKind.SHARE, 0.482, "48.2 %"), (MetricKind.SHARE, 0.6, "60 %"), (MetricKind.COUNT, 1200.0, "1200")],
)
def test_typed_reads_back(kind, value, text):
    assert typed(Metric(kind=kind), value) == text


def test_sparkline():
    assert sparkline([1, 3, 2], 20, 10) == "0,10 10,0 20,5"
    assert sparkline([4, 4], 20, 10) == "0,5 20,5"
    assert sparkline([4], 20, 10) == "0,5 20,5"
    assert sparkline([], 20, 10) == ""
