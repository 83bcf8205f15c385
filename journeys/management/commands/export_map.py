import json

from django.core.management.base import BaseCommand, CommandError

from journeys.documents.export import export_document
from journeys.models import Map


class Command(BaseCommand):
    help = "Print a map as a document (JSON)."

    def add_arguments(self, parser):
        parser.add_argument("id", type=int, help="the map's number, as its address shows it")

    def handle(self, *, id: int, **options):
        journey = Map.objects.filter(pk=id, removed_at=None).first()
        if journey is None:
            raise CommandError(f"There is no map {id}.")
        self.stdout.write(json.dumps(export_document(journey), ensure_ascii=False, indent=2))
