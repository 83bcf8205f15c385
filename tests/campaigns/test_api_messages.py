"""Messages for programs."""

import pytest

from campaigns.models import Message
from teams.enums import Role
from tests.api import errors_of, program
from tests.campaigns.made import make_campaign, make_message, make_segment
from tests.factories import make_channel, make_link, make_map, make_persona, stage_of

TEXTS = [{"language": "en", "subject": "Running low?", "text": "Two clicks."}, {"language": "bg", "text": "Щрак."}]


@pytest.fixture
def caller(cast):
    return program(cast.workspace, Role.ADMIN)


def test_message_is_added_read_changed_and_removed(cast, caller):
    campaign, segment = make_campaign(cast.marketing), make_segment(cast.marketing, position="bottom", name="Regulars")
    stage, channel, link = stage_of(make_map(cast.marketing)), make_channel(cast.workspace), make_link(cast.marketing)
    body = {
        "campaign": campaign.pk,
        "title": "Refill note",
        "channel": channel.pk,
        "stage": stage.pk,
        "segments": [segment.pk],
        "position": "middle",
        "starts_on": "2027-03-02",
        "ends_on": "2027-03-09",
        "at": "09:30",
        "cadence": "weekdays",
        "weekdays": [1, 4],
        "link": link.pk,
        "texts": TEXTS,
    }
    added = caller.post("messages/", body)
    assert added.status_code == 201
    found = added.json()
    assert {name: found[name] for name in body} == body | {"texts": [TEXTS[0], TEXTS[1] | {"subject": ""}]}
    assert (found["priority"], found["zone"], found["tactic"], found["version"]) == (None, "", "", 1)
    assert found["flags"] == [
        {
            "code": "position-elsewhere",
            "gap": False,
            "detail": "Written for people who compare; “Regulars” are customers already.",
        }
    ]
    address = f"messages/{found['id']}/"
    assert caller.get(address)["ETag"] == added["ETag"]
    changed = caller.patch(address, {"texts": [], "at": None, "segments": []}, seen=added["ETag"]).json()
    assert (changed["texts"], changed["at"], changed["segments"], changed["version"]) == ([], None, [], 2)
    assert caller.patch(address, {"title": "Late"}, seen=added["ETag"]).status_code == 412
    assert errors_of(caller.patch(address, {"campaign": campaign.pk})) == {"campaign": "This field cannot be set."}
    assert caller.delete(address).status_code == 204
    assert caller.get(address).status_code == 404


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"ends_on": "2027-03-01"}, "ends_on"),
        ({"at": "25:00"}, "at"),
        ({"at": 9}, "at"),
        ({"weekdays": [8]}, "weekdays.0"),
        ({"zone": "Mars/Olympus"}, "zone"),
        ({"priority": 101}, "priority"),
        ({"every": 0}, "every"),
        ({"cadence": "often"}, "cadence"),
        ({"texts": [{"language": "English"}]}, "texts.0.language"),
        ({"texts": [{"language": "en"}, {"language": "en"}]}, "texts"),
        ({"texts": [{"language": "en", "words": 1}]}, "texts.0.words"),
        ({"title": "\x00"}, "title"),
        ({"tactic": "demo"}, "tactic"),
    ],
)
def test_message_with_something_wrong_names_the_field(cast, caller, wrong, field):
    body = {"campaign": make_campaign(cast.marketing).pk, "title": "Note", "starts_on": "2027-03-02"}
    answer = caller.post("messages/", body | wrong)
    assert (answer.status_code, field in errors_of(answer)) == (400, True)
    assert not Message.objects.exists()


def test_message_with_things_of_others_is_refused(cast, caller):
    there = cast.stranger
    foreign = {
        "campaign": make_campaign(there).pk,
        "channel": make_channel(cast.elsewhere).pk,
        "stage": stage_of(make_map(there)).pk,
        "persona": make_persona(cast.elsewhere).pk,
        "link": make_link(there).pk,
    }
    own = {"campaign": make_campaign(cast.marketing).pk, "title": "Note"}
    for name, pk in foreign.items():
        assert name in errors_of(caller.post("messages/", own | {name: pk}))
    assert "segments.0" in errors_of(caller.post("messages/", own | {"segments": [make_segment(there).pk]}))


def test_messages_are_filtered_in_constant_queries(cast, caller, django_assert_max_num_queries):
    campaign, channel = make_campaign(cast.marketing), make_channel(cast.workspace)
    stage, persona = stage_of(make_map(cast.marketing)), make_persona(cast.workspace)
    segment = make_segment(cast.marketing)
    place = {"channel": channel, "stage": stage, "persona": persona, "segments": [segment], "position": "top"}
    one = make_message(cast.marketing, campaign, title="Plum", texts=[TEXTS[0]], **place)
    two = make_message(cast.marketing)
    make_message(cast.marketing, make_campaign(cast.marketing, is_template=True))
    make_message(cast.stranger)

    def listed(query: str = "") -> list[int]:
        return [row["id"] for row in caller.get(f"messages/{query}").json()["results"]]

    assert listed() == [one.pk, two.pk]
    for query in [
        *(f"campaign={campaign.pk}", f"channel={channel.pk}", f"stage={stage.pk}", f"persona={persona.pk}"),
        *(f"segment={segment.pk}", "position=top", "q=plum", "q=running"),
    ]:
        assert (query, listed(f"?{query}")) == (query, [one.pk])
    assert listed("?first=2027-03-02&last=2027-03-02") == [one.pk, two.pk]
    assert listed("?first=2027-03-03") == []
    with django_assert_max_num_queries(20) as few:
        listed()
    for _ in range(5):
        make_message(cast.marketing, campaign, texts=[TEXTS[0]], **place)
    with django_assert_max_num_queries(20) as many:
        assert len(listed()) == 7
    assert len(many) == len(few)


def test_program_that_owns_no_campaign_changes_no_message(cast):
    message = make_message(cast.marketing)
    editor = program(cast.workspace, Role.EDITOR)
    assert editor.patch(f"messages/{message.pk}/", {"title": "Mine"}).status_code == 403
    assert editor.delete(f"messages/{message.pk}/").status_code == 403
    assert editor.get(f"messages/{message.pk}/").status_code == 200
