"""The pages of messages: the list, one message, its panel, the form with its texts and its link."""

import datetime

import pytest
from django.contrib.messages import get_messages

from campaigns.models import Link, Message
from campaigns.naming.rules import Rules
from campaigns.queries.message_lists import found_messages
from campaigns.services.link_rules import furnish
from campaigns.services.messages import edit_message, index, remove_message
from teams.services import activity
from tests.campaigns.made import FIRST, make_campaign, make_message, make_segment
from tests.factories import make_channel, make_link, make_map, make_persona, stage_of

HTMX = {"HX-Request": "true"}
ROWS = {"texts-TOTAL_FORMS": "1", "texts-INITIAL_FORMS": "0"}
TYPED = ROWS | {
    "title": "Refill note",
    "cadence": "once",
    "every": "7",
    "starts_on": "2027-03-02",
    "at": "09:30",
    "texts-0-language": "en",
    "texts-0-subject": "Running low?",
    "texts-0-text": "Two clicks.",
}
BUILT = {
    "url": "https://shop.example/refill",
    "p_utm_source": "mail",
    "p_utm_medium": "email",
    "p_utm_campaign": "refill",
}


def told(response):
    """The last message with its undo address."""
    message = list(get_messages(response.wsgi_request))[-1]
    return str(message), message.extra_tags


@pytest.fixture
def client(cast, client_of):
    furnish(cast.workspace.pk)
    return client_of(cast.marketing)


@pytest.fixture
def campaign(cast):
    return make_campaign(cast.marketing, title="Refill", offer="Second bag free", tone="warm")


def new(campaign) -> str:
    return f"/w/here/campaigns/{campaign.pk}/messages/new/"


def at(message: Message, ending: str = "") -> str:
    return f"/w/here/messages/{message.pk}/{ending}"


def test_message_is_added_with_all_that_was_typed(client, cast, campaign):
    journey, persona = make_map(cast.marketing), make_persona(cast.workspace)
    segment, channel = make_segment(cast.marketing), make_channel(cast.workspace)
    places = {"stage": stage_of(journey).pk, "persona": persona.pk, "segments": segment.pk, "channel": channel.pk}
    words = {"position": "bottom", "lifecycle": "customer", "zone": "Europe/Sofia", "priority": "80"}
    more = {"texts-TOTAL_FORMS": "2", "texts-1-language": "bg", "texts-1-text": "Две щраквания."}
    answer = client.post(new(campaign), TYPED | places | words | more | {"cadence": "weekdays", "weekdays": ["1", "4"]})
    made = Message.objects.get()
    assert (answer.status_code, answer.url) == (302, at(made))
    assert (made.stage, made.persona, made.channel) == (stage_of(journey), persona, channel)
    assert (made.position, made.lifecycle, made.zone, made.priority) == ("bottom", "customer", "Europe/Sofia", 80)
    assert (made.starts_on, made.ends_on, made.at) == (datetime.date(2027, 3, 2),) * 2 + (datetime.time(9, 30),)
    assert (made.cadence, made.weekdays) == ("weekdays", [1, 4])
    assert [(row.language, row.subject, row.text) for row in made.texts.all()] == [
        ("en", "Running low?", "Two clicks."),
        ("bg", "", "Две щраквания."),
    ]
    page = client.get(at(made)).text
    for text in ["Refill note", "Running low?", "Две щраквания.", "Second bag free", "Europe/Sofia", segment.name]:
        assert text in page


def test_form_begins_with_the_place_that_the_address_names(client, cast, campaign):
    stage, channel = stage_of(make_map(cast.marketing)), make_channel(cast.workspace)
    page = client.get(f"{new(campaign)}?stage={stage.pk}&channel={channel.pk}&starts_on=2027-03-05").text
    assert f'<option value="{stage.pk}" selected>' in page
    assert f'<option value="{channel.pk}" selected>' in page
    assert 'value="2027-03-05"' in page
    assert 'placeholder="As the campaign: Second bag free"' in page


