"""The library of tactics: the shelf, own ones, use as drafts of messages, and what programs do with it."""

import datetime

import pytest
from django.contrib.messages import get_messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from campaigns.content.tactics import BUILT_IN
from campaigns.enums import StageKind
from campaigns.models import HiddenTactic, Message, MessageText, Tactic
from campaigns.queries.tactics import shelf
from campaigns.services.tactics import add_tactic, edit_tactic, hide_tactic, remove_tactic, restore_tactic, use_tactic
from journeys.content.channels import ICONS
from teams.enums import Role
from tests.api import errors_of, program
from tests.campaigns.made import FIRST, make_campaign, make_message, make_tactic
from tests.factories import make_channel, make_map, stage_of

HTMX = {"HX-Request": "true"}
JSON = {"Accept": "application/json"}


def ids(actor, **options) -> set[str]:
    return {tactic.id for tactic in shelf(actor, **options)}


def test_built_in_tactics_are_whole():
    assert len(BUILT_IN) >= 25
    assert {tactic.stage for tactic in BUILT_IN.values()} == set(StageKind)
    for tactic in BUILT_IN.values():
        assert set(tactic.channels) <= set(ICONS)
        assert len(str(tactic.title)) <= 120
        assert all([tactic.about, tactic.content, tactic.measured_by, tactic.pitfalls])


def test_shelf_has_all_tactics_by_stage_and_finds_words(cast, client_of):
    make_channel(cast.workspace, "Leaflets", icon="catalogue")
    client = client_of(cast.viewer)
    page = client.get("/w/here/tactics/")
    assert [group.stage for group in page.context["groups"]] == list(StageKind)
    assert page.text.count("data-tactic=") == len(BUILT_IN)
    assert 'draggable="true"' not in page.text
    found = client.get("/w/here/tactics/?q=parcel+late", headers=HTMX)
    assert [tactic.id for group in found.context["groups"] for tactic in group.tactics] == ["parcel-tracking"]
    assert "<html" not in found.text
    by_channel = client.get("/w/here/tactics/?q=leaflets").context["groups"]
    assert {tactic.id for group in by_channel for tactic in group.tactics} == {"targeted-ad", "welcome"}
    assert "No tactic has these words" in client.get("/w/here/tactics/?q=zzz").text
    tray = client_of(cast.marketing).get("/w/here/tactics/?tray=1", headers=HTMX).text
    assert tray.count('draggable="true"') == len(BUILT_IN)


def test_own_tactic_is_added_changed_removed_and_brought_back(cast, client_of):
    client = client_of(cast.admin)
    typed = {"title": "Knitting circle", "stage": "advocacy", "content": "Invite three."}
    assert client.post("/w/here/tactics/new/", typed).status_code == 302
    tactic = Tactic.objects.get()
    assert str(tactic.pk) in ids(cast.viewer)
    again = client.post("/w/here/tactics/new/", typed)
    assert (again.status_code, "title" in again.context["form"].errors) == (422, True)
    edit = f"/w/here/tactics/{tactic.pk}/edit/"
    edit_tactic(by=cast.owner, tactic=tactic, title="Theirs")
    late = client.post(edit, typed | {"seen": "1"})
    assert (late.status_code, "Theirs" in late.text) == (409, True)
    assert client.post(edit, typed | {"seen": "2", "title": "Circle"}).status_code == 302
    answer = client.post(f"/w/here/tactics/{tactic.pk}/remove/")
    assert ids(cast.viewer) == set(BUILT_IN)
    undo = list(get_messages(answer.wsgi_request))[-1].extra_tags
    client.post(undo)
    assert str(tactic.pk) in ids(cast.viewer)


def test_own_version_takes_the_place_of_a_built_in_one(cast, client_of):
    client = client_of(cast.admin)
    begun = client.get("/w/here/tactics/new/?from=explainer")
    assert "answered so well" in begun.text
    client.post("/w/here/tactics/new/", {"title": "Explainer film", "stage": "awareness", "built_in": "explainer"})
    own = Tactic.objects.get()
    assert own.built_in == "explainer"
    assert ids(cast.viewer) == set(BUILT_IN) - {"explainer"} | {str(own.pk)}
    with pytest.raises(ValidationError):
        make_tactic(cast.admin, built_in="explainer")
    remove_tactic(by=cast.admin, tactic=own)
    make_tactic(cast.admin, built_in="explainer")
    with pytest.raises(ValidationError):
        restore_tactic(by=cast.admin, tactic=own)


