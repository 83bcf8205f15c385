"""What an experiment has shown so far."""

from django.http import HttpResponse
from django.shortcuts import render

from experiments.completeness_words import incomplete
from experiments.enums import MetricRole
from experiments.models import Experiment
from experiments.queries.analysis import Readout, analysis_of
from experiments.services.results import OPEN
from experiments.views.frame import frame, shown
from experiments.views.readout import Row, course_of, forest_of, hill_of, rows_of
from teams.door import WorkspaceRequest, page


@page("GET")
def results(request: WorkspaceRequest, pk: int) -> HttpResponse:
    """The analysis; `?row=` with the metric's id, a dot and the variant's key chooses what is drawn over time."""
    experiment = shown(request, pk)
    readout = analysis_of(experiment)
    rows = rows_of(experiment, readout)
    chosen = choose(rows, request.GET.get("row", ""))
    count = users(readout)
    context = frame(request, experiment, "results") | {
        "readout": readout,
        "incomplete": incomplete(readout, {variant.key: variant.name for variant in experiment.variants.all()}),
        "rows": rows,
        "chosen": chosen,
        "forest": forest_of(rows) if readout.first_day else None,
        "course": course_of(experiment, chosen) if chosen else None,
        "hill": hill_of(chosen) if chosen else None,
        "sample_ratio": suspect(readout),
        "users": count,
        "progress": progress(experiment, count),
        "entering": experiment.status in OPEN,
    }
    return render(request, "experiments/results.html", context)


def choose(rows: list[Row], name: str) -> Row | None:
    """The row that the address names, or the first one that has numbers."""
    with_numbers = {f"{row.measured.planned.pk}.{row.comparison.variant}": row for row in rows if row.comparison}
    return with_numbers.get(name) or next(iter(with_numbers.values()), None)


def suspect(readout: Readout):
    """The sample-ratio check of the first primary metric that has numbers."""
    found = [one.analysis for one in readout.measured if one.analysis and one.role == MetricRole.PRIMARY]
    return found[0].sample_ratio if found else None


def users(readout: Readout) -> int:
    """Users so far: of the metric that counts the most of them."""
    return max((sum(variant.summary.n for variant in one.variants) for one in readout.measured), default=0)


def progress(experiment: Experiment, count: int) -> float | None:
    """The share of the planned users that are there."""
    total = experiment.plan.planned_total
    return count / total if total else None
