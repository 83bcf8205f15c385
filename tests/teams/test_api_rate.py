import pytest
from django.core.cache import cache
from django.test import Client

from teams import rates
from tests.api import program

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def steady_clock(monkeypatch):
    """A window that does not end in the middle of a test."""
    cache.clear()
    monkeypatch.setattr(rates.time, "time", lambda: 6_000_000_010)


def numbers(answer) -> list[int]:
    return [int(answer[f"RateLimit-{name}"]) for name in ["Limit", "Remaining", "Reset"]]


def test_rate_is_in_every_answer(cast):
    caller = program(cast.workspace)
    assert numbers(caller.get("workspace/")) == [6000, 5999, 50]
    assert numbers(caller.get("teams/0/")) == [6000, 5998, 50]
    assert numbers(caller.post("teams/", {"name": ""})) == [6000, 5997, 50]


def test_rate_of_a_key_is_its_own(cast):
    caller, other = program(cast.workspace), program(cast.workspace)
    caller.key.rate = 2
    caller.key.save()
    assert [caller.get("workspace/").status_code for _ in range(2)] == [200, 200]
    refused = caller.get("workspace/")
    assert refused.status_code == 429
    assert refused["Content-Type"] == "application/problem+json"
    assert refused["Retry-After"] == "50"
    assert numbers(refused) == [2, 0, 50]
    assert other.get("workspace/").status_code == 200


def test_rate_starts_anew_each_minute(cast, monkeypatch):
    caller = program(cast.workspace)
    caller.key.rate = 1
    caller.key.save()
    assert [caller.get("workspace/").status_code for _ in range(2)] == [200, 429]
    monkeypatch.setattr(rates.time, "time", lambda: 6_000_000_060)
    assert caller.get("workspace/").status_code == 200


def test_rate_when_the_cache_forgets(cast, monkeypatch):
    caller = program(cast.workspace)
    caller.get("workspace/")
    cache.clear()
    assert numbers(caller.get("workspace/")) == [6000, 5999, 50]
    monkeypatch.setattr(rates.cache, "add", lambda *args, **options: False)
    cache.clear()
    assert numbers(caller.get("workspace/")) == [6000, 5999, 50]


def test_rate_of_a_person(cast, client_of):
    assert numbers(client_of(cast.viewer).get("/api/v1/workspace/")) == [6000, 5999, 50]


def test_rate_is_not_said_to_nobody(db):
    assert not Client().get("/api/v1/workspace/").has_header("RateLimit-Limit")
