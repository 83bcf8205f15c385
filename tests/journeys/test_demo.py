from collections import Counter
from datetime import date, timedelta
from io import StringIO

import pytest
from allauth.account.models import EmailAddress
from django.apps import apps
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone

from insights.models import Metric, Reading
from journeys.demo import build, large
from journeys.demo.maps.subscription import to_be
from journeys.demo.numbers_house import CARS, STORE
from journeys.demo.numbers_screen import SHARED, SHOP, SOFTWARE
from journeys.demo.writing import document
from journeys.documents.check import check_document
from journeys.documents.export import export_document
from journeys.models import Card, Change, Map, Persona, Scenario
from teams.enums import Role
from teams.models import Membership, User, Workspace
from teams.services import search
from tests.factories import make_member, make_workspace

STORIES = {**build.STORIES, "to-be": to_be.STORY}
NUMBERS = (*CARS, *STORE, *SOFTWARE, *SHOP, *SHARED)
SIGN_INS = ["owner", "admin", "marketing", "sales", "product", "success", "viewer"]
DAY = date(2026, 3, 4)


def run(**options) -> str:
    out = StringIO()
    call_command("demo", stdout=out, **options)
    return out.getvalue()


@pytest.fixture(scope="module")
def demo(django_db_setup, django_db_blocker):
    """The demo, made once for all tests of this file: what the command printed."""
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch:
        patch.setenv("DEMO_PASSWORD", "three brown ropes")
        with transaction.atomic():
            yield run()
            transaction.set_rollback(True)


@pytest.fixture
def password(monkeypatch):
    monkeypatch.setenv("DEMO_PASSWORD", "three brown ropes")


def contents() -> dict[str, list]:
    """Every row of every table of ours."""
    models = [
        model
        for name in ("teams", "insights", "journeys", "experiments")
        for model in apps.get_app_config(name).get_models()
    ]
    return {model.__name__: list(model.objects.order_by("pk").values()) for model in models}


@pytest.mark.parametrize("name", SIGN_INS)
def test_demo_sign_in_with_a_verified_address(name, demo, client, db):
    user = User.objects.get(email=f"{name}@demo.example")
    assert EmailAddress.objects.filter(user=user, verified=True, primary=True).count() == 1
    assert client.login(email=user.email, password="three brown ropes")
    assert user.email in demo


def test_demo_roles_and_teams(demo, db):
    members = {member.user.email.partition("@")[0]: member for member in Membership.objects.select_related("user")}
    roles = dict.fromkeys(SIGN_INS, Role.EDITOR) | {name: Role(name) for name in ["owner", "admin", "viewer"]}
    assert {name: members[name].role for name in SIGN_INS} == roles
    teams = {name: [team.name for team in members[name].teams.all()] for name in SIGN_INS[2:6]}
    assert teams == {name: [name.title()] for name in SIGN_INS[2:6]}
    assert list(User.objects.filter(is_superuser=True).values_list("email", flat=True)) == ["admin@demo.example"]


def test_demo_counts(demo, db):
    here = Workspace.objects.get(slug="demo")
    assert here.memberships.count() == 15
    assert Persona.objects.filter(workspace=here).count() == 8
    assert Scenario.objects.filter(persona__workspace=here).count() == 16
    assert Metric.objects.filter(workspace=here).count() == len(NUMBERS)
    maps = Map.objects.filter(workspace=here)
    assert Counter(maps.values_list("kind", "is_template")) == {
        ("as-is", False): 4,
        ("to-be", False): 1,
        ("as-is", True): 1,
    }
    linked = maps.exclude(to_be=None).get()
    assert (linked.title, linked.to_be.title) == (STORIES["subscription"].title, to_be.STORY.title)


def test_other_workspace_is_the_strangers_and_full(demo, db):
    there = Workspace.objects.get(slug="other")
    stranger = Membership.objects.get(user__email="stranger@other.example")
    assert (stranger.workspace, stranger.role) == (there, Role.OWNER)
    assert not Membership.objects.filter(workspace=there, user__memberships__workspace__slug="demo").exists()
    assert Map.objects.filter(workspace=there).count() == 2
    assert Card.objects.filter(map__workspace=there).count() >= 15
    assert Persona.objects.filter(workspace=there).count() == 2
    assert Reading.objects.filter(metric__workspace=there).count() >= 70


