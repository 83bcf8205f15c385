"""Saved views of the calendar as something that is told of, and that is handed over when its owner leaves."""

from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from campaigns.models import SavedView
from campaigns.queries.saved_views import views_of
from teams.models import Membership
from teams.permissions import Actor
from teams.services import activity, handover, subjects

LABELS = {
    "name": _("name"),
    "query": _("what it shows"),
    "shared": _("who sees it"),
    "position": _("place in the list"),
}
WHO = {True: _("everybody in the workspace"), False: _("its owner alone")}


def register() -> None:
    subjects.register("savedview", label=_("View of the calendar"), fetch=find_view, url=address)
    activity.register_fields("savedview", LABELS, {"shared": WHO})
    activity.register_sentence("savedview", "shared", _("%(who)s made a link to the view “%(thing)s” for others."))
    activity.register_sentence("savedview", "unshared", _("%(who)s revoked a link to the view “%(thing)s”."))
    handover.register(shared_views, hand_over_views)


def find_view(actor: Actor, pk: int) -> SavedView | None:
    return views_of(actor).filter(pk=pk).first()


def address(view: SavedView) -> str:
    return f"{reverse('campaigns:calendar', args=[view.workspace.slug])}?{view.query}"


def shared_views(member: Membership) -> list[str]:
    """How many views the member keeps for everybody, in a sentence. Their own ones go with them."""
    number = SavedView.objects.filter(owner=member, shared=True, removed_at=None).count()
    if not number:
        return []
    return [
        ngettext("%(number)s view of the calendar", "%(number)s views of the calendar", number) % {"number": number}
    ]


def hand_over_views(*, by: Actor, giver: Membership, receiver: Membership) -> None:
    views = SavedView.objects.filter(owner=giver, shared=True)
    views.update(owner=receiver, version=F("version") + 1)
