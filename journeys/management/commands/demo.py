import os
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone, translation

from journeys.demo import build, large
from journeys.demo.people import CALLUM, DEMO_PEOPLE, TOMASZ
from journeys.demo.reset import clear, foreign_workspaces
from teams.models import Workspace

FIRST_PASSWORD = "throughline"  # noqa: S105 — printed on purpose


class Command(BaseCommand):
    help = "Makes the demo workspaces. Run again, it changes nothing that is there."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--size", choices=["usual", "large"], default="usual", help="large adds a workspace with 300 maps"
        )
        parser.add_argument("--reset", action="store_true", help="delete the demo workspaces and their people first")

    def handle(self, *args: Any, size: str, reset: bool, **options: Any) -> None:
        password = chosen_password()
        builders = {build.SLUG: build.build_demo, build.OTHER_SLUG: build.build_other}
        if size == "large":
            builders[large.SLUG] = large.build_large
        # One language, whoever runs it: the story is in English.
        with translation.override("en"), transaction.atomic():
            if reset:
                self.reset()
            made = [self.make(slug, builder, password) for slug, builder in builders.items()]
        if any(made):
            self.print_sign_ins()

    def reset(self) -> None:
        foreign = foreign_workspaces()
        if foreign:
            raise CommandError(f"The workspace “{foreign[0]}” is not the demo's; nothing was deleted.")
        clear()
        self.stdout.write("The demo workspaces and their people are deleted.")

    def make(self, slug: str, builder: Any, password: str) -> bool:
        """Build the workspace unless it is there; whether it was built."""
        if Workspace.objects.filter(slug=slug).exists():
            self.stdout.write(f"The workspace “{slug}” is already here; nothing changed in it.")
            return False
        builder(password=make_password(password), today=timezone.localdate())
        self.stdout.write(f"The workspace “{slug}” is made.")
        return True

    def print_sign_ins(self) -> None:
        shown = "as given in DEMO_PASSWORD" if os.environ.get("DEMO_PASSWORD") else FIRST_PASSWORD
        self.stdout.write(f"\nSign in with the password {shown}:")
        for person in DEMO_PEOPLE:
            site = ", and the admin site" if person.email == TOMASZ else ""
            self.stdout.write(f"  {person.email:32} {person.name}: {person.team or person.role.label}{site}")
        self.stdout.write(f"  {CALLUM:32} Callum Reid, who sees the workspace “other” and nothing else")


def chosen_password() -> str:
    """`DEMO_PASSWORD`, or the usual one on a machine of one's own. In the open, no password that everybody knows."""
    given = os.environ.get("DEMO_PASSWORD", "")
    if settings.DEBUG:
        return given or FIRST_PASSWORD
    if not given:
        raise CommandError("DEBUG is off, so the demo needs a password of its own: set DEMO_PASSWORD.")
    return given
