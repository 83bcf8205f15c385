"""Messages as what is talked about, found by the search and told of.

`LABELS` and `WORDS` tell a message's parts wherever two of its states are held against one another.
"""

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from campaigns.enums import Cadence, Lifecycle, Position
from campaigns.models import Message
from campaigns.queries.messages import find_message
from campaigns.services.campaign_telling import day
from campaigns.services.schedule import MOVED
from teams.models import Membership, Workspace
from teams.services import activity, findable, subjects
from teams.services.findable import Hit

LABELS = {
    "title": _("title"),
    "channel": _("channel"),
    "stage": _("stage"),
    "persona": _("persona"),
    "segments": _("segments"),
    "position": _("position in the funnel"),
    "lifecycle": _("lifecycle state"),
    "starts_on": _("day"),
    "ends_on": _("last day"),
    "at": _("time"),
    "zone": _("time zone"),
    "cadence": _("how often"),
    "every": _("days from one to the next"),
    "weekdays": _("weekdays"),
    "priority": _("priority"),
    "transactional": _("transactional"),
    "offer": _("offer"),
    "tone": _("tone"),
    "next_step": _("next step for the customer"),
    "link": _("tracked link"),
    "texts": _("texts"),
}
WORDS: dict[str, activity.Words] = {
    "position": dict(Position.choices),
    "lifecycle": dict(Lifecycle.choices),
    "starts_on": day,
    "ends_on": day,
    "at": lambda text: text[:5],
    "cadence": dict(Cadence.choices),
    "weekdays": {number + 1: name for number, name in WEEKDAYS.items()},
    "transactional": {True: _("yes"), False: _("no")},
    "texts": lambda row: f"{row['language']}: {' – '.join(part for part in (row['subject'], row['text']) if part)}",
}


def register() -> None:
    subjects.register("message", label=_("Message"), fetch=find_message, url=address, followers=followers)
    findable.register("message", label=_("Messages"), order=18, things=found, hit=hit)
    activity.register_sentence("message", MOVED, _("%(who)s moved “%(thing)s” on the calendar."))
    activity.register_fields("message", LABELS, WORDS)


def address(message: Message) -> str:
    return reverse("campaigns:message", args=[message.campaign.workspace.slug, message.pk])


def followers(message: Message) -> list[Membership]:
    return [message.campaign.owner]


def found() -> QuerySet[Message]:
    live = Message.objects.filter(removed_at=None, campaign__removed_at=None, campaign__is_template=False)
    return live.select_related("campaign")


def hit(workspace: Workspace, message: Message) -> Hit:
    return Hit(message.title, reverse("campaigns:message", args=[workspace.slug, message.pk]), message.campaign.title)
