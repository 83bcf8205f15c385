"""A program in tests: it has a key, speaks JSON, and says what it saw."""

import json
from typing import Any

from django.test import Client
from django.utils import timezone

from teams.enums import Role
from teams.models import ApiKey, Workspace
from teams.services.keys import create_key

ROOT = "/api/v1/"


class Program:
    """Calls the API with a key; `seen` becomes `If-Match`. Answers are Django's, as from the test client."""

    def __init__(self, secret: str | None = None, key: ApiKey | None = None) -> None:
        self.key = key
        self.client = Client(headers={"Authorization": f"Bearer {secret}"} if secret else {})

    def send(
        self, method: str, path: str, body: Any = None, *, seen: str | None = None, raw: bytes | None = None, **headers
    ):
        if seen is not None:
            headers["If-Match"] = seen
        content = raw if raw is not None else b"" if body is None else json.dumps(body).encode()
        kind = "application/json" if content else "application/octet-stream"
        return self.client.generic(method, ROOT + path, content, content_type=kind, headers=headers)

    def get(self, path: str, **headers):
        return self.send("GET", path, **headers)

    def post(self, path: str, body: Any, **options):
        return self.send("POST", path, body, **options)

    def patch(self, path: str, body: Any, *, seen: str | None = "*", **options):
        return self.send("PATCH", path, body, seen=seen, **options)

    def put(self, path: str, body: Any, *, seen: str | None = "*", **options):
        return self.send("PUT", path, body, seen=seen, **options)

    def delete(self, path: str, *, seen: str | None = "*", **options):
        return self.send("DELETE", path, seen=seen, **options)


def program(workspace: Workspace, role: Role = Role.ADMIN, *, teams: list | None = None) -> Program:
    """A program with a new key of the workspace, used just now: the next use writes nothing about it."""
    key, secret = create_key(by=None, workspace=workspace, name="Program", role=role, teams=teams or [])
    ApiKey.objects.filter(pk=key.pk).update(last_used_at=timezone.now())
    return Program(secret, key)


def errors_of(answer) -> dict[str, str]:
    """The problem's errors by field; those of no field under an empty name."""
    assert answer["Content-Type"] == "application/problem+json"
    return {error.get("field", ""): error["detail"] for error in answer.json()["errors"]}
