"""Metrics and readings are written while their owner leaves."""

import pytest
from django.utils import timezone

from insights.models import Metric, Reading
from insights.services.imports import import_readings
from insights.services.metrics import edit_metric
from insights.services.readings import record_reading
from insights.services.sheets import Line
from teams.services.members import remove_member
from tests.factories import make_member, make_metric
from tests.threads import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def test_owner_leaves_while_their_metrics_are_written(cast):
    leaver, today = make_member(cast.workspace), timezone.localdate()
    edited, read, imported = (make_metric(cast.workspace, owner=leaver) for _ in range(3))
    line = Line(number=1, metric=imported, date=today, value=2.0, n=None)

    results = at_once(
        [
            lambda: remove_member(by=cast.owner, member=leaver, receiver=cast.admin),
            lambda: edit_metric(by=cast.admin, metric=edited, name="Orders a week"),
            lambda: record_reading(by=cast.admin, metric=read, date=today, value=1.0),
            lambda: import_readings(by=cast.admin, lines=[line]),
        ]
    )

    assert [error for error in results if isinstance(error, Exception)] == []
    assert {metric.owner for metric in Metric.objects.all()} == {cast.admin}
    assert Metric.objects.get(pk=edited.pk).name == "Orders a week"
    assert Reading.objects.count() == 2
