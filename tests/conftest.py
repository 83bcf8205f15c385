from dataclasses import dataclass

import pytest
from django.test import Client

from teams.enums import Role
from teams.models import Membership, Workspace
from tests.factories import make_member, make_workspace


@dataclass
class Cast:
    """The people of every test: one workspace with all roles, and a stranger whose workspace holds data."""

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


@pytest.fixture
def cast(db) -> Cast:
    workspace, elsewhere = make_workspace("here", name="Here"), make_workspace("elsewhere", name="Elsewhere")
    editors = {
        team.lower(): make_member(
            workspace, Role.EDITOR, team=team, name=f"{team} Editor", email=f"{team.lower()}@here.example"
        )
        for team in ["Marketing", "Sales", "Product", "Success"]
    }
    return Cast(
        workspace=workspace,
        owner=make_member(workspace, Role.OWNER, name="Olga Owner", email="owner@here.example"),
        admin=make_member(workspace, Role.ADMIN, name="Adam Admin", email="admin@here.example"),
        viewer=make_member(workspace, Role.VIEWER, name="Vera Viewer", email="viewer@here.example"),
        elsewhere=elsewhere,
        stranger=make_member(elsewhere, Role.OWNER, name="Stan Stranger", email="stranger@elsewhere.example"),
        **editors,
    )


@pytest.fixture
def client_of():
    """A function: the test client of a member, signed in."""

    def signed_in(membership: Membership) -> Client:
        client = Client()
        client.force_login(membership.user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return signed_in
