"""Links as CSV, for spreadsheets: what was built, and a file that was looked through, with its proposals taken."""

from collections.abc import Iterable, Iterator

from campaigns.models import Link
from campaigns.services.link_sheets import Judged
from journeys.documents.card_table import MARK, disarmed
from teams.csv_lines import csv_lines


def table(header: list[str], rows: Iterable[list[str]]) -> Iterator[str]:
    """CSV with a byte order mark, by which spreadsheets know UTF-8; what they would run as a formula is disarmed."""
    yield MARK
    yield from csv_lines([header])
    yield from csv_lines([disarmed(cell) for cell in row] for row in rows)


def table_of_links(links: Iterable[Link], names: list[str]) -> Iterator[str]:
    header = ["url", "destination", *names, "built_by", "built_at"]
    return table(header, (link_row(link, names) for link in links))


def link_row(link: Link, names: list[str]) -> list[str]:
    said = [str(link.parameters.get(name, "")) for name in names]
    return [link.url, link.destination, *said, link.built_by_name, link.built_at.isoformat(timespec="seconds")]


def table_of_lines(lines: Iterable[Judged], names: list[str]) -> Iterator[str]:
    """The file with all proposals taken, to be read, mended further and imported: `url` and the parameters are what
    would be imported, `link` what they make, `given` what the line said."""
    header = ["line", "url", *names, "link", "rule", "problem", "given"]
    return table(header, (judged_row(judged, names) for judged in lines))


def judged_row(judged: Judged, names: list[str]) -> list[str]:
    line, checked = judged.line, judged.checked
    said = {**line.parameters, **checked.parameters}
    url = checked.destination or line.url
    for problem in checked.problems:
        if problem.proposal is not None and problem.parameter:
            said[problem.parameter] = problem.proposal
    link = checked.url or checked.proposal
    given = "" if judged.ok else " ".join([line.url, *(f"{name}={value}" for name, value in line.parameters.items())])
    cells = [said.get(name, "") for name in names]
    return [str(line.number), url, *cells, link, judged.rules, " ".join(judged.reasons), given]
