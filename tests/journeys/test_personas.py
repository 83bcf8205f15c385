import pytest
from django.contrib.messages import get_messages
from django.core.exceptions import PermissionDenied, ValidationError

from journeys.models import Emotion, Persona
from journeys.services.cards import add_card
from journeys.services.maps import remove_map
from journeys.services.personas import create_persona, edit_persona, remove_persona, restore_persona
from teams.errors import Conflict
from teams.models import Workspace
from teams.services import search
from tests.factories import lane_of, make_key, make_map, make_persona, stage_of

NAMED = {"name": "Team lead", "color": "rose"}


def at(path: str = "", workspace: str = "here") -> str:
    return f"/w/{workspace}/personas/{path}"


def said(response) -> list[str]:
    return [str(message) for message in get_messages(response.wsgi_request)]


def undo_of(response) -> str:
    return next(message.extra_tags for message in get_messages(response.wsgi_request))


@pytest.fixture
def lead(cast) -> Persona:
    return create_persona(by=cast.marketing, name="Team lead", goals="One place\nFewer meetings", color="rose")


def test_create(cast):
    stamp = Workspace.objects.get(pk=cast.workspace.pk).stamp
    lead = create_persona(
        by=cast.sales, name=" Team lead ", goals=" One place \r\n\r\n Fewer meetings\r\n", quote="Now"
    )
    lead.refresh_from_db()
    assert (lead.name, lead.goals, lead.quote, lead.version) == ("Team lead", "One place\nFewer meetings", "Now", 1)
    assert search.find(workspace_id=cast.workspace.pk, kind="persona", text="meet") == [lead.pk]
    assert Workspace.objects.get(pk=cast.workspace.pk).stamp > stamp


def test_create_by_a_program(cast):
    assert create_persona(by=make_key(cast.workspace), name="Team lead").workspace == cast.workspace


@pytest.mark.parametrize("who", ["viewer", "stranger"])
def test_write_without_the_right(cast, lead, who):
    actor = getattr(cast, who)
    for write in [edit_persona, remove_persona, restore_persona]:
        with pytest.raises(PermissionDenied):
            write(by=actor, persona=lead)
    if who == "viewer":
        with pytest.raises(PermissionDenied):
            create_persona(by=actor, name="Mine")


@pytest.mark.parametrize(
    ("field", "fields"),
    [
        ("name", {"name": ""}),
        ("name", {"name": "x" * 81}),
        ("name", {"name": "TEAM LEAD"}),
        ("color", {"color": "pink"}),
        ("goals", {"goals": "x" * 4001}),
        ("quote", {"quote": "a\x00b"}),
    ],
)
def test_create_refused(cast, lead, field, fields):
    with pytest.raises(ValidationError) as refused:
        create_persona(by=cast.sales, **({"name": "Another"} | fields))
    assert field in refused.value.message_dict
    assert Persona.objects.count() == 1


def test_edit_of_what_somebody_else_edited(cast, lead):
    edit_persona(by=cast.sales, persona=lead, seen=1, summary="Leads twenty")
    with pytest.raises(Conflict) as conflict:
        edit_persona(by=cast.product, persona=lead, seen=1, summary="Leads ten")
    assert conflict.value.current.summary == "Leads twenty"


def test_edit_that_changes_nothing_is_no_edit(cast, lead):
    assert edit_persona(by=cast.sales, persona=lead, seen=1, name="Team lead").version == 1


def test_remove_while_maps_are_for_them(cast, lead):
    journey = make_map(cast.owner, title="Trial to renewal", personas=[lead])
    with pytest.raises(ValidationError, match="Trial to renewal"):
        remove_persona(by=cast.sales, persona=lead)
    remove_map(by=cast.owner, map=journey, seen=None)
    assert remove_persona(by=cast.sales, persona=lead).removed_at is not None


