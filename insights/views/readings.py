import datetime

from django.contrib import messages
from django.core import signing
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _

from insights import queries
from insights.forms.readings import ReadingForm
from insights.models import Metric
from insights.services import readings as services
from insights.views.metrics import address, show
from teams.csv_lines import csv_lines
from teams.door import WorkspaceRequest, page
from teams.errors import Conflict
from teams.permissions import Permission
from teams.seen import refuse

UNDO_SECONDS = 24 * 60 * 60


@page("POST", permission=Permission.READING_ADD)
def reading_new(request: WorkspaceRequest, pk: int) -> HttpResponse:
    metric = get_object_or_404(queries.metrics_of(request.membership), pk=pk)
    form = ReadingForm(request.POST, metric=metric)
    if form.is_valid():
        try:
            reading = services.record_reading(by=request.membership, metric=metric, **form.fields_given())
        except ValidationError as error:
            refuse(form, error)
        else:
            corrected = _("The reading of that day is corrected.")
            return done(request, metric, _("Recorded.") if reading.version == 1 else corrected)
    return show(request, metric, form, status=422)


@page("GET", "POST", permission=Permission.READING_ADD)
def reading_edit(request: WorkspaceRequest, pk: int, reading: int) -> HttpResponse:
    metric = get_object_or_404(queries.metrics_of(request.membership), pk=pk)
    held = get_object_or_404(queries.readings_of(metric), pk=reading)
    if request.method != "POST":
        return show(request, metric, ReadingForm(metric=metric, reading=held))
    form = ReadingForm(request.POST, metric=metric, reading=held)
    if form.is_valid():
        try:
            services.edit_reading(by=request.membership, reading=held, seen=form.seen_version(), **form.fields_given())
            return done(request, metric, _("Corrected."))
        except ValidationError as error:
            refuse(form, error)
        except Conflict as conflict:
            form.show_theirs(ReadingForm(metric=metric, reading=conflict.current))
            return show(request, metric, form, status=409)
    return show(request, metric, form, status=422)


@page("POST", permission=Permission.READING_ADD)
def reading_delete(request: WorkspaceRequest, pk: int, reading: int) -> HttpResponse:
    metric = get_object_or_404(queries.metrics_of(request.membership), pk=pk)
    held = get_object_or_404(queries.readings_of(metric), pk=reading)
    services.delete_reading(by=request.membership, reading=held)
    token = signing.dumps([held.date.isoformat(), held.value, held.n], salt=undo_salt(metric))
    undo = reverse("insights:reading_restore", args=[request.workspace.slug, metric.pk, token])
    return done(request, metric, _("The reading of %(date)s is deleted.") % {"date": held.date.isoformat()}, undo)


@page("POST", permission=Permission.READING_ADD)
def reading_restore(request: WorkspaceRequest, pk: int, token: str) -> HttpResponse:
    metric = get_object_or_404(queries.metrics_of(request.membership), pk=pk)
    try:
        day, value, n = signing.loads(token, salt=undo_salt(metric), max_age=UNDO_SECONDS)
    except signing.BadSignature:
        raise Http404 from None
    try:
        services.record_reading(
            by=request.membership, metric=metric, date=datetime.date.fromisoformat(day), value=value, n=n, only_new=True
        )
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect(address(request, metric))
    return done(request, metric, _("The reading is back."))


@page("GET")
def readings_export(request: WorkspaceRequest, pk: int) -> HttpResponse:
    """All readings as the import reads them: ISO dates, shares from 0 to 1."""
    metric = get_object_or_404(queries.metrics_of(request.membership), pk=pk)
    rows = metric.readings.order_by("date").values_list("date", "value", "n").iterator(chunk_size=2000)
    response = HttpResponse(table(rows), content_type="text/csv; charset=utf-8")
    name = slugify(metric.name) or "metric"
    response["Content-Disposition"] = f'attachment; filename="{name}-readings.csv"'
    return response


def table(rows):
    yield from csv_lines([["date", "value", "n"]])
    yield from csv_lines([day.isoformat(), plain(value), "" if n is None else n] for day, value, n in rows)


def plain(value: float) -> str:
    return str(int(value)) if value.is_integer() else repr(value)


def undo_salt(metric: Metric) -> str:
    return f"deleted reading of {metric.pk}"


def done(request, metric: Metric, sentence: str, undo: str = "") -> HttpResponse:
    messages.success(request, sentence, extra_tags=undo)
    return show(request, metric) if request.htmx else redirect(address(request, metric))
