"""The people of every test: one workspace with all roles, and a stranger whose workspace holds data."""

from dataclasses import dataclass

from django.contrib.auth.hashers import make_password

from teams.enums import Role
from teams.models import Membership, User, Workspace
from tests.factories import make_workspace

PARTS = {
    "marketing": Role.EDITOR,
    "sales": Role.EDITOR,
    "product": Role.EDITOR,
    "success": Role.EDITOR,
    "owner": Role.OWNER,
    "admin": Role.ADMIN,
    "viewer": Role.VIEWER,
    "stranger": Role.OWNER,
}
NAMES = {
    "marketing": "Marketing Editor",
    "sales": "Sales Editor",
    "product": "Product Editor",
    "success": "Success Editor",
    "owner": "Olga Owner",
    "admin": "Adam Admin",
    "viewer": "Vera Viewer",
    "stranger": "Stan Stranger",
}


@dataclass
class Cast:
    workspace: Workspace
    owner: Membership
    admin: Membership
    marketing: Membership
    sales: Membership
    product: Membership
    success: Membership
    viewer: Membership
    elsewhere: Workspace
    stranger: Membership


def make_cast() -> Cast:
    """In few queries and with one password for all: almost every test begins with it."""
    workspace, elsewhere = make_workspace("here", name="Here"), make_workspace("elsewhere", name="Elsewhere")
    places = dict.fromkeys(PARTS, workspace) | {"stranger": elsewhere}
    password = make_password("throughline")
    users = User.objects.bulk_create(
        User(email=f"{part}@{place.slug}.example", name=NAMES[part], password=password)
        for part, place in places.items()
    )
    members = Membership.objects.bulk_create(
        Membership(workspace=place, user=user, role=PARTS[part])
        for (part, place), user in zip(places.items(), users, strict=True)
    )
    people = dict(zip(places, members, strict=True))
    belongs = Membership.teams.through
    belongs.objects.bulk_create(
        belongs(membership=people[team.name.lower()], team=team) for team in workspace.teams.all()
    )
    return Cast(workspace=workspace, elsewhere=elsewhere, **people)
