"""Moving on the calendar over its addresses: what is done, refused, and taken back; with and without scripts."""

import datetime

import pytest
from django.urls import reverse

from campaigns.models import Campaign, Message
from campaigns.services.campaign_steps import take_step
from campaigns.services.campaigns import edit_campaign, remove_campaign
from campaigns.services.schedule import move_campaign
from teams.models import Activity
from tests.campaigns.approving import approve, asked, make_rule
from tests.campaigns.made import FIRST, LAST, make_campaign, make_message

HERE = "/w/here/calendar/"
HTMX = {"HX-Request": "true"}
WEEK = datetime.timedelta(7)
LATER = {"starts_on": FIRST + WEEK, "ends_on": LAST + WEEK}


def address(name: str, thing) -> str:
    return reverse(f"campaigns:{name}", args=["here", thing.pk])


@pytest.fixture
def campaign(cast) -> Campaign:
    return make_campaign(cast.marketing, title="Refill weeks")


def test_move_without_scripts_is_a_form_and_leads_back_to_the_view(cast, client_of, campaign):
    client = client_of(cast.marketing)
    page = client.get(address("campaign_move", campaign), {"view": "week", "on": FIRST})
    assert page.context["form"]["back"].value() == f"view=week&on={FIRST}"
    moved = client.post(address("campaign_move", campaign), LATER | {"seen": 1, "back": f"view=week&on={FIRST}"})
    assert (moved.status_code, moved["Location"]) == (302, f"{HERE}?view=week&on={FIRST}")
    campaign.refresh_from_db()
    assert (campaign.starts_on, campaign.ends_on) == (FIRST + WEEK, LAST + WEEK)


def test_dropped_campaign_answers_with_the_same_view_and_its_undo(cast, client_of, campaign):
    message = make_message(cast.marketing, campaign)
    data = LATER | {"seen": 1, "follow": "along", "back": f"view=timeline&on={FIRST}"}
    answer = client_of(cast.marketing).post(address("campaign_move", campaign), data, headers=HTMX)
    content = answer.content.decode()
    assert answer.status_code == 200
    assert 'hx-swap-oob="outerHTML:#calendar"' in content
    assert 'data-view="timeline"' in content
    assert "1 message moved with it." in content
    assert reverse("campaigns:move_undo", args=["here", Activity.objects.latest("pk").pk]) in content
    assert Message.objects.get(pk=message.pk).starts_on == message.starts_on + WEEK


def test_move_that_changes_nothing_says_nothing(cast, client_of, campaign):
    data = {"starts_on": FIRST, "ends_on": LAST, "seen": 1}
    answer = client_of(cast.marketing).post(address("campaign_move", campaign), data, headers=HTMX)
    assert answer.status_code == 200
    assert not Activity.objects.filter(verb="rescheduled").exists()


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"ends_on": FIRST}, "ends_on"),
        ({"starts_on": ""}, "starts_on"),
        ({"starts_on": "garbage"}, "starts_on"),
        ({"starts_on": "0001-01-01"}, "starts_on"),
        ({"ends_on": "9999-12-31"}, "ends_on"),
        ({"follow": "jump"}, "follow"),
        ({"seen": "\x00"}, "seen"),
    ],
)
def test_wrong_move_names_the_field_and_changes_nothing(cast, client_of, campaign, change, field):
    client, data = client_of(cast.marketing), LATER | {"seen": 1} | change
    page = client.post(address("campaign_move", campaign), data)
    assert page.status_code == 422
    assert field in page.context["form"].errors
    dropped = client.post(address("campaign_move", campaign), data, headers=HTMX)
    assert dropped.status_code == 422
    assert 'class="toast warning"' in dropped.content.decode()
    assert Campaign.objects.get().starts_on == FIRST


def test_move_seen_too_early_tells_where_it_is_and_overwrites_nothing(cast, client_of, campaign):
    edit_campaign(by=cast.admin, campaign=campaign, starts_on=FIRST + 2 * WEEK, ends_on=LAST + 2 * WEEK)
    client, data = client_of(cast.marketing), LATER | {"seen": 1}
    dropped = client.post(address("campaign_move", campaign), data, headers=HTMX)
    assert dropped.status_code == 409
    assert "It stands as they left it: 15 Mar – 28 Mar 2027" in dropped.content.decode()
    page = client.post(address("campaign_move", campaign), data)
    assert page.status_code == 409
    assert page.context["form"]["seen"].value() == "2"
    assert Campaign.objects.get().starts_on == FIRST + 2 * WEEK


