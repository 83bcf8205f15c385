"""Forecasts of the people who scored, held against what came of it."""

from dataclasses import dataclass
from typing import cast

from experiments.enums import Result
from experiments.models import Decision, Score
from experiments.stats.calibration import Calibration, Forecast, Held, Outcome, by_person, calibration
from teams.permissions import Actor

MOST_COUNTED = 20_000
BETTER = {Result.WIN: True, Result.LOSS: False, Result.NEUTRAL: False}


@dataclass(frozen=True)
class Forecasters:
    """`people`: each with their own calibration, those with most forecasts first."""

    overall: Calibration
    people: tuple[tuple[str, Calibration], ...]


def forecasters_of(actor: Actor) -> Forecasters:
    """Over all confirmed decisions of live experiments. Two queries."""
    outcomes = outcomes_of(actor)
    scores = Score.objects.filter(experiment_id__in=outcomes, chance__isnull=False).order_by("-pk")
    rows = scores.values_list("experiment_id", "scorer_id", "scorer_name", "chance", "expected_effect")[:MOST_COUNTED]
    held: list[Held] = []
    names: dict[str, str] = {}
    for experiment_id, scorer_id, name, chance, effect in rows:
        person = str(scorer_id or name)
        names.setdefault(person, name)
        held.append((Forecast(person, cast(float, chance), effect), outcomes[experiment_id]))
    people = sorted(by_person(held).items(), key=lambda item: (-item[1].n, names[item[0]].casefold()))
    return Forecasters(calibration(held), tuple((names[person], found) for person, found in people))


def outcomes_of(actor: Actor) -> dict[int, Outcome]:
    """By experiment. A neutral result has shown that it is no better; an inconclusive one has shown nothing."""
    decisions = Decision.objects.filter(
        experiment__workspace_id=actor.workspace_id, experiment__removed_at=None, confirmed_at__isnull=False
    )
    return {
        pk: outcome_of(result, effect or {})
        for pk, result, effect in decisions.values_list("experiment_id", "result", "effect")
    }


def outcome_of(result: str, effect: dict) -> Outcome:
    interval = effect.get("relative_interval")
    return Outcome(BETTER.get(Result(result)), effect.get("relative"), (interval[0], interval[1]) if interval else None)
