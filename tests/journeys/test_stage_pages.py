"""Stages on the map's page: read, add, edit, move, delete, undo."""

import pytest

from insights.services.metrics import remove_metric
from journeys.services.stages import MOST_STAGES, edit_stage, move_stage
from tests.factories import make_card, make_map, make_metric, make_path, stage_of
from tests.journeys.pages import HTMX, NO_IDS, TEXTS, at, said, undo_of, wrong
from tests.journeys.pictures import last_change, picture, untouched

each_way = pytest.mark.parametrize("headers", [{}, HTMX], ids=["page", "htmx"])


@pytest.fixture
def stage(journey):
    """Buy: Sales is accountable, Product responsible, Success consulted."""
    return stage_of(journey, 1)


@pytest.fixture
def sent(stage) -> dict:
    """What the form sends when nothing was touched."""
    parts = {row.team_id: row.part for row in stage.stage_teams.all()}
    teams = stage.map.workspace.teams.all()
    return {
        "name": "Buy",
        "accountable_team": stage.accountable_team_id,
        "accountable_person": "",
        "metric": "",
        "description": "",
        "questions": "",
        "example_channels": "",
        "seen": stage.version,
    } | {f"team_{team.pk}": parts.get(team.pk, "") for team in teams}


@each_way
def test_stage_is_shown_with_what_the_reader_may(client_of, cast, stage, keeper, headers):
    edit_stage(
        by=keeper, stage=stage, seen=None, questions=["Who signs?"], example_channels=["Phone"], description="The order"
    )

    def offers(member) -> tuple[bool, bool]:
        page = client_of(member).get(at("stage", stage), headers=headers)
        assert page.status_code == 200
        for text in ["Buy", "Sales", "no person yet", "Responsible", "Product", "Who signs?", "Phone", "The order"]:
            assert text in page.text
        return at("stage_edit", stage) in page.text, at("stage_delete", stage) in page.text

    assert offers(keeper) == offers(cast.admin) == (True, True)
    assert offers(cast.sales) == offers(cast.product) == (True, False)
    assert offers(cast.success) == offers(cast.viewer) == (False, False)


@each_way
def test_stage_is_added_at_the_end(client_of, journey, keeper, headers):
    client = client_of(keeper)
    assert client.get(at("stage_new", journey), headers=headers).status_code == 200
    added = client.post(at("stage_new", journey), {"name": " Tell friends "}, headers=headers)

    assert [stage.name for stage in journey.stages.all()] == ["Try", "Buy", "Keep", "Tell friends"]
    if headers:
        assert (added.status_code, added.text.count('id="board"')) == (200, 1)
        assert "data-panel-title>Tell friends<" in added.text
    else:
        assert (added.status_code, added.url) == (302, at("map", journey))


@each_way
@pytest.mark.parametrize("name", ["", " ", "x" * 81, "x" * 10_000, "a\x00b"])
def test_stage_with_a_bad_name_is_not_added(client_of, journey, keeper, name, headers):
    with untouched(journey):
        page = client_of(keeper).post(at("stage_new", journey), {"name": name}, headers=headers)

    assert wrong(page) == ["name"]
    assert 'aria-invalid="true"' in page.text


def test_map_has_room_for_so_many_stages(client_of, keeper):
    journey = make_map(keeper, stages=[f"Stage {number}" for number in range(MOST_STAGES)])
    with untouched(journey):
        page = client_of(keeper).post(at("stage_new", journey), {"name": "One more"})

    assert (wrong(page), 'value="One more"' in page.text) == (["__all__"], True)


def test_stage_is_edited(client_of, cast, stage, sent, keeper):
    metric = make_metric(cast.workspace, "Orders")
    teams = {team.name: team.pk for team in cast.workspace.teams.all()}
    fields = {
        "name": "Order",
        "accountable_team": teams["Product"],
        "accountable_person": cast.product.pk,
        "metric": metric.pk,
        "questions": "Who signs?\r\n\r\n Who pays? ",
        "example_channels": "Phone\nShop",
        f"team_{teams['Marketing']}": "informed",
        f"team_{teams['Success']}": "",
    }

    saved = client_of(keeper).post(at("stage_edit", stage), sent | fields)

    assert (saved.status_code, saved.url, said(saved)) == (302, at("map", stage.map), ["Saved."])
    assert picture(stage.map)["stages"][1] == {
        "id": stage.uid,
        "position": 1,
        "name": "Order",
        "team": "Product",
        "person": "product@here.example",
        "teams": {"Marketing": "informed"},
        "metric": "Orders",
        "questions": ["Who signs?", "Who pays?"],
        "example_channels": ["Phone", "Shop"],
    }


def test_untouched_form_writes_nothing(client_of, cast, stage, sent):
    with untouched(stage.map):
        for member in [cast.sales, cast.owner]:
            assert client_of(member).post(at("stage_edit", stage), sent).status_code == 302


def test_team_of_the_stage_changes_texts_but_no_owner(client_of, cast, stage, sent):
    marketing = cast.workspace.teams.get(name="Marketing").pk
    fields = {"name": "Order", "accountable_team": marketing, "accountable_person": cast.product.pk}
    page = client_of(cast.sales).get(at("stage_edit", stage), headers=HTMX)
    assert "The map&#x27;s owner" in page.text or "The map's owner" in page.text
    saved = client_of(cast.sales).post(at("stage_edit", stage), sent | fields | {f"team_{marketing}": "informed"})

    stage.refresh_from_db()
    assert (saved.status_code, stage.name, last_change(stage.map).after) == (302, "Order", {"name": "Order"})


