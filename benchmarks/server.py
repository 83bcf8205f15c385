"""What the server does: ratios of times, and numbers of queries. Prints one line of JSON."""

import json
import os
from collections.abc import Callable
from gzip import decompress as gunzip
from io import StringIO
from itertools import count
from statistics import median
from time import perf_counter
from urllib.parse import urlencode

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from django.conf import settings  # noqa: E402 — the models need the set-up above
from django.core.cache import cache  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402

from benchmarks import floor  # noqa: E402
from benchmarks.calendar import calendar  # noqa: E402
from benchmarks.workspaces import BENCHMARK, Grown, grown, queries_of, signed_in, small_map  # noqa: E402
from journeys.models import Card, Map  # noqa: E402
from teams.enums import Role  # noqa: E402

ROUNDS = 40
GROWING = {
    "map": "maps/{map}/",
    "list": "maps/",
    "search": "search/?q=parcel+run",
    "log": "experiments/",
    "log_by_status": "experiments/?status=running",
    "log_by_score": "experiments/?sort=score",
    "log_by_start": "experiments/?sort=start",
    "log_search": "experiments/?q=customers",
}
GZIP = {"Accept-Encoding": "gzip"}
URLENCODED = "application/x-www-form-urlencoded"


def main() -> None:
    settings.ROOT_URLCONF = "benchmarks.floor"
    settings.ALLOWED_HOSTS = ["testserver"]
    call_command("migrate", verbosity=0)
    call_command("demo", size="large", stdout=StringIO())
    benchmark = Map.objects.get(title=BENCHMARK)
    client = signed_in(benchmark.workspace, Role.OWNER)
    page = page_of(benchmark)
    floor.READY["page"] = client.get(page).content
    print(json.dumps(pages(client, page) | queries(benchmark) | edits(client, benchmark) | grown_pages()))


def times(*actions: Callable[[], object], before: Callable[[], object] = lambda: None) -> list[float]:
    """The median seconds of each action, taken in turn, so that all of them meet the same machine."""
    taken: list[list[float]] = [[] for _ in actions]
    for number in range(ROUNDS + 3):
        for action, list_of in zip(actions, taken, strict=True):
            before()
            start = perf_counter()
            action()
            if number >= 3:
                list_of.append(perf_counter() - start)
    return [median(list_of) for list_of in taken]


def pages(client: Client, page: str) -> dict[str, float]:
    ask = lambda: client.get(page, headers=GZIP)  # noqa: E731
    ready = lambda: client.get("/floor/ready/", headers=GZIP)  # noqa: E731
    cold, cold_floor = times(ask, ready, before=cache.clear)
    warm, warm_floor = times(ask, ready)
    return {
        "map_page_cold_ratio": round(cold / cold_floor, 2),
        "map_page_warm_ratio": round(warm / warm_floor, 2),
        "floor_ms": round(warm_floor * 1000, 2),
    }


def queries(benchmark: Map) -> dict[str, float]:
    """Queries of the page drawn anew, for who edits everywhere and who edits in some stages; with 4 cards and 400."""
    little = small_map(benchmark, cards=4)
    used = {
        (role, journey.pk): queries_of(signed_in(benchmark.workspace, role), page_of(journey))
        for role in [Role.OWNER, Role.EDITOR, Role.VIEWER]
        for journey in [benchmark, little]
    }
    return {
        "map_page_queries": max(used.values()),
        "map_page_queries_growth": max(used[role, benchmark.pk] - used[role, little.pk] for role, _map in used),
    }


def page_of(journey: Map) -> str:
    return f"/w/{journey.workspace.slug}/maps/{journey.pk}/"


def edits(client: Client, benchmark: Map) -> dict[str, float]:
    """Saving a card's text in the panel, with the fields that a browser posts, against a bare view that saves it."""
    edited, bare = Card.objects.filter(map=benchmark).order_by("pk")[:2]
    address = f"/w/{benchmark.workspace.slug}/cards/{edited.pk}/edit/"
    fields = {"grade": edited.grade, "body": edited.body, "sources-TOTAL_FORMS": 1, "sources-INITIAL_FORMS": 0}
    for link in benchmark.map_personas.all():
        fields |= {f"level_{link.persona_id}": "", f"word_{link.persona_id}": ""}
    versions, titles = count(edited.version), count()

    def save(path: str, **more) -> bytes:
        body = urlencode(fields | {"title": f"Seen {next(titles)} times"} | more)
        answer = client.post(path, body, content_type=URLENCODED, headers=GZIP | {"HX-Request": "true"})
        assert answer.status_code == 200, answer.status_code
        return answer.content

    def edit() -> bytes:
        return save(address, seen=next(versions))

    floor.READY["card"] = gunzip(edit())
    taken, least = times(edit, lambda: save(f"/floor/write/{bare.pk}/"))
    return {"card_edit_ratio": round(taken / least, 2), "write_floor_ms": round(least * 1000, 2)}


def grown_pages() -> dict[str, float]:
    """Of lists, search and calendar; the worst counts."""
    figures = growth() | calendar(times)
    return figures | {"growth_ratio": max(figures["growth_ratio"], figures["growth_calendar_ratio"])}


def growth() -> dict[str, float]:
    """Pages of a workspace with 3,000 maps and 5,000 experiments against one with 30 and 50.

    Maps are alike, and experiments are, so the pages show the same.
    """
    few, many = grown("few", maps=30, experiments=50), grown("many", maps=3000, experiments=5000)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    figures = {}
    for name, address in GROWING.items():
        large, little = times(opening(many, address), opening(few, address), before=cache.clear)
        figures[f"growth_{name}_ratio"] = round(large / little, 3)
    return figures | {"growth_ratio": max(figures.values())}


def opening(workspace: Grown, address: str) -> Callable[[], object]:
    path = f"/w/{workspace.slug}/" + address.format(map=workspace.map_id)
    return lambda: workspace.client.get(path)


if __name__ == "__main__":
    main()
