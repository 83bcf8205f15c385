"""Decisions: proposed by one person, confirmed or sent back by another."""

import datetime
from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from experiments.enums import Outcome, Result, Status
from experiments.models import Decision, Experiment, Variant
from experiments.queries.analysis import Measured, analysis_of
from experiments.queries.experiments import complete
from experiments.services.experiments import index, save_edited
from experiments.services.learnings import leave_learning
from experiments.services.locks import lock, lock_to_edit
from experiments.services.notices import decision_asked, decision_returned, decision_stands
from experiments.services.steps import finish
from experiments.stats.analysis import Comparison, Verdict
from teams.errors import check_seen
from teams.models import ApiKey, Membership
from teams.permissions import Actor, Permission, require
from teams.services.activity import record

RESULTS = {
    Verdict.BETTER: Result.WIN,
    Verdict.WORSE: Result.LOSS,
    Verdict.EQUIVALENT: Result.NEUTRAL,
    Verdict.UNDECIDED: Result.INCONCLUSIVE,
    Verdict.NOT_COMPUTABLE: Result.INCONCLUSIVE,
}


Hearer = Callable[[Decision, Actor], None]
_hearers: list[Hearer] = []


def on_confirmed(hearer: Hearer) -> None:
    """Have an upper app hear of each decision that stands, in the transaction of its confirmation."""
    if hearer not in _hearers:
        _hearers.append(hearer)


@transaction.atomic
def propose_decision(
    *,
    by: Actor,
    experiment: Experiment,
    outcome: str,
    why: str,
    learned: str,
    result: str = "",
    variant: Variant | None = None,
    follow_up_on: datetime.date | None = None,
    seen: int | None = None,
) -> Decision:
    """Propose what to do. Without a `result` the verdict on the first primary metric gives it.

    Shipping names a variant, unless there is but one treatment. Raises ValidationError naming the fields.
    """
    experiment = lock_to_edit(experiment, by=by, seen=seen)
    if experiment.status != Status.DECIDING:
        raise ValidationError(_("A decision is proposed once the experiment has been stopped."), code="closed")
    if experiment.decisions.filter(returned_at=None).exists():
        raise ValidationError(_("A decision is proposed already."), code="proposed")
    variant = variant_for(experiment, outcome, variant)
    effect = estimate(experiment, variant)
    decision = Decision(
        experiment=experiment,
        outcome=outcome,
        result=result or (effect or {}).get("result", Result.INCONCLUSIVE.value),
        variant=variant,
        why=why.strip(),
        learned=learned.strip(),
        effect=effect,
        follow_up_on=follow_up_on,
        proposed_by=by if isinstance(by, Membership) else None,
        proposed_key=by if isinstance(by, ApiKey) else None,
        proposer_name=by.label,
        proposed_at=timezone.now(),
    )
    check(decision)
    decision.save()
    save_edited(experiment)
    record(experiment, by=by, verb="proposed", after={"outcome": decision.outcome, "result": decision.result})
    decision_asked(decision, by=by)
    return decision


@transaction.atomic
def confirm_decision(*, by: Actor, decision: Decision, seen: int | None = None) -> Decision:
    """Let a proposal stand. Only a person other than the proposer may; then the learning goes onto the map."""
    decision = lock_open(decision, by=by, seen=seen)
    require(by, Permission.EXPERIMENT_CONFIRM, decision.experiment)
    if not isinstance(by, Membership):
        raise PermissionDenied(_("A decision is confirmed by a person."))
    if by.pk in proposers(decision):
        raise PermissionDenied(_("Somebody else than the proposer confirms a decision."))
    decision.confirmed_by, decision.confirmer_name, decision.confirmed_at = by, by.label, timezone.now()
    decision.version += 1
    decision.save()
    finish(decision.experiment, by=by, to=Status.DECIDED)
    experiment = complete(Experiment.objects.all()).get(pk=decision.experiment_id)
    index(experiment)
    record(experiment, by=by, verb="decided", after={"outcome": decision.outcome, "result": decision.result})
    leave_learning(decision, by=by)
    decision_stands(decision, by=by)
    for hearer in _hearers:
        hearer(decision, by)
    return decision


