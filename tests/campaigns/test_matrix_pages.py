"""The matrix of a campaign and of a map, messages side by side, and both for programs."""

import datetime

import pytest

from campaigns.services.campaign_steps import take_step
from campaigns.services.segments import add_segment
from tests.api import program
from tests.campaigns.made import FIRST, make_campaign, make_message
from tests.factories import make_channel, make_map, make_persona, stage_of

MARCH = "first=2027-03-01&last=2027-03-31"


class Placed:
    """A campaign at two stages for two personas by one channel, with one message in one of its four places."""

    def __init__(self, cast) -> None:
        self.by, self.workspace = cast.marketing, cast.workspace
        self.personas = [make_persona(cast.workspace, name) for name in ("Ana", "Ben")]
        self.journey = make_map(cast.marketing, personas=self.personas)
        self.channel = make_channel(cast.workspace, "Letters")
        stages = [stage_of(self.journey), stage_of(self.journey, 1)]
        self.campaign = make_campaign(
            self.by, title="Refill", stages=stages, personas=self.personas, channels=[self.channel], offer="Free bag"
        )
        self.first = self.message(title="First letter")

    def message(self, **fields):
        place = {"stage": stage_of(self.journey), "persona": self.personas[0], "channel": self.channel}
        return make_message(self.by, self.campaign, **place | fields)


@pytest.fixture
def placed(cast) -> Placed:
    return Placed(cast)


def states(response) -> dict[str, int]:
    return {state.value: number for state, number in response.context["matrix"].counts.items()}


def test_campaign_matrix_shows_what_is_filled_and_empty(cast, client_of, placed):
    page = client_of(cast.marketing).get(f"/w/here/campaigns/{placed.campaign.pk}/matrix/")
    assert states(page) == {"empty": 3, "covered": 0, "filled": 1, "doubled": 0}
    assert "First letter" in page.text
    stage, channel, ben = stage_of(placed.journey, 1), placed.channel, placed.personas[1]
    address = f"/w/here/campaigns/{placed.campaign.pk}/messages/new/"
    assert f"{address}?stage={stage.pk}&amp;channel={channel.pk}&amp;persona={ben.pk}" in page.text
    assert "messages/new/?stage" not in client_of(cast.viewer).get(page.wsgi_request.path).text


def test_doubled_place_says_why(cast, client_of, placed):
    placed.message(title="Second letter")
    page = client_of(cast.marketing).get(f"/w/here/campaigns/{placed.campaign.pk}/matrix/")
    assert states(page) == {"empty": 3, "covered": 0, "filled": 0, "doubled": 1}
    assert "The same people on 2 Mar 2027: First letter, Second letter." in page.text


def test_message_for_all_personas_covers_them(cast, client_of, placed):
    placed.message(persona=None, stage=stage_of(placed.journey, 1), title="For all")
    page = client_of(cast.marketing).get(f"/w/here/campaigns/{placed.campaign.pk}/matrix/")
    assert states(page) == {"empty": 1, "covered": 2, "filled": 1, "doubled": 0}
    assert "and 1 for all personas" in page.text


def test_message_without_a_place_stands_below(cast, client_of, placed):
    placed.message(channel=None, title="Nowhere yet")
    page = client_of(cast.marketing).get(f"/w/here/campaigns/{placed.campaign.pk}/matrix/")
    assert [row.title for row in page.context["matrix"].unplaced] == ["Nowhere yet"]
    assert "Without a place" in page.text


def test_matrix_of_the_workspace_is_filtered_by_map_days_and_campaign(cast, client_of, placed):
    other = make_campaign(cast.marketing, channels=[placed.channel])
    second = make_message(cast.marketing, other, stage=stage_of(placed.journey), channel=placed.channel)
    gone = make_campaign(cast.marketing)
    make_message(cast.marketing, gone, stage=stage_of(placed.journey), channel=placed.channel)
    take_step(by=cast.marketing, campaign=gone, to="cancelled")
    client = client_of(cast.marketing)
    for query, found in {
        f"?map={placed.journey.pk}&{MARCH}": {placed.first.pk, second.pk},
        f"?{MARCH}": {placed.first.pk, second.pk},
        f"?{MARCH}&campaign={other.pk}": {second.pk},
        f"?map={placed.journey.pk}&first=2027-05-01&last=2027-05-02": set(),
        "?first=2027-05-01&last=2027-03-01": set(),
    }.items():
        page = client.get(f"/w/here/matrix/{query}")
        assert (query, page.status_code, set(page.context["matrix"].messages)) == (query, 200, found)
    empty = client.get(f"/w/here/matrix/?map={make_map(cast.marketing).pk}&{MARCH}")
    assert (empty.context["matrix"].messages, empty.context["matrix"].unplaced) == ({}, [])


