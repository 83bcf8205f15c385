"""Where a metric is used: the panel that the metric's page asks for, and a page of its own."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from insights.queries import metrics_of
from journeys.queries.uses import uses_of
from teams.door import WorkspaceRequest, page


@page("GET")
def metric_uses(request: WorkspaceRequest, pk: int) -> HttpResponse:
    metric = get_object_or_404(metrics_of(request.membership), pk=pk)
    template = "journeys/_metric_uses.html" if request.htmx else "journeys/metric_uses.html"
    return render(request, template, {"metric": metric, "uses": uses_of(metric)})
