import logging

import pytest
from django.test import Client

from tests.api import Program, errors_of, program

pytestmark = pytest.mark.django_db


@pytest.fixture
def caller(cast):
    return program(cast.workspace)


def test_problem_has_the_members_of_rfc_9457(caller):
    answer = caller.post("teams/", {"name": ""})
    assert answer.status_code == 400
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json() == {
        "type": "about:blank",
        "title": "Bad Request",
        "status": 400,
        "detail": "Some of what you sent cannot be accepted.",
        "errors": [{"field": "name", "code": "blank", "detail": "This field may not be blank."}],
    }


@pytest.mark.parametrize("path", ["teams/abc/", "nothing/", "teams", "teams/1/2/", "", "../nothing"])
def test_address_that_does_not_exist(caller, path):
    for method in ["GET", "POST", "DELETE"]:
        answer = caller.send(method, path, seen="*")
        assert answer.status_code == 404
        assert answer["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize(
    ("method", "path"),
    [("PUT", "teams/"), ("DELETE", "workspace/"), ("OPTIONS", "teams/"), ("POST", "members/"), ("TRACE", "teams/")],
)
def test_method_that_does_not_exist(caller, method, path):
    answer = caller.send(method, path, {} if method != "TRACE" else None)
    assert answer.status_code == 405
    assert answer["Content-Type"] == "application/problem+json"
    assert "GET" in answer["Allow"]
    assert "OPTIONS" not in answer["Allow"]


def test_answer_that_is_not_json(caller):
    answer = caller.get("teams/", Accept="text/html")
    assert answer.status_code == 406
    assert answer["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize(
    "kind", ["text/plain", "multipart/form-data; boundary=x", "application/x-www-form-urlencoded", "nonsense"]
)
def test_body_that_is_not_json_by_type(caller, kind):
    answer = caller.client.generic("POST", "/api/v1/teams/", b'{"name": "A"}', content_type=kind)
    assert answer.status_code == 415
    assert answer["Content-Type"] == "application/problem+json"


MALFORMED = {
    "cut": b'{"name": "A',
    "nan": b'{"name": NaN}',
    "infinite": b'{"name": -Infinity}',
    "huge number": b'{"name": 1e999}',
    "endless integer": b'{"name": ' + b"9" * 5000 + b"}",
    "latin-1": '{"name": "é"}'.encode("latin-1"),
    "twice": b'{"name": "A", "name": "B"}',
    "deep": b"[" * 100_000,
    "rather deep": b"[" * 900 + b"]" * 900,
}


@pytest.mark.parametrize("raw", MALFORMED.values(), ids=MALFORMED)
def test_body_malformed(caller, raw):
    answer = caller.send("POST", "teams/", raw=raw)
    assert answer.status_code == 400
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["detail"]


@pytest.mark.parametrize("body", [[], "text", 5, None, True])
def test_body_of_another_type(caller, body):
    answer = caller.post("teams/", body, raw=None if body is not None else b"null")
    assert answer.status_code == 400


@pytest.mark.parametrize("text", ["a\x00b", "\ud800", "\udfff tail"])
def test_text_that_cannot_be_kept_is_refused_at_its_field(caller, text):
    assert errors_of(caller.post("teams/", {"name": text})).keys() == {"name"}
    assert errors_of(caller.post("teams/", {"name": "A", "function": text})).keys() == {"function"}


def test_field_name_that_cannot_be_kept(caller):
    assert caller.post("teams/", {"name": "A", "\ud800": 1}).status_code == 400


def test_body_too_long(caller):
    answer = caller.post("teams/", {"name": "A" * (1024 * 1024)})
    assert answer.status_code == 413
    assert answer["Content-Type"] == "application/problem+json"


def test_field_unknown_or_read_only(caller):
    answer = caller.post("teams/", {"name": "A", "nmae": "B", "id": 7})
    assert answer.status_code == 400
    assert errors_of(answer) == {"nmae": "There is no such field.", "id": "This field cannot be set."}


@pytest.mark.parametrize("value", [5, 1.5, True, None, [], {}, "x" * 61])
def test_value_of_another_type(caller, value):
    answer = caller.post("teams/", {"name": value})
    assert errors_of(answer).keys() == {"name"}


def test_error_that_nobody_expected(caller, monkeypatch):
    def broken(actor):
        raise RuntimeError("broken")

    monkeypatch.setattr("teams.queries.teams_of", broken)
    caller.client.raise_request_exception = False
    logging.disable(logging.CRITICAL)
    try:
        answer = caller.get("teams/")
    finally:
        logging.disable(logging.NOTSET)
    assert answer.status_code == 500
    assert answer["Content-Type"] == "application/problem+json"


def test_nobody_learns_nothing_about_addresses():
    assert Program().get("nothing/").status_code == 404
    assert Client().get("/api/").status_code == 404
