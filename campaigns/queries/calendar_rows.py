"""The rows of the database that reach into a range of days, filtered, and the rows of the timeline they stand in."""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import (
    Count,
    DateField,
    F,
    Func,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
)
from django.db.models.functions import Coalesce

from campaigns.drawing.days import DAY, Range
from campaigns.enums import CampaignStatus
from campaigns.models import Campaign, CampaignStage, Message, Task
from campaigns.queries.calendar_filters import Filters
from campaigns.queries.campaigns import campaigns_of
from campaigns.queries.messages import messages_of
from experiments.enums import Status
from experiments.models import Experiment
from experiments.queries.collisions import first_day, last_day
from experiments.queries.experiments import experiments_of
from teams.permissions import Actor

LONGEST_OFFSET = 366
Groups = Mapping[int, tuple[int, ...]]
OPEN = [status for status in CampaignStatus.values if status != CampaignStatus.CANCELLED]
CAMPAIGN = ("title", "status", "owner", "team", "created_by_key", "workspace", "starts_on", "ends_on", "version")
TEAM = ("name", "color")
PLACES = ("stage", "channel", "persona")


class DueDay(Func):
    """A day so many days after another."""

    output_field = DateField()
    template = "(%(expressions)s)"
    arg_joiner = " + "

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return self.as_sql(
            compiler, connection, template="date(%(expressions)s || ' days')", arg_joiner=", ", **context
        )


def campaigns_between(actor: Actor, filters: Filters, days: Range) -> QuerySet[Campaign]:
    """Campaigns with days in the range; `follows` counts their messages that have days."""
    dated = Message.objects.filter(campaign=OuterRef("pk"), removed_at=None, starts_on__isnull=False).order_by()
    number = dated.values("campaign").annotate(number=Count("pk")).values("number")
    rows = campaigns_of(actor).filter(starts_on__lte=days.last, ends_on__gte=days.first)
    rows = rows.filter(fitting(filters)).annotate(follows=Coalesce(Subquery(number, IntegerField()), 0))
    return rows.select_related("team").only(*CAMPAIGN, *(f"team__{name}" for name in TEAM)).order_by("pk")


def fitting(filters: Filters, campaign: str = "") -> Q:
    """Which campaigns fit; `campaign` is the way to them from another model, such as `campaign__`."""
    found = Q(**{f"{campaign}status__in": filters.status or OPEN})
    for name, field in (("team", "team"), ("owner", "owner"), ("campaign", "pk")):
        if getattr(filters, name):
            found &= Q(**{f"{campaign}{field}__in": getattr(filters, name)})
    if campaign:
        return found
    for name in PLACES:
        if getattr(filters, name):
            found &= Q(pk__in=having(name, getattr(filters, name)))
    return found


def fitting_messages(filters: Filters) -> Q:
    """Which messages fit; where one names no stage, channel or persona, its campaign's count."""
    found = fitting(filters, "campaign__")
    for name in PLACES:
        if ids := getattr(filters, name):
            found &= Q(**{f"{name}__in": ids}) | Q(**{f"{name}__isnull": True, "campaign__in": having(name, ids)})
    return found


def having(name: str, ids: Iterable[int]) -> QuerySet:
    """The ids of campaigns that have one of these stages, channels or personas."""
    if name == "stage":
        return CampaignStage.objects.filter(stage__in=ids).values("campaign")
    through: Any = getattr(Campaign, f"{name}s").through
    return through.objects.filter(**{f"{name}__in": ids}).values("campaign")


def messages_between(actor: Actor, filters: Filters, days: Range) -> QuerySet[Message]:
    """Messages with days in the range, or a day beside it: in the reader's zone that may be in it."""
    rows = messages_of(actor).filter(starts_on__lte=days.last + DAY, ends_on__gte=days.first - DAY)
    rows = rows.filter(fitting_messages(filters))
    parts = ("title", "starts_on", "ends_on", "at", "zone", "cadence", "every", "weekdays", "version", "persona_id")
    names = [f"campaign__{name}" for name in CAMPAIGN] + [f"campaign__team__{name}" for name in TEAM]
    named = ("stage_id", "channel__name", "channel__icon", "campaign_id")
    return rows.select_related("campaign__team", "channel").only(*parts, *names, *named).order_by("pk")


