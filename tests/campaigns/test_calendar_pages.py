"""The calendar's pages: what stands where, what the filters let through, and what a wrong address says."""

import datetime
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from campaigns.drawing.days import Range
from campaigns.enums import Cadence
from campaigns.models import Campaign, Message, Task
from campaigns.queries.calendar import Filters, entries
from campaigns.queries.calendar_options import options_for
from campaigns.services.campaign_steps import take_step
from campaigns.services.messages import remove_message
from experiments.models import Plan
from teams.zones import zone_of
from tests.campaigns.made import FIRST, LAST, make_campaign, make_message
from tests.experiments.made import make_planned
from tests.factories import make_channel, make_map, make_persona, stage_of

VIEWS = ["month", "week", "agenda", "timeline"]
HERE = "/w/here/calendar/"
WEEK = datetime.timedelta(7)


def titles(member, query="", first=FIRST, last=LAST) -> list[str]:
    return [entry.title for entry in entries(member, Filters.from_query(query), first, last)]


def shown(client, **query) -> str:
    answer = client.get(HERE, {"on": FIRST.isoformat()} | query)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize("view", VIEWS)
def test_every_view_shows_campaign_message_task_and_experiment(cast, client_of, view):
    campaign = make_campaign(cast.marketing, title="Refill weeks")
    make_message(cast.marketing, campaign, title="Time for a refill")
    Task.objects.create(campaign=campaign, text="Texts are ready", due_offset=2)
    experiment = make_planned(cast.product, title="Date first")
    Plan.objects.filter(experiment=experiment).update(planned_start=FIRST, planned_end=LAST)
    content = shown(client_of(cast.viewer), view=view)
    for title in ["Refill weeks", "Time for a refill", "Texts are ready", "Date first"]:
        assert title in content


def test_number_of_a_week_opens_it_with_the_same_filters(cast, client_of):
    content = shown(client_of(cast.viewer), view="month", show="campaigns", full="1")
    assert f'{HERE}?view=week&amp;on=2027-03-01&amp;show=campaigns&amp;full=1"' in content


def test_filters_offer_no_stage_that_only_a_removed_message_names(cast):
    campaign = make_campaign(cast.marketing)
    journey = make_map(cast.marketing)
    kept, gone = (make_message(cast.marketing, campaign, stage=stage_of(journey, place)) for place in (0, 1))
    remove_message(by=cast.marketing, message=gone)
    offered = options_for(cast.marketing, Filters(), Range(FIRST, LAST))["stage"]
    assert [choice.value for choice in offered] == [kept.stage_id]


@pytest.mark.parametrize("view", VIEWS)
def test_strangers_things_are_not_shown(cast, client_of, view):
    make_message(cast.stranger, make_campaign(cast.stranger, title="Their secret"), title="Their letter")
    content = shown(client_of(cast.owner), view=view)
    assert "Their" not in content
    assert client_of(cast.stranger).get(HERE).status_code == 404


@pytest.mark.parametrize("view", VIEWS)
def test_removed_and_template_campaigns_are_not_shown(cast, client_of, view):
    for change in [{"removed_at": timezone.now()}, {"is_template": True}]:
        campaign = make_campaign(cast.marketing, title="Hidden")
        make_message(cast.marketing, campaign, title="Hidden, too")
        Task.objects.create(campaign=campaign, text="Hidden as well", due_on=FIRST)
        Campaign.objects.filter(pk=campaign.pk).update(**change)
    assert "Hidden" not in shown(client_of(cast.owner), view=view)


@pytest.mark.parametrize("view", VIEWS)
def test_what_people_wrote_is_text_and_no_markup(cast, client_of, view):
    evil = """<img src=x onerror=alert(1)>"'&"""
    team = cast.workspace.teams.get(name="Marketing")
    type(team).objects.filter(pk=team.pk).update(name=evil)
    campaign = make_campaign(cast.marketing, title=evil, team=team)
    make_message(cast.marketing, campaign, title=evil, channel=make_channel(cast.workspace, evil))
    content = shown(client_of(cast.viewer), view=view)
    assert "<img src=x" not in content
    assert content.count("&lt;img src=x onerror=alert(1)&gt;&quot;&#x27;&amp;") >= 4


def test_only_those_who_may_edit_can_move(cast, client_of):
    team = cast.workspace.teams.get(name="Marketing")
    make_campaign(cast.marketing, title="Ours", team=team)
    assert "data-move" in shown(client_of(cast.marketing), view="month")
    assert "data-move" in shown(client_of(cast.admin), view="month")
    assert "data-move" not in shown(client_of(cast.sales), view="month")
    assert "data-move" not in shown(client_of(cast.viewer), view="month")


