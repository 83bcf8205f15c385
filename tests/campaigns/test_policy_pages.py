"""Policies on contact pressure: sentences, services, pages, API."""

import datetime

import pytest
from django.contrib.messages import get_messages
from django.utils import translation

from campaigns.models import Policy
from campaigns.queries.policies import listed, policies_of
from campaigns.services.policies import add_policy, edit_policy, remove_policy
from tests.api import errors_of, program
from tests.campaigns.made import make_policy
from tests.factories import make_channel, make_map, stage_of

pytestmark = pytest.mark.django_db


def at(path: str = "") -> str:
    return f"/w/here/pressure/policies/{path}"


def told(response):
    message = list(get_messages(response.wsgi_request))[-1]
    return str(message), message.extra_tags


@pytest.fixture
def admin(cast, client_of):
    return client_of(cast.admin)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"kind": "cap", "n": 1, "per": "day"}, "At most 1 message per person and day."),
        ({"kind": "cap", "n": 2, "per": "week"}, "At most 2 messages per person and week."),
        (
            {"kind": "cap", "n": 2, "per": "month", "scope": "channel"},
            "At most 2 messages per person and month by each channel.",
        ),
        (
            {"kind": "cap", "n": 2, "per": "month", "scope": "stage"},
            "At most 2 messages per person and month for each stage.",
        ),
        ({"kind": "gap", "hours": 1.0}, "At least 1 hour between two messages to a person."),
        ({"kind": "gap", "hours": 36.5}, "At least 36.5 hours between two messages to a person."),
        ({"kind": "gap", "hours": 72.0}, "At least 3 days between two messages to a person."),
        (
            {"kind": "quiet-hours", "quiet_from": datetime.time(21), "quiet_until": datetime.time(8)},
            "Nothing from 21:00 until 08:00 on the person’s clock.",
        ),
        ({"kind": "quiet-weekdays", "weekdays": 0b1100000}, "Nothing on Saturday and Sunday."),
        (
            {"kind": "blackout", "days": ["2027-12-24", "2027-12-25", "2027-12-26", "2028-01-01"]},
            "Nothing on 24 to 26 December 2027 and 1 January 2028.",
        ),
        (
            {"kind": "blackout", "days": ["2027-12-31", "2028-01-01"], "binds_transactional": True},
            "Nothing on 31 December 2027 to 1 January 2028; transactional messages neither.",
        ),
        ({"kind": "held-out", "share": 0.05}, "5 % of everybody get nothing."),
    ],
    ids=str,
)
def test_policy_says_what_it_does(cast, fields, words):
    assert str(add_policy(by=cast.admin, **fields)) == words


def test_policy_names_its_channel_and_its_stage(cast):
    channel, stage = make_channel(cast.workspace, "E-mail"), stage_of(make_map(cast.owner))
    add_policy(by=cast.admin, kind="cap", n=2, per="week", scope="channel", channel=channel)
    add_policy(by=cast.admin, kind="gap", hours=24, scope="stage", stage=stage)
    assert [str(policy) for policy in listed(policies_of(cast.viewer))] == [
        "At most 2 messages per person and week by E-mail.",
        "At least 24 hours between two messages to a person for the stage “Try”.",
    ]


def test_sentences_are_for_the_reader(cast):
    policy = make_policy(cast.workspace, kind="quiet-weekdays", weekdays=0b1000000)
    with translation.override("cs"):
        assert "neděle" in str(policy).lower() or "neděl" in str(policy).lower()


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"kind": "cap", "n": 2}, "per"),
        ({"kind": "cap", "n": 0, "per": "day"}, "n"),
        ({"kind": "cap", "n": 2, "per": "day", "hours": 3.0}, "hours"),
        ({"kind": "gap", "hours": float("nan")}, "hours"),
        ({"kind": "gap", "hours": 1e9}, "hours"),
        ({"kind": "quiet-hours", "quiet_from": datetime.time(9), "quiet_until": datetime.time(9)}, "quiet_until"),
        ({"kind": "quiet-weekdays", "weekdays": 127}, "weekdays"),
        ({"kind": "blackout", "days": []}, "days"),
        ({"kind": "blackout", "days": ["2027-02-30"]}, "days"),
        ({"kind": "blackout", "days": ["1900-01-01"]}, "days"),
        ({"kind": "held-out", "share": 1.5}, "share"),
        ({"kind": "held-out", "share": 0.1, "scope": "channel"}, "share"),
        ({"kind": "cap", "n": 1, "per": "day", "binds_transactional": True}, "binds_transactional"),
        ({"kind": "luck"}, "kind"),
    ],
    ids=str,
)
def test_policy_that_cannot_be_is_refused(cast, fields, field):
    with pytest.raises(Exception) as refused:
        add_policy(by=cast.admin, **fields)
    assert field in refused.value.message_dict
    assert not Policy.objects.exists()


