"""Campaigns that get in one another's way, or in the way of experiments: plans of a workspace as `pressure` takes them,
and the collisions among them with their names."""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import cast

from django.db.models import Q, QuerySet

from campaigns.models import Campaign, Message, Segment
from campaigns.pressure.collisions import Collision, Plan, PlanKind, collisions, overlapping
from campaigns.pressure.limits import LAST_DAY, InvalidInput
from campaigns.queries.audience import assumption_of, audience, overlaps_among
from campaigns.queries.campaigns import STAGES
from campaigns.queries.pressure_inputs import COUNTED, key
from experiments.enums import Status
from experiments.models import Experiment
from experiments.queries.collisions import metrics_of, window
from experiments.queries.experiments import METRICS, with_places
from insights.models import Metric
from journeys.models import Channel, Persona, Stage

MOST_PLANS = 500


@dataclass(frozen=True)
class Found:
    """`hits`, the worst first; campaigns and experiments by their ids, and what everything else in them is called."""

    hits: list[Collision]
    campaigns: dict[int, Campaign]
    experiments: dict[int, Experiment]
    names: dict[str, str]

    def of_campaign(self, pk: int) -> list[Collision]:
        return [hit for hit in self.hits if key(pk) in (hit.one.id, campaign_id(hit.other))]

    def of_experiment(self, pk: int) -> list[Collision]:
        return [hit for hit in self.hits if hit.other.kind is PlanKind.EXPERIMENT and hit.other.id == key(pk)]

    def on(self, day: datetime.date) -> list[Collision]:
        return [hit for hit in self.hits if hit.first <= day <= hit.last]


def campaign_id(plan: Plan) -> str:
    return plan.id if plan.kind is PlanKind.CAMPAIGN else ""


def collisions_within(
    workspace_id: int,
    first: datetime.date,
    last: datetime.date,
    *,
    campaign: int | None = None,
    ideas: bool = False,
) -> Found:
    """Of campaigns that are planned or running on one of the days, with `ideas` those too, and in any case of the one
    with the id. At most fifteen queries."""
    rows = planned_campaigns(workspace_id, first, last, campaign=campaign, ideas=ideas)
    tests = running_experiments(workspace_id, first, last)
    segments = {segment.pk: segment for row in rows for segment in segments_of(row)}
    plans = [campaign_plan(row) for row in rows]
    offers = {offer for plan in plans for offer in plan.offers}
    plans += [experiment_plan(test, offers, last) for test in tests]
    hits = collisions(plans, pairs_that_overlap(workspace_id, list(segments.values())))
    return Found(hits, {row.pk: row for row in rows}, {test.pk: test for test in tests}, named(rows, tests, segments))


def planned_campaigns(
    workspace_id: int, first: datetime.date, last: datetime.date, *, campaign: int | None, ideas: bool
) -> list[Campaign]:
    chosen = Q(status__in=[*COUNTED, "idea"] if ideas else COUNTED)
    if campaign is not None:
        chosen |= Q(pk=campaign)
    rows: QuerySet[Campaign] = Campaign.objects.filter(
        chosen, workspace_id=workspace_id, removed_at=None, is_template=False, starts_on__lte=last, ends_on__gte=first
    )
    rows = rows.select_related("owner__user", "team", "metric", "workspace").prefetch_related(
        STAGES,
        "personas",
        "segments__workspace",
        "channels",
        "messages__segments__workspace",
        "messages__channel",
        "messages__stage",
    )
    return list(rows.order_by("starts_on", "pk")[:MOST_PLANS])


def running_experiments(workspace_id: int, first: datetime.date, last: datetime.date) -> list[Experiment]:
    """Planned ones with a first day, and running ones, on one of the days."""
    rows = Experiment.objects.filter(
        workspace_id=workspace_id,
        removed_at=None,
        is_template=False,
        status__in=[Status.PLANNED, Status.RUNNING],
    ).exclude(started_on=None, plan__planned_start=None)
    rows = with_places(rows).select_related("plan", "workspace", "owner__user").prefetch_related(METRICS)
    found = []
    for row in rows.order_by("pk")[:MOST_PLANS]:
        days = window(row)
        ends = days.last or LAST_DAY
        if days.first <= last and ends >= first and days.first <= ends:
            found.append(row)
    return found