def test_built_in_tactic_is_put_away_and_laid_back(cast, client_of):
    client = client_of(cast.admin)
    answer = client.post("/w/here/tactics/explainer/hide/")
    assert ids(cast.viewer) == set(BUILT_IN) - {"explainer"}
    assert ids(cast.stranger) == set(BUILT_IN)
    assert "put away" in client.get("/w/here/tactics/?hidden=1").text
    client.post("/w/here/tactics/explainer/hide/")
    client.post(list(get_messages(answer.wsgi_request))[-1].extra_tags)
    assert ids(cast.viewer) == set(BUILT_IN)
    assert client.post("/w/here/tactics/unknown/hide/").status_code == 404


def test_use_makes_a_draft_in_its_place(cast):
    stages = make_map(cast.marketing, stages=("Notice", "Compare", "Keep"))
    mail, post = make_channel(cast.workspace, icon="email"), make_channel(cast.workspace, icon="forum")
    campaign = make_campaign(cast.marketing, stages=[stage_of(stages), stage_of(stages, 1)], channels=[post])
    made = use_tactic(by=cast.marketing, tactic="case-story", campaign=campaign, starts_on=FIRST)
    assert (made.title, made.stage, made.channel) == ("Case story", stage_of(stages, 1), post)
    assert (made.position, made.starts_on, made.tactic) == ("middle", FIRST, "case-story")
    own = make_tactic(cast.admin, channels=[mail])
    made = use_tactic(by=cast.marketing, tactic=str(own.pk), campaign=campaign, starts_on=None)
    assert (made.title, made.stage, made.channel, made.starts_on) == (own.title, None, mail, None)
    with pytest.raises(PermissionDenied):
        use_tactic(by=cast.sales, tactic="demo", campaign=campaign, starts_on=FIRST)
    with pytest.raises(ValidationError):
        use_tactic(by=cast.marketing, tactic=str(make_tactic(cast.stranger).pk), campaign=campaign, starts_on=FIRST)


def test_use_by_the_form_leads_to_the_draft_with_what_to_write(cast, client_of):
    campaign, client = make_campaign(cast.marketing), client_of(cast.marketing)
    assert '<option value="demo" selected>' in client.get("/w/here/tactics/use/?tactic=demo").text
    typed = {"tactic": "demo", "campaign": campaign.pk, "starts_on": "2027-03-05"}
    answer = client.post("/w/here/tactics/use/", typed)
    made = Message.objects.get()
    assert answer.url == f"/w/here/messages/{made.pk}/edit/"
    undo = list(get_messages(answer.wsgi_request))[-1].extra_tags
    assert "End with one next step." in client.get(answer.url).text
    client.post(undo)
    made.refresh_from_db()
    assert made.removed_at is not None


def test_use_by_a_drop_answers_with_the_undo(cast, client_of):
    campaign, client = make_campaign(cast.marketing), client_of(cast.marketing)
    typed = {"tactic": "demo", "campaign": campaign.pk, "starts_on": "2027-03-05"}
    answer = client.post("/w/here/tactics/use/", typed, headers=JSON)
    made = Message.objects.get()
    assert (answer.status_code, answer["Location"]) == (201, f"/w/here/messages/{made.pk}/")
    assert (answer.json()["id"], answer.json()["undo"]) == (made.pk, f"/w/here/messages/{made.pk}/remove/")
    toast = client.post("/w/here/tactics/use/", typed, headers=HTMX)
    assert (toast.status_code, "as a draft" in toast.text, "<html" in toast.text) == (201, True, False)
    wrong = client.post("/w/here/tactics/use/", typed | {"starts_on": "soon", "tactic": "x"}, headers=JSON)
    assert (wrong.status_code, set(wrong.json()["errors"])) == (422, {"starts_on", "tactic"})
    theirs = make_campaign(cast.sales)
    assert client.post("/w/here/tactics/use/", typed | {"campaign": theirs.pk}, headers=JSON).status_code == 422


@pytest.mark.parametrize(
    ("who", "configures", "uses"),
    [("owner", True, True), ("admin", True, True), ("marketing", False, True), ("viewer", False, False)],
)
def test_rights(cast, client_of, who, configures, uses):
    tactic, client = make_tactic(cast.admin), client_of(getattr(cast, who))
    for path in ["new/", f"{tactic.pk}/edit/"]:
        assert client.get(f"/w/here/tactics/{path}").status_code == (200 if configures else 403)
    for path in [f"{tactic.pk}/remove/", f"{tactic.pk}/restore/", "demo/hide/", "demo/show/"]:
        assert client.post(f"/w/here/tactics/{path}").status_code == (302 if configures else 403)
    assert client.get("/w/here/tactics/use/").status_code == (200 if uses else 403)


