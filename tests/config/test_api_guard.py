"""Each operation of the API, also the one that somebody adds tomorrow: nobody, a stranger, a viewer, a wrong method."""

from typing import Any

import pytest
from django.test import Client

from campaigns.queries.approvals import last_request
from campaigns.services.campaign_copies import save_as_template
from campaigns.services.saved_views import save_view
from experiments.models import Learning, Reason
from journeys.documents.export import export_document
from teams.api.document import openapi
from teams.enums import Role
from teams.models import Notification
from teams.services.comments import add_comment
from teams.services.notifications import notify
from tests.api import ROOT, Program, program
from tests.campaigns.approving import asked, make_rule
from tests.campaigns.made import (
    make_campaign,
    make_message,
    make_overlap,
    make_policy,
    make_segment,
    make_tactic,
    make_task,
)
from tests.campaigns.projecting import linked, make_projection
from tests.cast import make_cast
from tests.experiments.made import make_idea, make_proposed
from tests.factories import (
    lane_of,
    make_card,
    make_channel,
    make_link,
    make_link_rule,
    make_map,
    make_metric,
    make_path,
    make_persona,
    make_scenario,
    numbers,
    stage_of,
)

pytestmark = pytest.mark.django_db

NOUNS = {
    "calendar-views",
    "approval-rules",
    "approvals",
    "campaign-tasks",
    "campaign-templates",
    "campaigns",
    "cards",
    "channels",
    "comments",
    "decisions",
    "experiments",
    "lanes",
    "learnings",
    "link-rules",
    "links",
    "maps",
    "members",
    "messages",
    "metrics",
    "notifications",
    "paths",
    "personas",
    "projections",
    "policies",
    "readings",
    "reasons",
    "scenarios",
    "segment-overlaps",
    "segments",
    "stages",
    "tactics",
    "teams",
}


# What is added there overwrites nothing: a correction keeps what was there before.
ADDS = {"campaigns/{id}/copy/", "experiments/{id}/results/", "projections/{id}/actuals/"}

# What one object has many of, in pages.
LISTS = {"experiments/{id}/results/", "maps/{id}/changes/"}

# A person's own: a program has none, and meets no object of them.
PERSONAL = {"notifications"}

# Everybody may comment; here the body is empty.
VIEWER_MAY = {("POST", "comments/")}

# They compute from what is sent and keep nothing: a viewer may as well.
CALCULATIONS = {
    "links/check/",
    "pressure/check/",
    "projections/calculate/",
    "statistics/analysis/",
    "statistics/sample-size/",
}


def operations() -> list[tuple[str, str]]:
    paths = openapi()["paths"]
    return sorted((method.upper(), path.removeprefix(ROOT)) for path, methods in paths.items() for method in methods)


def writes() -> list[tuple[str, str]]:
    return [(method, path) for method, path in operations() if method != "GET" and path not in CALCULATIONS]


def with_id() -> list[tuple[str, str]]:
    return [(method, path) for method, path in operations() if "{id}" in path]


def personal(path: str) -> bool:
    return path.split("/")[0] in PERSONAL


