"""Bring database and static files up to date, make the demo workspace where none is, and print how to sign in."""

import hashlib
import os
import signal
import sys
from io import StringIO
from pathlib import Path

signal.signal(signal.SIGINT, signal.SIG_DFL)  # Ctrl-C ends this without a word
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

import django

django.setup()

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import CommandError, call_command
from django.db import DatabaseError

from teams.models import User, Workspace

PEOPLE = ["owner", "admin", "marketing", "sales", "product", "success", "viewer"]


def say(sentence: str) -> None:
    print(sentence, file=sys.stderr, flush=True)


def collect_static() -> None:
    """Compressing them takes seconds, so they are collected only when a file, or how they are collected, changed."""
    seen = hashlib.sha256((Path(__file__).parent.parent / "config" / "storage.py").read_bytes())
    for finder in get_finders():
        for path, storage in finder.list([]):
            file = os.stat(storage.path(path))
            seen.update(f"{path} {file.st_size} {file.st_mtime_ns}\n".encode())
    stamp = settings.STATIC_ROOT / "collected.txt"
    if stamp.exists() and stamp.read_text() == seen.hexdigest():
        return
    say("Collecting the static files")
    call_command("collectstatic", verbosity=0, interactive=False)
    stamp.write_text(seen.hexdigest())


def make_demo() -> None:
    if Workspace.objects.exists():
        return
    if not settings.DEBUG and not os.environ.get("DEMO_PASSWORD"):
        say("No demo workspace is made: DEBUG is off and DEMO_PASSWORD is not set.")
        return
    say("Making the demo workspace")
    call_command("demo", stdout=StringIO())  # it names the people too, and this program does so at each start


def sign_ins() -> str:
    """The demo's people and their password, as long as that is still their password."""
    people = {user.email.split("@")[0]: user for user in User.objects.filter(email__endswith="@demo.example")}
    here = [people[name] for name in PEOPLE if name in people]
    if not here:
        return ""
    given = os.environ.get("DEMO_PASSWORD")
    if not here[0].check_password(given or "throughline"):
        password = "that you gave them"
    else:
        password = "in DEMO_PASSWORD" if given else "throughline"
    return "\n".join([f"Sign in with the password {password}:", *(f"  {user.email:24}{user.name}" for user in here)])


def main() -> None:
    say("Preparing the database")
    call_command("migrate", verbosity=0, interactive=False)
    collect_static()
    make_demo()
    print(sign_ins())


if __name__ == "__main__":
    try:
        main()
    except (DatabaseError, CommandError) as error:
        sys.exit(f"throughline: {' '.join(str(error).split())}")
