from functools import partial
from typing import NamedTuple

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from insights import queries
from insights.chart import chart
from insights.forms.metrics import FilterForm, MetricForm
from insights.forms.readings import ReadingForm
from insights.models import Metric
from insights.services import metrics as services
from insights.trends import Trend
from teams.door import WorkspaceRequest, page
from teams.permissions import Permission, can
from teams.seen import posted, refuse, save

METRICS_A_PAGE = 50
READINGS_A_PAGE = 20


class Row(NamedTuple):
    metric: Metric
    trend: Trend | None


@page("GET")
def metrics(request: WorkspaceRequest) -> HttpResponse:
    filters = FilterForm(request.GET)
    chosen = filters.cleaned_data if filters.is_valid() else {}
    found = queries.find_metrics(request.membership, text=chosen.get("q", ""), kind=chosen.get("kind", ""))
    listed = Paginator(found, METRICS_A_PAGE).get_page(request.GET.get("page"))
    trends = queries.trends_of([metric.pk for metric in listed])
    context = {
        "filters": filters,
        "filtered": any(chosen.values()),
        "page": listed,
        "rows": [Row(metric, trends.get(metric.pk)) for metric in listed],
        "may_define": can(request.membership, Permission.METRIC_EDIT),
    }
    template = "insights/_metric_list.html" if request.htmx else "insights/metrics.html"
    return render(request, template, context)


@page("GET")
def metric(request: WorkspaceRequest, pk: int) -> HttpResponse:
    return show(request, get_object_or_404(queries.metrics_of(request.membership), pk=pk))


def show(request, metric: Metric, form: ReadingForm | None = None, *, status: int = 200) -> HttpResponse:
    """The page of a metric, or for htmx its body, with the form for a new reading or the one given."""
    trend = queries.trends_of([metric.pk]).get(metric.pk)
    readings = Paginator(queries.readings_of(metric), READINGS_A_PAGE).get_page(request.GET.get("page"))
    may_record = can(request.membership, Permission.READING_ADD, metric)
    form = form or ReadingForm(metric=metric)
    context = {
        "metric": metric,
        "trend": trend,
        "chart": chart(trend.points, metric.target, timezone.localdate()) if trend else None,
        "page": readings,
        "form": form,
        "reading": form.reading,
        "may_record": may_record,
        "may_define": can(request.membership, Permission.METRIC_EDIT, metric),
    }
    template = "insights/_metric_body.html" if request.htmx else "insights/metric.html"
    return render(request, template, context, status=status)


@page("GET", "POST", permission=Permission.METRIC_EDIT)
def metric_new(request: WorkspaceRequest) -> HttpResponse:
    form = MetricForm(posted(request), workspace_id=request.workspace.pk)
    if request.method == "POST" and form.is_valid():
        try:
            made = services.create_metric(by=request.membership, **form.fields_given())
        except ValidationError as error:
            refuse(form, error)
        else:
            messages.success(request, _("“%(name)s” is defined.") % {"name": made.name})
            return redirect(address(request, made))
    return render(request, "insights/metric_form.html", {"form": form}, status=422 if form.errors else 200)


@page("GET", "POST", permission=Permission.METRIC_EDIT)
def metric_edit(request: WorkspaceRequest, pk: int) -> HttpResponse:
    metric = get_object_or_404(queries.metrics_of(request.membership), pk=pk)
    form = MetricForm(posted(request), instance=metric, workspace_id=request.workspace.pk)
    status = 200
    if request.method == "POST":
        status = save(
            form,
            partial(services.edit_metric, by=request.membership, metric=metric),
            lambda current: MetricForm(instance=current, workspace_id=metric.workspace_id),
        )
        if status == 302:
            messages.success(request, _("Saved."))
            return redirect(address(request, metric))
    named = get_object_or_404(queries.metrics_of(request.membership), pk=pk)
    return render(request, "insights/metric_form.html", {"form": form, "metric": named}, status=status)


@page("POST", permission=Permission.METRIC_EDIT)
def metric_remove(request: WorkspaceRequest, pk: int) -> HttpResponse:
    metric = get_object_or_404(queries.metrics_of(request.membership), pk=pk)
    try:
        services.remove_metric(by=request.membership, metric=metric)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect(address(request, metric))
    undo = reverse("insights:metric_restore", args=[request.workspace.slug, metric.pk])
    messages.success(request, _("“%(name)s” is removed.") % {"name": metric.name}, extra_tags=undo)
    return redirect("insights:metrics", request.workspace.slug)


@page("POST", permission=Permission.METRIC_EDIT)
def metric_restore(request: WorkspaceRequest, pk: int) -> HttpResponse:
    metric = get_object_or_404(queries.removed_metrics_of(request.membership), pk=pk)
    try:
        services.restore_metric(by=request.membership, metric=metric)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("insights:metrics", request.workspace.slug)
    messages.success(request, _("“%(name)s” is back.") % {"name": metric.name})
    return redirect(address(request, metric))


def address(request, metric: Metric) -> str:
    return reverse("insights:metric", args=[request.workspace.slug, metric.pk])
