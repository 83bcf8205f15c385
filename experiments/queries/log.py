"""The log of experiments: what a list of them is filtered by, in which order, and what a line says."""

import datetime
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Case, Exists, F, FloatField, OuterRef, Prefetch, Q, QuerySet, When
from django.db.models.enums import TextChoices
from django.utils import timezone

from experiments.enums import Outcome, Result, Signal, Status
from experiments.models import Decision, Experiment, PlannedMetric, Score
from experiments.queries.experiments import experiments_of, with_places
from experiments.queries.scores import BEFORE_START, is_blind
from teams.models import Membership
from teams.permissions import Actor, Permission, can
from teams.queries import named_id
from teams.services import search

NOTHING = Q(pk__in=[])
Condition = Callable[[str], Q]


def reference(*fields: str) -> Condition:
    """One of the fields leads to the thing of this id."""

    def condition(text: str) -> Q:
        pk = named_id(text)
        found = NOTHING
        for field in fields if pk else ():
            found |= Q(**{field: pk})
        return found

    return condition


def choice(field: str, choices: type[TextChoices], **more: object) -> Condition:
    return lambda text: Q(**{field: text}, **more) if text in choices.values else NOTHING


def measured(text: str) -> Q:
    """The metric of the hypothesis or one of the plan's."""
    planned = PlannedMetric.objects.filter(metric_id=named_id(text) or 0).values("experiment_id")
    return reference("metric_id")(text) | Q(pk__in=planned)


FILTERS: dict[str, Condition] = {
    "status": choice("status", Status),
    "signal": choice("signal", Signal, status=Status.RUNNING),
    "owner": reference("owner_id"),
    "team": reference("team_id"),
    "map": reference("stage__map_id", "card__map_id"),
    "stage": reference("stage_id", "card__stage_id"),
    "card": reference("card_id", "opportunity_id"),
    "persona": reference("persona_id"),
    "metric": measured,
    "reason": reference("reason_id"),
    "outcome": choice("decisions__outcome", Outcome, decisions__confirmed_at__isnull=False),
    "result": choice("decisions__result", Result, decisions__confirmed_at__isnull=False),
}
SORTS = ("changed", "score", "start")


def list_experiments(actor: Actor, asked: Mapping[str, str]) -> QuerySet[Experiment]:
    """The experiments of the log, bare. `asked`: values of FILTERS by name; `q` words, `mine` “1”, `sort` of SORTS.

    What is archived is left out unless the status, words or what came out are asked for. A value that there cannot be
    finds nothing.
    """
    rows = experiments_of(actor)
    for name, condition in FILTERS.items():
        if asked.get(name):
            rows = rows.filter(condition(asked[name]))
    if asked.get("mine") == "1":
        rows = rows.filter(owner_id=actor.pk if isinstance(actor, Membership) else None)
    if words := asked.get("q", "").strip():
        rows = rows.filter(with_words(actor, words))
    if not any(asked.get(name) for name in ("status", "q", "outcome", "result")):
        rows = rows.exclude(status=Status.ARCHIVED)
    return in_order(rows, asked.get("sort", ""), actor)


def with_words(actor: Actor, text: str) -> Q:
    return search.matching(workspace_id=actor.workspace_id, kind="experiment", text=text)


def in_order(rows: QuerySet[Experiment], sort: str, actor: Actor) -> QuerySet[Experiment]:
    if sort == "start":
        return rows.order_by(F("started_on").desc(nulls_last=True), "-pk")
    if sort == "score":
        return rows.annotate(shown_score=shown_score(actor)).order_by(
            F("shown_score").desc(nulls_last=True), "-changed_at", "-pk"
        )
    return rows.order_by("-changed_at", "-pk")


def shown_score(actor: Actor) -> Case | F:
    """The score as far as the actor may know it: the order would give away what `is_blind` hides."""
    if not isinstance(actor, Membership) or not can(actor, Permission.EXPERIMENT_SCORE):
        return F("score")
    mine = Score.objects.filter(experiment=OuterRef("pk"), scorer_id=actor.pk)
    hidden = Q(score__isnull=False, status__in=BEFORE_START) & ~Exists(mine)
    return Case(When(hidden, then=None), default=F("score"), output_field=FloatField())


@dataclass(frozen=True)
class Line:
    """An experiment in the log. `score`: the median, None without scores and where it is `blind`; `count`: of scores.

    `days`: how long it ran or has been running, both ends included; `planned_days`: how long it is to run.
    """

    experiment: Experiment
    score: float | None
    count: int
    blind: bool
    days: int | None
    planned_days: int | None
    decision: Decision | None


def lines(ids: Sequence[int], *, to: Actor) -> list[Line]:
    """The experiments of the ids, in their order. Three queries.

    Loaded by themselves, so that a database that has to sort thousands of them sorts nothing but ids.
    """
    confirmed = Decision.objects.filter(confirmed_at__isnull=False)
    scores = Score.objects.only("experiment_id", "scorer_id")
    rows = with_places(experiments_of(to).filter(pk__in=ids)).select_related("plan")
    rows = rows.prefetch_related(
        Prefetch("decisions", queryset=confirmed, to_attr="confirmed"), Prefetch("scores", queryset=scores)
    )
    found, today = {row.pk: row for row in rows}, timezone.localdate()
    return [line(found[pk], to, today) for pk in ids if pk in found]


def line(experiment: Experiment, to: Actor, today: datetime.date) -> Line:
    scores = list(experiment.scores.all())
    blind = is_blind(experiment, scores, to=to)
    started, confirmed = experiment.started_on, experiment.confirmed  # type: ignore[attr-defined] # see lines
    planned_end = experiment.plan.planned_end
    return Line(
        experiment=experiment,
        score=None if blind else experiment.score,
        count=len(scores),
        blind=blind,
        days=days_between(started, experiment.ended_on or today),
        planned_days=days_between(started, planned_end) if experiment.status == Status.RUNNING else None,
        decision=confirmed[0] if confirmed else None,
    )


def days_between(first: datetime.date | None, last: datetime.date | None) -> int | None:
    """Whole days, both ends included; None without both."""
    return (last - first).days + 1 if first and last else None
