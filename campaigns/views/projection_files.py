"""What comes out of a projection as a file."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpResponse
from django.utils.text import slugify
from django.utils.translation import gettext as _

from campaigns.models import Projection
from campaigns.views.links import download
from campaigns.views.projection_frame import asked_version, shown
from journeys.documents.card_table import MARK, disarmed
from teams.csv_lines import csv_lines
from teams.door import WorkspaceRequest, page

COLUMNS = ("scenario", "month", "what", "stage", "p10", "p50", "p90")


@page("GET")
def projection_csv(request: WorkspaceRequest, pk: int) -> HttpResponse:
    """All scenarios of the latest version, or of the one that the address names, a line a month and series."""
    found = shown(request, pk)
    version = asked_version(request, found)
    return download(table(version.answer), f"{name_of(found)}-{version.number}.csv")


def name_of(projection: Projection) -> str:
    return slugify(projection.title)[:60] or "projection"


def table(answer: dict[str, Any]) -> Iterator[str]:
    """With a byte order mark, by which spreadsheets know UTF-8; names that they would run as formulas are disarmed."""
    yield MARK
    yield from csv_lines([COLUMNS])
    for one in answer["scenarios"]:
        yield from csv_lines(rows_of(one))


def rows_of(one: dict[str, Any]) -> Iterator[list[str]]:
    name = disarmed(one["name"] or _("Base"))
    for what, stage, series in series_of(one):
        for number, month in enumerate(one["months"]):
            ends = [repr(series[end][number]) for end in ("p10", "p50", "p90")]
            yield [name, month, what, disarmed(stage), *ends]


def series_of(one: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    yield "entered", "", one["entered"]
    for stage in one["stages"]:
        yield "passed", stage["name"], stage["months"]
    yield "revenue", "", one["revenue"]
    yield "cost", "", one["cost"]