def test_form_with_something_wrong_keeps_what_was_typed(client, campaign):
    wrong = {"title": "", "ends_on": "2027-03-01", "texts-0-language": ""}
    answer = client.post(new(campaign), TYPED | wrong)
    assert answer.status_code == 422
    assert "Say which language this is" in answer.text
    assert "Running low?" in answer.text
    answer = client.post(new(campaign), TYPED | {"ends_on": "2027-03-01"})
    assert (answer.status_code, "Its last day is before its first." in answer.text) == (422, True)
    twice = {"texts-TOTAL_FORMS": "2", "texts-1-language": "en", "texts-1-text": "Again"}
    answer = client.post(new(campaign), TYPED | twice)
    assert (answer.status_code, "“en” is there twice." in answer.text) == (422, True)
    answer = client.post(new(campaign), TYPED | {"segments": "999999", "stage": "x", "zone": "Mars/Olympus"})
    assert (answer.status_code, set(answer.context["form"].errors)) == (422, {"segments", "stage", "zone"})
    assert not Message.objects.exists()


def test_buttons_add_and_take_languages_without_saving(client, campaign):
    more = client.post(new(campaign), TYPED | {"do": "texts.add"})
    assert (more.status_code, "texts-1-language" in more.text, "Running low?" in more.text) == (200, True, True)
    less = client.post(new(campaign), TYPED | {"do": "texts.remove.0"})
    assert (less.status_code, "Running low?" in less.text) == (200, False)
    assert not Message.objects.exists()


def test_link_is_built_right_there_and_chosen(client, campaign):
    begun = client.get(new(campaign)).text
    assert 'name="p_utm_campaign" value="refill"' in begun
    answer = client.post(new(campaign), TYPED | BUILT | {"build": "1"})
    link = Link.objects.get()
    assert (answer.status_code, f'<option value="{link.pk}" selected>' in answer.text) == (200, True)
    client.post(new(campaign), TYPED | {"link": str(link.pk)})
    assert Message.objects.get().link == link


def test_link_that_is_typed_is_built_on_saving(client, campaign):
    assert client.post(new(campaign), TYPED | BUILT).status_code == 302
    assert Message.objects.get().link.campaign == "refill"


@pytest.mark.parametrize("button", [{"build": "1"}, {}])
def test_link_that_breaks_a_rule_is_refused_with_the_rule_and_a_proposal(client, campaign, button):
    answer = client.post(new(campaign), TYPED | BUILT | {"p_utm_campaign": "Big Refill"} | button)
    assert answer.status_code == 422
    for text in ["Small letters only.", "lowercase", "big-refill", "Big Refill", "Running low?"]:
        assert text in answer.text
    assert not Link.objects.exists()
    taken = client.post(new(campaign), TYPED | BUILT | {"p_utm_campaign": "Big Refill", "take": "p_utm_campaign"})
    assert (taken.status_code, 'value="big-refill"' in taken.text) == (200, True)


def test_page_says_whether_its_link_keeps_the_rules(client, cast, campaign):
    message = make_message(cast.marketing, campaign, link=make_link(cast.marketing))
    assert "It keeps all of today's rules." in client.get(at(message)).text.replace("&#x27;", "'")
    Link.objects.update(url="http://shop.example/?utm_source=Mail")
    page = client.get(at(message)).text
    assert "rules would refuse this link" in page
    assert "Rule:" in page
    listed = client.get(f"/w/here/campaigns/{campaign.pk}/messages/").text
    assert "breaks the rules" in listed
    everywhere = client.get("/w/here/messages/?show=breaking")
    assert [line.message for line in everywhere.context["lines"]] == [message]
    assert client.get("/w/here/messages/?show=unlinked").context["lines"] == []


def test_panel_is_the_answer_to_htmx(client, cast, campaign):
    message = make_message(cast.marketing, campaign)
    panel = client.get(at(message), headers=HTMX).text
    assert "data-close-panel" in panel
    assert "<html" not in panel


def test_flags_are_said_in_words(client, cast, campaign):
    regulars = make_segment(cast.marketing, name="Regulars", position="bottom")
    message = make_message(cast.marketing, campaign, position="middle", segments=[regulars])
    sentence = "Written for people who compare; “Regulars” are customers already."
    assert sentence in client.get(at(message)).text
    assert sentence in client.get(f"/w/here/campaigns/{campaign.pk}/messages/").text


