"""Moves what the services have just written to the day of the story. Only the demo does this."""

from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import F, Model
from django.utils import timezone

from experiments.enums import LearningState
from experiments.models import Decision, Deviation, Entry, Experiment, Learning, Plan, Score, Tick
from journeys.demo.history import date_last_change, working_hour
from journeys.models import Change, Map
from teams.models import Activity, Comment, Notification

FAR = 100_000
UNREAD_DAYS = 5
Stamp = tuple[type[Model], str]
# What services write the time into, by what happens. The experiment itself and the log are dated each time.
STAMPS: dict[str, tuple[Stamp, ...]] = {
    "begun": ((Experiment, "created_at"),),
    "scored": ((Score, "changed_at"),),
    "planned": ((Tick, "at"),),
    "started": ((Plan, "frozen_at"), (Experiment, "signal_at")),
    "entered": ((Entry, "at"), (Experiment, "signal_at")),
    "deviated": ((Deviation, "at"),),
    "stopped": ((Deviation, "at"),),
    "proposed": ((Decision, "proposed_at"),),
    "confirmed": ((Decision, "confirmed_at"), (Learning, "answered_at")),
    "accepted": ((Learning, "answered_at"),),
    "archived": (),
    "said": ((Comment, "created_at"),),
}

# The way from a row to its experiment, where it is not called so.
OWNERS = {"Experiment": "pk", "Learning": "decision__experiment", "Comment": "object_id"}


def day_of(days: float) -> date:
    """The day that lies so many days before yesterday."""
    return timezone.localdate(working_hour(days))


def date_back(experiment: Experiment, what: str, days: float, *, since: datetime) -> None:
    """All that was written `since` about the experiment when this happened, so many days before yesterday evening."""
    at = working_hour(days)
    for model, name in (*STAMPS[what], (Experiment, "changed_at")):
        rows = model.objects.filter(**{OWNERS.get(model.__name__, "experiment"): experiment.pk})  # type: ignore[attr-defined]
        move(rows, name, since, at)
    thing = {"kind": "experiment", "object_id": experiment.pk}
    move(Activity.objects.filter(**thing), "at", since, at)
    move(Notification.objects.filter(**thing), "created_at", since, at)


def move(rows: Any, name: str, since: datetime, at: datetime) -> None:
    rows.filter(**{f"{name}__gte": since}).update(**{name: at})


def read_what_is_old(workspace_id: int) -> None:
    """What people were told long ago they have read."""
    old = timezone.now() - timedelta(days=UNREAD_DAYS)
    rows = Notification.objects.filter(workspace_id=workspace_id, kind="experiment", created_at__lt=old, read_at=None)
    rows.update(read_at=F("created_at") + timedelta(hours=5), mailed_at=F("created_at"))


def date_learning(experiment: Experiment, days: float) -> None:
    """What the experiment has just left on the map: its change, and the source that it added there."""
    found = Learning.objects.filter(decision__experiment=experiment).select_related("card__map", "decision").first()
    if found is None or found.state != LearningState.WRITTEN or found.card is None:
        return
    said = timezone.localdate(found.decision.confirmed_at)
    today, journey = timezone.localdate(), found.card.map
    found.card.sources.filter(date=today).update(date=said)
    date_last_change(journey, days)
    newest = Change.objects.filter(map=journey).order_by("-revision")[0]
    for source in (newest.after or {})["sources"]:
        if source["date"] == today.isoformat():
            source["date"] = said.isoformat()
    newest.save(update_fields=["after"])
    put_in_order(journey)


def put_in_order(journey: Map) -> None:
    """Number the changes of the map by their time again: the learnings came between the edits of the maps' story."""
    changes = list(Change.objects.filter(map=journey).order_by("at", "revision"))
    Change.objects.filter(map=journey).update(revision=F("revision") + FAR)
    for number, change in enumerate(changes, 1):
        change.revision = number
    Change.objects.bulk_update(changes, ["revision"])
    Map.objects.filter(pk=journey.pk).update(changed_at=changes[-1].at)
