"""How an experiment stands, in one word with its reasons: what the status line says.

In this order: numbers that cannot be trusted, a guardrail that is harmed, what is missing, too few users. These are
said at any time. Before the minimum run time nothing is ready; from then on the decision rule speaks (advice.py).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from experiments.stats.advice import Advice, Measured, Role, Rule, advise, treatments
from experiments.stats.always_valid import LEAST_USERS
from experiments.stats.notes import Code, Note, note
from experiments.stats.reasons import Reason

USERS_TOLERANCE = 0.01  # of a variant's users: what two metrics may differ by before one of them is wrong
PATIENCE = 10  # days: many enter results once a week


class Status(StrEnum):
    NEEDS_DATA = "needs-data"
    UNHEALTHY = "unhealthy"
    GUARDRAIL_HARMED = "guardrail-harmed"
    READY = "ready-to-decide"
    RUNNING = "running"


@dataclass(frozen=True)
class Run:
    """How far the experiment has come. Days are whole.

    `planned_total`: users of all variants. `days_to_end`: until the planned end, 0 or less when it has passed, None
    without one. `silent_days`: since the last day with results, None without any; `incomplete_days`: since the last
    day with results of all variants. `days_left`: what `progress` says, for clear signals by the interval's width, for
    doing no harm until the planned total.
    """

    rule: Rule
    elapsed_days: int
    minimum_days: int = 0
    planned_total: int | None = None
    days_to_end: int | None = None
    silent_days: int | None = None
    incomplete_days: int | None = None
    days_left: int | Reason = Reason.NO_RATE
    patience_days: int = PATIENCE


@dataclass(frozen=True)
class Assessment:
    """`advice` where it is ready or harmed, and the treatment that it is about (None: all of them, or none).

    `days_left`: about, while it runs; 0 when ready; None where nobody can tell, with the reason among `reasons`.
    """

    status: Status
    advice: Advice | None = None
    variant: str | None = None
    days_left: int | None = None
    reasons: tuple[Note, ...] = ()


def assess(metrics: Sequence[Measured], run: Run) -> Assessment:
    """The status of an experiment that has started. Metrics in the plan's order: the first primary one ranks."""
    if not any(one.role is Role.PRIMARY for one in metrics):
        return Assessment(Status.NEEDS_DATA, reasons=(note(Code.NO_PRIMARY),))
    if not any(any(one.users.values()) for one in metrics):
        return Assessment(Status.NEEDS_DATA, reasons=tuple(half_entered(metrics)) or (note(Code.NO_RESULTS),))
    broken, missing, harm = list(distrusted(metrics)), list(lacking(metrics, run)), harms(metrics)
    if broken:
        return Assessment(Status.UNHEALTHY, reasons=(*broken, *harm, *missing))
    if harm:
        return harmed(metrics, run, harm, missing)
    if missing:
        return Assessment(Status.UNHEALTHY, reasons=tuple(missing))
    few = too_few(metrics)
    if few:
        return Assessment(Status.NEEDS_DATA, reasons=tuple(few))
    return decided(metrics, run) or running(run)


def distrusted(metrics: Sequence[Measured]) -> Iterator[Note]:
    """What says that the numbers themselves are wrong: each thing once, in the first metric that shows it."""
    suspect = [one for one in metrics if one.analysis and one.analysis.sample_ratio.suspect]
    yield from (note(Code.SAMPLE_RATIO, metric=one.metric) for one in suspect[:1])
    entered = [one for one in metrics if any(one.users.values())]
    empty = {
        key: one.metric
        for one in reversed(entered)
        for key, n in one.users.items()
        if not n and max(one.users.values()) >= LEAST_USERS
    }
    yield from (note(Code.NO_USERS, metric=metric, variant=key) for key, metric in empty.items())
    for other in entered[1:]:
        yield from list(users_differ(entered[0], other))[:1]


def users_differ(one: Measured, other: Measured) -> Iterator[Note]:
    for key, n in one.users.items():
        more = other.users.get(key, 0)
        if abs(n - more) > USERS_TOLERANCE * max(n, more):
            yield note(Code.USERS_DIFFER, variant=key, metric=one.metric, users=n, other=other.metric, other_users=more)


