"""From the document's terms to the fields that services take: the way back from `states`.

A name that the workspace does not know raises `Unknown`, whose `path` says where in the object it stands.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

from journeys.documents.names import Names, Unknown
from journeys.documents.states import State


@contextmanager
def at(*path: str) -> Iterator[None]:
    """Names that are unknown in this block are unknown at this path."""
    try:
        yield
    except Unknown as error:
        error.path = (*path, *error.path)
        raise


def card_fields(state: State, names: Names) -> dict[str, Any]:
    """What `add_card` takes, but for the place."""
    fields: dict[str, Any] = {
        "title": state["title"],
        "body": state.get("body", ""),
        "grade": state["evidence"],
        "channel": None,
        "moment": "",
        "accountable": None,
        "metric": None,
        "sources": [source | {"date": parsed_date(source.get("date"))} for source in state.get("sources", [])],
        "emotions": [],
    }
    if "channel" in state:
        with at("channel"):
            fields["channel"] = names.channel(state["channel"])
    if moment := state.get("moment"):
        fields["moment"] = moment["name"]
        with at("moment", "person"):
            fields["accountable"] = names.person(moment["person"])
        with at("moment", "metric"):
            fields["metric"] = names.metric(moment["metric"])
    for name, feeling in state.get("emotions", {}).items():
        with at("emotions", name):
            fields["emotions"].append((names.persona(name), feeling["level"], feeling.get("word", "")))
    return fields


def stage_fields(state: State, names: Names) -> dict[str, Any]:
    """What `add_stage` takes, but for the place."""
    fields: dict[str, Any] = {
        "name": state["name"],
        "description": state.get("description", ""),
        "questions": state.get("questions", []),
        "example_channels": state.get("example_channels", []),
        "accountable_team": None,
        "accountable_person": None,
        "metric": None,
        "parts": {},
    }
    if "team" in state:
        with at("team"):
            fields["accountable_team"] = names.team(state["team"])
    if "person" in state:
        with at("person"):
            fields["accountable_person"] = names.person(state["person"])
    if "metric" in state:
        with at("metric"):
            fields["metric"] = names.metric(state["metric"])
    for name, part in state.get("teams", {}).items():
        with at("teams", name):
            fields["parts"][names.team(name)] = part
    return fields


def parsed_date(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