@each_way
@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", " "),
        ("name", "x" * 81),
        ("name", "a\x00b"),
        ("description", "x" * 2001),
        ("questions", "x" * 201),
        ("questions", "\n".join(map(str, range(21)))),
        ("example_channels", "a\x00b"),
        ("seen", "x"),
        *((name, value) for name in ["accountable_team", "accountable_person", "metric"] for value in NO_IDS if value),
    ],
)
def test_edit_refuses_bad_input(client_of, stage, keeper, sent, field, value, headers):
    with untouched(stage.map):
        page = client_of(keeper).post(
            at("stage_edit", stage), sent | {"name": "As typed", field: value}, headers=headers
        )

    assert wrong(page) == [field]
    assert field == "name" or 'value="As typed"' in page.text


def test_edit_takes_nothing_of_another_workspace(client_of, cast, stage, keeper, sent):
    for field, thing in [
        ("accountable_team", cast.elsewhere.teams.first()),
        ("accountable_person", cast.stranger),
        ("metric", make_metric(cast.elsewhere, "Secret")),
        ("metric", remove_metric(by=keeper, metric=make_metric(cast.workspace))),
    ]:
        with untouched(stage.map):
            page = client_of(keeper).post(at("stage_edit", stage), sent | {field: thing.pk})
        assert (wrong(page), "Secret" in page.text) == ([field], False)
    with untouched(stage.map):
        part = {f"team_{cast.workspace.teams.get(name='Marketing').pk}": "boss"}
        assert client_of(keeper).post(at("stage_edit", stage), sent | part).status_code == 422


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_texts_of_a_stage_are_shown_as_texts(client_of, cast, stage, sent, keeper, text):
    client = client_of(keeper)
    fields = {"name": text, "description": text, "questions": text, "example_channels": text}
    assert client.post(at("stage_edit", stage), sent | fields).status_code == 302

    for page in ["stage", "stage_edit"]:
        shown = client.get(at(page, stage), headers=HTMX).text
        assert not [tag for tag in ["<script>alert", "<img src=x"] if tag in shown]


@each_way
def test_stale_edit_shows_both_and_keeps_mine(client_of, stage, sent, keeper, headers):
    edit_stage(by=keeper, stage=stage, seen=None, name="Theirs", questions=["Theirs?"])
    client = client_of(keeper)

    with untouched(stage.map):
        page = client.post(at("stage_edit", stage), sent | {"name": "Mine"}, headers=headers)
    assert page.status_code == 409
    for text in ['value="Mine"', "Saved meanwhile:</b> Theirs<", "Saved meanwhile:</b> Theirs?", "Save mine"]:
        assert text in page.text
    again = sent | {"name": "Mine", "seen": page.context["form"]["seen"].value()}
    assert client.post(at("stage_edit", stage), again, headers=headers).status_code == (200 if headers else 302)
    stage.refresh_from_db()
    assert (stage.name, stage.questions) == ("Mine", [])


@each_way
def test_stage_is_moved_and_back(client_of, stage, keeper, headers):
    client, before = client_of(keeper), picture(stage.map)

    moved = client.post(at("stage_move", stage), {"position": "1", "seen": stage.version}, headers=headers)
    assert (moved.status_code, said(moved)) == (200 if headers else 302, ["Moved."])
    assert [one.name for one in stage.map.stages.all()] == ["Buy", "Try", "Keep"]
    back = client.post(undo_of(moved), headers=headers)
    assert (said(back)[-1], picture(stage.map)) == ("Undone.", before)


@each_way
@pytest.mark.parametrize("place", [{}, {"position": "0"}, {"position": "x"}, {"position": "9" * 20}, {"seen": "x"}])
def test_move_refuses_bad_input(client_of, stage, keeper, place, headers):
    sent = {"position": "1", "seen": stage.version} | place if place else {}
    with untouched(stage.map):
        assert client_of(keeper).post(at("stage_move", stage), sent, headers=headers).status_code == 422


def test_stale_move_is_told(client_of, stage, keeper):
    move_stage(by=keeper, stage=stage, seen=None, position=2)
    with untouched(stage.map):
        told = client_of(keeper).post(at("stage_move", stage), {"position": "1", "seen": stage.version}, headers=HTMX)

    assert said(told) == ["Somebody changed this stage meanwhile. Look, and move it again."]


@each_way
def test_stage_is_deleted_with_its_cards_and_comes_back(client_of, stage, keeper, headers):
    make_card(keeper, stage.map, stage=1, title="Asks for the price")
    make_card(keeper, stage.map, span=3)
    make_path(keeper, stage.map, source=1, target=2)
    client, before = client_of(keeper), picture(stage.map)

    gone = client.post(at("stage_delete", stage), headers=headers)
    assert (gone.status_code, said(gone)) == (200 if headers else 302, ["“Buy” is deleted, with its cards."])
    assert (client.get(at("stage", stage)).status_code, stage.map.cards.count()) == (404, 1)
    client.post(undo_of(gone), headers=headers)
    assert picture(stage.map) == before


def test_only_the_owner_and_administrators_change_the_frame(client_of, cast, stage):
    with untouched(stage.map):
        for page, thing in [("stage_new", stage.map), ("stage_move", stage), ("stage_delete", stage)]:
            for member in [cast.viewer, cast.sales]:
                assert client_of(member).post(at(page, thing), {"name": "X"}, headers=HTMX).status_code == 403
            assert client_of(cast.stranger).post(at(page, thing), {"name": "X"}).status_code == 404
        for member in [cast.viewer, cast.marketing, cast.success]:
            assert client_of(member).get(at("stage_edit", stage)).status_code == 403
            assert client_of(member).post(at("stage_edit", stage), {"name": "X"}).status_code == 403