def test_policy_takes_channels_of_its_workspace_and_scope(cast):
    fields = {"kind": "cap", "n": 1, "per": "day"}
    for scope, channel in [("channel", make_channel(cast.elsewhere)), ("all", make_channel(cast.workspace))]:
        with pytest.raises(Exception) as refused:
            add_policy(by=cast.admin, scope=scope, channel=channel, **fields)
        assert "channel" in refused.value.message_dict


def test_channel_of_a_policy_is_not_deleted(cast):
    channel = make_channel(cast.workspace)
    make_policy(cast.workspace, scope="channel", channel=channel)
    answer = program(cast.workspace).delete(f"channels/{channel.pk}/")
    assert answer.status_code == 400


def test_starters_come_with_one_click(cast, admin):
    page = admin.get(at())
    assert "Begin with these" in page.text
    admin.post(at("starters/"))
    page = admin.get(at())
    for text in [
        "At most 2 messages per person and week.",
        "At least 24 hours between two",
        "Nothing from 21:00 until 08:00",
        "Nothing on Sunday.",
        "Who goes first",
    ]:
        assert text in page.text
    assert told(admin.post(at("starters/")))[0] == "There are policies already."
    assert Policy.objects.count() == 4


FORMS = {
    "cap": {"n": "2", "per": "week", "scope": "all"},
    "gap": {"hours": "36.5", "scope": "all"},
    "quiet-hours": {"quiet_from": "21:00", "quiet_until": "08:00", "scope": "all", "binds_transactional": "on"},
    "quiet-weekdays": {"weekdays": ["6", "7"], "scope": "channel"},
    "blackout": {"days": "2027-12-24 to 2027-12-26\n2028-01-01", "scope": "all"},
    "held-out": {"share": "5 %"},
}


@pytest.mark.parametrize("kind", FORMS)
def test_policy_of_each_kind_is_added_and_edited(cast, admin, kind):
    assert admin.get(at(f"new/?kind={kind}")).status_code == 200
    answer = admin.post(at("new/"), FORMS[kind] | {"kind": kind, "enabled": "on", "note": "Why not"})
    made = Policy.objects.get()
    assert answer.status_code == 302
    assert (made.kind, made.enabled, made.note) == (kind, True, "Why not")
    page = admin.get(at(f"{made.pk}/"))
    assert page.status_code == 200
    answer = admin.post(at(f"{made.pk}/"), FORMS[kind] | {"kind": kind, "note": "Not now", "seen": "1"})
    assert answer.status_code == 302
    changed = Policy.objects.get()
    assert (changed.enabled, changed.note, changed.version) == (False, "Not now", 2)
    assert [getattr(changed, name) for name in ("n", "hours", "weekdays", "days", "share")] == [
        getattr(made, name) for name in ("n", "hours", "weekdays", "days", "share")
    ]
    assert "not in force" in admin.get(at()).text


def test_new_policy_asks_for_its_kind_first(admin):
    page = admin.get(at("new/"))
    assert page.text.count("?kind=") == 6
    assert admin.post(at("new/"), {"kind": "luck"}).status_code == 422


