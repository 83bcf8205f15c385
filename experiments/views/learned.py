"""What all experiments have taught: the learning base, the record, the forecasters."""

from django.http import HttpResponse
from django.shortcuts import render

from experiments.queries.forecasters import forecasters_of
from experiments.queries.learned import decided, learnings, record_of
from experiments.queries.log import FILTERS
from experiments.queries.pickers import filters, stage_filter, with_map
from teams.door import WorkspaceRequest, page
from teams.slices import Slice

PER_PAGE = 20
ASKED = ("q", *(name for name in FILTERS if name not in ("status", "signal")))


@page("GET")
def learned(request: WorkspaceRequest) -> HttpResponse:
    """Decided experiments with what was learned; filters in the address."""
    asked = {name: request.GET.get(name, "").replace("\x00", "")[:200] for name in ASKED}
    asked = with_map(request.membership, asked)
    rows = decided(request.membership, asked)
    found = Slice(rows.values_list("pk", flat=True), request.GET.get("page"), PER_PAGE)
    context = {
        "page": found,
        "experiments": learnings(found.object_list),
        "asked": asked,
        "filtered": any(asked.values()),
        "narrowed": any(asked[name] for name in ASKED if name != "q"),
        "filters": [picker for picker in filters(request.membership, asked) if picker.name != "signal"],
        "stages": stage_filter(request.membership, asked),
        "record": record_of(rows),
    }
    return render(request, "experiments/_learned_list.html" if request.htmx else "experiments/learned.html", context)


@page("GET")
def forecasters(request: WorkspaceRequest) -> HttpResponse:
    """Scores held against results: who foresees the direction of effects, and who their size."""
    return render(request, "experiments/forecasters.html", {"found": forecasters_of(request.membership)})
