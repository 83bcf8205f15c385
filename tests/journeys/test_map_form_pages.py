"""How a map begins, its details, its copies, templates and removal, by page."""

import pytest

from journeys.content.templates import TEMPLATES
from journeys.models import Map
from journeys.services.maps import edit_map
from journeys.services.starts import save_template
from tests.factories import make_map, make_persona, make_scenario
from tests.journeys.pages import HTMX, NO_IDS, at, said, undo_of, wrong
from tests.journeys.pictures import picture, untouched

NEW = {"title": "A new one", "kind": "as-is", "start": "five-stages"}


@pytest.fixture
def details(journey) -> dict:
    """The fields of the map's details as its form sends them when nothing was touched."""
    return {
        "title": journey.title,
        "description": "",
        "personas": [persona.pk for persona in journey.personas.all()],
        "scenario": "",
        "kind": "as-is",
        "to_be": "",
        "status": "draft",
        "owner": journey.owner_id,
        "seen": journey.version,
    }


def newest() -> Map:
    return Map.objects.latest("pk")


@pytest.mark.parametrize("start", [*TEMPLATES, "empty"])
def test_new_map_starts_from_a_template_or_empty(client_of, cast, start):
    ann = make_persona(cast.workspace, "Ann")
    made = client_of(cast.sales).post(at("map_new"), NEW | {"start": start, "kind": "to-be", "personas": [ann.pk]})

    journey = newest()
    assert (made.status_code, made.url) == (302, at("map", journey))
    assert (journey.title, journey.kind, journey.owner, list(journey.personas.all())) == (
        "A new one",
        "to-be",
        cast.sales,
        [ann],
    )
    assert journey.stages.count() == (len(TEMPLATES[start].stages) if start in TEMPLATES else 0)


def test_new_map_starts_from_a_saved_template(client_of, cast, journey, keeper):
    saved = save_template(by=keeper, source=journey, title="Our way")
    client = client_of(cast.sales)

    page = client.get(at("map_new"))
    assert f'value="saved-{saved.pk}"' in page.text
    assert page.text.count("<span>Keep</span>") == 1
    assert client.post(at("map_new"), NEW | {"start": f"saved-{saved.pk}"}).status_code == 302
    assert [stage.name for stage in newest().stages.all()] == ["Try", "Buy", "Keep"]


def test_new_map_keeps_what_was_typed_and_names_what_is_wrong(client_of, cast, journey, keeper):
    saved = save_template(by=keeper, source=journey, title="Our way")
    ann = make_persona(cast.workspace, "Cyd")
    client = client_of(cast.sales)

    page = client.post(
        at("map_new"), {"title": "", "kind": "to-be", "start": f"saved-{saved.pk}", "personas": [ann.pk]}
    )

    assert wrong(page) == ["title"]
    assert f'value="saved-{saved.pk}" checked' in page.text
    assert '<option value="to-be" selected>' in page.text
    assert page.text.count(" checked") == 2


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", ""),
        ("title", "x" * 161),
        ("title", "x" * 10_000),
        ("title", "a\x00b"),
        ("kind", "other"),
        ("kind", ""),
        ("start", ""),
        *(("personas", [value]) for value in NO_IDS if value),
    ],
)
def test_new_map_refuses_bad_input(client_of, cast, field, value):
    assert wrong(client_of(cast.sales).post(at("map_new"), NEW | {field: value})) == [field]
    assert not Map.objects.exists()


@pytest.mark.parametrize("start", ["saved-0", "saved-" + "9" * 20, "saved-x", "unknown", "five\x00"])
def test_new_map_from_nothing_is_no_map(client_of, cast, start):
    assert client_of(cast.sales).post(at("map_new"), NEW | {"start": start}).status_code in (404, 422)
    assert not Map.objects.exists()


def test_new_map_takes_nothing_of_another_workspace(client_of, cast):
    strange = make_persona(cast.elsewhere)
    theirs = save_template(by=cast.stranger, source=make_map(cast.stranger), title="Theirs")
    client, number = client_of(cast.sales), Map.objects.count()

    assert wrong(client.post(at("map_new"), NEW | {"personas": [strange.pk]})) == ["personas"]
    assert client.post(at("map_new"), NEW | {"start": f"saved-{theirs.pk}"}).status_code == 404
    assert "Theirs" not in client.get(at("map_new")).text
    assert Map.objects.count() == number


def test_new_map_has_at_most_five_personas(client_of, cast):
    many = [make_persona(cast.workspace).pk for _number in range(6)]

    assert wrong(client_of(cast.sales).post(at("map_new"), NEW | {"personas": many})) == ["personas"]


