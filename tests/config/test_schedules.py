import ast
from datetime import timedelta
from importlib import import_module

import pytest
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.utils.timezone import now
from django_q.models import Schedule

from config import schedules
from config.schedules import OURS, SCHEDULES, Planned


@pytest.fixture(autouse=True)
def _database(db):
    pass


def test_migrate_puts_schedules_in_place():
    Schedule.objects.all().delete()

    call_command("migrate", verbosity=0)

    assert set(Schedule.objects.values_list("name", "func")) == {
        (OURS + plan.name, plan.function) for plan in SCHEDULES
    }


def test_migrate_again_keeps_the_next_run():
    schedule = Schedule.objects.get(name=OURS + "clear expired sessions")
    later = now() + timedelta(hours=7)
    Schedule.objects.filter(pk=schedule.pk).update(next_run=later, minutes=1)

    call_command("migrate", verbosity=0)

    schedule.refresh_from_db()
    assert (schedule.next_run, schedule.minutes) == (later, 24 * 60)


def test_schedule_that_left_the_code_goes_and_one_made_by_hand_stays(monkeypatch):
    Schedule.objects.create(name="made by hand", func="math.floor")
    monkeypatch.setattr(schedules, "SCHEDULES", [Planned("count", "math.floor", 60, (1.5,))])

    call_command("migrate", verbosity=0)

    assert set(Schedule.objects.values_list("name", flat=True)) == {"made by hand", OURS + "count"}


def test_each_planned_task_can_run(client):
    """Its function exists and takes what the schedule gives it, in the form in which the worker reads it."""
    for schedule in Schedule.objects.filter(name__startswith=OURS):
        module, function = schedule.func.rsplit(".", 1)
        getattr(import_module(module), function)(*ast.literal_eval(schedule.args))


def test_expired_sessions_are_cleared(client):
    Session.objects.create(session_key="old", session_data="", expire_date=now() - timedelta(days=1))
    Session.objects.create(session_key="new", session_data="", expire_date=now() + timedelta(days=1))

    call_command("clearsessions")

    assert list(Session.objects.values_list("session_key", flat=True)) == ["new"]
