import os
import subprocess
import sys
import time

import pytest
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.utils.timezone import now
from django_q.brokers import get_broker
from django_q.models import Failure
from django_q.status import Stat

PROBES = ["/healthz", "/readyz"]


def worker_reports() -> None:
    """Leave the heartbeat that a running worker leaves."""
    stat = Stat.__new__(Stat)
    super(Stat, stat).__init__(pid=1, cluster_id="test")
    stat.broker = get_broker()
    stat.save()


def test_alive_needs_no_database(client):
    """The test has no access to the database, so that any question to it would fail here."""
    answer = client.get("/healthz")

    assert (answer.status_code, answer.content, answer["Content-Type"]) == (200, b"ok", "text/plain")


@pytest.mark.parametrize("path", PROBES)
def test_probe_is_read_only_and_needs_no_known_host(client, db, settings, path):
    settings.ALLOWED_HOSTS = ["throughline.example"]
    settings.SECURE_SSL_REDIRECT = True

    assert client.get(path, headers={"Host": "10.1.2.3"}).status_code in (200, 503)
    assert client.head(path).content == b""
    for method in ["post", "put", "patch", "delete", "options"]:
        assert getattr(client, method)(path).status_code == 405


@pytest.mark.parametrize("path", PROBES)
def test_probe_is_not_kept_by_caches(client, db, path):
    assert "no-store" in client.get(path)["Cache-Control"]


def test_ready_when_all_is_well(client, db):
    worker_reports()

    answer = client.get("/readyz")

    assert (answer.status_code, answer.json()) == (
        200,
        {"ready": True, "database": True, "migrations": True, "worker": True, "failed_tasks": 0},
    )


def test_not_ready_without_a_worker(client, db):
    answer = client.get("/readyz")

    assert (answer.status_code, answer.json()) == (
        503,
        {"ready": False, "database": True, "migrations": True, "worker": False, "failed_tasks": 0},
    )


def test_not_ready_when_the_worker_fell_silent(client, db):
    worker_reports()
    time.sleep(3.5)

    assert client.get("/readyz").json()["worker"] is False


def test_failed_tasks_are_counted_and_do_not_stop_the_site(client, db):
    worker_reports()
    Failure.objects.create(id="1" * 32, name="import", func="f", started=now(), stopped=now(), success=False)

    answer = client.get("/readyz")

    assert (answer.status_code, answer.json()["failed_tasks"]) == (200, 1)


def test_not_ready_with_an_unapplied_migration(client, db):
    worker_reports()
    MigrationRecorder(connection).record_unapplied("sessions", "0001_initial")

    answer = client.get("/readyz")

    assert (answer.status_code, answer.json()) == (
        503,
        {"ready": False, "database": True, "migrations": False, "worker": False, "failed_tasks": None},
    )


def ready_elsewhere(tmp_path, **environment) -> str:
    """What a site with these settings answers; its database has been migrated when it is SQLite."""
    code = "from django.test import Client; answer = Client().get('/readyz'); print(answer.status_code, answer.content)"
    plain = {"PATH": os.environ["PATH"], "DEBUG": "true", "ENV_FILE": os.devnull, "DATA_DIR": str(tmp_path)}
    for arguments in [["migrate", "-v0"], ["shell", "-v0", "--no-imports", "-c", code]]:
        command = [sys.executable, "manage.py", *arguments]
        done = subprocess.run(command, env=plain | environment, capture_output=True, text=True)
    return done.stdout


def test_not_ready_without_a_database(tmp_path):
    answer = ready_elsewhere(tmp_path, DATABASE_URL="postgres://nobody@127.0.0.1:1/nothing")

    assert answer.startswith("503 ")
    assert '"database": false' in answer
    assert "127.0.0.1" not in answer


def test_not_ready_without_its_redis(tmp_path):
    answer = ready_elsewhere(tmp_path, REDIS_URL="redis://127.0.0.1:1/0")

    assert answer.startswith("503 ")
    assert '"database": true, "migrations": true, "worker": false' in answer