@transaction.atomic
def return_decision(*, by: Actor, decision: Decision, why: str, seen: int | None = None) -> Decision:
    """Send a proposal back with a reason, or take one's own back. Another one can be proposed then."""
    decision = lock_open(decision, by=by, seen=seen)
    require(by, Permission.EXPERIMENT_CONFIRM, decision.experiment)
    if not why.strip():
        raise ValidationError({"why": [_("Say what should be thought over.")]})
    decision.returned_by = by if isinstance(by, Membership) else None
    decision.returner_name, decision.returned_at, decision.returned_why = by.label, timezone.now(), why.strip()
    decision.version += 1
    check(decision, {"returned_why": "why"})
    decision.save()
    save_edited(decision.experiment)
    record(decision.experiment, by=by, verb="returned", after={"why": decision.returned_why})
    decision_returned(decision, by=by)
    return decision


def lock_open(decision: Decision, *, by: Actor, seen: int | None) -> Decision:
    """The decision as it is now, still open, with its experiment locked."""
    experiment = lock(decision.experiment, by=by)
    held = experiment.decisions.get(pk=decision.pk)
    held.experiment = experiment
    check_seen(held, seen)
    if held.confirmed_at or held.returned_at:
        raise ValidationError(_("This proposal has been answered already."), code="answered")
    return held


def proposers(decision: Decision) -> set[int | None]:
    """Who proposed it; of a program also who made its key."""
    key = decision.proposed_key
    return {decision.proposed_by_id, key.created_by_id if key else None} - {None}


def variant_for(experiment: Experiment, outcome: str, variant: Variant | None) -> Variant | None:
    """The variant that the decision is about: the one that is named, or the only treatment."""
    variants = list(experiment.variants.all())
    control, treatments = variants[:1], variants[1:]
    if variant is not None and variant.experiment_id != experiment.pk:
        raise ValidationError({"variant": [_("This variant is not in the experiment.")]})
    if outcome == Outcome.SHIP and variant in control:
        raise ValidationError({"variant": [_("The control is what there is already. Choose a treatment.")]})
    if variant is not None or len(treatments) == 1:
        return variant or treatments[0]
    if outcome == Outcome.SHIP:
        raise ValidationError({"variant": [_("Say which variant ships.")]})
    return None


def estimate(experiment: Experiment, variant: Variant | None) -> dict[str, Any] | None:
    """The effect on the first primary metric as it is estimated now; None without results."""
    measured = next((one for one in analysis_of(experiment).measured if one.role == "primary"), None)
    if measured is None or measured.analysis is None:
        return None
    found = measured.analysis.comparisons
    chosen = next((one for one in found if variant is not None and one.variant == variant.key), found[0])
    return effect_document(measured, chosen)


def effect_document(measured: Measured, one: Comparison) -> dict[str, Any]:
    """A comparison as it is kept: the metric, the effects, and the intervals at 1 − alpha."""
    return {
        "metric": measured.planned.metric.name,
        "metric_id": measured.planned.metric_id,
        "kind": measured.planned.kind,
        "goal": measured.planned.goal,
        "variant": one.variant,
        "alpha": measured.plan.alpha,
        "n": sum(variant.summary.n for variant in measured.variants),
        "absolute": one.absolute_effect,
        "interval": one.fixed.interval if one.fixed else None,
        "always_valid_interval": one.always_valid.interval if one.always_valid else None,
        "relative": one.relative_effect,
        "relative_interval": one.relative_interval,
        "chance_to_beat": one.posterior.chance_to_beat if one.posterior else None,
        "verdict": one.verdict.value,
        "result": RESULTS[one.verdict].value,
    }


def check(decision: Decision, names: dict[str, str] | None = None) -> None:
    """Full validation, with errors at the names under which the caller gave the fields."""
    try:
        decision.full_clean(exclude=["experiment", "effect", "proposed_by", "proposed_key", "confirmed_by"])
    except ValidationError as error:
        found = error.update_error_dict({})
        raise ValidationError({(names or {}).get(name, name): errors for name, errors in found.items()}) from None