def test_edit_that_comes_too_late_shows_both(client, cast, campaign):
    message = make_message(cast.marketing, campaign, texts=[{"language": "en", "text": "Mine at first"}])
    edit_message(by=cast.admin, message=message, title="Theirs", texts=[{"language": "en", "text": "Theirs now"}])
    answer = client.post(at(message, "edit/"), TYPED | {"seen": "1"})
    assert answer.status_code == 409
    for text in ["Theirs", "Refill note", "Theirs now", "Two clicks.", "Save mine"]:
        assert text in answer.text
    assert client.post(at(message, "edit/"), TYPED | {"seen": "2"}).status_code == 302
    message.refresh_from_db()
    assert message.title == "Refill note"


def test_edit_of_what_was_removed_keeps_the_text_and_brings_it_back(client, cast, campaign):
    message = make_message(cast.marketing, campaign)
    remove_message(by=cast.admin, message=message)
    answer = client.post(at(message, "edit/"), TYPED | {"seen": "1"})
    assert (answer.status_code, "Bring it back" in answer.text, "Running low?" in answer.text) == (409, True, True)
    back = client.post(at(message, "edit/"), TYPED | {"seen": "1", "restore": "1"})
    assert (back.status_code, 'name="seen" value="3"' in back.text, "Running low?" in back.text) == (200, True, True)
    assert client.post(at(message, "edit/"), TYPED | {"seen": "3"}).status_code == 302


def test_message_is_removed_with_undo_and_copied(client, cast, campaign):
    message = make_message(cast.marketing, campaign, title="Note", texts=[{"language": "en", "text": "Hello"}])
    said, undo = told(client.post(at(message, "remove/")))
    assert (said, undo) == ("“Note” is removed.", at(message, "restore/"))
    assert client.get(at(message)).status_code == 404
    client.post(undo)
    assert client.get(at(message)).status_code == 200
    answer = client.post(at(message, "copy/"))
    copy = Message.objects.latest("pk")
    assert (answer.url, copy.title) == (at(copy, "edit/"), "Note (copy)")
    assert [row.text for row in copy.texts.all()] == ["Hello"]
    assert told(answer)[1] == at(copy, "remove/")


def test_copy_says_why_where_the_campaign_is_full(client, cast, campaign, monkeypatch):
    message = make_message(cast.marketing, campaign, title="Note")
    monkeypatch.setattr("campaigns.services.messages.MOST_MESSAGES", 1)
    answer = client.post(at(message, "copy/"))
    assert (answer.url, told(answer)[0]) == (at(message), "A campaign has at most 1 messages.")
    assert Message.objects.get() == message


def test_overview_shows_the_first_messages_and_where_the_others_are(client, cast, campaign, monkeypatch):
    for title in ["One", "Two"]:
        make_message(cast.marketing, campaign, title=title)
    monkeypatch.setattr("campaigns.views.message_lists.PER_PAGE", 1)
    url = f"/w/here/campaigns/{campaign.pk}/messages/"
    short = client.get(url, headers=HTMX).text
    assert ("?page=2" in short, "have a page of their own" in short) == (False, True)
    assert "?page=2" in client.get(url).text


def test_message_is_found_by_its_words_until_removed(client, cast, campaign):
    message = make_message(cast.marketing, campaign, title="Plum", texts=[{"language": "en", "text": "orchard"}])
    for words in ["plum", "orch"]:
        assert at(message) in client.get(f"/w/here/search/?q={words}").text
        assert [line.message for line in client.get(f"/w/here/messages/?q={words}").context["lines"]] == [message]
    remove_message(by=cast.marketing, message=message)
    assert at(message) not in client.get("/w/here/search/?q=plum").text


