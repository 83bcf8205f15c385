"""The drawn board is kept until something that it shows changes, for each set of rights of its own."""

from collections.abc import Callable

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from insights.models import Metric
from insights.services.metrics import edit_metric
from insights.services.readings import delete_reading, edit_reading, record_reading
from journeys.models import Channel
from journeys.services.cards import delete_card, edit_card, move_card
from journeys.services.channels import add_channel, edit_channel
from journeys.services.lanes import edit_lane
from journeys.services.maps import edit_map
from journeys.services.paths import add_path
from journeys.services.personas import edit_persona
from journeys.services.stages import edit_stage
from journeys.services.undo import undo
from teams.services.members import edit_member
from teams.services.people import edit_profile
from teams.services.teams import add_to_team, edit_team
from tests.factories import lane_of, make_card, make_map, make_metric, make_path, stage_of
from tests.journeys.pages import HTMX, at


@pytest.fixture
def full(journey, cast, keeper):
    """A map that shows something of everything."""
    metric = make_metric(cast.workspace, "Trials", kind="share", target=0.6)
    record_reading(by=keeper, metric=metric, date=timezone.localdate(), value=0.25)
    edit_stage(by=keeper, stage=stage_of(journey), seen=None, metric=metric, accountable_person=cast.marketing)
    channel = add_channel(by=cast.owner, name="Web page", icon="web-page", form="digital", hold="owned")
    feelings = [(journey.personas.get(name="Ann"), 1, "glad")]
    moment = {"moment": "Loss", "accountable": cast.sales, "metric": metric}
    make_card(keeper, journey, lane=1, title="Reads", channel=channel, emotions=feelings, span=2, **moment)
    make_path(keeper, journey)
    return journey


def drawn(client: Client, address: str) -> str:
    """The board and the line above it, without what every answer has of its own."""
    page = client.get(address).text
    return page[page.index('class="meta"') : page.index('id="said"')]


def test_warm_page_equals_a_cold_one_and_asks_for_less(client_of, cast, full):
    client = client_of(cast.viewer)
    client.get(at("maps"))
    cache.clear()
    with CaptureQueriesContext(connection) as cold:
        first = drawn(client, at("map", full))
    with CaptureQueriesContext(connection) as warm:
        assert drawn(client, at("map", full)) == first
    assert len(warm) <= 5 < len(cold)
    cache.clear()
    assert drawn(client, at("map", full)) == first


CHANGES: dict[str, tuple[Callable, str]] = {
    "card": (lambda c, m: edit_card(by=c.owner, card=m.cards.get(), seen=None, title="Skims"), "Skims"),
    "card's evidence": (
        lambda c, m: edit_card(by=c.owner, card=m.cards.get(), seen=None, grade="measured"),
        "(Measured)",
    ),
    "card's place": (
        lambda c, m: move_card(by=c.owner, card=m.cards.get(), seen=None, stage=stage_of(m, 1), lane=lane_of(m)),
        "from-2 over-2",
    ),
    "new card": (lambda c, m: make_card(c.owner, m, title="Another"), "Another"),
    "feeling": (
        lambda c, m: edit_card(
            by=c.owner, card=m.cards.get(), seen=None, emotions=[(m.personas.get(name="Bob"), -2, "lost")]
        ),
        "lost",
    ),
    "stage": (lambda c, m: edit_stage(by=c.owner, stage=stage_of(m, 1), seen=None, name="Order"), "Order"),
    "lane": (lambda c, m: edit_lane(by=c.owner, lane=lane_of(m), seen=None, name="Doing"), "Doing"),
    "path": (
        lambda c, m: add_path(by=c.owner, map=m, source=stage_of(m), target=stage_of(m, 2), label="By phone"),
        "By phone",
    ),
    "map's personas": (lambda c, m: edit_map(by=c.owner, map=m, seen=None, personas=[]), "As-is</span>"),
    "persona's name": (
        lambda c, m: edit_persona(by=c.owner, persona=m.personas.get(name="Ann"), name="Anna"),
        "<b>Anna</b>",
    ),
    "persona's color": (
        lambda c, m: edit_persona(by=c.owner, persona=m.personas.get(name="Ann"), color="orange"),
        "c-orange s-0",
    ),
    "team's name": (
        lambda c, m: edit_team(by=c.owner, team=c.workspace.teams.get(name="Marketing"), name="Growth"),
        "<b>Growth</b>",
    ),
    "team's color": (
        lambda c, m: edit_team(by=c.owner, team=c.workspace.teams.get(name="Marketing"), color="orange"),
        'class="stage c-orange"',
    ),
    "member's name": (
        lambda c, m: edit_profile(user=c.marketing.user, name="Mia Mark", timezone="UTC", language="en"),
        "Mia Mark",
    ),
    "metric's name": (
        lambda c, m: edit_metric(by=c.owner, metric=Metric.objects.get(), name="Started trials"),
        "Started trials",
    ),
    "metric's target": (lambda c, m: edit_metric(by=c.owner, metric=Metric.objects.get(), target=0.7), "70\u00a0%"),
    "reading": (
        lambda c, m: edit_reading(by=c.owner, reading=Metric.objects.get().readings.get(), value=0.5),
        ">50\u00a0%",
    ),
    "reading's end": (lambda c, m: delete_reading(by=c.owner, reading=Metric.objects.get().readings.get()), ">–<"),
    "channel's name": (
        lambda c, m: edit_channel(by=c.owner, channel=Channel.objects.get(name="Web page"), name="Site"),
        "Site · owned",
    ),
    "channel's hold": (
        lambda c, m: edit_channel(by=c.owner, channel=Channel.objects.get(name="Web page"), hold="earned"),
        "Web page · earned",
    ),
}


