"""The list of campaigns: what it is filtered by, in which order it stands, and what a line says."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, F, Q, QuerySet, Sum

from campaigns.enums import CampaignStatus
from campaigns.models import BudgetLine, Campaign, CampaignStage, Message
from campaigns.months import last_day, read_month
from campaigns.queries.approvals import waiting_for
from campaigns.queries.campaigns import campaigns_of, with_places
from experiments.queries.log import NOTHING, Condition, choice, reference
from teams.models import Membership
from teams.permissions import Actor
from teams.queries import named_id
from teams.services import search

SORTS = ("changed", "start")


def among(name: str, column: str) -> Condition:
    """The thing of this id is one of the campaign's."""
    between = getattr(Campaign, name).through

    def condition(text: str) -> Q:
        return Q(pk__in=between.objects.filter(**{column: named_id(text) or 0}).values("campaign_id"))

    return condition


def speaking_at(field: str) -> Condition:
    def condition(text: str) -> Q:
        return Q(pk__in=CampaignStage.objects.filter(**{field: named_id(text) or 0}).values("campaign_id"))

    return condition


def in_month(text: str) -> Q:
    """On at least one day of the month."""
    month = read_month(text)
    return Q(starts_on__lte=last_day(month), ends_on__gte=month) if month and month.year < 9999 else NOTHING


FILTERS: dict[str, Condition] = {
    "status": choice("status", CampaignStatus),
    "month": in_month,
    "owner": reference("owner_id"),
    "team": reference("team_id"),
    "channel": among("channels", "channel_id"),
    "persona": among("personas", "persona_id"),
    "segment": among("segments", "segment_id"),
    "map": speaking_at("stage__map_id"),
    "stage": speaking_at("stage_id"),
}


def list_campaigns(actor: Actor, asked: Mapping[str, str]) -> QuerySet[Campaign]:
    """The campaigns of the list, bare. `asked`: values of FILTERS by name; `q` words, `mine` and `waits` (for
    the actor's approval) “1”, `sort` of SORTS.

    What is cancelled is left out unless the status or words are asked for. A value that there cannot be finds nothing.
    """
    rows = campaigns_of(actor)
    for name, condition in FILTERS.items():
        if asked.get(name):
            rows = rows.filter(condition(asked[name]))
    if asked.get("mine") == "1":
        rows = rows.filter(owner_id=actor.pk if isinstance(actor, Membership) else None)
    if asked.get("waits") == "1":
        rows = rows.filter(pk__in=waiting_for(actor).values("request__campaign_id"))
    if words := asked.get("q", "").strip():
        rows = rows.filter(with_words(actor, words))
    if not any(asked.get(name) for name in ("status", "q")):
        rows = rows.exclude(status=CampaignStatus.CANCELLED)
    if asked.get("sort") == "start":
        return rows.order_by(F("starts_on").desc(nulls_first=True), "-pk")
    return rows.order_by("-changed_at", "-pk")


def with_words(actor: Actor, text: str) -> Q:
    return search.matching(workspace_id=actor.workspace_id, kind="campaign", text=text)


@dataclass(frozen=True)
class Line:
    """A campaign in the list. `planned` and `spent` in its currency."""

    campaign: Campaign
    messages: int
    planned: Decimal
    spent: Decimal


def lines(ids: Sequence[int], *, to: Actor) -> list[Line]:
    """The campaigns of the ids, in their order; as many queries for many as for one."""
    found = {row.pk: row for row in with_places(campaigns_of(to).filter(pk__in=ids))}
    live = Message.objects.filter(campaign__in=ids, removed_at=None).order_by()
    counts = dict(live.values("campaign_id").annotate(number=Count("pk")).values_list("campaign_id", "number"))
    sums = BudgetLine.objects.filter(campaign__in=ids).order_by().values("campaign_id")
    money = {row["campaign_id"]: row for row in sums.annotate(planned=Sum("planned"), spent=Sum("spent"))}
    nothing = {"planned": Decimal(0), "spent": Decimal(0)}
    return [
        Line(
            found[pk],
            counts.get(pk, 0),
            money.get(pk, nothing)["planned"],
            money.get(pk, nothing)["spent"],
        )
        for pk in ids
        if pk in found
    ]
