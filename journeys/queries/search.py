"""Search over what a workspace keeps: maps, cards, personas, metrics."""

from dataclasses import dataclass

from django.urls import reverse

from insights.models import Metric
from journeys.models import Card, Map, Persona
from teams.models import Workspace
from teams.services import search

PER_KIND = 8


@dataclass(frozen=True)
class Found:
    kind: str
    title: str
    where: str
    href: str


def find_everything(workspace: Workspace, text: str) -> list[Found]:
    """What begins with each word of the text, by kind: at most eight of each, those found by title first."""
    return [
        *(Found("map", m.title, "", address(workspace, "map", m.pk)) for m in rows(workspace, "map", text)),
        *(
            Found(
                "card", c.title, f"{c.map.title} · {c.stage.name}", f"{address(workspace, 'map', c.map_id)}?card={c.pk}"
            )
            for c in rows(workspace, "card", text)
        ),
        *(
            Found("persona", p.name, p.summary, address(workspace, "persona", p.pk))
            for p in rows(workspace, "persona", text)
        ),
        *(
            Found("metric", m.name, "", reverse("insights:metric", args=[workspace.slug, m.pk]))
            for m in rows(workspace, "metric", text)
        ),
    ]


def address(workspace: Workspace, kind: str, pk: int) -> str:
    return reverse(f"journeys:{kind}", args=[workspace.slug, pk])


def rows(workspace: Workspace, kind: str, text: str) -> list:
    """The found things themselves, in the order of the index, without what was removed since."""
    ids = search.find(workspace_id=workspace.pk, kind=kind, text=text, limit=PER_KIND)
    found = {row.pk: row for row in LOADERS[kind].filter(pk__in=ids)} if ids else {}
    return [found[pk] for pk in ids if pk in found]


LOADERS = {
    "map": Map.objects.filter(removed_at=None, is_template=False),
    "card": Card.objects.filter(map__removed_at=None, map__is_template=False).select_related("map", "stage"),
    "persona": Persona.objects.filter(removed_at=None),
    "metric": Metric.objects.filter(removed_at=None),
}
