"""A new experiment from a document. Its export equals the document, but for what is said to be left out."""

import copy
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import transaction

from experiments.documents.export import export_experiment
from experiments.documents.history import add_decisions, add_deviations, add_scores, freeze
from experiments.documents.names import Named, find_names
from experiments.documents.rules import ran, rule_problems
from experiments.documents.schema import schema_problems
from experiments.enums import EntrySource, Status
from experiments.models import Experiment
from experiments.queries.experiments import complete
from experiments.services.experiments import create_experiment, index
from experiments.services.plans import set_plan
from experiments.services.results import Cell, record_results
from experiments.services.signals import refresh_signal
from journeys.documents.check import check_kept, not_json
from journeys.documents.problems import MOST_PROBLEMS, DocumentError, Problem, json_path
from teams.models import Membership
from teams.permissions import Actor, Permission, require
from teams.services.activity import record

TEXTS = ("change", "audience", "goal", "expected_effect", "because")
DATES = ("planned_start", "planned_end")
IN_HYPOTHESIS = frozenset({*TEXTS, "persona", "metric", "reason"})


@dataclass(frozen=True)
class Imported:
    """`left_out`: the places of the document that this workspace does not know and that were passed over."""

    experiment: Experiment
    left_out: tuple[Problem, ...]


@transaction.atomic
def import_experiment(*, by: Actor, document: Any) -> Imported:
    """Make the experiment. Raises DocumentError with the JSON paths of what is wrong; then nothing was changed."""
    require(by, Permission.EXPERIMENT_CREATE)
    check_shape(document)
    named = find_names(document, by)
    if named.problems:
        raise DocumentError(named.problems)
    experiment = write(document, named, by)
    experiment = loaded(experiment)
    check_equal(document, export_experiment(experiment, to=by), named)
    return Imported(experiment, tuple(named.left_out))


def check_shape(document: Any) -> None:
    problems = not_json(document) or schema_problems(document)
    problems = problems or list(islice(rule_problems(document), MOST_PROBLEMS))
    if problems:
        raise DocumentError(problems)


def write(document: dict[str, Any], named: Named, by: Actor) -> Experiment:
    owner = named.fields.pop("owner")
    # Who imports writes it all down as their own, and gives it to its owner in the end.
    with refused(hypothesis_place):
        experiment = create_experiment(
            by=by, owner=by if isinstance(by, Membership) else owner, **own_fields(document, named)
        )
    with refused(lambda field: ("plan", *numbered(field))):
        experiment = set_plan(by=by, experiment=experiment, **plan_fields(document, named))
    if ran(document):
        run(experiment, document, named, by)
    with refused(lambda field: ("scores", *numbered(field))):
        add_scores(experiment, document.get("scores", []))
    finish(experiment, document, owner, by)
    return experiment


def own_fields(document: dict[str, Any], named: Named) -> dict[str, Any]:
    hypothesis = document["hypothesis"]
    evidence = [{**piece, "date": as_date(piece.get("date"))} for piece in document.get("evidence", [])]
    texts = {name: hypothesis[name] for name in TEXTS if name in hypothesis}
    template = document.get("template", False)
    return {"title": document["title"], "evidence": evidence, "is_template": template} | texts | named.fields


def plan_fields(document: dict[str, Any], named: Named) -> dict[str, Any]:
    plan = dict(document["plan"])
    plan |= {name: as_date(plan[name]) for name in DATES if name in plan}
    plan["variants"] = plan.get("variants", [])
    plan["metrics"] = [row | {"metric": named.metrics[row["metric"]]} for row in plan.get("metrics", [])]
    return plan


def run(experiment: Experiment, document: dict[str, Any], named: Named, by: Actor) -> None:
    """What happened since the start. Results are checked as those that are typed."""
    experiment.status, experiment.started_on = Status.RUNNING, as_date(document["started_on"])
    experiment.ended_on = as_date(document.get("ended_on"))
    experiment.save(update_fields=["status", "started_on", "ended_on"])
    with refused(lambda field: (field,)):
        record_results(by=by, experiment=experiment, cells=cells_of(experiment, document), source=EntrySource.DOCUMENT)
    with refused(lambda field: ("deviations", *numbered(field))):
        add_deviations(experiment, document.get("deviations", []))
    with refused(lambda field: ("decisions", *numbered(field))):
        add_decisions(experiment, document.get("decisions", []), named.metrics, by)
    freeze(loaded(experiment))


