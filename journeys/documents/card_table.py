"""The cards of a map as a table, for spreadsheets. Texts that a spreadsheet would run as a formula are disarmed."""

import csv
import io
import re
from collections.abc import Iterator
from typing import Any

from journeys.documents.export import Whole, document_of
from journeys.documents.rules import cells

COLUMNS = [
    "map", "stage", "lane", "position", "span", "title", "body", "evidence", "channel",
    "moment", "accountable", "metric", "emotions", "sources", "uid",
]  # fmt: skip
FORMULA = re.compile(r"\A'*[=+\-@\t]")
ESCAPED = re.compile(r"\A'+[=+\-@\t]")
MARK = "\ufeff"


def card_table(whole: Whole) -> str:
    """CSV with a byte order mark, by which spreadsheets know UTF-8. Cells in the order of the map, places from 1."""
    file = io.StringIO()
    file.write(MARK)
    writer = csv.writer(file)
    writer.writerow(COLUMNS)
    for row in table_rows(document_of(whole)):
        writer.writerow([disarmed(str(row[name])) for name in COLUMNS])
    return file.getvalue()


def table_rows(document: dict[str, Any]) -> Iterator[dict[str, Any]]:
    stages = {stage["id"]: stage["name"] for stage in document["stages"]}
    lanes = {lane["id"]: lane["name"] for lane in document["lanes"]}
    for stage, lane, cards in cells(document):
        for place, card in enumerate(cards, 1):
            where = {"map": document["title"], "stage": stages[stage], "lane": lanes[lane], "position": place}
            yield where | card_row(card)


def card_row(card: dict[str, Any]) -> dict[str, Any]:
    moment = card.get("moment", {})
    return {
        "span": card.get("span", 1),
        "title": card["title"],
        "body": card.get("body", ""),
        "evidence": card["evidence"],
        "channel": card.get("channel", ""),
        "moment": moment.get("name", ""),
        "accountable": moment.get("person", ""),
        "metric": moment.get("metric", ""),
        "emotions": "\n".join(emotion_line(name, felt) for name, felt in card.get("emotions", {}).items()),
        "sources": "\n".join(source_line(source) for source in card.get("sources", [])),
        "uid": card["id"],
    }


def emotion_line(name: str, felt: dict[str, Any]) -> str:
    """Such as “Anna: +1 curious”."""
    level = int(felt["level"])
    return f"{name}: {f'{level:+d}' if level else '0'} {felt.get('word', '')}".rstrip()


def source_line(source: dict[str, str]) -> str:
    """Kind, day, link and words, as far as there are any: “interview | 2026-02-03 | https://… | I saw it.”."""
    parts = [source["kind"], source.get("date", ""), source.get("url", ""), source.get("text", "")]
    while not parts[-1]:
        parts.pop()
    return " | ".join(parts)


def disarmed(text: str) -> str:
    """With an apostrophe before what a spreadsheet would take for a formula; `armed` takes it away again."""
    return f"'{text}" if FORMULA.match(text) else text


def armed(text: str) -> str:
    return text[1:] if ESCAPED.match(text) else text