def messages_of(row: Campaign) -> list[Message]:
    return [message for message in row.messages.all() if message.removed_at is None]


def segments_of(row: Campaign) -> list[Segment]:
    return [*row.segments.all(), *(segment for message in messages_of(row) for segment in message.segments.all())]


def channels_of(row: Campaign) -> list[Channel]:
    return [*row.channels.all(), *(message.channel for message in messages_of(row) if message.channel)]


def stages_of(row: Campaign) -> list[Stage]:
    """Also where only a message says it; stages that are no longer on their map are not there."""
    return [*(one.stage for one in row.campaign_stages.all()), *(one.stage for one in messages_of(row) if one.stage)]


def offers_of(row: Campaign) -> dict[str, str]:
    """What it offers, by how it compares."""
    said = [row.offer, *(message.offer for message in messages_of(row))]
    return {f"offer:{offer.casefold()}": offer for text in said if (offer := " ".join(text.split()))}


def campaign_plan(row: Campaign) -> Plan:
    first, last = cast(datetime.date, row.starts_on), cast(datetime.date, row.ends_on)  # the query wants both
    return Plan(
        id=key(row.pk),
        kind=PlanKind.CAMPAIGN,
        first=first,
        last=last,
        segments=ids("segment", segments_of(row)),
        personas=ids("persona", row.personas.all()),
        channels=ids("channel", channels_of(row)),
        stages=ids("stage", stages_of(row)),
        offers=frozenset(offers_of(row)),
        metrics=ids("metric", [row.metric] if row.metric else []),
        title=row.title,
    )


def experiment_plan(row: Experiment, offers: Iterable[str], until: datetime.date) -> Plan:
    """An experiment tries out an offer that its hypothesis names. Without an end it runs as long as is looked at."""
    days, said = window(row), " ".join(f"{row.title} {row.change}".split()).casefold()
    return Plan(
        id=key(row.pk),
        kind=PlanKind.EXPERIMENT,
        first=days.first,
        last=max(days.first, days.last or until),
        personas=ids("persona", [row.persona] if row.persona else []),
        stages=ids("stage", [row.place] if row.place else []),
        offers=frozenset(offer for offer in offers if offer.removeprefix("offer:") in said),
        metrics=frozenset(f"metric:{pk}" for pk in metrics_of(row)),
        title=row.title,
    )


def ids(kind: str, things: Iterable[Segment | Persona | Channel | Stage | Metric]) -> frozenset[str]:
    return frozenset(f"{kind}:{thing.pk}" for thing in things)


def pairs_that_overlap(workspace_id: int, segments: Sequence[Segment]) -> frozenset[tuple[str, str]]:
    """Of segments with a size, by what is stated or assumed."""
    try:
        given = audience(segments, overlaps_among(segments), assumption_of(workspace_id))
    except InvalidInput:  # more segments than can be held against one another
        return frozenset()
    found = [(f"segment:{one}", f"segment:{other}") for one, other in overlapping(given)]
    return frozenset((one, other) if one <= other else (other, one) for one, other in found)


def named(rows: Iterable[Campaign], tests: Iterable[Experiment], segments: dict[int, Segment]) -> dict[str, str]:
    found = {f"segment:{pk}": segment.name for pk, segment in segments.items()}
    for row in rows:
        found |= {f"channel:{one.pk}": str(one) for one in channels_of(row)}
        found |= {f"stage:{one.pk}": one.name for one in stages_of(row)}
        found |= {f"persona:{one.pk}": str(one) for one in row.personas.all()}
        found |= offers_of(row)
        if row.metric:
            found[f"metric:{row.metric_id}"] = str(row.metric)
    for test in tests:
        found |= {f"metric:{one.metric_id}": str(one.metric) for one in test.planned_metrics.all()}
        if test.persona:
            found[f"persona:{test.persona_id}"] = str(test.persona)
    return found
