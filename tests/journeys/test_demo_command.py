from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from teams.enums import Role
from teams.models import User, Workspace
from tests.factories import make_member, make_workspace


def run(**options) -> str:
    out = StringIO()
    call_command("demo", stdout=out, **options)
    return out.getvalue()


@pytest.fixture
def password(monkeypatch):
    monkeypatch.setenv("DEMO_PASSWORD", "three brown ropes")


def test_demo_without_password_is_refused_when_debug_is_off(db, settings, monkeypatch):
    settings.DEBUG = False
    monkeypatch.delenv("DEMO_PASSWORD", raising=False)
    with pytest.raises(CommandError, match="set DEMO_PASSWORD"):
        run()
    assert not Workspace.objects.exists()
    assert not User.objects.exists()


def test_demo_with_debug_has_the_usual_password(db, settings, monkeypatch, client):
    settings.DEBUG = True
    monkeypatch.delenv("DEMO_PASSWORD", raising=False)
    assert "Sign in with the password throughline:" in run()
    assert client.login(email="owner@demo.example", password="throughline")


def test_demo_keeps_the_account_of_a_person_who_is_there(db, password):
    make_member(make_workspace("elsewhere"), email="sales@demo.example", name="Somebody Else", password="mine alone!")
    run()
    user = User.objects.get(email="sales@demo.example")
    assert (user.name, user.check_password("mine alone!"), user.memberships.count()) == ("Somebody Else", True, 2)


def test_demo_reset_spares_a_workspace_of_somebody_else(db, password):
    make_member(make_workspace("large", name="Large Shoes Ltd"), Role.OWNER)
    with pytest.raises(CommandError, match="“large” is not the demo's"):
        run(reset=True)
    assert Workspace.objects.filter(slug="large").exists()
