"""Plain functions that make what tests need; each takes the least and fills the rest."""

from itertools import count

from campaigns.models import Link, LinkRule
from campaigns.services.links import build_link
from insights.models import Metric
from journeys.models import Card, Channel, Lane, Map, Path, Persona, Scenario, Stage
from journeys.services.cards import add_card
from journeys.services.lanes import add_lane
from journeys.services.maps import create_map
from journeys.services.paths import add_path
from journeys.services.stages import add_stage
from teams.enums import FUNCTION_COLOR, Role, TeamFunction
from teams.models import ApiKey, Membership, Team, User, Workspace
from teams.permissions import Actor

numbers = count(1)


def make_user(name: str = "Ada Lind", **fields) -> User:
    email = fields.pop("email", f"person{next(numbers)}@example.com")
    return User.objects.create_user(email, fields.pop("password", "throughline"), name=name, **fields)


def make_workspace(slug: str | None = None, **fields) -> Workspace:
    slug = slug or f"workspace-{next(numbers)}"
    workspace = Workspace.objects.create(slug=slug, name=fields.pop("name", slug.title()), **fields)
    Team.objects.bulk_create(
        Team(workspace=workspace, name=str(function.label), function=function, color=FUNCTION_COLOR[function])
        for function in [TeamFunction.MARKETING, TeamFunction.SALES, TeamFunction.PRODUCT, TeamFunction.SUCCESS]
    )
    return workspace


def make_member(workspace: Workspace, role: Role = Role.EDITOR, *, team: str = "", **fields) -> Membership:
    membership = Membership.objects.create(workspace=workspace, user=make_user(**fields), role=role)
    if team:
        membership.teams.add(workspace.teams.get(name=team))
    return membership


def make_key(workspace: Workspace, role: Role = Role.EDITOR, *, team: str = "", **fields) -> ApiKey:
    name = fields.pop("name", "Program")
    key = ApiKey.objects.create(workspace=workspace, role=role, name=name, key_hash=f"hash {next(numbers)}", **fields)
    if team:
        key.teams.add(workspace.teams.get(name=team))
    return key


def make_metric(workspace: Workspace, name: str = "", **fields) -> Metric:
    return Metric.objects.create(workspace=workspace, name=name or f"Metric {next(numbers)}", **fields)


def make_persona(workspace: Workspace, name: str = "", **fields) -> Persona:
    return Persona.objects.create(workspace=workspace, name=name or f"Persona {next(numbers)}", **fields)


def make_scenario(persona: Persona, name: str = "", **fields) -> Scenario:
    return Scenario.objects.create(persona=persona, name=name or f"Scenario {next(numbers)}", **fields)


def make_channel(workspace: Workspace, name: str = "", **fields) -> Channel:
    return Channel.objects.create(workspace=workspace, name=name or f"Channel {next(numbers)}", **fields)


def make_map(by: Actor, *, stages=("Try", "Buy", "Keep"), lanes=("actions", "emotion"), **fields) -> Map:
    """A map made through the services, as people make it: `stages` are names, `lanes` kinds; no cards yet."""
    journey = create_map(by=by, title=fields.pop("title", f"Map {next(numbers)}"), **fields)
    for name in stages:
        add_stage(by=by, map=journey, name=name)
    for kind in lanes:
        add_lane(by=by, map=journey, kind=kind)
    journey.refresh_from_db()
    return journey


def stage_of(journey: Map, number: int = 0) -> Stage:
    return journey.stages.all()[number]


def lane_of(journey: Map, number: int = 0) -> Lane:
    return journey.lanes.all()[number]


def make_card(by: Actor, journey: Map, *, stage: int = 0, lane: int = 0, **fields) -> Card:
    """A card in the cell of the numbers, counted from 0."""
    title = fields.pop("title", f"Card {next(numbers)}")
    return add_card(by=by, stage=stage_of(journey, stage), lane=lane_of(journey, lane), title=title, **fields)


def make_path(by: Actor, journey: Map, *, source: int = 0, target: int = 1, **fields) -> Path:
    return add_path(by=by, map=journey, source=stage_of(journey, source), target=stage_of(journey, target), **fields)


def make_link_rule(workspace: Workspace, parameter: str = "", **fields) -> LinkRule:
    return LinkRule.objects.create(workspace=workspace, parameter=parameter or f"own_{next(numbers)}", **fields)


def make_link(by: Actor, url: str = "https://shop.example/", **said) -> Link:
    """A link that keeps the rules of a new workspace; `said` is what its parameters say, `utm_` left out."""
    said = {"source": "newsletter", "medium": "email", "campaign": f"campaign-{next(numbers)}"} | said
    return build_link(by=by, url=url, parameters={f"utm_{name}": value for name, value in said.items()}).link
