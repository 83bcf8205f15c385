import sys
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse

from journeys.documents.create import create_from_document
from journeys.documents.parse import MOST_BYTES, parse
from journeys.documents.problems import DocumentError
from teams.enums import Role
from teams.models import Membership


class Command(BaseCommand):
    help = "Import a map document; prints the number and the address of the new map."

    def add_arguments(self, parser):
        parser.add_argument("file", help="a JSON file; - reads standard input")
        parser.add_argument("--workspace", required=True, metavar="SLUG", help="where the map will live")

    def handle(self, *, file: str, workspace: str, **options):
        owner = Membership.objects.filter(workspace__slug=workspace, role=Role.OWNER).order_by("pk").first()
        if owner is None:
            raise CommandError(f"There is no workspace “{workspace}” with an owner.")
        try:
            journey = create_from_document(by=owner, document=parse(content_of(file)))
        except DocumentError as error:
            raise CommandError("\n".join(str(problem) for problem in error.problems)) from error
        self.stdout.write(f"{journey.pk} {reverse('journeys:map', args=[workspace, journey.pk])}")


def content_of(file: str) -> bytes:
    """The file's bytes, one more than a document may have at most: enough to see that it is too large."""
    if file == "-":
        return sys.stdin.buffer.read(MOST_BYTES + 1)
    try:
        with Path(file).open("rb") as opened:
            return opened.read(MOST_BYTES + 1)
    except OSError as error:
        raise CommandError(f"{file}: {error.strerror}") from error