WRONG = [
    {"view": "year"},
    {"on": "garbage"},
    {"on": "0001-01-01"},
    {"on": "9999-12-31"},
    {"on": "2027-02-30"},
    {"on": "\x00"},
    {"rows": "color"},
    {"weeks": "0"},
    {"weeks": "9" * 40},
    {"team": "Marketing"},
    {"team": "9" * 40},
    {"stage": "-1"},
    {"owner": "١٢"},
    {"status": "gone"},
    {"show": "nothing"},
    {"campaign": "1 OR 1=1"},
]


@pytest.mark.parametrize("query", WRONG, ids=str)
def test_wrong_query_is_named_and_left_out(cast, client_of, query):
    answer = client_of(cast.viewer).get(HERE, query)
    assert answer.status_code == 200
    [name] = query
    assert list(answer.context["filters"].errors) == [name]
    assert f"<b>{name}</b>:" in answer.content.decode()


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("on", ["1970-01-02", "2199-12-31", "2028-02-29"])
def test_first_and_last_days_of_the_calendar_are_shown(cast, client_of, view, on):
    answer = client_of(cast.viewer).get(HERE, {"view": view, "on": on})
    assert answer.status_code == 200
    assert not answer.context["filters"].errors


def test_filters_survive_the_way_through_the_address():
    query = "view=timeline&on=2027-03-01&rows=stage&weeks=26&team=3&team=1&status=planned&show=campaigns&full=1"
    filters = Filters.from_query(query)
    assert (filters.team, filters.status, filters.show, filters.weeks) == ((1, 3), ("planned",), ("campaigns",), 26)
    assert Filters.from_query(filters.to_query()) == filters
    assert Filters().to_query() == ""


def test_each_filter_lets_the_right_things_through(cast):
    journey = make_map(cast.owner)
    ann, letters = make_persona(cast.workspace, "Ann"), make_channel(cast.workspace, "Letters")
    team = cast.workspace.teams.get(name="Marketing")
    fits = {"stages": [stage_of(journey)], "personas": [ann], "channels": [letters], "team": team}
    one = make_campaign(cast.marketing, title="One", **fits)
    other = make_campaign(cast.sales, title="Other")
    make_message(cast.marketing, one, title="Of one")  # says nothing itself: its campaign's count
    make_message(cast.sales, other, title="By letter", channel=letters, stage=stage_of(journey), persona=ann)
    make_message(cast.sales, other, title="Elsewhere", channel=make_channel(cast.workspace), stage=stage_of(journey, 1))
    through = ["One", "Of one", "By letter"]
    for query in [{"stage": stage_of(journey).pk}, {"persona": ann.pk}, {"channel": letters.pk}]:
        assert titles(cast.viewer, urlencode(query)) == through
    assert titles(cast.viewer, f"team={team.pk}") == ["One", "Of one"]
    assert titles(cast.viewer, f"campaign={other.pk}") == ["Other", "By letter", "Elsewhere"]
    assert titles(cast.viewer, f"owner={cast.sales.pk}&show=campaigns") == ["Other"]
    assert titles(cast.viewer, "show=messages") == ["Of one", "By letter", "Elsewhere"]
    assert titles(cast.viewer, "status=running") == []


def test_cancelled_campaigns_are_shown_where_they_are_asked_for(cast):
    take_step(by=cast.marketing, campaign=make_campaign(cast.marketing, title="Off"), to="cancelled")
    assert titles(cast.viewer) == []
    assert titles(cast.viewer, "status=cancelled") == ["Off"]


def test_only_what_reaches_into_the_days_is_loaded(cast):
    for weeks, title in [(-2, "Ended"), (-1, "Ends"), (0, "In"), (2, "After")]:
        make_campaign(cast.marketing, title=title, starts_on=FIRST + weeks * WEEK, ends_on=FIRST + (weeks + 1) * WEEK)
    assert titles(cast.viewer, first=FIRST, last=LAST - WEEK) == ["Ends", "In"]


def test_due_tasks_stand_on_their_day(cast):
    campaign = make_campaign(cast.marketing)
    Task.objects.create(campaign=campaign, text="Before", due_offset=-3)
    Task.objects.create(campaign=campaign, text="On", due_on=LAST)
    Task.objects.create(campaign=campaign, text="Never")
    early = FIRST - datetime.timedelta(3)
    assert titles(cast.viewer, "show=tasks", early, early) == ["Before"]
    assert titles(cast.viewer, "show=tasks", LAST, LAST) == ["On"]
    assert titles(cast.viewer, "show=tasks", FIRST - datetime.timedelta(2), LAST - datetime.timedelta(1)) == []


def test_recurring_message_stands_on_its_days(cast):
    days = {"starts_on": FIRST, "ends_on": LAST, "cadence": Cadence.WEEKDAYS, "weekdays": [2, 3, 5]}
    make_message(cast.marketing, **days)
    [entry] = entries(cast.viewer, Filters(show=("messages",)), FIRST, FIRST + datetime.timedelta(6))
    assert [(run.first.day, run.last.day) for run in entry.runs] == [(2, 3), (5, 5)]