def test_move_of_what_is_gone_is_not_found(cast, client_of, campaign):
    message = make_message(cast.marketing, campaign)
    remove_campaign(by=cast.marketing, campaign=campaign)
    for name, thing in [("campaign_move", campaign), ("message_move", message)]:
        assert client_of(cast.marketing).post(address(name, thing), LATER).status_code == 404


def test_those_who_may_not_move_are_refused(cast, client_of, campaign):
    message = make_message(cast.marketing, campaign)
    for member, status in [(cast.viewer, 403), (cast.sales, 403), (cast.stranger, 404)]:
        for name, thing in [("campaign_move", campaign), ("message_move", message)]:
            assert client_of(member).get(address(name, thing)).status_code == status
            assert client_of(member).post(address(name, thing), LATER).status_code == status
    assert Campaign.objects.get().starts_on == FIRST


def test_message_is_moved_and_stretched(cast, client_of, campaign):
    message = make_message(cast.marketing, campaign)
    answer = client_of(cast.marketing).post(address("message_move", message), LATER | {"seen": 1}, headers=HTMX)
    assert answer.status_code == 200
    message.refresh_from_db()
    assert (message.starts_on, message.ends_on) == (FIRST + WEEK, LAST + WEEK)


def test_undo_brings_back_and_later_edits_are_left_alone(cast, client_of, campaign):
    client = client_of(cast.marketing)
    move_campaign(by=cast.marketing, campaign=campaign, **LATER)
    undo = reverse("campaigns:move_undo", args=["here", Activity.objects.latest("pk").pk])
    assert client_of(cast.sales).post(undo).status_code == 403
    assert client_of(cast.stranger).post(undo).status_code == 404
    assert client.post(undo).status_code == 302
    assert Campaign.objects.get().starts_on == FIRST
    late = client.post(undo, headers=HTMX)
    assert "It stands as they left it" in late.content.decode()
    assert Campaign.objects.get().starts_on == FIRST


def test_undo_of_what_was_deleted_or_is_no_move_is_not_found(cast, client_of, campaign):
    created = Activity.objects.latest("pk")
    move_campaign(by=cast.marketing, campaign=campaign, **LATER)
    moved = Activity.objects.latest("pk")
    campaign.delete()
    for row in [created, moved]:
        undo = reverse("campaigns:move_undo", args=["here", row.pk])
        assert client_of(cast.marketing).post(undo).status_code == 404


def test_plan_makes_a_campaign_or_a_message(cast, client_of, campaign):
    client, days = client_of(cast.marketing), {"starts_on": FIRST, "ends_on": FIRST}
    assert client.post(f"{HERE}new/", days | {"title": "Open day"}).status_code == 302
    assert Campaign.objects.get(title="Open day").team.name == "Marketing"
    assert client.post(f"{HERE}new/", days | {"title": "Come by", "campaign": campaign.pk}).status_code == 302
    assert Message.objects.get(title="Come by").campaign == campaign


def test_plan_with_wrong_fields_keeps_what_was_typed(cast, client_of):
    theirs = make_campaign(cast.stranger)
    client = client_of(cast.marketing)
    for data, field in [
        ({"title": "Open day", "starts_on": LAST, "ends_on": FIRST}, "ends_on"),
        ({"title": "", "starts_on": FIRST, "ends_on": FIRST}, "title"),
        ({"title": "Theirs", "starts_on": FIRST, "ends_on": FIRST, "campaign": theirs.pk}, "campaign"),
        ({"title": "No\x00", "starts_on": FIRST, "ends_on": FIRST}, "title"),
    ]:
        answer = client.post(f"{HERE}new/", data)
        assert answer.status_code == 422
        assert field in answer.context["form"].errors
        assert answer.context["form"]["starts_on"].value() == str(data["starts_on"])
    assert not Campaign.objects.filter(workspace=cast.workspace).exists()