def test_details_are_edited(client_of, cast, journey, keeper, details):
    _ann, bob = journey.personas.order_by("name")
    scenario, goal = make_scenario(bob, "In a hurry"), make_map(keeper, kind="to-be", title="Goal")
    fields = {"title": " Renamed ", "description": "Why\r\nand how", "status": "live", "scenario": scenario.pk}

    saved = client_of(keeper).post(
        at("map_edit", journey), details | fields | {"to_be": goal.pk, "owner": cast.sales.pk}
    )

    assert (saved.status_code, saved.url, said(saved)) == (302, at("map", journey), ["Saved."])
    assert picture(journey)["map"] == {
        "title": "Renamed",
        "description": "Why\nand how",
        "kind": "as-is",
        "status": "live",
        "owner": "sales@here.example",
        "personas": ["Bob", "Ann"],
        "scenario": "In a hurry",
        "to_be": goal.pk,
        "removed": False,
    }


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", " "),
        ("title", "x" * 161),
        ("title", "a\x00b"),
        ("description", "x" * 4001),
        ("kind", "other"),
        ("status", "dead"),
        ("seen", ""),
        ("seen", "x"),
        *((field, value) for field in ["scenario", "to_be", "owner"] for value in NO_IDS if value),
        *(("personas", [value]) for value in NO_IDS if value),
    ],
)
def test_details_refuse_bad_input(client_of, journey, keeper, details, field, value):
    sent = details | {"title": "Kept as typed", field: value}
    with untouched(journey):
        page = client_of(keeper).post(at("map_edit", journey), sent)

    assert wrong(page) == [field]
    assert 'aria-invalid="true"' in page.text or field == "seen"
    assert field == "title" or "Kept as typed" in page.text


def test_details_take_nothing_of_another_workspace(client_of, cast, journey, keeper, details):
    strange = make_persona(cast.elsewhere)
    for field, value in [
        ("personas", [strange.pk]),
        ("scenario", make_scenario(strange).pk),
        ("to_be", make_map(cast.stranger, kind="to-be", title="Secret").pk),
        ("owner", cast.stranger.pk),
    ]:
        with untouched(journey):
            assert wrong(client_of(keeper).post(at("map_edit", journey), details | {field: value})) == [field]
    page = client_of(keeper).get(at("map_edit", journey)).text
    assert not [text for text in ["Secret", strange.name, "Stan"] if text in page]


def test_stale_details_show_both_and_keep_mine(client_of, journey, keeper, details):
    edit_map(by=keeper, map=journey, seen=None, title="Theirs", status="live")
    client = client_of(keeper)

    with untouched(journey):
        page = client.post(at("map_edit", journey), details | {"title": "Mine", "status": "live"})
    assert page.status_code == 409
    for text in [
        'value="Mine"',
        "Saved meanwhile:</b> Theirs",
        "Kim Keeper saved this while",
        "Save mine",
        "Take theirs",
    ]:
        assert text in page.text
    assert page.text.count("Saved meanwhile") == 1
    again = details | {"title": "Mine", "status": "live", "seen": page.context["form"]["seen"].value()}
    assert client.post(at("map_edit", journey), again).status_code == 302
    journey.refresh_from_db()
    assert journey.title == "Mine"


def test_copy_and_template(client_of, cast, journey):
    client = client_of(cast.sales)
    assert 'value="Copy of Trial to renewal"' in client.get(at("map_copy", journey)).text
    assert 'value="Trial to renewal"' in client.get(at("map_save_template", journey)).text

    made = client.post(at("map_copy", journey), {"title": "Mine now"})
    assert (made.status_code, made.url, newest().owner) == (302, at("map", newest()), cast.sales)
    assert picture(newest())["stages"] == picture(journey)["stages"]
    kept = client.post(at("map_save_template", journey), {"title": "Our way"})
    assert (kept.status_code, kept.url, newest().is_template) == (302, at("map", journey), True)


@pytest.mark.parametrize("page", ["map_copy", "map_save_template"])
@pytest.mark.parametrize("title", ["", "  ", "x" * 161, "a\x00b"])
def test_copy_refuses_a_bad_title(client_of, cast, journey, page, title):
    answer = client_of(cast.sales).post(at(page, journey), {"title": title})

    assert (answer.status_code, 'aria-invalid="true"' in answer.text) == (422, True)
    assert list(Map.objects.all()) == [journey]


def test_map_is_removed_and_comes_back(client_of, cast, journey, keeper):
    client = client_of(keeper)
    before = picture(journey)

    gone = client.post(at("map_remove", journey))
    assert (gone.status_code, gone.url, said(gone)) == (302, at("maps"), ["“Trial to renewal” is removed."])
    assert client.get(at("map", journey)).status_code == 404
    assert client.post(at("map_remove", journey)).status_code == 404
    back = client.post(undo_of(gone))
    assert (back.status_code, said(back)[-1]) == (302, "Undone.")
    assert picture(journey) == before


@pytest.mark.parametrize("page", ["map_edit", "map_remove"])
def test_only_the_owner_and_administrators_change_a_map(client_of, cast, journey, details, page):
    with untouched(journey):
        for member in [cast.viewer, cast.marketing]:
            for headers in [{}, HTMX]:
                assert client_of(member).post(at(page, journey), details, headers=headers).status_code == 403
        assert client_of(cast.stranger).post(at(page, journey), details).status_code == 404
