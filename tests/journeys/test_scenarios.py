import pytest
from django.contrib.messages import get_messages
from django.core.exceptions import PermissionDenied, ValidationError

from journeys.models import Scenario
from journeys.services.maps import remove_map
from journeys.services.personas import remove_persona
from journeys.services.scenarios import add_scenario, delete_scenario, edit_scenario
from teams.errors import Conflict
from tests.factories import make_map, make_persona


@pytest.fixture
def lead(cast):
    return make_persona(cast.workspace, "Team lead")


@pytest.fixture
def switching(cast, lead):
    return add_scenario(by=cast.sales, persona=lead, name="Switching", description="The contract ends")


def said(response) -> list[str]:
    return [str(message) for message in get_messages(response.wsgi_request)]


def undo_of(response) -> str:
    return next(message.extra_tags for message in get_messages(response.wsgi_request))


def test_add(cast, lead):
    scenario = add_scenario(by=cast.sales, persona=lead, name=" Switching ", description=" The contract ends ")
    assert (scenario.name, scenario.description, scenario.version) == ("Switching", "The contract ends", 1)


@pytest.mark.parametrize("name", ["", "x" * 121, "a\x00b", "SWITCHING"])
def test_add_refused(cast, lead, switching, name):
    with pytest.raises(ValidationError) as refused:
        add_scenario(by=cast.sales, persona=lead, name=name)
    assert "name" in refused.value.message_dict
    assert Scenario.objects.count() == 1


def test_add_to_a_removed_persona(cast, lead):
    remove_persona(by=cast.sales, persona=lead)
    with pytest.raises(ValidationError, match="removed"):
        add_scenario(by=cast.sales, persona=lead, name="Switching")


@pytest.mark.parametrize("who", ["viewer", "stranger"])
def test_write_without_the_right(cast, lead, switching, who):
    actor = getattr(cast, who)
    with pytest.raises(PermissionDenied):
        add_scenario(by=actor, persona=lead, name="Mine")
    with pytest.raises(PermissionDenied):
        edit_scenario(by=actor, scenario=switching, name="Mine")
    with pytest.raises(PermissionDenied):
        delete_scenario(by=actor, scenario=switching)


def test_edit(cast, switching):
    assert edit_scenario(by=cast.sales, scenario=switching, seen=1, name="Switching").version == 1
    assert edit_scenario(by=cast.sales, scenario=switching, seen=1, name="Leaving").version == 2
    with pytest.raises(Conflict):
        edit_scenario(by=cast.product, scenario=switching, seen=1, name="Going")


def test_delete_while_a_map_is_for_it(cast, lead, switching):
    journey = make_map(cast.owner, title="Trial to renewal", personas=[lead], scenario=switching)
    with pytest.raises(ValidationError, match="Trial to renewal"):
        delete_scenario(by=cast.sales, scenario=switching)
    remove_map(by=cast.owner, map=journey, seen=None)
    delete_scenario(by=cast.sales, scenario=switching)
    assert not Scenario.objects.exists()


def test_pages(client_of, cast, lead, switching):
    client = client_of(cast.sales)
    new, edit = f"/w/here/personas/{lead.pk}/scenarios/new/", f"/w/here/scenarios/{switching.pk}/"
    assert client.get(new).status_code == 200
    assert client.post(new, {"name": "Buying for a team"}).url == f"/w/here/personas/{lead.pk}/"
    assert 'value="Switching"' in client.get(edit).text
    assert client.post(edit, {"name": "Leaving", "seen": 1}).status_code == 302
    assert sorted(lead.scenarios.values_list("name", flat=True)) == ["Buying for a team", "Leaving"]
    assert "Buying for a team" in client.get(f"/w/here/personas/{lead.pk}/").text


@pytest.mark.parametrize(("name", "says"), [("", "required"), ("switching", "already"), ("x" * 121, "at most 120")])
def test_bad_input_keeps_what_was_typed(client_of, cast, lead, switching, name, says):
    new = f"/w/here/personas/{lead.pk}/scenarios/new/"
    answer = client_of(cast.sales).post(new, {"name": name, "description": "Typed text"})
    assert answer.status_code == 422
    assert says in answer.text
    assert "Typed text" in answer.text


def test_stale_edit_shows_both_texts(client_of, cast, switching):
    edit_scenario(by=cast.product, scenario=switching, description="Their text")
    answer = client_of(cast.sales).post(
        f"/w/here/scenarios/{switching.pk}/", {"name": "Switching", "description": "My text", "seen": 1}
    )
    assert answer.status_code == 409
    assert "Their text" in answer.text
    assert "My text</textarea>" in answer.text


def test_delete_and_undo(client_of, cast, lead, switching):
    client = client_of(cast.sales)
    answer = client.post(f"/w/here/scenarios/{switching.pk}/delete/")
    assert not Scenario.objects.exists()
    undo = undo_of(answer)
    assert client_of(cast.product).post(undo).status_code == 404
    client.post(undo)
    assert lead.scenarios.values_list("name", "description").get() == ("Switching", "The contract ends")
    assert client.post(undo).status_code == 404


def test_delete_on_the_page_names_the_maps(client_of, cast, lead, switching):
    make_map(cast.owner, title="Trial to renewal", personas=[lead], scenario=switching)
    answer = client_of(cast.sales).post(f"/w/here/scenarios/{switching.pk}/delete/")
    assert said(answer) == ["“Switching” is the scenario of: Trial to renewal."]


def test_doors(client_of, cast, lead, switching, client):
    pages = {
        f"/w/here/personas/{lead.pk}/scenarios/new/": "get post",
        f"/w/here/scenarios/{switching.pk}/": "get post",
        f"/w/here/scenarios/{switching.pk}/delete/": "post",
        "/w/here/scenarios/restore/": "post",
    }
    viewer, stranger, owner = client_of(cast.viewer), client_of(cast.stranger), client_of(cast.owner)
    for path, methods in pages.items():
        for method in methods.split():
            assert getattr(client, method)(path).status_code == 302, path
            assert getattr(stranger, method)(path).status_code == 404, path
            assert getattr(stranger, method)(path.replace("here", "elsewhere")).status_code == 404, path
            assert getattr(viewer, method)(path).status_code == 403, path
        for method in {"get", "post", "put"} - set(methods.split()):
            assert getattr(owner, method)(path).status_code == 405, path
