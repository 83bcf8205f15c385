"""Reads of projections, all through the workspace."""

from collections.abc import Collection, Mapping

from django.db.models import F, OuterRef, Prefetch, QuerySet, Subquery

from campaigns.models import Projection, ProjectionVersion
from insights.models import Metric, Reading
from insights.queries import metrics_of
from teams.models import Membership
from teams.permissions import Actor
from teams.queries import named_id
from teams.services import search

MOST_METRICS = 300


def any_projections_of(actor: Actor) -> QuerySet[Projection]:
    """Removed ones, too."""
    rows = Projection.objects.filter(workspace_id=actor.workspace_id)
    return rows.select_related("workspace", "map", "campaign", "owner__user", "team")


def projections_of(actor: Actor) -> QuerySet[Projection]:
    return any_projections_of(actor).filter(removed_at=None)


def list_projections(actor: Actor, asked: Mapping[str, str]) -> QuerySet[Projection]:
    """The latest change first. `asked`: words `q`, `map`, `owner` and `team` by id, `locked` yes or no, `mine`."""
    rows = projections_of(actor)
    if asked.get("q"):
        rows = rows.filter(search.having(kind="projection", text=asked["q"]))
    for name in ("map", "owner", "team"):
        if asked.get(name):
            rows = rows.filter(**{name: named_id(asked[name]) or 0})
    if asked.get("locked") in ("yes", "no"):
        rows = rows.filter(locked=asked["locked"] == "yes")
    if asked.get("mine") == "1":
        rows = rows.filter(owner_id=actor.pk if isinstance(actor, Membership) else 0)
    return rows


def with_document(rows: QuerySet[Projection]) -> QuerySet[Projection]:
    """With what their latest versions say, in one more query."""
    latest = ProjectionVersion.objects.filter(number=F("projection__number")).defer("answer")
    return rows.prefetch_related(Prefetch("versions", queryset=latest, to_attr="latest"))


def find_projection(actor: Actor, pk: int) -> Projection | None:
    return projections_of(actor).filter(pk=pk).first()


def versions_of(projection: Projection) -> QuerySet[ProjectionVersion]:
    """Newest first, without what they say and what came out of it."""
    return projection.versions.defer("document", "answer").select_related("made_by__user")


def latest_version(projection: Projection) -> ProjectionVersion:
    return projection.versions.get(number=projection.number)


def metrics_with_reading(actor: Actor, ids: Collection[int] | None = None) -> list[Metric]:
    """Live metrics of the workspace, each with its newest reading as `value`, `n` and `date` (None without one).

    Those of the ids, or the first 300 by name. One query.
    """
    newest = Reading.objects.filter(metric=OuterRef("pk")).order_by("-date")
    rows = metrics_of(actor).annotate(
        latest_value=Subquery(newest.values("value")[:1]),
        latest_n=Subquery(newest.values("n")[:1]),
        latest_date=Subquery(newest.values("date")[:1]),
    )
    return list(rows[:MOST_METRICS] if ids is None else rows.filter(pk__in=ids))
