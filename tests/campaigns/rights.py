"""Everybody who may knock at a service, and who of them is let in."""

from collections.abc import Callable, Set
from dataclasses import dataclass, field
from typing import Any, get_type_hints

from django.apps import apps
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Model

from campaigns.models import Campaign, Message, Projection
from teams.enums import Role
from teams.errors import Gone
from teams.models import Activity, Membership, Notification, Team
from teams.permissions import Actor
from teams.services.members import leave
from tests.campaigns.made import make_campaign, make_message
from tests.campaigns.projecting import make_projection
from tests.cast import Cast
from tests.factories import make_key, make_member

ADMINS = {"owner", "admin", "owner key", "admin key"}
EDITORS = ADMINS | {"its owner", "its team", "another team", "no team", "its team's key", "another key"}
OWNING = ADMINS | {"its owner", "its team", "its team's key"}
VIEWERS = {"viewer", "viewer in its team", "viewer key"}
STRANGERS = {"stranger", "stranger's key", "former member"}
KEYS = {"owner key", "admin key", "its team's key", "another key", "viewer key", "stranger's key"}
REFUSED = (PermissionDenied, Gone)


@dataclass
class Here:
    """A workspace whose campaigns and projections belong to the keeper and the team Sales."""

    cast: Cast
    keeper: Membership
    team: Team

    def campaign(self, **fields: Any) -> Campaign:
        return make_campaign(self.keeper, team=self.team, **fields)

    def message(self, **fields: Any) -> Message:
        return make_message(self.keeper, self.campaign(), **fields)

    def projection(self, **fields: Any) -> Projection:
        return make_projection(self.keeper, team=self.team, **fields)


@dataclass(frozen=True)
class Right:
    """A service, who may call it, and the arguments but `by`. `at_home`: strangers who may do the same in their own
    workspace, for it needs nothing that is here. `also_refused`: what it says else to who may not."""

    service: Callable[..., Any]
    may: Set[str]
    given: Callable[[Here], dict[str, Any]] = field(default=lambda here: {})
    at_home: Set[str] = frozenset()
    also_refused: tuple[type[Exception], ...] = ()
    case: str = ""

    @property
    def name(self) -> str:
        return f"{self.service.__module__.rsplit('.', 1)[-1]}.{self.service.__name__}"

    @property
    def expected(self) -> Set[str]:
        return (self.may | self.at_home) - (KEYS if self.for_people else set())

    @property
    def for_people(self) -> bool:
        """Programs are not asked: the service takes a person."""
        return get_type_hints(self.service)["by"] is Membership


def make_here(cast: Cast) -> Here:
    return Here(cast, make_member(cast.workspace, name="Kim Keeper"), cast.workspace.teams.get(name="Sales"))


def make_actors(here: Here) -> dict[str, Actor]:
    workspace, elsewhere = here.cast.workspace, here.cast.elsewhere
    return {
        "owner": here.cast.owner,
        "admin": here.cast.admin,
        "its owner": here.keeper,
        "its team": here.cast.sales,
        "another team": here.cast.product,
        "no team": make_member(workspace),
        "viewer": here.cast.viewer,
        "viewer in its team": make_member(workspace, Role.VIEWER, team="Sales"),
        "owner key": make_key(workspace, Role.OWNER),
        "admin key": make_key(workspace, Role.ADMIN),
        "its team's key": make_key(workspace, team="Sales"),
        "another key": make_key(workspace),
        "viewer key": make_key(workspace, Role.VIEWER, team="Sales"),
        "stranger": here.cast.stranger,
        "stranger's key": make_key(elsewhere, Role.OWNER, team="Sales"),
        "former member": gone_elsewhere(here),
    }


def gone_elsewhere(here: Here) -> Membership:
    """Was an administrator here, and owns another workspace now."""
    member = make_member(here.cast.workspace, Role.ADMIN, team="Sales")
    leave(by=member)
    return Membership.objects.create(workspace=here.cast.elsewhere, user=member.user, role=Role.OWNER)


def state() -> dict[type[Model], dict[int, dict[str, Any]]]:
    """All that the services of campaigns write to."""
    models = [*apps.get_app_config("campaigns").get_models(), Activity, Notification]
    return {model: {row["pk"]: row for row in model._base_manager.values("pk", *names(model))} for model in models}


def names(model: type[Model]) -> list[str]:
    return [field.attname for field in model._meta.concrete_fields if not field.primary_key]


def who_may(here: Here, actors: dict[str, Actor], right: Right) -> set[str]:
    """The names of those for whom it works; others must be refused, and nothing be written."""
    arguments, allowed, before = right.given(here), set(), state()
    for name, actor in actors.items():
        if right.for_people and name in KEYS:
            continue
        refused = REFUSED + right.also_refused + ((ValidationError,) if name in STRANGERS else ())
        point = transaction.savepoint()
        try:
            right.service(by=fresh(actor), **{key: fresh(value) for key, value in arguments.items()})
        except refused:
            continue
        if name in STRANGERS:
            assert writes_elsewhere(here, before), f"{name} wrote here"
        transaction.savepoint_rollback(point)
        allowed.add(name)
    assert state() == before, "Somebody was refused, but wrote."
    return allowed


def fresh(value: Any) -> Any:
    """As a page would fetch it."""
    return type(value)._base_manager.get(pk=value.pk) if isinstance(value, Model) else value


def writes_elsewhere(here: Here, before: dict[type[Model], dict[int, dict[str, Any]]]) -> bool:
    """Whether all that was here is as it was, and nothing came."""
    for model, rows in state().items():
        if any(rows.get(pk) != row for pk, row in before[model].items()):
            return False
        made = model._base_manager.filter(pk__in=rows.keys() - before[model].keys())
        if any(getattr(row, "workspace_id", None) == here.cast.workspace.pk for row in made):
            return False
    return True