def test_matrix_takes_the_same_queries_for_one_and_many(cast, client_of, placed, django_assert_max_num_queries):
    client = client_of(cast.marketing)
    paths = [f"/w/here/matrix/?map={placed.journey.pk}&{MARCH}", f"/w/here/campaigns/{placed.campaign.pk}/matrix/"]

    def queries() -> list[int]:
        found = []
        for path in paths:
            client.get(path)
            with django_assert_max_num_queries(25) as counted:
                client.get(path)
            found.append(len(counted))
        return found

    before = queries()
    for number in range(12):
        far = FIRST + datetime.timedelta(400 + number)
        placed.message(starts_on=far if number % 2 else FIRST, persona=placed.personas[number % 2])
    assert queries() == before


def test_campaign_is_asked_for_before_a_message_is_added(cast, client_of, placed):
    client = client_of(cast.marketing)
    stage = stage_of(placed.journey).pk
    page = client.get(f"/w/here/messages/new/?stage={stage}")
    assert (page.status_code, f'name="stage" value="{stage}"' in page.text) == (200, True)
    answer = client.get(f"/w/here/messages/new/?stage={stage}&campaign={placed.campaign.pk}")
    assert answer.url == f"/w/here/campaigns/{placed.campaign.pk}/messages/new/?stage={stage}"
    theirs = make_campaign(cast.sales)
    assert client.get(f"/w/here/messages/new/?campaign={theirs.pk}").status_code == 422
    assert client_of(cast.viewer).get("/w/here/messages/new/").status_code == 403


def test_side_by_side_marks_what_differs(cast, client_of, placed):
    placed.message(offer="Ten percent", title="Other offer", texts=[{"language": "en", "subject": "Save now"}])
    page = client_of(cast.marketing).get(f"/w/here/campaigns/{placed.campaign.pk}/side-by-side/")
    rows = {row["message"].title: row for row in page.context["rows"]}
    assert (rows["First letter"]["offer"].text, rows["First letter"]["offer"].differs) == ("Free bag", False)
    assert (rows["Other offer"]["offer"].text, rows["Other offer"]["offer"].differs) == ("Ten percent", True)
    assert page.text.count('<span class="pill warn">differs</span>') == 1
    assert "Save now" in page.text


def test_matrix_for_programs(cast, placed):
    add_segment(by=cast.marketing, name="Regulars")
    answer = program(cast.workspace).get(f"matrix/?map={placed.journey.pk}&{MARCH}").json()
    assert (answer["map"], answer["first"], answer["last"]) == (placed.journey.pk, "2027-03-01", "2027-03-31")
    assert [stage["name"] for stage in answer["stages"]] == ["Try", "Buy", "Keep"]
    assert [stage["kind"] for stage in answer["stages"]] == ["decision", "purchase", "retention"]
    filled = [cell for cell in answer["cells"] if cell["state"] != "empty"]
    assert filled == [
        {
            "stage": stage_of(placed.journey).pk,
            "persona": placed.personas[0].pk,
            "channel": placed.channel.pk,
            "state": "filled",
            "messages": [placed.first.pk],
            "clashes": [],
        }
    ]
    assert len(answer["cells"]) == 3 * 3  # three stages, one channel; two personas and all of them


@pytest.mark.parametrize(
    "query", ["map=0", "map=x", "first=soon", "first=2027-02-02&last=2027-01-01", "what=1", "map="]
)
def test_matrix_for_programs_refuses_what_it_cannot_read(cast, query):
    assert program(cast.workspace).get(f"matrix/?{query}").status_code == 400


def test_matrix_for_programs_knows_no_things_of_others(cast, placed):
    there = make_map(cast.stranger)
    assert program(cast.workspace).get(f"matrix/?map={there.pk}").status_code == 400
    assert program(cast.elsewhere).get(f"matrix/?map={placed.journey.pk}").status_code == 400
