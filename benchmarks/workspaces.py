"""The workspaces that are measured, filled in bulk."""

from dataclasses import dataclass

from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from benchmarks.experiments import write_experiments
from journeys.content.templates import template_document
from journeys.demo.bulk import write_maps
from journeys.documents.copying import copy_document
from journeys.documents.create import create_from_document
from journeys.documents.export import export_document
from journeys.models import Map
from teams.enums import Role
from teams.models import Membership, User, Workspace
from teams.services.workspaces import create_workspace

BENCHMARK = "Benchmark map"
SUBJECTS = ("First order", "Late parcel", "Easy return", "Test drive", "Renewal", "Referral")
PLACES = ("Lisbon", "Lyon", "Ghent", "Aarhus", "Tartu")


@dataclass(frozen=True)
class Grown:
    slug: str
    client: Client
    map_id: int


def signed_in(workspace: Workspace, role: Role) -> Client:
    member = Membership.objects.filter(workspace=workspace, role=role).select_related("user").order_by("pk")[0]
    return client_of(member)


def client_of(member: Membership) -> Client:
    client = Client()
    client.force_login(member.user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def queries_of(client: Client, page: str) -> int:
    """Of a page that was open before, so that sessions and the like are there, drawn anew."""
    client.get(page)
    cache.clear()
    with CaptureQueriesContext(connection) as captured:
        assert client.get(page).status_code == 200
    return len(captured)


def small_map(like: Map, *, cards: int) -> Map:
    """The other map with all its stages, lanes and paths, and only a handful of its cards."""
    document = copy_document(export_document(like), title="Little map", owner_email=like.owner.user.email)
    stage, lanes = next(iter(document["cards"].items()))
    lane, cell = next(iter(lanes.items()))
    document["cards"] = {stage: {lane: cell[:cards]}}
    return create_from_document(by=like.owner, document=document)


def grown(slug: str, *, maps: int, experiments: int) -> Grown:
    """A workspace of its own with so many maps, each with nine cards, and so many experiments."""
    user = User.objects.create_user(f"{slug}@bench.example", name="Bea Bench")
    owner = create_workspace(user=user, name=slug, slug=slug)
    titles = [f"{SUBJECTS[n % 6]}, {PLACES[n % 5]}, run {n}" for n in range(maps)]
    write_maps(owner, [document(title, owner, 9) for title in titles])
    write_experiments(owner, experiments)
    return Grown(slug, client_of(owner), Map.objects.filter(workspace=owner.workspace).order_by("pk")[0].pk)


def document(title: str, owner: Membership, cards: int) -> dict:
    made = template_document("three-buyer", title=title, owner_email=owner.user.email)
    stages, lane = made["stages"], made["lanes"][0]
    for number in range(cards):
        cell = made["cards"].setdefault(stages[number % len(stages)]["id"], {}).setdefault(lane["id"], [])
        cell.append({"id": f"card-{number}", "title": f"{title}: observation {number}", "evidence": "assumed"})
    return made