@pytest.mark.parametrize(("change", "shown"), CHANGES.values(), ids=CHANGES)
def test_board_is_drawn_anew_after_a_change(client_of, cast, full, change, shown):
    client = client_of(cast.viewer)
    before = drawn(client, at("map", full))
    assert shown not in before

    change(cast, full)

    after = drawn(client, at("map", full))
    assert shown in after
    cache.clear()
    assert drawn(client, at("map", full)) == after


def test_board_is_drawn_anew_after_an_undo(client_of, cast, full):
    client, before = client_of(cast.viewer), drawn(client_of(cast.viewer), at("map", full))
    change = delete_card(by=cast.owner, card=full.cards.get(), seen=None)
    assert drawn(client, at("map", full)) != before
    undo(by=cast.owner, change=change)

    assert "Reads" in drawn(client, at("map", full))


def test_each_set_of_rights_has_a_board_of_its_own(client_of, cast, full, keeper):
    def open_cells(member) -> int:
        return drawn(client_of(member), at("map", full)).count("data-open")

    assert [open_cells(member) for member in [cast.owner, keeper, cast.marketing, cast.product, cast.viewer]] == [
        9,
        9,
        3,
        3,
        0,
    ]
    add_to_team(by=cast.owner, team=cast.workspace.teams.get(name="Success"), member=cast.marketing)
    assert open_cells(cast.marketing) == 6
    edit_member(by=cast.owner, member=cast.marketing, role="viewer")
    assert open_cells(cast.marketing) == 0


def test_goal_that_is_compared_is_drawn_anew(client_of, cast, full, keeper):
    goal = make_map(keeper, kind="to-be", personas=[full.personas.get(name="Ann")])
    card = make_card(keeper, goal, lane=1, emotions=[(full.personas.get(name="Ann"), 2, "happy")])
    edit_map(by=keeper, map=full, seen=None, to_be=goal)
    client, compared = client_of(cast.viewer), at("map", full) + "?compare=1"

    assert "happy" in drawn(client, compared)
    assert "happy" not in drawn(client, at("map", full))
    edit_card(by=keeper, card=card, seen=None, emotions=[(full.personas.get(name="Ann"), 2, "proud")])
    assert "proud" in drawn(client, compared)


def test_language_has_a_board_of_its_own(client_of, cast, full):
    english = drawn(client_of(cast.viewer), at("map", full))
    edit_profile(user=cast.product.user, name="Product Editor", timezone="UTC", language="cs")

    czech = client_of(cast.product)
    czech.get(at("maps"))
    assert drawn(czech, at("map", full)) != english
    assert drawn(client_of(cast.viewer), at("map", full)) == english


def test_board_of_an_answer_is_the_board_of_the_page(client_of, full, keeper):
    client = client_of(keeper)
    sent = {"kind": "free", "name": "Doing", "seen": lane_of(full).version}

    answered = client.post(at("lane_edit", lane_of(full)), sent, headers=HTMX).text

    page = drawn(client, at("map", full))
    board = page[page.index('<div class="board n-') : page.rindex("</div>")]
    assert "Doing" in board
    assert board in answered