def test_remove_while_a_card_holds_their_feeling(cast, lead):
    journey = make_map(cast.owner, title="Trial to renewal")
    card = add_card(by=cast.owner, stage=stage_of(journey), lane=lane_of(journey), title="Waits")
    Emotion.objects.create(card=card, persona=lead, level=-2)
    with pytest.raises(ValidationError, match="Trial to renewal"):
        remove_persona(by=cast.sales, persona=lead)


def test_remove_and_restore(cast, lead):
    remove_persona(by=cast.sales, persona=lead)
    assert search.find(workspace_id=cast.workspace.pk, kind="persona", text="lead") == []
    restore_persona(by=cast.sales, persona=lead)
    assert search.find(workspace_id=cast.workspace.pk, kind="persona", text="lead") == [lead.pk]


def test_restore_when_the_name_is_given_away(cast, lead):
    remove_persona(by=cast.sales, persona=lead)
    create_persona(by=cast.sales, name="Team lead")
    with pytest.raises(ValidationError, match="already"):
        restore_persona(by=cast.sales, persona=lead)


def test_library(client_of, cast, lead, django_assert_num_queries):
    make_map(cast.owner, personas=[lead])
    make_persona(cast.elsewhere, "Secret person")
    client = client_of(cast.viewer)
    page = client.get(at())
    assert "Team lead" in page.text
    assert "1 map<" in page.text
    assert "Secret person" not in page.text
    with django_assert_num_queries(5):  # session, person, membership; number of personas, personas
        client.get(at())
    for number in range(20):
        make_map(cast.owner, personas=[make_persona(cast.workspace, f"Person {number}")])
    with django_assert_num_queries(5):
        client.get(at())


def test_library_is_searched_by_the_address(client_of, cast, lead):
    make_persona(cast.workspace, "Switcher")
    client = client_of(cast.viewer)
    assert list(client.get(at("?q=fewer")).context["page"]) == [lead]
    assert "No persona fits" in client.get(at("?q=nobody")).text
    assert client.get(at("?q=%00&page=x")).status_code == 200
    partial = client.get(at("?q=team"), headers={"HX-Request": "true"})
    assert partial.text.strip().startswith('<div class="stack" id="persona-list">')


def test_empty_library_teaches_the_next_step(client_of, cast):
    assert "Who is the journey for?" in client_of(cast.sales).get(at()).text
    assert "personas/new/" not in client_of(cast.viewer).get(at()).text


def test_page(client_of, cast, lead, django_assert_num_queries):
    make_map(cast.owner, title="Trial to renewal", personas=[lead])
    client = client_of(cast.viewer)
    page = client.get(at(f"{lead.pk}/"))
    for text in ["Team lead", "<li>One place</li>", "Trial to renewal", "Scenarios"]:
        assert text in page.text
    assert "Obstacles" not in page.text
    assert "Remove" not in page.text
    with django_assert_num_queries(6):  # session, person, membership; persona, scenarios, maps
        client.get(at(f"{lead.pk}/"))


def test_text_is_shown_as_text(client_of, cast):
    nasty = "<img src=x onerror=alert(1)>"
    lead = create_persona(by=cast.sales, name=nasty, quote=nasty, goals=nasty + "\n" + "x" * 3000, summary="\u202eא😀")
    for path in [at(), at(f"{lead.pk}/"), at(f"{lead.pk}/edit/")]:
        page = client_of(cast.sales).get(path)
        assert "<img src=x" not in page.text
        assert "&lt;img src=x" in page.text


