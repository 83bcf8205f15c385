import pytest
from django.urls import reverse
from django_q.conf import Conf


@pytest.fixture
def url(cast):
    """A function: the address of a page of the cast's workspace."""

    def address(name: str, *args, workspace=None) -> str:
        return reverse(f"teams:{name}", args=[(workspace or cast.workspace).slug, *args])

    return address


@pytest.fixture
def queue(monkeypatch):
    """Queued tasks wait in the database, as they do outside of tests."""
    monkeypatch.setattr(Conf, "SYNC", False)


@pytest.fixture
def worker(monkeypatch):
    """Queued tasks run at once, by the worker's own code, in this process."""
    monkeypatch.setattr(Conf, "SYNC", True)