@pytest.mark.parametrize(
    ("kind", "typed", "words"),
    [
        ("blackout", {"days": "Christmas"}, "Line 1: write a day like 2027-12-24"),
        ("blackout", {"days": "2027-12-26 to 2027-12-24"}, "Line 1: the last day comes after the first"),
        ("blackout", {"days": "0001-01-01 to 9999-12-31"}, "at most 400 days later"),
        ("cap", {"n": "many"}, "is not a number"),
        ("quiet-weekdays", {"weekdays": ["1", "2", "3", "4", "5", "6", "7"]}, "Ensure this value is less than"),
        ("quiet-hours", {"quiet_from": "09:00", "quiet_until": "09:00"}, "end at another time than they start"),
    ],
    ids=str,
)
def test_bad_input_is_named(cast, admin, kind, typed, words):
    answer = admin.post(at("new/"), FORMS[kind] | typed | {"kind": kind})
    assert answer.status_code == 422
    assert words in answer.text


def test_two_edits_end_in_a_choice(cast, admin):
    policy = make_policy(cast.workspace)
    edit_policy(by=cast.owner, policy=policy, n=5)
    answer = admin.post(at(f"{policy.pk}/"), FORMS["cap"] | {"kind": "cap", "n": "3", "enabled": "on", "seen": "1"})
    assert answer.status_code == 409
    assert "Somebody else saved this" in answer.text
    assert ">5<" in answer.text
    assert 'value="3"' in answer.text


def test_removed_policy_comes_back(cast, admin):
    policy = make_policy(cast.workspace)
    text, undo = told(admin.post(at(f"{policy.pk}/remove/")))
    assert text == "Removed: At most 2 messages per person and week."
    assert "No policy yet" in admin.get(at()).text
    admin.post(undo)
    assert "At most 2 messages per person and week." in admin.get(at()).text


def test_list_takes_the_same_queries_for_one_and_many(cast, admin, django_assert_num_queries):
    journey = make_map(cast.owner)
    make_policy(cast.workspace, scope="stage", stage=stage_of(journey))
    admin.get(at())
    with django_assert_num_queries(5):
        admin.get(at())
    for number in range(3):
        make_policy(cast.workspace, scope="stage", stage=stage_of(journey, number))
    with django_assert_num_queries(5):
        admin.get(at())


def test_editors_read_and_do_not_configure(cast, client_of):
    policy, editor = make_policy(cast.workspace), client_of(cast.marketing)
    page = editor.get(at())
    assert "At most 2 messages" in page.text
    assert "Remove" not in page.text
    for address in ["new/", "starters/", f"{policy.pk}/", f"{policy.pk}/remove/", f"{policy.pk}/restore/"]:
        assert editor.post(at(address), {}).status_code == 403


def test_api(cast):
    caller = program(cast.workspace)
    answer = caller.post(
        "policies/", {"kind": "quiet-weekdays", "weekdays": [6, 7], "scope": "channel", "binds_transactional": True}
    )
    made = answer.json()
    assert (answer.status_code, made["weekdays"], made["n"]) == (201, [6, 7], None)
    assert made["says"] == "Nothing on Saturday and Sunday by each channel; transactional messages neither."
    assert caller.patch(f"policies/{made['id']}/", {"enabled": False}).json()["enabled"] is False
    assert "kind" in errors_of(caller.patch(f"policies/{made['id']}/", {"kind": "cap"}))
    assert "hours" in errors_of(caller.patch(f"policies/{made['id']}/", {"hours": 3}))
    assert caller.get("policies/?in_force=false&kind=quiet-weekdays").json()["results"][0]["id"] == made["id"]
    assert caller.delete(f"policies/{made['id']}/").status_code == 204
    for days in [[], [0], [6, 6], [1, 2, 3, 4, 5, 6, 7], "6", [6.5], [True]]:
        assert "weekdays" in errors_of(caller.post("policies/", {"kind": "quiet-weekdays", "weekdays": days}))
    hours = caller.post("policies/", {"kind": "quiet-hours", "quiet_from": "21:00", "quiet_until": "8"})
    assert errors_of(hours) == {"quiet_until": "Write a time of day like 21:00."}


def test_removed_policy_is_gone_for_a_second_removal(cast):
    policy = make_policy(cast.workspace)
    remove_policy(by=cast.admin, policy=policy)
    assert program(cast.workspace).delete(f"policies/{policy.pk}/").status_code == 404
