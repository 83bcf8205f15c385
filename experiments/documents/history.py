"""What a document says of the past: kept under the names that it gives, as nobody's here.

Nobody's account can be made to have scored, proposed or confirmed what they did not: only names are kept. An open
proposal is the importer's, so that somebody else confirms it.
"""

from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone

from experiments.models import Decision, Deviation, Experiment, Score
from experiments.scoring import total
from experiments.services.plans import state
from experiments.services.scores import keep_median
from experiments.services.states import experiment_state
from teams.models import ApiKey, Membership
from teams.permissions import Actor


def add_scores(experiment: Experiment, given: list[dict[str, Any]]) -> None:
    for number, row in enumerate(given):
        score = Score(
            experiment=experiment,
            scorer_name=row["by"],
            model=row["model"],
            values=row["values"],
            chance=row.get("chance"),
            expected_effect=row.get("expected_effect"),
            note=row.get("note", ""),
        )
        with at(f"{number}"):
            score.total = total(row["model"], row["values"])
            score.full_clean(exclude=["experiment", "scorer"])
        score.save()
    if given:
        keep_median(experiment)


def add_deviations(experiment: Experiment, given: list[dict[str, Any]]) -> None:
    for number, row in enumerate(given):
        deviation = Deviation(
            experiment=experiment,
            reason=row["reason"],
            before=row.get("before", {}),
            after=row.get("after", {}),
            actor_name=row["by"],
        )
        with at(f"{number}"):
            deviation.clean_fields(exclude=["before", "after", "actor", "key"])
            said_at = moment(row["at"])
        deviation.save()
        Deviation.objects.filter(pk=deviation.pk).update(at=said_at)


def add_decisions(experiment: Experiment, given: list[dict[str, Any]], metrics: dict[str, Any], by: Actor) -> None:
    variants = {variant.key: variant for variant in experiment.variants.all()}
    for number, row in enumerate(given):
        with at(f"{number}"):
            decision = decision_of(experiment, row, metrics, by)
            decision.variant = variants.get(row.get("variant", ""))
            decision.full_clean(exclude=["experiment", "effect", "proposed_by", "proposed_key", "confirmed_by"])
        decision.save()


def decision_of(experiment: Experiment, row: dict[str, Any], metrics: dict[str, Any], by: Actor) -> Decision:
    waits = "confirmed_by" not in row and "returned_by" not in row
    return Decision(
        experiment=experiment,
        outcome=row["outcome"],
        result=row["result"],
        why=row["why"],
        learned=row["learned"],
        effect=effect_of(row.get("effect"), metrics),
        follow_up_on=date.fromisoformat(row["follow_up_on"]) if "follow_up_on" in row else None,
        reminded_at=timezone.now() if not waits else None,
        proposed_by=by if waits and isinstance(by, Membership) else None,
        proposed_key=by if waits and isinstance(by, ApiKey) else None,
        proposer_name=row["proposed_by"],
        proposed_at=moment(row["proposed_at"]),
        confirmer_name=row.get("confirmed_by", ""),
        confirmed_at=as_time(row.get("confirmed_at")),
        returner_name=row.get("returned_by", ""),
        returned_at=as_time(row.get("returned_at")),
        returned_why=row.get("returned_why", ""),
    )


EFFECTS = ("alpha", "absolute", "interval", "always_valid_interval", "relative", "relative_interval", "chance_to_beat")


def effect_of(given: dict[str, Any] | None, metrics: dict[str, Any]) -> dict[str, Any] | None:
    """As `services.decisions.effect_document` keeps it."""
    if given is None:
        return None
    metric = metrics.get(given["metric"])
    return dict.fromkeys(EFFECTS) | given | {"metric_id": metric and metric.pk}


def freeze(experiment: Experiment) -> None:
    """The plan as it was at the start: as it is now, with what the deviations changed taken back, the last first."""
    hypothesis, plan = experiment_state(experiment), state(experiment)
    for deviation in sorted(experiment.deviations.all(), key=lambda row: (row.at, row.pk), reverse=True):
        for name in deviation.after:
            for held in (hypothesis, plan):
                if name in held:
                    held[name] = deviation.before.get(name, [] if isinstance(held[name], list) else None)
    row = experiment.plan
    row.frozen, row.frozen_at = {"hypothesis": hypothesis, "plan": plan}, timezone.now()
    row.save(update_fields=["frozen", "frozen_at"])


def as_time(text: str | None) -> datetime | None:
    return moment(text) if text else None


def moment(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text)
    except ValueError as error:
        raise ValidationError(str(error)) from error


class at:  # noqa: N801 — reads as a word: with at(…)
    """What is wrong in this block is wrong at this place of the list."""

    def __init__(self, place: str) -> None:
        self.place = place

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: Any, error: BaseException | None, trace: Any) -> None:
        if isinstance(error, ValidationError):
            fields = error.message_dict if hasattr(error, "error_dict") else {"": error.messages}
            raise ValidationError(
                {f"{self.place}.{name}".rstrip("."): texts for name, texts in fields.items()}
            ) from error