def without_learnings(made: dict) -> dict:
    """The document without what experiments have left on its cards."""
    for card in (card for lanes in made["cards"].values() for cell in lanes.values() for card in cell):
        sources = [source for source in card.get("sources", []) if not source["text"].startswith("Experiment “")]
        if sources:
            card["sources"] = sources
    return made


@pytest.mark.parametrize("story", STORIES)
def test_demo_map_is_its_story(story, demo, db):
    """After the weeks of work that the log tells of, the map is what the story says."""
    journey = Map.objects.get(workspace__slug="demo", title=STORIES[story].title)
    assert without_learnings(export_document(journey)) == document(STORIES[story], timezone.localdate())
    assert journey.changes.count() == journey.revision


def test_demo_log_tells_who_worked_when(demo, db):
    changes = Change.objects.filter(map__workspace__slug="demo", map__is_template=False).select_related("actor__user")
    assert len({change.actor for change in changes}) >= 7
    for journey in Map.objects.filter(workspace__slug="demo", is_template=False):
        days = [change.at for change in journey.changes.order_by("revision")]
        assert days == sorted(days)
        assert days[0] < timezone.now() - timedelta(days=8)
        assert journey.changed_at == days[-1]


def test_demo_readings_are_in_the_database(demo, db):
    metric = Metric.objects.get(workspace__slug="demo", name="Set-up completed")
    newest = metric.readings.first()
    assert (metric.readings.count(), metric.target) == (52, 0.6)
    assert timedelta(0) < timezone.localdate() - newest.date <= timedelta(days=7)
    assert newest.n > 200
    assert 0.4 < newest.value < 0.56


def test_demo_is_found_by_searching(demo, db):
    here = Workspace.objects.get(slug="demo")
    found = {kind: search.find(workspace_id=here.pk, kind=kind, text="renew") for kind in ["map", "card", "metric"]}
    assert all(found.values())
    assert search.find(workspace_id=here.pk, kind="persona", text="nadia")


def test_demo_twice_changes_nothing(demo, db, password):
    before = contents()
    said = run()
    assert contents() == before
    assert said.splitlines() == [
        "The workspace “demo” is already here; nothing changed in it.",
        "The workspace “other” is already here; nothing changed in it.",
    ]


def test_demo_reset_makes_it_anew(demo, db, password):
    Map.objects.filter(workspace__slug="demo").update(title="Scribbled over")
    bystander = make_member(make_workspace("bystanders"), Role.OWNER)
    run(reset=True)
    assert not Map.objects.filter(title="Scribbled over").exists()
    assert Map.objects.filter(workspace__slug="demo").count() == 6
    assert Membership.objects.filter(pk=bystander.pk).exists()


def test_large_demo(demo, db, password):
    run(size="large")
    here = Workspace.objects.get(slug="large")
    assert here.memberships.count() == large.MEMBERS
    assert here.memberships.get(user__email="owner@demo.example").role == Role.OWNER
    maps = Map.objects.filter(workspace=here)
    assert maps.count() == large.MAPS
    assert len(set(maps.values_list("title", flat=True))) == large.MAPS
    benchmark = maps.get(title="Benchmark map")
    assert (benchmark.stages.count(), benchmark.lanes.count(), benchmark.cards.count()) == (8, 10, 400)
    assert len(search.find(workspace_id=here.pk, kind="map", text="winter lisbon")) == 2
    other = maps.exclude(pk=benchmark.pk).first()
    assert check_document(export_document(other)) == []
    assert export_document(other) == other.changes.get().after


def test_demo_log_adds_no_evidence_that_came_later(demo, db):
    for change in Change.objects.filter(map__workspace__slug="demo", verb="edited", target_kind="card"):
        there = (change.before or {}).get("sources") or []
        dates = [source["date"] for source in change.after.get("sources", []) if source not in there]
        assert all(day <= change.at.date().isoformat() for day in dates), change.target_label
