"""The log: all experiments of the workspace, filtered by what stands in the address."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from experiments.enums import Status
from experiments.queries.log import FILTERS, SORTS, lines, list_experiments
from experiments.queries.pickers import filters, stage_filter, with_map
from teams.door import WorkspaceRequest, page
from teams.permissions import Permission, can
from teams.slices import Slice
from teams.tabs import filter_links

PER_PAGE = 30
ASKED = ("q", "mine", "sort", *FILTERS)
SORTED_BY = {"changed": _("Last change"), "score": _("Score"), "start": _("Start")}


@page("GET")
def log(request: WorkspaceRequest) -> HttpResponse:
    asked = {name: request.GET.get(name, "").replace("\x00", "")[:200] for name in ASKED}
    asked = with_map(request.membership, asked)
    ids = list_experiments(request.membership, asked).values_list("pk", flat=True)
    found = Slice(ids, request.GET.get("page"), PER_PAGE)
    context = {
        "page": found,
        "lines": lines(found.object_list, to=request.membership),
        "asked": asked,
        "filtered": any(value for name, value in asked.items() if name != "sort"),
        "narrowed": any(asked[name] for name in FILTERS if name != "status"),
        "statuses": filter_links(request.GET, "status", [("", _("All")), *Status.choices], asked["status"]),
        "filters": filters(request.membership, asked),
        "stages": stage_filter(request.membership, asked),
        "sorts": [(name, SORTED_BY[name]) for name in SORTS],
        "may_create": can(request.membership, Permission.EXPERIMENT_CREATE),
    }
    return render(request, "experiments/_log_list.html" if request.htmx else "experiments/log.html", context)
