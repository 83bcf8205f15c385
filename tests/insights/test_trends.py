import datetime

import pytest
from django.utils import timezone

from insights.chart import chart
from insights.enums import Direction
from insights.models import Reading
from insights.queries import trends_of
from insights.trends import MOST_POINTS, Point, Verdict, thin, trend
from tests.factories import make_metric

TODAY = datetime.date(2026, 6, 30)


def ago(days: int, value: float, today=TODAY) -> Point:
    return Point(today - datetime.timedelta(days=days), value, None)


def record(metric, days_and_values):
    today = timezone.localdate()
    Reading.objects.bulk_create(
        Reading(metric=metric, date=today - datetime.timedelta(days=days), value=value, n=10)
        for days, value in days_and_values
    )


@pytest.mark.parametrize(
    ("points", "change"),
    [
        ([ago(30, 4), ago(0, 7)], 3),
        ([ago(45, 4), ago(0, 7)], 3),
        ([ago(46, 4), ago(0, 7)], None),
        ([ago(14, 4), ago(0, 7)], None),
        ([ago(37, 1), ago(28, 4), ago(14, 5), ago(0, 7)], 3),
        ([ago(0, 7)], None),
    ],
)
def test_change_is_over_about_thirty_days(points, change):
    assert trend(points).change == change


@pytest.mark.parametrize(
    ("direction", "values", "verdict"),
    [
        (Direction.UP, (4, 7), Verdict.BETTER),
        (Direction.UP, (7, 4), Verdict.WORSE),
        (Direction.DOWN, (7, 4), Verdict.BETTER),
        (Direction.DOWN, (4, 7), Verdict.WORSE),
        (Direction.UP, (4, 4), Verdict.SAME),
    ],
)
def test_verdict_follows_the_direction(direction, values, verdict):
    assert trend([ago(30, values[0]), ago(0, values[1])]).verdict(direction) == verdict
    assert trend([ago(0, 1)]).verdict(direction) is None


def test_thin_keeps_the_ends():
    points = [ago(365 - day, day) for day in range(366)]
    thinned = thin(points)
    assert len(thinned) == MOST_POINTS
    assert (thinned[0], thinned[-1]) == (points[0], points[-1])
    assert thin(points[:3]) == points[:3]


def test_chart_lies_in_its_box():
    drawn = chart([ago(365, 10), ago(0, 20)], 30, TODAY)
    assert drawn.line.startswith("M0,")
    assert drawn.line.rpartition("L")[2].startswith("1000,")
    assert 0 < drawn.target < 200
    assert [rule.value for rule in drawn.rules] == [10, 20, 30]
    assert chart([], 30, TODAY) is None


@pytest.mark.parametrize("value", [0.0, 1e15, -1e15, 1e-12])
def test_chart_of_one_value(value):
    assert chart([ago(3, value)], None, TODAY).rules


def test_trends_of_metrics(cast, django_assert_num_queries):
    weekly, old, empty = (make_metric(cast.workspace, name) for name in ["Weekly", "Old", "Empty"])
    record(weekly, [(400, 1), (30, 0.5), (2, 0.25)])
    record(old, [(500, 3), (400, 4)])
    with django_assert_num_queries(1):  # the last year, and the latest of those without any
        trends = trends_of([weekly.pk, old.pk, empty.pk])
    assert trends.keys() == {weekly.pk, old.pk}
    assert (trends[weekly.pk].value, trends[weekly.pk].n, trends[weekly.pk].change) == (0.25, 10, -0.25)
    assert trends[weekly.pk].values == [0.5, 0.25]
    assert (trends[old.pk].value, trends[old.pk].change, trends[old.pk].points) == (4, None, ())


def test_trends_of_many_take_one_query(cast, django_assert_num_queries):
    metrics = [make_metric(cast.workspace) for _number in range(20)]
    for metric in metrics:
        record(metric, [(days, days) for days in range(100)])
    with django_assert_num_queries(1):
        assert len(trends_of([metric.pk for metric in metrics])) == 20


def test_trends_of_nothing(db, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert trends_of([]) == {}