def test_create_on_the_page(client_of, cast):
    client = client_of(cast.sales)
    assert client.get(at("new/")).status_code == 200
    answer = client.post(at("new/"), NAMED | {"goals": "One place"})
    made = Persona.objects.get()
    assert answer.url == at(f"{made.pk}/")
    assert (made.goals, made.workspace) == ("One place", cast.workspace)


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"name": ""}, "required"),
        ({"name": "team LEAD"}, "already a persona with this name"),
        ({"color": "pink"}, "Select a valid choice"),
        ({"goals": "\x00"}, "Null characters"),
        ({"quote": "x" * 301}, "at most 300"),
    ],
)
def test_create_with_bad_input_keeps_what_was_typed(client_of, cast, lead, given, says):
    answer = client_of(cast.sales).post(at("new/"), NAMED | {"name": "Other", "needs": "Typed text"} | given)
    assert answer.status_code == 422
    assert says in answer.text
    assert "Typed text" in answer.text
    assert Persona.objects.count() == 1


def test_edit_on_the_page(client_of, cast, lead):
    client = client_of(cast.sales)
    assert 'name="seen" value="1"' in client.get(at(f"{lead.pk}/edit/")).text
    assert client.post(at(f"{lead.pk}/edit/"), NAMED | {"name": "Lead", "seen": 1}).url == at(f"{lead.pk}/")
    lead.refresh_from_db()
    assert (lead.name, lead.goals, lead.version) == ("Lead", "", 2)


def test_stale_edit_shows_both_texts_and_keeps_mine(client_of, cast, lead):
    edit_persona(by=cast.product, persona=lead, seen=1, goals="Their goal", color="teal")
    client = client_of(cast.sales)
    mine = NAMED | {"goals": "My goal", "seen": 1}
    answer = client.post(at(f"{lead.pk}/edit/"), mine)
    assert answer.status_code == 409
    assert [(found.label, found.theirs, found.mine) for found in answer.context["form"].theirs] == [
        ("Color", "Teal", "Rose"),
        ("Goals", "Their goal", "My goal"),
    ]
    for text in ["Their goal", "My goal</textarea>", "Save mine", 'name="seen" value="2"']:
        assert text in answer.text
    lead.refresh_from_db()
    assert lead.goals == "Their goal"
    assert client.post(at(f"{lead.pk}/edit/"), mine | {"seen": 2}).status_code == 302


def test_remove_and_undo_on_the_page(client_of, cast, lead):
    client = client_of(cast.sales)
    answer = client.post(at(f"{lead.pk}/remove/"))
    assert answer.url == at()
    assert client.get(at(f"{lead.pk}/")).status_code == 404
    assert client.post(undo_of(answer)).url == at(f"{lead.pk}/")
    assert client.get(at(f"{lead.pk}/")).status_code == 200


def test_remove_on_the_page_names_the_maps(client_of, cast, lead):
    make_map(cast.owner, title="Trial to renewal", personas=[lead])
    answer = client_of(cast.sales).post(at(f"{lead.pk}/remove/"))
    assert said(answer) == ["Team lead is still on: Trial to renewal."]


@pytest.fixture
def pages(lead) -> dict[str, tuple[str, int]]:
    """Every page of personas with its methods, and what a viewer is answered."""
    here = f"{lead.pk}/"
    return {
        at(): ("get", 200),
        at(here): ("get", 200),
        at(here + "picture/"): ("get", 404),
        at("new/"): ("get post", 403),
        at(here + "edit/"): ("get post", 403),
        at(here + "remove/"): ("post", 403),
        at(here + "restore/"): ("post", 403),
    }


def test_doors(client_of, cast, pages, client):
    viewer, stranger, owner = client_of(cast.viewer), client_of(cast.stranger), client_of(cast.owner)
    for path, (methods, answered) in pages.items():
        for method in methods.split():
            assert getattr(client, method)(path).status_code == 302, path
            assert getattr(stranger, method)(path).status_code == 404, path
            assert getattr(viewer, method)(path).status_code == answered, path
            if path not in (at(), at("new/")):
                assert getattr(stranger, method)(path.replace("here", "elsewhere")).status_code == 404, path
        for method in {"get", "post", "put", "delete"} - set(methods.split()):
            assert getattr(owner, method)(path).status_code == 405, path
