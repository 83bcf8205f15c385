"""A new API key for a program, printed once."""

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from teams.models import Workspace
from teams.services.keys import create_key


class Command(BaseCommand):
    help = "Create an API key and print it, and nothing else, on standard output."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser):
        parser.add_argument("--workspace", required=True, metavar="SLUG", help="the workspace's address")
        parser.add_argument("--role", required=True, help="owner, admin, editor or viewer")
        parser.add_argument("--name", required=True, help="what will use the key")

    def handle(self, *, workspace, role, name, **options):
        found = Workspace.objects.filter(slug=workspace).first()
        if found is None:
            raise CommandError(f"There is no workspace “{workspace}”.")
        try:
            _key, secret = create_key(by=None, workspace=found, name=name, role=role)
        except ValidationError as error:
            raise CommandError(
                "; ".join(f"{field}: {' '.join(said)}" for field, said in error.message_dict.items())
            ) from error
        self.stdout.write(secret)
