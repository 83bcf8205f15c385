from pathlib import Path
from xml.etree import ElementTree

import pytest
from django.conf import settings
from django.contrib.messages import get_messages
from django.core.exceptions import PermissionDenied, ValidationError

from journeys.content.channels import CHANNELS, ICONS
from journeys.models import Channel
from journeys.services.cards import add_card
from journeys.services.channels import add_channel, add_default_channels, delete_channel, edit_channel
from teams.errors import Conflict
from teams.services.workspaces import create_workspace
from tests.factories import lane_of, make_channel, make_map, make_user, stage_of

PAGE = "/w/here/channels/"
PODCAST = {"name": "Podcast", "icon": "social", "form": "digital", "hold": "earned"}


@pytest.fixture
def phone(cast) -> Channel:
    return make_channel(cast.workspace, "Phone", icon="phone")


@pytest.fixture
def called(cast, phone):
    journey = make_map(cast.owner)
    return add_card(by=cast.owner, stage=stage_of(journey), lane=lane_of(journey), title="Calls", channel=phone)


def said(response) -> list[str]:
    return [str(message) for message in get_messages(response.wsgi_request)]


def undo_of(response) -> str:
    return next(message.extra_tags for message in get_messages(response.wsgi_request))


def test_new_workspace_has_the_built_in_channels(db):
    owner = create_workspace(user=make_user(), name="Acme")
    kept = owner.workspace.channels.values_list("icon", "name", "form", "hold")
    assert sorted(kept) == sorted(CHANNELS)
    assert len(CHANNELS) == len(set(ICONS)) == 18


def test_built_in_channels_are_added_once(cast, phone):
    assert len(add_default_channels(cast.workspace)) == 17
    assert add_default_channels(cast.workspace) == []


def test_every_icon_is_drawn():
    drawn = ElementTree.parse(Path(settings.BASE_DIR) / "static/icons/channels.svg").getroot()
    assert sorted(symbol.get("id") for symbol in drawn) == sorted(ICONS)


def test_add(cast):
    podcast = add_channel(by=cast.admin, **PODCAST)
    assert (podcast.name, podcast.icon, podcast.form, podcast.hold) == tuple(PODCAST.values())


@pytest.mark.parametrize(
    ("field", "fields"),
    [
        ("name", {"name": ""}),
        ("name", {"name": "PHONE"}),
        ("name", {"name": "x" * 61}),
        ("icon", {"icon": "rocket"}),
        ("form", {"form": "astral"}),
        ("hold", {"hold": "stolen"}),
    ],
)
def test_add_refused(cast, phone, field, fields):
    with pytest.raises(ValidationError) as refused:
        add_channel(by=cast.admin, **(PODCAST | fields))
    assert field in refused.value.message_dict


@pytest.mark.parametrize("who", ["sales", "viewer", "stranger"])
def test_write_without_the_right(cast, phone, who):
    actor = getattr(cast, who)
    with pytest.raises(PermissionDenied):
        edit_channel(by=actor, channel=phone, name="Mine")
    with pytest.raises(PermissionDenied):
        delete_channel(by=actor, channel=phone)


def test_edit(cast, phone):
    assert edit_channel(by=cast.admin, channel=phone, seen=1, name="Phone").version == 1
    assert edit_channel(by=cast.admin, channel=phone, seen=1, name="Call").version == 2
    with pytest.raises(Conflict):
        edit_channel(by=cast.owner, channel=phone, seen=1, name="Ring")


def test_delete_while_cards_have_it(cast, called):
    with pytest.raises(ValidationError, match="Phone is used by 1 card"):
        delete_channel(by=cast.admin, channel=called.channel)


def test_page(client_of, cast, called, django_assert_num_queries):
    make_channel(cast.elsewhere, "Secret line")
    client = client_of(cast.viewer)
    page = client.get(PAGE)
    assert "channels.svg#phone" in page.text
    assert "Secret line" not in page.text
    assert "Add a channel" not in page.text
    add_default_channels(cast.workspace)
    with django_assert_num_queries(4):  # session, person, membership; channels
        client.get(PAGE)


def test_pages_of_an_administrator(client_of, cast, phone):
    client = client_of(cast.admin)
    assert "Add a channel" in client.get(PAGE).text
    assert client.post(PAGE + "new/", PODCAST).url == PAGE
    edit = f"{PAGE}{phone.pk}/"
    assert 'value="Phone"' in client.get(edit).text
    assert client.post(edit, PODCAST | {"name": "Call", "seen": 1}).url == PAGE
    assert sorted(cast.workspace.channels.values_list("name", flat=True)) == ["Call", "Podcast"]


@pytest.mark.parametrize("path", ["new/", "{pk}/"])
@pytest.mark.parametrize(
    ("given", "says"),
    [({"name": ""}, "required"), ({"name": "e-MAIL"}, "already"), ({"icon": "rocket"}, "Select a valid choice")],
)
def test_bad_input_keeps_what_was_typed(client_of, cast, phone, path, given, says):
    make_channel(cast.workspace, "E-mail")
    answer = client_of(cast.admin).post(PAGE + path.format(pk=phone.pk), PODCAST | {"seen": 1} | given)
    assert answer.status_code == 422
    assert says in answer.text
    assert '<option value="earned" selected>' in answer.text


def test_stale_edit_shows_both(client_of, cast, phone):
    edit_channel(by=cast.owner, channel=phone, name="Call")
    answer = client_of(cast.admin).post(f"{PAGE}{phone.pk}/", PODCAST | {"name": "Ring", "seen": 1})
    assert answer.status_code == 409
    assert ("Name", "Call", "Ring") in answer.context["form"].theirs


def test_delete_and_undo(client_of, cast, phone):
    client = client_of(cast.admin)
    undo = undo_of(client.post(f"{PAGE}{phone.pk}/delete/"))
    assert not cast.workspace.channels.exists()
    assert client_of(cast.stranger).post(undo.replace("here", "elsewhere")).status_code == 404
    client.post(undo)
    assert cast.workspace.channels.values_list("name", "icon").get() == ("Phone", "phone")
    client.post(undo)
    assert cast.workspace.channels.count() == 1


def test_delete_on_the_page_while_cards_have_it(client_of, cast, called):
    answer = client_of(cast.admin).post(f"{PAGE}{called.channel_id}/delete/")
    assert said(answer) == ["Phone is used by 1 card."]


def test_doors(client_of, cast, phone, client):
    pages = {
        PAGE: ("get", 200),
        PAGE + "new/": ("post", 403),
        f"{PAGE}{phone.pk}/": ("get post", 403),
        f"{PAGE}{phone.pk}/delete/": ("post", 403),
        f"{PAGE}restore/token/": ("post", 403),
    }
    editor, stranger, owner = client_of(cast.sales), client_of(cast.stranger), client_of(cast.owner)
    for path, (methods, answered) in pages.items():
        for method in methods.split():
            assert getattr(client, method)(path).status_code == 302, path
            assert getattr(stranger, method)(path).status_code == 404, path
            assert getattr(editor, method)(path).status_code == answered, path
        for method in {"get", "post", "put"} - set(methods.split()):
            assert getattr(owner, method)(path).status_code == 405, path
