"""What was done to projections, in the log, in notifications and in the search."""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from campaigns.models import Projection
from campaigns.queries.projections import find_projection
from campaigns.services.projection_questions import Document
from teams.models import Membership, Workspace
from teams.permissions import Actor
from teams.services import activity, findable, handover, search, subjects
from teams.services.findable import Hit
from teams.services.notifications import notify, register_sentence

KIND = "projection"
LABELS = {
    "title": _("title"),
    "map": _("map"),
    "campaign": _("campaign"),
    "owner": _("owner"),
    "team": _("team"),
    "note": _("note"),
    "number": _("version"),
}
SENTENCES = {
    "version-restored": _("%(who)s took an earlier version of “%(thing)s” up again."),
    "locked": _("%(who)s approved version %(number)s of “%(thing)s”, which locks it."),
    "unlocked": _("%(who)s unlocked “%(thing)s”: it goes on as version %(number)s."),
    "offer-taken": _("%(who)s took what “%(experiment)s” found over into “%(thing)s”."),
    "offer-declined": _("%(who)s left what “%(experiment)s” found out of “%(thing)s” for now."),
    "actuals": _("%(who)s entered actual numbers of “%(thing)s”: %(entries)s, of which corrections: %(corrections)s."),
}
NEWS = {
    "projection.locked": _("%(who)s approved “%(thing)s”: it is locked."),
    "projection.unlocked": _("%(who)s unlocked “%(thing)s”: it has a new version."),
    "projection.offer": _("“%(experiment)s” is decided and offers its effect to “%(thing)s”."),
    "projection.scored": _("A month of “%(thing)s” is over: its forecast was held against what came."),
}


def state(projection: Projection) -> dict[str, Any]:
    """What the log keeps of it."""
    named = {
        name: str(thing) if (thing := getattr(projection, name)) else ""
        for name in ("map", "campaign", "owner", "team")
    }
    return {"title": projection.title, **named, "note": projection.note, "number": projection.number}


def address(projection: Projection) -> str:
    return reverse("campaigns:projection", args=[projection.workspace.slug, projection.pk])


def followers(projection: Projection) -> Iterable[Membership | None]:
    return [projection.owner]


def told_of_lock(projection: Projection, *, by: Actor, locked: bool) -> None:
    verb = "projection.locked" if locked else "projection.unlocked"
    notify([projection.owner], by=by, verb=verb, thing=projection, path=address(projection))


def told_of_offer(projection: Projection, experiment: str, *, by: Actor) -> None:
    where = address(projection)
    notify([projection.owner], by=by, verb="projection.offer", thing=projection, path=where, experiment=experiment)


def told_of_scores(projection: Projection) -> None:
    where = reverse("campaigns:projection_actuals", args=[projection.workspace.slug, projection.pk])
    notify([projection.owner], by=None, verb="projection.scored", thing=projection, path=where)


def index(projection: Projection, document: Document) -> None:
    """Have it found by its title, its note and the names of its stages and channels."""
    names = [one["name"] for one in document["stages"]] + [one["channel"] for one in document["inputs"]]
    search.index(
        workspace_id=projection.workspace_id,
        kind=KIND,
        object_id=projection.pk,
        title=projection.title,
        text="\n".join([projection.note, *names]),
    )


def live_projections() -> QuerySet[Projection]:
    return Projection.objects.filter(removed_at=None).select_related("map")


def hit(workspace: Workspace, projection: Projection) -> Hit:
    where = reverse("campaigns:projection", args=[workspace.slug, projection.pk])
    return Hit(projection.title, where, str(projection.map or ""))


def owned(member: Membership) -> list[str]:
    """Removed ones too, for they may come back."""
    number = Projection.objects.filter(owner=member).count()
    if not number:
        return []
    return [ngettext("%(number)s projection", "%(number)s projections", number) % {"number": number}]


def hand_over(*, by: Actor, giver: Membership, receiver: Membership) -> None:
    handover.give_owned(Projection, by=by, giver=giver, receiver=receiver)


def register() -> None:
    subjects.register(KIND, label=_("Projection"), fetch=find_projection, url=address, followers=followers)
    findable.register(KIND, label=_("Projections"), order=45, things=live_projections, hit=hit)
    handover.register(owned, hand_over)
    activity.register_fields(KIND, LABELS)
    for verb, sentence in SENTENCES.items():
        activity.register_sentence(KIND, verb, sentence)
    for verb, sentence in NEWS.items():
        register_sentence(verb, sentence)
