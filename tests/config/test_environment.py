"""What is missing or malformed ends the start with one sentence that names the variable."""

import os
import subprocess
import sys

import pytest
from django.conf import settings

PRODUCTION = {
    "DEBUG": "false",
    "SECRET_KEY": "only-for-a-test-8f1d2c3b4a5968778695a4b3c2d1e0f9a8b7c6d5",
    "ALLOWED_HOSTS": "throughline.example",
    "EMAIL_URL": "smtp+tls://mail.example:587",
    "ENV_FILE": os.devnull,
}


def manage(*arguments, **environment):
    """Run manage.py with these variables, and none of ours besides."""
    plain = {"PATH": os.environ["PATH"], **{name: value for name, value in environment.items() if value is not None}}
    return subprocess.run(
        [sys.executable, "manage.py", *arguments], cwd=settings.BASE_DIR, env=plain, capture_output=True, text=True
    )


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("SECRET_KEY", None, "SECRET_KEY is not set"),
        ("SECRET_KEY", "", "SECRET_KEY is not set"),
        ("SECRET_KEY", "short", "SECRET_KEY must be a secret of at least 50 random characters"),
        ("ALLOWED_HOSTS", None, "ALLOWED_HOSTS is not set"),
        ("EMAIL_URL", None, "EMAIL_URL is not set"),
        ("EMAIL_URL", "pigeon://loft", "EMAIL_URL must begin with smtp://"),
        ("EMAIL_URL", "smtp://host:port", "EMAIL_URL is not understood"),
        ("DEBUG", "ture", "DEBUG must be true or false, not “ture”"),
        ("WORKERS", "many", "WORKERS is not understood"),
        ("WORKERS", "0", "WORKERS must be at least 1"),
        ("DATABASE_URL", "oracle://db", "DATABASE_URL must begin with postgres:// or postgresql:// or sqlite://"),
        ("DATABASE_URL", "postgres://db:port/x", "DATABASE_URL is not understood"),
        ("DATABASE_URL", "postgres://user@db", "DATABASE_URL names no database"),
        ("REDIS_URL", "localhost:6379", "REDIS_URL must begin with redis:// or rediss:// or unix://"),
        ("SITE_URL", "throughline.example", "SITE_URL must begin with https:// or http://"),
        ("LOG_LEVEL", "loud", "LOG_LEVEL must be DEBUG, INFO, WARNING, ERROR or CRITICAL"),
    ],
)
def test_start_with_a_bad_value(name, value, sentence):
    done = manage("migrate", **PRODUCTION | {name: value})

    assert done.returncode == 1
    assert done.stderr.startswith(f"Throughline cannot start: {sentence}")
    assert done.stderr.count("\n") == 1


def test_check_deploy_in_production(tmp_path):
    done = manage("check", "--deploy", "--fail-level", "WARNING", DATA_DIR=str(tmp_path), **PRODUCTION)

    assert (done.returncode, done.stdout) == (0, "System check identified no issues (1 silenced).\n"), done.stderr


def test_settings_come_from_the_env_file_and_the_environment_wins(tmp_path):
    (tmp_path / ".env").write_text("DEBUG=true\nLOG_LEVEL=ERROR\nWORKERS=5\n")
    code = "from django.conf import settings as s; print(s.DEBUG, s.LOG_LEVEL, s.Q_CLUSTER['workers'])"

    done = manage("shell", "-v0", "-c", code, ENV_FILE=str(tmp_path / ".env"), DATA_DIR=str(tmp_path), WORKERS="7")

    assert done.stdout == "True ERROR 7\n", done.stderr


def test_options_of_the_database_url_are_kept(tmp_path):
    code = "from django.conf import settings as s; print(s.DATABASES['default']['OPTIONS'])"
    url = "postgres://user@db/throughline?sslmode=require"

    worker = manage("shell", "-v0", "--no-imports", "-c", code, **PRODUCTION, DATABASE_URL=url)
    site = manage("shell", "-v0", "--no-imports", "-c", code, **PRODUCTION, DATABASE_URL=url, SERVING="true")

    assert worker.stdout == "{'sslmode': 'require'}\n", worker.stderr
    assert site.stdout == "{'sslmode': 'require', 'pool': {'min_size': 1, 'max_size': 10, 'timeout': 10}}\n", (
        site.stderr
    )
