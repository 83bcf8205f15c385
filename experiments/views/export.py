"""The log as a table for spreadsheets, with the filters of the log. Sent while it is read, some rows at a time."""

from collections.abc import Iterator

from django.http import StreamingHttpResponse

from experiments.queries.log import Line, lines, list_experiments
from experiments.queries.pickers import with_map
from experiments.sentence import sentence_of
from experiments.views.log import ASKED
from journeys.documents.card_table import MARK, disarmed
from teams.csv_lines import csv_lines
from teams.door import WorkspaceRequest, page
from teams.permissions import Actor

AT_ONCE = 250
COLUMNS = (
    *("id", "title", "status", "signal", "owner", "team", "hypothesis", "map", "stage", "card", "persona", "metric"),
    *("direction", "expected_effect", "reason", "score", "scores", "started", "ended", "days", "planned_end"),
    *("decision", "result", "variant", "effect", "effect_low", "effect_high", "learned", "confirmed", "changed"),
)


@page("GET")
def log_csv(request: WorkspaceRequest) -> StreamingHttpResponse:
    asked = {name: request.GET.get(name, "").replace("\x00", "")[:200] for name in ASKED}
    asked = with_map(request.membership, asked)
    ids = list(list_experiments(request.membership, asked).values_list("pk", flat=True))
    headers = {"Content-Disposition": 'attachment; filename="experiments.csv"', "X-Content-Type-Options": "nosniff"}
    return StreamingHttpResponse(
        table(ids, request.membership), content_type="text/csv; charset=utf-8", headers=headers
    )


def table(ids: list[int], to: Actor) -> Iterator[str]:
    """Line by line, the names of the columns first."""
    yield MARK
    yield from csv_lines([COLUMNS])
    for start in range(0, len(ids), AT_ONCE):
        found = lines(ids[start : start + AT_ONCE], to=to)
        yield from csv_lines([cell(value) for value in row_of(line)] for line in found)


def row_of(line: Line) -> list[object]:
    """In the order of COLUMNS. Codes rather than words, so that a program can read them in any language."""
    one, decided, place = line.experiment, line.decision, line.experiment.place
    effect = (decided.effect if decided else None) or {}
    low, high = effect.get("relative_interval") or (None, None)
    return [
        *(one.pk, one.title, one.status, one.signal, one.owner, one.team, sentence_of(one)),
        *(place and place.map.title, place and place.name, one.card and one.card.title),
        *(one.persona, one.metric, one.goal, one.expected_effect, one.reason, line.score, line.count),
        *(one.started_on, one.ended_on, line.days, one.plan.planned_end),
        *((decided.outcome, decided.result, effect.get("variant")) if decided else ("", "", "")),
        *(effect.get("relative"), low, high, decided and decided.learned),
        *(decided and decided.confirmed_at and decided.confirmed_at.date(), one.changed_at.date()),
    ]


def cell(value: object) -> str:
    """As text; a text that a spreadsheet would run as a formula is disarmed, a negative number is one."""
    if value is None:
        return ""
    return (
        f"{value:.10g}" if isinstance(value, float) else str(value) if isinstance(value, int) else disarmed(str(value))
    )