def tasks_between(actor: Actor, filters: Filters, days: Range) -> QuerySet[Task]:
    """Tasks that are due in the range, done or not."""
    rows = Task.objects.filter(
        campaign__workspace_id=actor.workspace_id, campaign__removed_at=None, campaign__is_template=False
    )
    far = datetime.timedelta(LONGEST_OFFSET)
    rows = rows.filter(fitting(filters, "campaign__")).alias(due_by_start=DueDay("campaign__starts_on", "due_offset"))
    # The days of the campaigns are found by index; what is due in the range is then picked from them.
    near = Q(
        campaign__starts_on__range=(days.first - far, days.last + far), due_by_start__range=(days.first, days.last)
    )
    rows = rows.filter(Q(due_on__range=(days.first, days.last)) | near)
    for name in PLACES:
        if ids := getattr(filters, name):
            rows = rows.filter(campaign__in=having(name, ids))
    return rows.select_related("campaign__team", "owner__user").order_by("pk")


def experiments_between(actor: Actor, filters: Filters, days: Range) -> QuerySet[Experiment]:
    """Planned and running experiments. They have no channel and no campaign: who asks for one of those gets none."""
    rows = experiments_of(actor).filter(status__in=[Status.PLANNED, Status.RUNNING])
    if filters.channel or filters.campaign:
        rows = rows.none()
    if filters.status:
        rows = rows.filter(status__in=filters.status)
    if filters.stage:
        rows = rows.filter(Q(card__stage__in=filters.stage) | Q(card=None, stage__in=filters.stage))
    for name in ("team", "owner", "persona"):
        if ids := getattr(filters, name):
            rows = rows.filter(**{f"{name}__in": ids})
    dated = rows.annotate(first_day=first_day(), last_day=last_day()).filter(
        Q(last_day__gte=days.first) | Q(last_day=None), first_day__lte=days.last
    )
    return dated.select_related("team", "plan").annotate(at_stage=Coalesce(F("card__stage"), F("stage"))).order_by("pk")


def groups_of_campaigns(rows: str, loaded: list[Campaign]) -> Groups:
    """By campaign the rows of the timeline that it stands in."""
    if rows == "team":
        return {one.pk: (one.team_id,) for one in loaded if one.team_id}
    if rows == "campaign":
        return {one.pk: (one.pk,) for one in loaded}
    return named_by_campaigns(rows, {one.pk for one in loaded})


def named_by_campaigns(rows: str, ids: set[int]) -> Groups:
    """By campaign the stages, channels or personas that it names; one query."""
    found: dict[int, list[int]] = defaultdict(list)
    if rows == "stage":
        pairs = CampaignStage.objects.filter(campaign__in=ids, stage__isnull=False)
        values = pairs.filter(stage__map__removed_at=None).values_list("campaign_id", "stage_id")
    else:
        through: Any = getattr(Campaign, f"{rows}s").through
        values = through.objects.filter(campaign__in=ids).values_list("campaign_id", f"{rows}_id")
    for campaign, thing in values.order_by(f"{rows}_id"):
        found[campaign].append(thing)
    return {campaign: tuple(things) for campaign, things in found.items()}


def groups_of_messages(rows: str, loaded: list[Message]) -> Groups:
    """A message stands with what it names itself, otherwise with its campaign."""
    if rows == "team":
        return {one.pk: (one.campaign.team_id,) for one in loaded if one.campaign.team_id}
    if rows == "campaign":
        return {one.pk: (one.campaign_id,) for one in loaded}
    own = {one.pk: (thing,) for one in loaded if (thing := getattr(one, f"{rows}_id"))}
    without = [one for one in loaded if one.pk not in own]
    campaigns = named_by_campaigns(rows, {one.campaign_id for one in without})
    return own | {one.pk: campaigns[one.campaign_id] for one in without if one.campaign_id in campaigns}


def group_of_experiment(rows: str, one: Experiment) -> int:
    if rows == "stage":
        return getattr(one, "at_stage", None) or 0
    return getattr(one, f"{rows}_id", None) or 0
