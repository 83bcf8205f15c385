"""What a document names, found in the workspace."""

from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from experiments.models import Reason
from insights.queries import metrics_of
from journeys.documents.problems import Problem, json_path
from journeys.models import Card, Persona, Stage
from teams.enums import Role
from teams.models import Membership
from teams.permissions import Actor
from teams.queries import members_of, teams_of


@dataclass
class Named:
    """`fields` for the services; `problems` refuse the document; `left_out` are the places that are passed over."""

    fields: dict[str, Any] = field(default_factory=dict)
    metrics: dict[str, Any] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    left_out: list[Problem] = field(default_factory=list)


def find_names(document: dict[str, Any], by: Actor) -> Named:
    """Teams, metrics and reasons have to be there; a persona and a place on a map are left out where they are not."""
    found, hypothesis = Named(), document["hypothesis"]
    found.metrics = {row.name: row for row in metrics_of(by).filter(name__in=metric_names(document))}
    find_owner(found, document, by)
    if "team" in document:
        found.fields["team"] = wanted(found, teams_of(by), document["team"], "team")
    if "reason" in hypothesis:
        reasons = Reason.objects.filter(workspace_id=by.workspace_id, removed_at=None)
        found.fields["reason"] = wanted(found, reasons, hypothesis["reason"], "hypothesis", "reason")
    if "persona" in hypothesis:
        personas = Persona.objects.filter(workspace_id=by.workspace_id, removed_at=None)
        persona = personas.filter(name=hypothesis["persona"]).first()
        found.fields["persona"] = persona or left_out(found, hypothesis["persona"], "hypothesis", "persona")
    find_metrics(found, document)
    find_places(found, document, by)
    return found


def metric_names(document: dict[str, Any]) -> set[str]:
    plan, decisions = document["plan"], document.get("decisions", [])
    names = {row["metric"] for row in [*plan.get("metrics", []), *document.get("results", [])]}
    names |= {one["effect"]["metric"] for one in decisions if "effect" in one}
    return names | {name for name in [document["hypothesis"].get("metric")] if name}


def find_owner(found: Named, document: dict[str, Any], by: Actor) -> None:
    """The member of this address who may be accountable; else whoever imports."""
    members = members_of(by).exclude(role=Role.VIEWER).filter(user__email=document.get("owner", ""))
    owner = members.select_related("user").first()
    if owner is None and not isinstance(by, Membership):
        sentence = _("Say who owns this experiment: the address of a member who may edit.")
        found.problems.append(Problem("$.owner", sentence))
    if owner is None and "owner" in document:
        left_out(found, document["owner"], "owner")
    found.fields["owner"] = owner or by


def wanted(found: Named, rows: Any, name: str, *place: str) -> Any:
    thing = rows.filter(name=name).first()
    if thing is None:
        found.problems.append(Problem(json_path(place), unknown(name)))
    return thing


def left_out(found: Named, name: str, *place: str) -> None:
    found.left_out.append(Problem(json_path(place), unknown(name)))


def unknown(name: str) -> str:
    return _("“%(name)s” is not in this workspace.") % {"name": name}


def find_metrics(found: Named, document: dict[str, Any]) -> None:
    if "metric" in document["hypothesis"]:
        name = document["hypothesis"]["metric"]
        found.fields["metric"] = found.metrics.get(name)
        if name not in found.metrics:
            found.problems.append(Problem("$.hypothesis.metric", unknown(name)))
    for number, row in enumerate(document["plan"].get("metrics", [])):
        if row["metric"] not in found.metrics:
            found.problems.append(Problem(json_path(("plan", "metrics", number, "metric")), unknown(row["metric"])))


def find_places(found: Named, document: dict[str, Any], by: Actor) -> None:
    if "place" in document:
        kind = "card" if "card" in document["place"] else "stage"
        found.fields[kind] = find_place(found, document["place"], by, "place")
    if "opportunity" in document:
        found.fields["opportunity"] = find_place(found, document["opportunity"], by, "opportunity")


def find_place(found: Named, place: dict[str, str], by: Actor, *where: str) -> Stage | Card | None:
    """The stage or card with this id on a live map of this title."""
    model: Any = Card if "card" in place else Stage
    rows = model.objects.filter(
        map__workspace_id=by.workspace_id, map__removed_at=None, map__is_template=False, map__title=place["map"]
    )
    thing = rows.filter(uid=place.get("card", place.get("stage", ""))).select_related("map").order_by("pk").first()
    return thing or left_out(found, place["map"], *where)
