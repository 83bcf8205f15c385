"""The published description of the API is valid, complete, and what the API does."""

from functools import cache
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from hypothesis import HealthCheck, settings

from tests.api import ROOT, program

from teams.api.document import openapi

EXPECTED = {
    "workspace",
    "teams",
    "members",
    "personas",
    "scenarios",
    "channels",
    "maps",
    "stages",
    "lanes",
    "cards",
    "paths",
    "metrics",
    "readings",
}


def test_schema_is_valid_without_warnings():
    call_command("spectacular", "--validate", "--fail-on-warn", stdout=StringIO())


def test_schema_is_open_to_everybody(db):
    for accept, kind in [("*/*", "application/vnd.oai.openapi"), ("application/json", "application/json")]:
        answer = Client().get(f"{ROOT}schema/", headers={"Accept": accept})
        assert answer.status_code == 200
        assert answer["Content-Type"].startswith(kind)


def operations() -> list[tuple[str, str, dict[str, Any]]]:
    return [
        (path, method.upper(), operation)
        for path, methods in openapi()["paths"].items()
        for method, operation in methods.items()
    ]
