import json
import logging
import re
import sys

import pytest

from config.logs import JsonFormatter, RequestIdFilter, request_id

SIGN_IN = "/accounts/login/"


@pytest.fixture
def lines(caplog):
    """A function: the log lines so far, as production would print them."""
    caplog.set_level(logging.INFO)
    caplog.handler.addFilter(RequestIdFilter())

    def printed(logger: str) -> list[dict]:
        return [json.loads(JsonFormatter().format(record)) for record in caplog.records if record.name == logger]

    return printed


def test_request_gets_an_id_of_its_own(client, db):
    first, second = (client.get(SIGN_IN)["X-Request-Id"] for _ in range(2))

    assert re.fullmatch(r"[0-9a-f]{16}", first)
    assert first != second


def test_id_given_by_a_proxy_is_kept(client, db):
    assert client.get(SIGN_IN, headers={"X-Request-Id": "edge-0123456789"})["X-Request-Id"] == "edge-0123456789"


@pytest.mark.parametrize("given", ["short", "with space 1234", "a" * 65, 'quote"12345678', "12345678\u00e9"])
def test_odd_id_is_replaced(client, db, given):
    assert re.fullmatch(r"[0-9a-f]{16}", client.get(SIGN_IN, headers={"X-Request-Id": given})["X-Request-Id"])


def test_log_line_of_a_request(client, db, lines):
    answer = client.get(SIGN_IN)

    (line,) = lines("throughline.requests")
    assert line.items() >= {"method": "GET", "route": "accounts/login/", "status": 200, "level": "INFO"}.items()
    assert line["request"] == answer["X-Request-Id"]
    assert line["ms"] >= 0


def test_log_line_holds_no_secret_of_the_path(client, db, lines):
    client.get("/accounts/password/reset/key/3-secretsecret/")

    (line,) = lines("throughline.requests")
    assert "secretsecret" not in json.dumps(line)


def test_log_lines_of_django_know_the_request(client, db, lines):
    answer = client.get("/no-such-page/")

    (line,) = lines("django.request")
    assert line["request"] == answer["X-Request-Id"]


@pytest.mark.parametrize("path", ["/healthz", "/static/icons/mark.svg"])
def test_probes_and_static_files_leave_no_line(client, path, lines):
    client.get(path)

    assert lines("throughline.requests") == []


def test_id_ends_with_the_request(client, db):
    client.get(SIGN_IN)

    assert request_id.get() == "-"


def test_json_line_tells_the_error():
    try:
        raise ValueError("wrong")
    except ValueError:
        record = logging.getLogger("x").makeRecord("x", logging.ERROR, "f", 1, "it %s", ("broke",), None)
        record.exc_info = sys.exc_info()

    line = json.loads(JsonFormatter().format(record))

    assert (line["message"], line["request"]) == ("it broke", "-")
    assert line["error"].endswith("ValueError: wrong")