def test_plan_with_wrong_fields_stays_on_its_day_in_its_view(cast, client_of):
    client = client_of(cast.marketing)
    begun = client.get(f"{HERE}new/", {"view": "week", "show": "campaigns", "on": FIRST.isoformat()})
    sent = {name: begun.context["form"][name].value() for name in ("starts_on", "ends_on", "back")}
    answer = client.post(f"{HERE}new/", sent | {"title": ""})
    assert (answer.status_code, answer.context["day"]) == (422, FIRST)
    assert answer.context["query"] == begun.context["query"] == f"view=week&on={FIRST}&show=campaigns"


def test_plan_offers_only_campaigns_that_one_may_edit(cast, client_of, campaign):
    make_campaign(cast.sales, title="Renewal calls")
    content = client_of(cast.marketing).get(f"{HERE}new/", {"on": FIRST}).content.decode()
    assert "a message of “Refill weeks”" in content
    assert "Renewal calls" not in content
    assert client_of(cast.viewer).get(f"{HERE}new/").status_code == 403


def test_previews_show_what_is_there_to_everybody_and_the_form_to_who_may_move(cast, client_of, campaign):
    message = make_message(cast.marketing, campaign, title="Time for a refill")
    for name, thing in [("calendar_campaign", campaign), ("calendar_message", message)]:
        seen = client_of(cast.viewer).get(address(name, thing)).content.decode()
        assert thing.title in seen
        assert "/move/" not in seen
        assert "/move/" in client_of(cast.marketing).get(address(name, thing)).content.decode()


def test_move_says_that_approval_is_asked_again_and_undo_that_it_stands(cast, client_of, campaign):
    make_rule(cast.admin)
    message = make_message(cast.marketing, campaign, title="Time for a refill")
    approve(cast.admin, asked(cast.marketing, campaign))
    client = client_of(cast.marketing)
    again, stands = "“Refill weeks” asks for approval again.", "The approval of “Refill weeks” stands again."
    for name, thing in [("campaign_move", campaign), ("message_move", message)]:
        content = client.post(address(name, thing), LATER, headers=HTMX).content.decode()
        assert (again in content, stands in content) == (True, False)
        assert Campaign.objects.get().status == "approval"
        undo = reverse(
            "campaigns:move_undo", args=["here", Activity.objects.filter(verb="rescheduled").latest("pk").pk]
        )
        content = client.post(undo, headers=HTMX).content.decode()
        assert (again in content, stands in content) == (False, True)
        assert Campaign.objects.get().status == "approved"


def test_move_of_what_runs_or_is_half_approved_asks_again_and_of_an_idea_asks_nobody(cast, client_of, campaign):
    client, words = client_of(cast.marketing), "asks for approval again"
    assert words not in client.post(address("campaign_move", campaign), LATER, headers=HTMX).content.decode()
    make_rule(cast.admin)
    make_rule(cast.owner)
    waits = asked(cast.marketing, campaign)
    sent = {"starts_on": FIRST, "ends_on": LAST}
    assert words not in client.post(address("campaign_move", campaign), sent, headers=HTMX).content.decode()
    approve(cast.admin, waits)
    assert words in client.post(address("campaign_move", campaign), LATER, headers=HTMX).content.decode()
    approve(cast.admin, approve(cast.owner, waits))
    take_step(by=cast.marketing, campaign=campaign, to="running")
    assert words in client.post(address("campaign_move", campaign), sent, headers=HTMX).content.decode()


def test_undo_of_an_added_message_draws_the_calendar_and_can_be_undone(cast, client_of, campaign):
    message = make_message(cast.marketing, campaign, title="Time for a refill")
    client, back = client_of(cast.marketing), {"back": f"view=timeline&on={FIRST}"}
    removed = client.post(address("message_remove", message), back, headers=HTMX).content.decode()
    assert 'data-view="timeline"' in removed
    assert "“Time for a refill” is removed." in removed
    assert f'data-e="message-{message.pk}"' not in removed
    assert address("message_restore", message) in removed
    restored = client.post(address("message_restore", message), back, headers=HTMX).content.decode()
    assert f'data-e="message-{message.pk}"' in restored
    assert client.post(address("message_remove", message), back)["Location"].endswith(
        f"/campaigns/{campaign.pk}/messages/"
    )
