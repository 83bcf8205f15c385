"""Collisions that are new: written down once, and told to those who own what collides."""

import datetime
from collections.abc import Iterable, Iterator

from django.core.cache import cache
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_q.tasks import async_task

from campaigns.enums import ClashCode
from campaigns.models import Campaign, Clash
from campaigns.pressure.collisions import Collision, PlanKind, Severity
from campaigns.queries.collisions import Found, collisions_within
from campaigns.queries.pressure_inputs import COUNTED
from experiments.models import Experiment
from teams.models import Workspace
from teams.services.notifications import notify, register_sentence

AHEAD = datetime.timedelta(366)
TELLING = frozenset({Severity.HIGH, Severity.MEDIUM})  # what is slight or a guess is shown, but told to nobody
SOON = 5  # seconds within which several changes are looked at once
SENTENCES = {
    "campaign.clashes": _("“%(thing)s” collides with the campaign “%(other)s”: %(how)s."),
    "campaign.disturbs": _("“%(thing)s” would disturb the experiment “%(other)s”: it %(how)s."),
    "experiment.disturbed": _("The campaign “%(other)s” would disturb “%(thing)s”: it %(how)s."),
}


def register() -> None:
    for verb, sentence in SENTENCES.items():
        register_sentence(verb, worded(sentence))


def worded(sentence):
    """The code that is kept with the notification, in the reader's words."""

    def said(values) -> str:
        how = ClashCode(values["how"]).label if values.get("how") in ClashCode.values else ""
        return (str(sentence) % {**values, "how": how}).replace("%", "%%")

    return said


def watch(workspace_id: int) -> None:
    """Have the workspace looked at when the transaction is through: something was planned, moved or changed."""
    transaction.on_commit(lambda: queue(workspace_id))


def queue(workspace_id: int) -> None:
    if cache.add(place(workspace_id), True, SOON):
        async_task("campaigns.tasks.look_for_clashes_of", workspace_id)


def place(workspace_id: int) -> str:
    return f"clashes:{workspace_id}"


def workspaces_with_plans() -> Iterable[int]:
    """Those where a campaign is planned or running that is not over."""
    rows = Campaign.objects.filter(
        status__in=COUNTED, removed_at=None, is_template=False, ends_on__gte=timezone.localdate()
    )
    return rows.order_by().values_list("workspace_id", flat=True).distinct()


def look(workspace_id: int) -> int:
    """Write down and tell what collides from today on and was not seen before; how many that is. It may run twice."""
    cache.delete(place(workspace_id))
    today = timezone.localdate()
    found = collisions_within(workspace_id, today, today + AHEAD)
    with transaction.atomic():
        # One after the other: the second finds what the first has written.
        Workspace.objects.select_for_update(no_key=True).get(pk=workspace_id)
        known = {identity(clash) for clash in Clash.objects.filter(campaign__workspace_id=workspace_id)}
        fresh = 0
        for hit in found.hits:
            new = [clash for clash in clashes_of(hit) if identity(clash) not in known]
            fresh += len(new)
            keep(new, hit, found)
    return fresh


def keep(new: list[Clash], hit: Collision, found: Found) -> None:
    if new and hit.severity in TELLING:
        tell(new[0], found)
        for clash in new:
            clash.told_at = timezone.now()
    Clash.objects.bulk_create(new)


def clashes_of(hit: Collision) -> Iterator[Clash]:
    """A row for each way in which two plans collide, the worst first."""
    for reason in hit.reasons:
        if hit.other.kind is PlanKind.EXPERIMENT:
            yield Clash(campaign_id=int(hit.one.id), experiment_id=int(hit.other.id), code=str(reason.code))
        else:
            one, other = sorted((int(hit.one.id), int(hit.other.id)))
            yield Clash(campaign_id=one, other_id=other, code=str(reason.code))


def identity(clash: Clash) -> tuple[int, int | None, int | None, str]:
    return clash.campaign_id, clash.other_id, clash.experiment_id, clash.code


def tell(clash: Clash, found: Found) -> None:
    """Tell the owners of both, each about their own."""
    campaign = found.campaigns[clash.campaign_id]
    if clash.experiment_id is not None:
        experiment: Experiment = found.experiments[clash.experiment_id]
        tell_owner(campaign, "campaign.disturbs", str(experiment), clash)
        values = {"other": str(campaign), "how": clash.code}
        notify([experiment.owner], by=None, verb="experiment.disturbed", thing=experiment, **values)
    elif clash.other_id is not None:
        other = found.campaigns[clash.other_id]
        tell_owner(campaign, "campaign.clashes", str(other), clash)
        tell_owner(other, "campaign.clashes", str(campaign), clash)


def tell_owner(campaign: Campaign, verb: str, other: str, clash: Clash) -> None:
    path = reverse("campaigns:campaign_pressure", args=[campaign.workspace.slug, campaign.pk])
    notify([campaign.owner], by=None, verb=verb, thing=campaign, path=path, other=other, how=clash.code)