def test_log_tells_days_times_and_texts_of_a_message_in_words(cast, campaign):
    text = {"language": "en", "subject": "Hello", "text": "Two clicks."}
    message = make_message(cast.marketing, campaign, starts_on=FIRST, at=datetime.time(9))
    fields = {"at": datetime.time(12, 30), "cadence": "weekdays", "weekdays": [1, 3], "texts": [text]}
    edit_message(by=cast.marketing, message=message, ends_on=FIRST + datetime.timedelta(6), **fields)
    assert activity.differences(activity.activity_of(message).first()) == [
        "last day: 1 Mar 2027 → 7 Mar 2027",
        "time: 09:00 → 12:30",
        "how often: Once → On weekdays",
        "weekdays: nothing → Monday; Wednesday",
        "texts: nothing → en: Hello – Two clicks.",
    ]


def test_list_of_words_that_many_messages_have_leaves_none_out(cast, campaign):
    made = Message.objects.bulk_create(Message(campaign=campaign, title=f"Plum {number}") for number in range(600))
    for message in made:
        index(message)
    foreign = make_message(cast.stranger, make_campaign(cast.stranger), title="Plum")
    found = found_messages(cast.marketing, {"q": "plum"}, Rules())
    assert (found.count(), found.filter(pk=foreign.pk).exists()) == (600, False)
    assert [row.title for row in found_messages(cast.marketing, {"q": "plum 599"}, Rules())] == ["Plum 599"]


def test_list_is_filtered_by_the_address(client, cast, campaign):
    channel, persona = make_channel(cast.workspace), make_persona(cast.workspace)
    segment = make_segment(cast.marketing)
    one = make_message(cast.marketing, campaign, channel=channel, persona=persona, segments=[segment])
    two = make_message(cast.marketing, starts_on=datetime.date(2027, 6, 1))
    for query, found in {
        "": [one, two],
        f"?campaign={campaign.pk}": [one],
        f"?channel={channel.pk}": [one],
        f"?persona={persona.pk}": [one],
        f"?segment={segment.pk}": [one],
        "?first=2027-04-01": [two],
        "?last=2027-04-01": [one],
        "?first=2027-04-01&last=2027-05-01": [],
        "?first=2027-04-01&last=2027-03-01": [one, two],
        "?first=soon": [one, two],
    }.items():
        page = client.get(f"/w/here/messages/{query}")
        assert (query, [line.message for line in page.context["lines"]]) == (query, found)


def test_lists_take_the_same_queries_for_one_and_many(client, cast, campaign, django_assert_max_num_queries):
    stage, link = stage_of(make_map(cast.marketing)), make_link(cast.marketing)

    def queries(path: str) -> int:
        client.get(path)
        with django_assert_max_num_queries(30) as counted:
            client.get(path)
        return len(counted)

    paths = ["/w/here/messages/", f"/w/here/campaigns/{campaign.pk}/messages/"]
    fields = {"stage": stage, "link": link, "texts": [{"language": "en", "text": "Hello"}]}
    make_message(cast.marketing, campaign, segments=[make_segment(cast.marketing)], **fields)
    first = [queries(path) for path in paths]
    for _ in range(8):
        make_message(cast.marketing, campaign, segments=[make_segment(cast.marketing)], **fields)
    assert [queries(path) for path in paths] == first


@pytest.mark.parametrize(("who", "status"), [("marketing", 200), ("admin", 200), ("sales", 403), ("viewer", 403)])
def test_only_those_of_the_campaign_change_its_messages(cast, client_of, campaign, who, status):
    message = make_message(cast.marketing, campaign)
    client = client_of(getattr(cast, who))
    assert client.get(at(message)).status_code == 200
    assert client.get(new(campaign)).status_code == status
    assert client.get(at(message, "edit/")).status_code == status
    for ending in ["copy/", "remove/", "restore/"]:
        assert client.post(at(message, ending)).status_code == (302 if status == 200 else 403)
    assert (at(message, "edit/") in client.get(at(message)).text) == (status == 200)


def test_day_outside_the_campaign_is_flagged_in_the_list(client, cast, campaign):
    make_message(cast.marketing, campaign, starts_on=FIRST - datetime.timedelta(3))
    page = client.get(f"/w/here/campaigns/{campaign.pk}/messages/").text
    assert "It goes on 26 Feb 2027; the campaign starts on 1 Mar 2027." in page
