"""What happens by itself, and when. This list is the truth: `migrate` makes the database follow it."""

from dataclasses import dataclass
from datetime import timedelta

from django.core.management import call_command
from django.utils.timezone import now
from django_q.models import Schedule

OURS = "throughline: "


@dataclass(frozen=True)
class Planned:
    """A task that the worker runs every so many minutes: the dotted path of a function, and plain values for it."""

    name: str
    function: str
    minutes: int
    arguments: tuple = ()


SCHEDULES = [
    Planned("clear expired sessions", "django.core.management.call_command", 24 * 60, ("clearsessions",)),
    Planned("look at running experiments", "experiments.tasks.look_at_running", 60),
    Planned("ask for follow-ups of decisions", "experiments.tasks.ask_for_follow_ups", 60),
    Planned("remind of tasks of campaigns", "campaigns.tasks.remind_of_tasks", 60),
    Planned("look for collisions of campaigns", "campaigns.tasks.look_for_clashes", 60),
    Planned("score the forecasts of months that are over", "campaigns.tasks.score_forecasts", 60),
    Planned("mail the morning's news", "teams.tasks.mail_mornings", 15),
    Planned("clear old notifications", "teams.tasks.clear_notifications", 24 * 60),
]


def put_in_place(using: str = "default", **signal) -> None:
    """Add what is new, change what differs, drop what left the list; schedules made by hand stay as they are."""
    call_command("createcachetable", database=using, verbosity=0)
    schedules = Schedule.objects.using(using)
    schedules.filter(name__startswith=OURS).exclude(name__in=[OURS + planned.name for planned in SCHEDULES]).delete()
    for planned in SCHEDULES:
        values = {
            "func": planned.function,
            "args": repr(planned.arguments),
            "schedule_type": Schedule.MINUTES,
            "minutes": planned.minutes,
        }
        first = {"next_run": now() + timedelta(minutes=min(planned.minutes, 5))}
        schedules.update_or_create(name=OURS + planned.name, defaults=values, create_defaults=values | first)
