"""What was done to tactics, in words, and the page that it leads to."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from campaigns.enums import Position, StageKind
from campaigns.models import Tactic
from teams.permissions import Actor
from teams.services import activity, subjects

LABELS = {
    "title": _("title"),
    "about": _("what it is"),
    "stage": _("stage"),
    "position": _("position in the funnel"),
    "channels": _("usual channels"),
    "content": _("what to write"),
    "measured_by": _("measured by"),
    "pitfalls": _("what goes wrong"),
}


def register() -> None:
    subjects.register("tactic", label=_("Tactic"), fetch=find, url=address)
    activity.register_fields("tactic", LABELS, {"stage": dict(StageKind.choices), "position": dict(Position.choices)})


def find(actor: Actor, pk: int) -> Tactic | None:
    rows = Tactic.objects.filter(workspace_id=actor.workspace_id, removed_at=None)
    return rows.select_related("workspace").filter(pk=pk).first()


def address(tactic: Tactic) -> str:
    return reverse("campaigns:tactics", args=[tactic.workspace.slug])
