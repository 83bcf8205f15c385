"""Plain functions that make what tests need; each takes the least and fills the rest."""

from itertools import count

from teams.enums import FUNCTION_COLOR, Role, TeamFunction
from teams.models import Membership, Team, User, Workspace

numbers = count(1)


def make_user(name: str = "Ada Lind", **fields) -> User:
    email = fields.pop("email", f"person{next(numbers)}@example.com")
    return User.objects.create_user(email, fields.pop("password", "throughline"), name=name, **fields)


def make_workspace(slug: str | None = None, **fields) -> Workspace:
    slug = slug or f"workspace-{next(numbers)}"
    workspace = Workspace.objects.create(slug=slug, name=fields.pop("name", slug.title()), **fields)
    for function in [TeamFunction.MARKETING, TeamFunction.SALES, TeamFunction.PRODUCT, TeamFunction.SUCCESS]:
        Team.objects.create(
            workspace=workspace, name=str(function.label), function=function, color=FUNCTION_COLOR[function]
        )
    return workspace


def make_member(workspace: Workspace, role: Role = Role.EDITOR, *, team: str = "", **fields) -> Membership:
    membership = Membership.objects.create(workspace=workspace, user=make_user(**fields), role=role)
    if team:
        membership.teams.add(workspace.teams.get(name=team))
    return membership