def for_programs(chosen: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Without those on a single thing of a person's own."""
    return [(method, path) for method, path in chosen if not (personal(path) and "{id}" in path)]


def ids(operation: tuple[str, str]) -> str:
    return " ".join(operation)


def told(actor, metric) -> Notification:
    notify([actor], by=None, verb="comment.added", thing=metric)
    return actor.notifications.latest("pk")


def things(actor) -> dict[str, Any]:
    """One object of every noun in the actor's workspace."""
    workspace = actor.workspace
    persona = make_persona(workspace)
    journey = make_map(actor, personas=[persona])
    metric = make_metric(workspace)
    return {
        "calendar-views": save_view(by=actor, name=f"View {next(numbers)}", shared=True),
        "cards": make_card(actor, journey),
        "channels": make_channel(workspace),
        "decisions": make_proposed(actor, journey=journey),
        "learnings": Learning.objects.create(decision=make_proposed(actor, journey=journey), stage=stage_of(journey)),
        "experiments": make_idea(actor, journey=journey),
        "reasons": Reason.objects.create(workspace=workspace, name="Fewer steps"),
        "lanes": lane_of(journey),
        "link-rules": make_link_rule(workspace),
        "links": make_link(actor),
        "maps": journey,
        "members": actor,
        "messages": make_message(actor),
        "metrics": metric,
        "comments": add_comment(by=actor, thing=metric, text="Why so low?"),
        "notifications": told(actor, metric),
        "approval-rules": make_rule(actor),
        "approvals": last_request(asked(actor)).approvals.get(),
        "campaign-tasks": make_task(actor),
        "campaign-templates": save_as_template(by=actor, campaign=make_campaign(actor)),
        "campaigns": asked(actor),
        "paths": make_path(actor, journey),
        "personas": persona,
        "projections": make_projection(actor, map=journey, stages=linked(journey)),
        "readings": metric.readings.create(date="2026-01-31", value=0.5),
        "scenarios": make_scenario(persona),
        "segments": make_segment(actor),
        "segment-overlaps": make_overlap(actor),
        "policies": make_policy(workspace),
        "stages": stage_of(journey),
        "tactics": make_tactic(actor),
        "teams": workspace.teams.first(),
    }


def address(path: str, found: dict[str, Any]) -> str:
    return path.replace("{id}", str(found[path.split("/")[0]].pk)) if "{id}" in path else path


def call(caller: Program, method: str, path: str):
    return caller.send(method, path, None if method in {"GET", "DELETE"} else {}, seen="*")


@pytest.fixture(scope="module")
def cast(module_db):
    return make_cast()


@pytest.fixture(scope="module")
def found(cast):
    """The things of the workspace, made once for all operations."""
    return things(cast.owner)


@pytest.fixture(scope="module")
def foreign(cast):
    return things(cast.stranger)


def test_every_noun_is_there():
    assert {path.split("/")[0] for _method, path in operations()} == NOUNS | {
        "link-destinations",
        "segment-assumption",
        "pressure",
        "projections",
        "matrix",
        "statistics",
        "workspace",
    }


@pytest.mark.parametrize("operation", operations(), ids=ids)
def test_nobody_is_told_to_say_who(cast, found, operation):
    method, path = operation
    answer = call(Program(), method, address(path, found))
    assert answer.status_code == 401
    assert answer["WWW-Authenticate"]
    assert answer["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize("operation", with_id(), ids=ids)
def test_stranger_finds_nothing(cast, found, operation):
    method, path = operation
    answer = call(program(cast.elsewhere, Role.OWNER), method, address(path, found))
    assert answer.status_code == 404
    assert answer["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize("noun", sorted(NOUNS - PERSONAL))
def test_stranger_sees_nothing_in_lists(cast, found, foreign, noun):
    results = program(cast.elsewhere, Role.OWNER).get(f"{noun}/").json()["results"]
    assert foreign[noun].pk in [thing["id"] for thing in results]
    assert found[noun].pk not in [thing["id"] for thing in results]


@pytest.mark.parametrize("operation", for_programs(writes()), ids=ids)
def test_viewer_writes_nothing(cast, found, operation):
    method, path = operation
    before = export_document(found["maps"])
    answer = call(program(cast.workspace, Role.VIEWER), method, address(path, found))
    assert answer.status_code == (400 if (method, path) in VIEWER_MAY else 403)
    assert answer["Content-Type"] == "application/problem+json"
    assert export_document(found["maps"]) == before


@pytest.mark.parametrize("operation", for_programs([op for op in operations() if op[0] == "GET"]), ids=ids)
def test_viewer_reads_everything(cast, found, operation):
    method, path = operation
    answer = call(program(cast.workspace, Role.VIEWER), method, address(path, found))
    assert answer.status_code == 200
    assert answer["RateLimit-Remaining"]


@pytest.mark.parametrize("path", sorted({path for _method, path in operations()}))
def test_method_that_is_not_there(cast, found, path):
    caller = program(cast.workspace)
    there = {method for method, other in operations() if other == path}
    for method in {"GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"} - there:
        answer = call(caller, method, address(path, found))
        assert (method, answer.status_code) == (method, 405)
        assert set(answer["Allow"].split(", ")) - {"HEAD"} == there


@pytest.mark.parametrize(
    "operation", for_programs([op for op in with_id() if op[0] != "GET" and op[1] not in ADDS]), ids=ids
)
def test_write_of_one_object_says_what_it_saw(cast, found, operation):
    method, path = operation
    caller = program(cast.workspace, Role.OWNER)
    body = None if method == "DELETE" else {}
    assert caller.send(method, address(path, found), body).status_code == 428
    assert caller.send(method, address(path, found), body, seen='"999"').status_code == 412


@pytest.mark.parametrize(
    "operation", for_programs([op for op in with_id() if op[0] == "GET" and op[1] not in LISTS]), ids=ids
)
def test_read_of_one_object_can_be_spared(cast, found, operation):
    caller, path = program(cast.workspace), address(operation[1], found)
    tag = caller.get(path)["ETag"]
    assert caller.get(path, **{"If-None-Match": tag}).status_code == 304


def test_pages_of_the_site_know_no_keys(cast):
    """A key opens the API alone."""
    caller = program(cast.workspace)
    assert caller.client.get("/").status_code == 302
    assert Client().get("/api/v1/workspace/").status_code == 401