def test_message_in_a_named_zone_stands_in_the_readers(cast):
    make_message(cast.marketing, at=datetime.time(23, 30), zone="America/New_York", starts_on=FIRST)
    make_message(cast.marketing, at=datetime.time(23, 30), zone="", starts_on=FIRST, title="Everywhere")
    with timezone.override(zone_of("Europe/Sofia")):
        found = entries(cast.viewer, Filters(show=("messages",)), FIRST, LAST)
        before = entries(cast.viewer, Filters(show=("messages",)), FIRST, FIRST)
    runs = {entry.title: entry.runs for entry in found}
    assert [run for title, [run] in runs.items() if title != "Everywhere"] == [
        (FIRST + datetime.timedelta(1), FIRST + datetime.timedelta(1), datetime.time(6, 30))
    ]
    assert runs["Everywhere"] == ((FIRST, FIRST, datetime.time(23, 30)),)
    assert [entry.title for entry in before] == ["Everywhere"]


def test_month_names_how_many_more_there_are_and_the_day_shows_them(cast, client_of):
    campaign = make_campaign(cast.marketing)
    for number in range(12):
        make_message(cast.marketing, campaign, title=f"Note {number}", starts_on=FIRST)
    client = client_of(cast.viewer)
    content = shown(client, view="month")
    assert "+8<span> more</span>" in content
    assert content.count("Note") == 4 * 2  # four lines beside the campaign's, each with its title
    assert shown(client, view="month", full="1").count("Note") == 12 * 2
    day = client.get(f"{HERE}day/{FIRST}/").content.decode()
    assert all(f"Note {number}" in day for number in range(12))


@pytest.mark.parametrize("day", ["garbage", "2027-02-30", "0001-01-01", "9999-12-31", "20270301"])
def test_day_that_is_none_is_not_found(cast, client_of, day):
    assert client_of(cast.viewer).get(f"{HERE}day/{day}/").status_code == 404


def test_phone_gets_the_agenda_first(cast, client_of):
    client = client_of(cast.viewer)
    phone = client.get(HERE, headers={"User-Agent": "Mozilla/5.0 (iPhone) Mobile/15E148"})
    assert phone.context["view"] == "agenda"
    assert client.get(HERE).context["view"] == "month"
    assert client.get(HERE, {"view": "month"}, headers={"User-Agent": "Mobile"}).context["view"] == "month"


@pytest.mark.parametrize(("language", "first"), [("en-US,en;q=0.9", 7), ("en-GB", 1), ("bg", 1), ("ar-EG", 6), ("", 1)])
def test_week_begins_as_the_reader_is_used_to(cast, client_of, language, first):
    answer = client_of(cast.viewer).get(HERE, {"on": FIRST}, headers={"Accept-Language": language})
    assert answer.context["days"].first.isoweekday() == first


@pytest.mark.parametrize("rows", ["team", "channel", "stage", "persona", "campaign"])
def test_timeline_has_a_row_for_each(cast, client_of, rows):
    journey = make_map(cast.owner, title="Trial")
    ann, letters = make_persona(cast.workspace, "Ann"), make_channel(cast.workspace, "Letters")
    campaign = make_campaign(
        cast.marketing,
        title="Refill",
        stages=[stage_of(journey)],
        personas=[ann],
        channels=[letters],
        team=cast.workspace.teams.get(name="Marketing"),
    )
    make_message(cast.marketing, campaign)
    answer = client_of(cast.viewer).get(HERE, {"view": "timeline", "on": FIRST, "rows": rows})
    labels = {"team": "Marketing", "channel": "Letters", "stage": "Trial: Try", "persona": "Ann", "campaign": "Refill"}
    assert [(row.label, len(row.lanes.pieces)) for row in answer.context["rows"]] == [(labels[rows], 2)]


def fill(member, number: int) -> None:
    campaigns = [make_campaign(member, team=member.workspace.teams.first()) for _ in range(max(1, number // 50))]
    rows = [
        Message(campaign=campaigns[n % len(campaigns)], title=f"Bulk {n}", starts_on=day, ends_on=day, at="09:00")
        for n in range(number)
        for day in [FIRST + datetime.timedelta(n % 28)]
    ]
    Message.objects.bulk_create(rows)
    Task.objects.bulk_create([Task(campaign=one, text="Do", due_on=FIRST) for one in campaigns])


@pytest.mark.parametrize("query", [{"view": view} for view in VIEWS] + [{"view": "timeline", "rows": "stage"}], ids=str)
def test_queries_are_the_same_for_few_and_many_entries(cast, client_of, query):
    client, asked = client_of(cast.marketing), {"on": FIRST.isoformat(), "full": "1"} | query
    fill(cast.marketing, 10)
    client.get(HERE, asked)
    with CaptureQueriesContext(connection) as few:
        client.get(HERE, asked)
    fill(cast.marketing, 990)
    with CaptureQueriesContext(connection) as many:
        content = client.get(HERE, asked).content
    assert content.count(b"Bulk") >= 500  # a week has fewer days
    assert len(many) == len(few) <= 22