def cells_of(experiment: Experiment, document: dict[str, Any]) -> list[Cell]:
    variants = {row.key: row for row in experiment.variants.all()}
    metrics = {row.metric.name: row for row in experiment.planned_metrics.all()}
    return [
        Cell(
            variants[row["variant"]],
            metrics[row["metric"]],
            as_date(row["date"]) or date.min,
            {name: value for name, value in row.items() if name not in ("date", "variant", "metric")},
            place=json_path(("results", number)),
        )
        for number, row in enumerate(document.get("results", []))
    ]


def finish(experiment: Experiment, document: dict[str, Any], owner: Any, by: Actor) -> None:
    experiment = loaded(experiment)
    experiment.owner = owner
    refresh_signal(experiment)
    experiment.status = document["status"]
    if experiment.status not in (Status.RUNNING, Status.DECIDING, Status.DECIDED):
        experiment.signal, experiment.signal_facts, experiment.signal_at = "", {}, None
    experiment.save()
    index(experiment)
    if experiment.status == Status.ARCHIVED:
        before = Status.DECIDED if ran(document) else Status.IDEA
        record(experiment, by=by, verb="moved", before={"status": before.value}, after={"status": "archived"})
    record(experiment, by=by, verb="imported")


def loaded(experiment: Experiment) -> Experiment:
    return complete(Experiment.objects.all()).select_related("owner__user").get(pk=experiment.pk)


def as_date(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def check_equal(document: dict[str, Any], made: dict[str, Any], named: Named) -> None:
    """What is kept equals what was given, without what is left out, and where the plan says something."""
    given, kept = comparable(document), comparable(made)
    for place in [*named.left_out, Problem("$.owner", "")]:
        forget(given, place.path)
        forget(kept, place.path)
    kept["plan"] = {name: value for name, value in kept["plan"].items() if name in given["plan"]}
    check_kept(given, kept)


def comparable(document: dict[str, Any]) -> dict[str, Any]:
    """In one order. Scores of what has not started are hidden from whoever has not scored."""
    same = copy.deepcopy(document)
    same["results"] = sorted(same.get("results", []), key=lambda row: (row["date"], row["metric"], row["variant"]))
    same["scores"] = sorted(same.get("scores", []), key=canonical) if ran(document) else []
    return same


def canonical(value: Any) -> str:
    return json.dumps(value, sort_keys=True)


def forget(document: dict[str, Any], path: str) -> None:
    *parents, last = path.removeprefix("$.").split(".")
    for parent in parents:
        document = document.get(parent, {})
    document.pop(last, None)


@contextmanager
def refused(place: Callable[[str], tuple[str | int, ...]]) -> Iterator[None]:
    """A ValidationError in this block becomes a DocumentError; `place` leads from a field to its place."""
    try:
        yield
    except ValidationError as error:
        fields = error.message_dict if hasattr(error, "error_dict") else {NON_FIELD_ERRORS: error.messages}
        raise DocumentError(
            [Problem(path_of(field, place), " ".join(messages)) for field, messages in fields.items()]
        ) from error


def path_of(field: str, place: Callable[[str], tuple[str | int, ...]]) -> str:
    return field if field.startswith("$") else json_path(place("" if field == NON_FIELD_ERRORS else field))


def numbered(field: str) -> tuple[str | int, ...]:
    """“variants.0.weight” as the steps to it."""
    return tuple(int(part) if part.isdigit() else part for part in field.split(".") if part)


def hypothesis_place(field: str) -> tuple[str | int, ...]:
    if field in ("stage", "card"):
        return ("place",)
    return ("hypothesis", field) if field in IN_HYPOTHESIS else numbered(field)
