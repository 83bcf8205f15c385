"""The record of all forecasts of the workspace, with their calibration."""

from django.http import HttpResponse
from django.shortcuts import render

from campaigns.enums import Measure
from campaigns.forecast.scores import Score, record
from campaigns.queries.actuals import MOST_SCORES, scores_of
from teams.door import WorkspaceRequest, page
from teams.slices import Slice

PER_PAGE = 50


@page("GET")
def projection_record(request: WorkspaceRequest) -> HttpResponse:
    rows = scores_of(request.membership)
    kinds = rows.order_by("-month", "-pk").values_list("measure", "error", "percentage", "inside")[:MOST_SCORES]
    by_measure: dict[str, list[Score]] = {}
    for measure, error, percentage, inside in kinds:
        by_measure.setdefault(measure, []).append(Score(error, percentage, inside))
    every = [one for scores in by_measure.values() for one in scores]
    context = {
        "record": record(every),
        "records": [(measure.label, record(by_measure[measure])) for measure in Measure if measure in by_measure],
        "page": Slice(rows, request.GET.get("page"), PER_PAGE),
    }
    return render(request, "campaigns/projections/record.html", context)
