"""Experiments: write down an idea, change what it says, remove it and bring it back."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from experiments.models import Evidence, Experiment, Plan
from experiments.queries.experiments import complete
from experiments.services.deviations import record_deviation
from experiments.services.locks import lock_to_edit
from experiments.services.practice import practice_of
from experiments.services.references import check_references, references
from experiments.services.states import difference, experiment_state
from teams.errors import Gone
from teams.models import ApiKey, Membership, forget_prefetched
from teams.permissions import Actor, Permission, require
from teams.services import search
from teams.services.activity import record

FIELDS = frozenset(
    {
        *("title", "owner", "team", "change", "audience", "persona", "metric", "goal", "expected_effect", "because"),
        *("reason", "stage", "card", "opportunity"),
    }
)
# What a result is held against: after the start it changes only with a reason.
HYPOTHESIS = frozenset({"change", "audience", "persona", "metric", "goal", "expected_effect", "because"})
MOST_EVIDENCE = 50


@transaction.atomic
def create_experiment(
    *, by: Actor, evidence: Sequence[dict[str, Any]] = (), is_template: bool = False, **fields: Any
) -> Experiment:
    """Write down an idea. Fields: title, owner (of a person the person), team, change, audience, persona, metric, goal,
    expected_effect (relative), because, reason, stage or card, opportunity. Each piece of evidence is a dict of kind,
    text, url, date. Its plan begins with the workspace's practice.
    """
    require(by, Permission.EXPERIMENT_CREATE)
    experiment = Experiment(workspace_id=by.workspace_id, is_template=is_template)
    if isinstance(by, Membership):
        experiment.owner = by
    if isinstance(by, ApiKey):
        experiment.created_by_key = by
    fill(experiment, fields)
    check(experiment, {})
    experiment.save()
    keep_evidence(experiment, evidence)
    begin_plan(experiment)
    made = complete(Experiment.objects.all()).get(pk=experiment.pk)
    index(made)
    record(made, by=by, verb="created", after=experiment_state(made))
    return made


@transaction.atomic
def edit_experiment(
    *,
    by: Actor,
    experiment: Experiment,
    seen: int | None = None,
    evidence: Sequence[dict[str, Any]] | None = None,
    deviation: str = "",
    **fields: Any,
) -> Experiment:
    """Change the given fields. After the start a change of the hypothesis needs its reason in `deviation`."""
    experiment = lock_to_edit(experiment, by=by, seen=seen)
    before, referred = experiment_state(experiment), references(experiment)
    fill(experiment, fields)
    check(experiment, referred)
    if evidence is not None:
        keep_evidence(experiment, evidence)
    was, became = difference(before, experiment_state(experiment), also=moved(referred, references(experiment)))
    if not became:
        return experiment
    if experiment.started_on is not None and HYPOTHESIS & became.keys():
        changed = HYPOTHESIS & became.keys()
        record_deviation(
            experiment,
            by=by,
            reason=deviation,
            before={name: was[name] for name in changed},
            after={name: became[name] for name in changed},
        )
    save_edited(experiment)
    index(experiment)
    record(experiment, by=by, verb="edited", before=was, after=became)
    return experiment


@transaction.atomic
def remove_experiment(*, by: Actor, experiment: Experiment, seen: int | None = None) -> Experiment:
    """Take an experiment out of the log; `restore_experiment` brings it back with all that it has."""
    experiment = lock_to_edit(experiment, by=by, seen=seen)
    experiment.removed_at = timezone.now()
    save_edited(experiment)
    search.forget(kind="experiment", object_ids=[experiment.pk])
    record(experiment, by=by, verb="removed")
    return experiment


@transaction.atomic
def restore_experiment(*, by: Actor, experiment: Experiment) -> Experiment:
    """Bring a removed experiment back."""
    rows = Experiment.objects.select_for_update(of=("self",), no_key=True)
    held = rows.filter(pk=experiment.pk, workspace_id=by.workspace_id).first()
    if held is None:
        raise Gone
    require(by, Permission.EXPERIMENT_EDIT, held)
    if held.removed_at is not None:
        held.removed_at = None
        save_edited(held)
        held = complete(Experiment.objects.all()).get(pk=held.pk)
        index(held)
        record(held, by=by, verb="restored")
    return held


def fill(experiment: Experiment, fields: dict[str, Any]) -> None:
    unknown = fields.keys() - FIELDS
    if unknown:
        raise TypeError(f"An experiment has no {sorted(unknown)}")
    for name, value in fields.items():
        setattr(experiment, name, value.strip() if isinstance(value, str) else value)
    if fields.get("stage") is not None and "card" not in fields:
        experiment.card = None  # it goes from the card to the stage
    if experiment.card_id is not None:
        experiment.stage = None  # the card's stage is its stage, wherever the card moves


def moved(before: dict[str, int | None], after: dict[str, int | None]) -> set[str]:
    """The references that lead to another thing, of the same name perhaps."""
    return {name for name, pk in after.items() if pk != before[name]}


def check(experiment: Experiment, referred: dict[str, int | None]) -> None:
    """Raise ValidationError naming the fields that are wrong."""
    if experiment.owner_id is None:
        raise ValidationError({"owner": [_("Say who owns this experiment.")]})
    check_references(experiment, referred)
    experiment.full_clean(exclude=["workspace", "created_by_key", "copied_from", "stage", "card", "opportunity"])


def keep_evidence(experiment: Experiment, evidence: Sequence[dict[str, Any]]) -> None:
    """Make the experiment's evidence this, in this order."""
    if len(evidence) > MOST_EVIDENCE:
        sentence = _("An experiment has at most %(most)s pieces of evidence.") % {"most": MOST_EVIDENCE}
        raise ValidationError({"evidence": [sentence]})
    rows = [Evidence(experiment=experiment, **piece) for piece in evidence]
    for number, row in enumerate(rows, 1):
        try:
            row.full_clean(exclude=["experiment"])
        except ValidationError as error:
            place = _("Evidence %(number)s") % {"number": number}
            raise ValidationError({"evidence": [f"{place}: {text}" for text in error.messages]}) from None
    experiment.evidence.all().delete()
    Evidence.objects.bulk_create(rows)
    forget_prefetched(experiment, "evidence")


def begin_plan(experiment: Experiment) -> None:
    practice = practice_of(experiment.workspace_id)
    same = {name: getattr(practice, name) for name in ["alpha", "power", "rule", "correction", "minimum_days"]}
    Plan.objects.create(experiment=experiment, **same)


def save_edited(experiment: Experiment) -> None:
    experiment.version += 1
    experiment.save()


def index(experiment: Experiment) -> None:
    """Have it found by its title, its hypothesis, and what was learned as far as that stands."""
    if experiment.is_template:
        return
    learned = [decision.learned for decision in experiment.decisions.all() if decision.confirmed_at]
    search.index(
        workspace_id=experiment.workspace_id,
        kind="experiment",
        object_id=experiment.pk,
        title=experiment.title,
        text="\n".join([experiment.change, experiment.because, experiment.audience, *learned]),
    )
