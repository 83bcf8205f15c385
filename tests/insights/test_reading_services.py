import datetime

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from insights.models import Reading
from insights.services.metrics import remove_metric
from insights.services.readings import delete_reading, edit_reading, record_reading
from teams.errors import Conflict
from teams.models import Workspace
from tests.factories import make_key


def test_record(cast, share, yesterday):
    stamp = Workspace.objects.get(pk=cast.workspace.pk).stamp
    reading = record_reading(by=cast.sales, metric=share, date=yesterday, value=0.48, n=1912)
    reading.refresh_from_db()
    assert (reading.value, reading.n, reading.version, reading.recorded_by) == (0.48, 1912, 1, cast.sales)
    assert Workspace.objects.get(pk=cast.workspace.pk).stamp > stamp


def test_record_again_corrects_the_day(cast, share, yesterday):
    record_reading(by=cast.sales, metric=share, date=yesterday, value=0.48)
    corrected = record_reading(by=cast.product, metric=share, date=yesterday, value=0.5, n=20)
    assert (corrected.value, corrected.n, corrected.version, corrected.recorded_by) == (0.5, 20, 2, cast.product)
    assert Reading.objects.count() == 1


def test_record_the_same_again_changes_nothing(cast, share, yesterday):
    record_reading(by=cast.sales, metric=share, date=yesterday, value=0.48)
    assert record_reading(by=cast.product, metric=share, date=yesterday, value=0.48).version == 1


def test_record_by_a_program(cast, share, yesterday):
    reading = record_reading(by=make_key(cast.workspace), metric=share, date=yesterday, value=0.48)
    assert reading.recorded_by is None


@pytest.mark.parametrize("who", ["viewer", "stranger"])
def test_record_without_the_right(cast, share, yesterday, who):
    with pytest.raises(PermissionDenied):
        record_reading(by=getattr(cast, who), metric=share, date=yesterday, value=0.48)
    assert not Reading.objects.exists()


@pytest.mark.parametrize(
    ("field", "given"),
    [
        ("value", {"value": 48.0}),
        ("value", {"value": float("nan")}),
        ("n", {"n": 0}),
        ("n", {"n": -3}),
        ("n", {"n": 10**19}),
        ("date", {"date": datetime.date(1969, 12, 31)}),
        ("date", {"date": timezone.localdate() + datetime.timedelta(days=3)}),
    ],
)
def test_record_refused(cast, share, yesterday, field, given):
    with pytest.raises(ValidationError) as refused:
        record_reading(by=cast.sales, metric=share, **({"date": yesterday, "value": 0.5} | given))
    assert field in refused.value.message_dict
    assert not Reading.objects.exists()


def test_record_for_a_removed_metric(cast, share, yesterday):
    remove_metric(by=cast.sales, metric=share)
    with pytest.raises(ValidationError, match="removed"):
        record_reading(by=cast.sales, metric=share, date=yesterday, value=0.5)


def test_edit(cast, share, yesterday):
    reading = record_reading(by=cast.sales, metric=share, date=yesterday, value=0.48)
    day_before = yesterday - datetime.timedelta(days=1)
    edited = edit_reading(by=cast.sales, reading=reading, seen=1, date=day_before, value=0.5)
    assert (edited.date, edited.value, edited.version) == (day_before, 0.5, 2)


def test_edit_to_a_day_that_has_one(cast, share, yesterday):
    reading = record_reading(by=cast.sales, metric=share, date=yesterday, value=0.48)
    record_reading(by=cast.sales, metric=share, date=timezone.localdate(), value=0.5)
    with pytest.raises(ValidationError) as refused:
        edit_reading(by=cast.sales, reading=reading, date=timezone.localdate())
    assert refused.value.message_dict == {"date": ["There is already a reading for this day."]}


def test_edit_of_what_somebody_else_corrected(cast, share, yesterday):
    reading = record_reading(by=cast.sales, metric=share, date=yesterday, value=0.48)
    edit_reading(by=cast.product, reading=reading, seen=1, value=0.5)
    with pytest.raises(Conflict):
        edit_reading(by=cast.sales, reading=reading, seen=1, value=0.6)


def test_delete_and_bring_back(cast, share, yesterday):
    reading = record_reading(by=cast.sales, metric=share, date=yesterday, value=0.48, n=5)
    delete_reading(by=cast.sales, reading=reading)
    assert not Reading.objects.exists()
    record_reading(by=cast.sales, metric=share, date=yesterday, value=0.48, n=5, only_new=True)
    with pytest.raises(ValidationError):
        record_reading(by=cast.sales, metric=share, date=yesterday, value=0.1, only_new=True)


@pytest.mark.parametrize("fields", [{"n": 0}, {"date": "same"}])
def test_database_refuses(cast, share, yesterday, fields):
    record_reading(by=cast.sales, metric=share, date=yesterday, value=0.48)
    day = yesterday if fields.pop("date", None) else timezone.localdate()
    with pytest.raises(IntegrityError), transaction.atomic():
        Reading.objects.create(metric=share, date=day, value=0.5, **fields)
