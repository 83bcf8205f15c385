"""An experiment on one page, for paper: what was believed, what was done, what came out, what is kept of it."""

from django.http import HttpResponse
from django.shortcuts import render

from experiments.completeness_words import incomplete
from experiments.enums import MetricRole
from experiments.models import Decision, Experiment
from experiments.queries.analysis import analysis_of
from experiments.sentence import sentence_of
from experiments.views.frame import shown
from experiments.views.readout import Row, course_of, forest_of, hill_of, rows_of
from experiments.views.results import users
from teams.door import WorkspaceRequest, page


@page("GET")
def report(request: WorkspaceRequest, pk: int) -> HttpResponse:
    experiment = shown(request, pk)
    readout = analysis_of(experiment)
    rows = rows_of(experiment, readout)
    decision = standing(experiment)
    chosen = drawn(rows, decision)
    context = {
        "experiment": experiment,
        "sentence": sentence_of(experiment),
        "variants": experiment.variants.all(),
        "readout": readout,
        "incomplete": incomplete(readout, {variant.key: variant.name for variant in experiment.variants.all()}),
        "users": users(readout),
        "rows": rows,
        "chosen": chosen,
        "forest": forest_of(rows) if readout.first_day else None,
        "course": course_of(experiment, chosen) if chosen else None,
        "hill": hill_of(chosen) if chosen else None,
        "decision": decision,
    }
    return render(request, "experiments/report.html", context)


def standing(experiment: Experiment) -> Decision | None:
    """The decision that was proposed and not sent back."""
    return next((one for one in experiment.decisions.all() if one.returned_at is None), None)


def drawn(rows: list[Row], decision: Decision | None) -> Row | None:
    """What is drawn over time: the first primary metric, of the variant that the decision is about where it has one."""
    found = [row for row in rows if row.comparison and row.measured.role == MetricRole.PRIMARY]
    about = decision.variant if decision else None
    chosen = [row for row in found if row.comparison and about is not None and row.comparison.variant == about.key]
    return next(iter(chosen or found), None)