def lacking(metrics: Sequence[Measured], run: Run) -> Iterator[Note]:
    for one in metrics:
        if one.missing:
            yield from half_entered([one])
        elif one.analysis is None or not any(one.users.values()):
            yield note(Code.RESULTS_MISSING, metric=one.metric)
    if completed(metrics, run):
        return
    if run.silent_days is not None and run.silent_days >= run.patience_days:
        yield note(Code.SILENT, days=run.silent_days)
    elif run.incomplete_days is not None and run.incomplete_days >= run.patience_days:
        yield note(Code.INCOMPLETE, days=run.incomplete_days)


def half_entered(metrics: Sequence[Measured]) -> Iterator[Note]:
    """Metrics of which there is something, but no day with all variants."""
    for one in metrics:
        yield from (note(Code.VARIANT_MISSING, metric=one.metric, variant=key) for key in one.missing)


def harms(metrics: Sequence[Measured]) -> list[Note]:
    return [
        one.said(Code.GUARDRAIL_HARMED)
        for treatment in treatments(metrics)
        for one in treatment.worse
        if one.role is Role.GUARDRAIL
    ]


def harmed(metrics: Sequence[Measured], run: Run, harm: list[Note], missing: list[Note]) -> Assessment:
    """Roll back what does harm; where another treatment is to be shipped, that is the advice."""
    found = None if missing else decided(metrics, run)
    if found and found.advice is Advice.SHIP:
        return Assessment(Status.GUARDRAIL_HARMED, found.advice, found.variant, None, (*harm, *missing, *found.reasons))
    harmful = list(dict.fromkeys(str(one.values["variant"]) for one in harm))
    variant = harmful[0] if len(harmful) == 1 else None
    return Assessment(Status.GUARDRAIL_HARMED, Advice.ROLL_BACK, variant, None, (*harm, *missing))


def too_few(metrics: Sequence[Measured]) -> list[Note]:
    """Why no primary metric has a verdict on any treatment, where more users are what it takes."""
    primaries = [one for treatment in treatments(metrics) for one in treatment.primaries]
    if any(one.comparison.always_valid for one in primaries):
        return []
    waiting = {Reason.TOO_FEW_USERS, Reason.TOO_FEW_FOR_LOOKING}
    return [one.said(reason) for one in primaries for reason in one.comparison.reasons if reason in waiting]


def completed(metrics: Sequence[Measured], run: Run) -> list[Note]:
    """Why the plan is fulfilled; empty while it is not."""
    users = max(sum(one.users.values()) for one in metrics if one.role is Role.PRIMARY)
    reached = []
    if run.days_to_end is not None and run.days_to_end <= 0:
        reached.append(note(Code.END_REACHED))
    if run.planned_total is not None and users >= run.planned_total:
        reached.append(note(Code.TOTAL_REACHED, users=run.planned_total))
    if run.days_left == 0 and run.rule is Rule.CLEAR_SIGNALS:
        reached.append(note(Code.WIDTH_REACHED))
    return reached


def decided(metrics: Sequence[Measured], run: Run) -> Assessment | None:
    if run.elapsed_days < run.minimum_days:
        return None
    complete = completed(metrics, run)
    found = advise(metrics, run.rule, complete=bool(complete))
    if found is None:
        return None
    more = []
    if found.advice is Advice.YOUR_CALL and isinstance(run.days_left, int) and run.days_left > 0:
        more.append(note(Code.MORE_DAYS, days=run.days_left))
    return Assessment(Status.READY, found.advice, found.variant, 0, (*found.reasons, *complete, *more))


def running(run: Run) -> Assessment:
    """The planned end is a day of decision too; nothing is decided before the minimum run time."""
    days = run.days_left if isinstance(run.days_left, int) else None
    reasons = [] if isinstance(run.days_left, int) else [note(run.days_left)]
    if run.days_to_end is not None and (days is None or days > run.days_to_end):
        days = max(run.days_to_end, 0)
        reasons.append(note(Code.PLANNED_END, days=days))
    to_go = run.minimum_days - run.elapsed_days
    if to_go > 0:
        days = None if days is None else max(days, to_go)
        reasons.append(note(Code.MINIMUM_RUN, days=run.minimum_days, left=to_go))
    return Assessment(Status.RUNNING, None, None, days, tuple(reasons))
