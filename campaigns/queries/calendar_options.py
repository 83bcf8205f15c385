"""What the filters of the calendar offer: the workspace's own things; of stages and campaigns those of the days."""

from collections.abc import Iterable
from typing import NamedTuple

from django.db.models import Q
from django.utils.translation import gettext as _

from campaigns.drawing.days import Range
from campaigns.enums import CampaignStatus
from campaigns.models import CampaignStage
from campaigns.queries.calendar_filters import Filters
from campaigns.queries.campaigns import campaigns_of
from campaigns.queries.messages import messages_of
from journeys.models import Stage
from journeys.queries.channels import channels_of
from journeys.queries.personas import personas_of
from teams.permissions import Actor
from teams.queries import members_of, teams_of

MOST = 200


class Choice(NamedTuple):
    value: int | str
    label: str
    color: str = ""


Options = dict[str, list[Choice]]


def options_for(actor: Actor, filters: Filters, days: Range) -> Options:
    """By field what can be chosen; what is chosen is always there. Six queries."""
    return {
        "team": [Choice(team.pk, team.name, team.color) for team in teams_of(actor)],
        "channel": named(channels_of(actor).values_list("pk", "name")),
        "stage": [Choice(stage.pk, f"{stage.map.title}: {stage.name}") for stage in stages(actor, filters, days)],
        "persona": named(personas_of(actor).order_by("name", "pk").values_list("pk", "name")),
        "campaign": named(campaigns(actor, filters, days)),
        "owner": [Choice(member.pk, str(member)) for member in members_of(actor)],
        "status": [Choice(value, str(label)) for value, label in CampaignStatus.choices],
        "show": [
            Choice("campaigns", _("Campaigns")),
            Choice("messages", _("Messages")),
            Choice("tasks", _("Due tasks")),
            Choice("experiments", _("Experiments")),
        ],
    }


def named(pairs: Iterable[tuple[int, str]]) -> list[Choice]:
    return [Choice(pk, name) for pk, name in pairs]


def stages(actor: Actor, filters: Filters, days: Range) -> Iterable[Stage]:
    """Those at which something is planned in the days, by their maps."""
    inside = campaigns_of(actor).filter(starts_on__lte=days.last, ends_on__gte=days.first)
    of_campaigns = CampaignStage.objects.filter(campaign__in=inside.values("pk")).values("stage")
    dated = messages_of(actor).filter(starts_on__lte=days.last, ends_on__gte=days.first)
    used = Q(pk__in=of_campaigns) | Q(pk__in=dated.values("stage")) | Q(pk__in=filters.stage)
    rows = Stage.objects.filter(used, map__workspace_id=actor.workspace_id, map__removed_at=None)
    return rows.select_related("map").order_by("map__title", "map_id", "position")[:MOST]


def campaigns(actor: Actor, filters: Filters, days: Range) -> Iterable[tuple[int, str]]:
    rows = campaigns_of(actor).filter(Q(starts_on__lte=days.last, ends_on__gte=days.first) | Q(pk__in=filters.campaign))
    return rows.order_by("title", "pk").values_list("pk", "title")[:MOST]