def test_shelf_takes_the_same_queries_for_one_and_many(cast, client_of, django_assert_max_num_queries):
    client = client_of(cast.admin)

    def queries() -> int:
        client.get("/w/here/tactics/")
        with django_assert_max_num_queries(15) as counted:
            client.get("/w/here/tactics/")
        return len(counted)

    make_tactic(cast.admin, channels=[make_channel(cast.workspace)])
    before = queries()
    for _ in range(6):
        make_tactic(cast.admin, channels=[make_channel(cast.workspace)])
    assert queries() == before


def test_tactics_for_programs(cast):
    admin, editor = program(cast.workspace, Role.ADMIN), program(cast.workspace, Role.EDITOR)
    added = admin.post("tactics/", {"title": "Circle", "stage": "advocacy", "built_in": "demo"})
    assert (added.status_code, added.json()["built_in"]) == (201, "demo")
    address = f"tactics/{added.json()['id']}/"
    assert admin.patch(address, {"title": "Ring"}, seen=added["ETag"]).json()["title"] == "Ring"
    assert editor.patch(address, {"title": "Mine"}).status_code == 403
    assert "stage" in errors_of(admin.post("tactics/", {"title": "X", "stage": "party"}))
    assert "built_in" in errors_of(admin.post("tactics/", {"title": "X", "stage": "advocacy", "built_in": "party"}))
    assert "title" in errors_of(admin.post("tactics/", {"title": "ring", "stage": "advocacy"}))
    built_in = {row["slug"]: row for row in editor.get("tactics/built-in/").json()["results"]}
    assert set(built_in) == set(BUILT_IN) - {"demo"}
    hidden = admin.post("tactics/built-in/", {"slug": "explainer", "hidden": True}).json()["results"]
    assert [row["slug"] for row in hidden if row["hidden"]] == ["explainer"]
    assert admin.delete(address).status_code == 204
    campaign = make_campaign(cast.marketing)
    used = admin.post("tactics/use/", {"tactic": "demo", "campaign": campaign.pk, "starts_on": "2027-03-05"})
    assert (used.status_code, used.json()["tactic"]) == (201, "demo")
    assert used["Location"] == f"/api/v1/messages/{used.json()['id']}/"
    assert "tactic" in errors_of(admin.post("tactics/use/", {"tactic": "party", "campaign": campaign.pk}))
    assert editor.post("tactics/use/", {"tactic": "demo", "campaign": campaign.pk}).status_code == 403


def refused(change) -> bool:
    try:
        with transaction.atomic():
            change()
    except IntegrityError:
        return True
    return False


def test_database_refuses_wrong_tactics(cast):
    tactic = add_tactic(by=cast.admin, title="Ring", stage="advocacy", built_in="demo")
    rows = Tactic.objects.filter(pk=tactic.pk)
    assert refused(lambda: rows.update(stage="party"))
    assert refused(lambda: rows.update(stage=""))
    assert refused(lambda: rows.update(position="side"))
    assert refused(lambda: Tactic.objects.create(workspace=cast.workspace, title="RING", stage="advocacy"))
    same = {"workspace": cast.workspace, "title": "Other", "stage": "advocacy", "built_in": "demo"}
    assert refused(lambda: Tactic.objects.create(**same))
    Tactic.objects.create(**same | {"workspace": cast.elsewhere, "title": "Ring"})
    Tactic.objects.create(**same | {"title": "ring", "removed_at": datetime.datetime.now(datetime.UTC)})
    rows.update(position="")
    hide_tactic(by=cast.admin, slug="explainer")
    assert refused(lambda: HiddenTactic.objects.create(workspace=cast.workspace, slug="explainer"))


@pytest.mark.parametrize(
    "wrong",
    [
        {"starts_on": FIRST, "ends_on": FIRST - datetime.timedelta(1)},
        {"starts_on": None, "ends_on": FIRST},
        {"starts_on": FIRST, "ends_on": None},
        {"cadence": "often"},
        {"every": 0},
        {"every": 1101},
        {"position": "side"},
        {"lifecycle": "asleep"},
        {"priority": 101},
    ],
)
def test_database_refuses_wrong_messages(cast, wrong):
    rows = Message.objects.filter(pk=make_message(cast.marketing).pk)
    assert refused(lambda: rows.update(**wrong))


def test_database_takes_messages_at_the_ends_of_what_is_right(cast):
    rows = Message.objects.filter(pk=make_message(cast.marketing).pk)
    for right in [
        {"starts_on": None, "ends_on": None},
        {"every": 1, "priority": 0},
        {"every": 1100, "priority": 100},
        {"priority": None, "position": "", "lifecycle": ""},
    ]:
        assert rows.update(**right) == 1


def test_database_refuses_a_language_twice(cast):
    message = make_message(cast.marketing, texts=[{"language": "en", "text": "Hello"}])
    assert refused(lambda: MessageText.objects.create(message=message, language="en"))
