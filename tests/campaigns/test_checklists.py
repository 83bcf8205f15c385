"""Checklists, copies and templates: days follow the start, reminders come once, nothing done or spent comes along."""

import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from campaigns.content.templates import BUILT_IN, TEMPLATES
from campaigns.models import Campaign, Task
from campaigns.services.campaign_copies import begin_from, copy_campaign, save_as_template
from campaigns.services.campaign_steps import take_step
from campaigns.services.checklists import add_task, edit_task, remind, remove_task, tick_task
from campaigns.services.schedule import move_campaign
from teams.services import search
from tests.campaigns.made import FIRST, LAST, make_campaign, make_message, make_segment, make_task
from tests.campaigns.test_campaign_pages import address
from tests.campaigns.test_message_pages import told
from tests.factories import make_channel

DAY = datetime.timedelta(1)


def test_task_due_follows_the_campaign(cast):
    task = make_task(cast.marketing, due_offset=-3)
    move_campaign(by=cast.marketing, campaign=task.campaign, starts_on=FIRST + 7 * DAY, ends_on=LAST + 7 * DAY)
    assert Task.objects.get().due == FIRST + 4 * DAY


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"text": " "}, "text"),
        ({"due_on": FIRST, "due_offset": 1}, "due_offset"),
        ({"due_offset": 367}, "due_offset"),
        ({"due_on": datetime.date(1200, 1, 1)}, "due_on"),
    ],
)
def test_add_task_with_a_wrong_field_names_it(cast, fields, field):
    with pytest.raises(ValidationError) as refused:
        add_task(by=cast.marketing, campaign=make_campaign(cast.marketing), **{"text": "Write"} | fields)
    assert field in refused.value.message_dict


def test_add_task_for_a_stranger_is_refused(cast):
    with pytest.raises(ValidationError) as refused:
        make_task(cast.marketing, owner=cast.stranger)
    assert list(refused.value.message_dict) == ["owner"]


def test_tick_task_by_its_owner_of_another_team(cast):
    task = make_task(cast.marketing, owner=cast.sales)
    assert tick_task(by=cast.sales, task=task, done=True).done_by == cast.sales
    assert tick_task(by=cast.sales, task=task, done=False).done_at is None
    with pytest.raises(PermissionDenied):
        tick_task(by=cast.product, task=task, done=True)
    with pytest.raises(PermissionDenied):
        edit_task(by=cast.sales, task=task, text="Theirs")


def due(cast, days: int, **fields) -> Task:
    today = timezone.localdate()
    campaign = make_campaign(cast.marketing, starts_on=today + days * DAY, ends_on=today + (days + 9) * DAY)
    return make_task(cast.marketing, campaign, due_offset=0, **fields)


def test_remind_tells_once(cast):
    due(cast, -1, owner=cast.sales)
    due(cast, -1)
    due(cast, 3, owner=cast.product)
    assert (remind(), remind()) == (2, 0)
    told = [member.notifications.count() for member in (cast.sales, cast.marketing, cast.product)]
    assert told == [1, 1, 0]


def test_remind_leaves_out_what_is_done_over_or_a_template(cast):
    tick_task(by=cast.marketing, task=due(cast, -1), done=True)
    take_step(by=cast.marketing, campaign=due(cast, -1).campaign, to="cancelled")
    save_as_template(by=cast.marketing, campaign=due(cast, -1).campaign)
    assert remind() == 1


def test_remind_again_where_the_campaign_moved_later(cast):
    task = due(cast, -1)
    remind()
    today = timezone.localdate()
    move_campaign(by=cast.marketing, campaign=task.campaign, starts_on=today + 5 * DAY, ends_on=today + 9 * DAY)
    assert remind() == 0
    task.refresh_from_db()
    assert task.reminded_at is None
    back = Campaign.objects.get(pk=task.campaign_id)
    move_campaign(by=cast.marketing, campaign=back, starts_on=today - DAY, ends_on=today + 9 * DAY)
    assert remind() == 1


@pytest.mark.parametrize(("days", "told"), [(0, 1), (1, 0)])
@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Pacific/Niue"])
def test_remind_counts_days_where_the_owner_is(cast, zone, days, told):
    """The two zones are 25 hours apart: on some days it is no day of both."""
    cast.sales.user.timezone = zone
    cast.sales.user.save()
    make_task(cast.marketing, owner=cast.sales, due_on=timezone.localdate(timezone=ZoneInfo(zone)) + days * DAY)
    assert remind() == told


def test_copy_campaign_moves_everything_to_the_new_start(cast):
    channel, segment = make_channel(cast.workspace), make_segment(cast.marketing)
    line = {"channel": channel, "month": FIRST, "planned": Decimal(500), "spent": Decimal(80)}
    campaign = make_campaign(cast.marketing, channels=[channel], segments=[segment], budget=[line], offer="Two for one")
    text = {"language": "en", "subject": "Hello", "text": "Words"}
    make_message(cast.marketing, campaign, segments=[segment], texts=[text], at=datetime.time(9))
    tick_task(by=cast.marketing, task=make_task(cast.marketing, campaign), done=True)
    make_task(cast.marketing, campaign, due_on=LAST)
    take_step(by=cast.marketing, campaign=campaign, to="planned")
    start = datetime.date(2027, 5, 3)
    made = copy_campaign(by=cast.sales, campaign=campaign, title="Again", starts_on=start)
    assert (made.title, made.owner, made.status, made.offer) == ("Again", cast.sales, "idea", "Two for one")
    assert (made.starts_on, made.ends_on, made.copied_from) == (start, start + (LAST - FIRST), campaign)
    message = made.messages.get()
    assert (message.starts_on, message.at, message.texts.get().subject) == (start + DAY, datetime.time(9), "Hello")
    assert [(task.due_offset, task.done_at) for task in made.tasks.all()] == [(-3, None), (13, None)]
    assert [(row.month, row.planned, row.spent) for row in made.budget_lines.all()] == [
        (datetime.date(2027, 5, 1), Decimal(500), Decimal(0))
    ]


def test_messages_of_a_copied_campaign_are_found_and_keep_what_they_began_as(cast):
    make_message(cast.marketing, title="Zebra letter", tactic="explainer")
    source = Campaign.objects.get()
    made = [
        copy_campaign(by=cast.marketing, campaign=source),
        copy_campaign(by=cast.marketing, campaign=save_as_template(by=cast.marketing, campaign=source)),
    ]
    found = search.find(workspace_id=cast.workspace.pk, kind="message", text="zebra")
    assert set(found) == {one.messages.get().pk for one in [source, *made]}
    assert {one.messages.get().tactic for one in made} == {"explainer"}


def test_begin_from_a_built_in_template_has_its_messages_found(cast):
    template = BUILT_IN[0]
    made = begin_from(by=cast.marketing, template=template)
    text = str(template.lines[0].title)
    assert made.messages.order_by("pk")[0].pk in search.find(workspace_id=cast.workspace.pk, kind="message", text=text)


def test_copy_campaign_with_a_budget_to_a_day_that_cannot_be_names_it(cast):
    line = {"channel": None, "month": LAST.replace(month=12), "planned": Decimal(500), "spent": Decimal(0)}
    campaign = make_campaign(cast.marketing, ends_on=FIRST, budget=[line])
    with pytest.raises(ValidationError) as refused:
        copy_campaign(by=cast.marketing, campaign=campaign, starts_on=datetime.date(9999, 12, 31))
    assert "starts_on" in refused.value.message_dict


def test_copy_campaign_without_a_start_has_no_days(cast):
    made = copy_campaign(by=cast.marketing, campaign=make_message(cast.marketing).campaign)
    assert (made.starts_on, made.messages.get().starts_on) == (None, None)


@pytest.mark.parametrize("day", [datetime.date(9999, 12, 31), datetime.date(1200, 1, 1)])
def test_copy_campaign_to_a_day_that_cannot_be_names_it(cast, day):
    with pytest.raises(ValidationError) as refused:
        copy_campaign(by=cast.marketing, campaign=make_message(cast.marketing).campaign, starts_on=day)
    assert "starts_on" in refused.value.message_dict


def test_save_as_template_begins_campaigns(cast):
    template = save_as_template(by=cast.marketing, campaign=make_message(cast.marketing).campaign, title="Pattern")
    assert template.is_template
    made = copy_campaign(by=cast.sales, campaign=template, starts_on=FIRST + 30 * DAY)
    assert (made.title, made.is_template, made.messages.get().starts_on) == ("Pattern", False, FIRST + 31 * DAY)


@pytest.mark.parametrize("slug", TEMPLATES)
def test_begin_from_a_built_in_template(cast, slug):
    template = TEMPLATES[slug]
    for line in template.lines:
        make_channel(cast.workspace, icon=line.channel)
    made = begin_from(by=cast.marketing, template=template, starts_on=FIRST)
    assert [message.starts_on - FIRST for message in made.messages.order_by("pk")] == [
        line.day * DAY for line in template.lines
    ]
    assert all(message.channel for message in made.messages.all())
    assert made.tasks.count() == len(template.tasks)


def test_begin_from_by_a_viewer_is_refused(cast):
    with pytest.raises(PermissionDenied):
        begin_from(by=cast.viewer, template=BUILT_IN[0])


def test_checklist_on_the_page(cast, client_of):
    campaign, client = make_campaign(cast.marketing), client_of(cast.marketing)
    page = address("campaign", cast.marketing, campaign.pk)
    sent = {"text": "Brief the studio", "owner": cast.sales.pk, "due_offset": "-700"}
    assert client.post(address("task_add", cast.marketing, campaign.pk), sent).status_code == 422
    client.post(address("task_add", cast.marketing, campaign.pk), sent | {"due_offset": "-7"})
    task = Task.objects.get()
    body = client.get(page).content.decode()
    assert "Brief the studio" in body
    assert "22 Feb 2027" in body
    tick = address("task_tick", cast.marketing, campaign.pk, task.pk)
    answer = client.post(tick, {"done": "1"}, headers={"HX-Request": "true"})
    assert 'aria-pressed="true"' in answer.content.decode()
    removed = client.post(address("task_remove", cast.marketing, campaign.pk, task.pk), follow=True).content.decode()
    start = removed.index(f"{address('task_add', cast.marketing, campaign.pk)}restore/")
    undo = removed[start : removed.index('"', start)]
    client.post(undo)
    assert (Task.objects.get().text, Task.objects.get().owner) == ("Brief the studio", cast.sales)


def test_task_undo_says_why_where_the_list_has_filled_up(cast, client_of, monkeypatch):
    task, client = make_task(cast.marketing, text="Brief the studio"), client_of(cast.marketing)
    undo = told(client.post(address("task_remove", cast.marketing, task.campaign_id, task.pk)))[1]
    add_task(by=cast.marketing, campaign=task.campaign, text="Another", due_offset=0)
    monkeypatch.setattr("campaigns.services.checklists.MOST_TASKS", 1)
    assert told(client.post(undo))[0] == "A campaign has at most 1 tasks."
    assert [each.text for each in Task.objects.all()] == ["Another"]


def test_task_edit_too_late_shows_both(cast, client_of):
    task = make_task(cast.marketing, text="Old")
    edit_task(by=cast.admin, task=task, text="Theirs")
    url = address("task_edit", cast.marketing, task.campaign_id, task.pk)
    answer = client_of(cast.marketing).post(url, {"seen": "1", "text": "Mine", "due_offset": "-3"})
    assert answer.status_code == 409
    assert [(row.theirs, row.mine) for row in answer.context["form"].theirs] == [("Theirs", "Mine")]


def test_templates_page_begins_a_campaign(cast, client_of):
    client = client_of(cast.marketing)
    page = client.get(address("campaign_templates", cast.marketing)).content.decode()
    begin = reverse("campaigns:campaign_begin", args=["here", "webinar"])
    assert begin in page
    assert client.post(begin, {"title": "", "starts_on": "x"}).status_code == 422
    client.post(begin, {"title": "Ten teams", "starts_on": "2027-03-01"})
    assert Campaign.objects.get().starts_on == FIRST


def test_campaign_copy_and_template_by_page(cast, client_of):
    client, campaign = client_of(cast.sales), make_campaign(cast.marketing, title="Refill")
    url = address("campaign_copy", cast.sales, campaign.pk)
    assert "Refill (copy)" in client.get(url).content.decode()
    client.post(url, {"title": "Refill II", "starts_on": "2027-05-03"})
    assert Campaign.objects.get(title="Refill II").starts_on == datetime.date(2027, 5, 3)
    client.post(address("campaign_keep", cast.sales, campaign.pk))
    assert Campaign.objects.get(is_template=True).title == "Refill"


def test_database_refuses_a_task_with_two_days_or_too_far(cast):
    task = make_task(cast.marketing)
    for fields in [{"due_on": FIRST, "due_offset": 1}, {"due_offset": 400}, {"due_offset": -400}]:
        with pytest.raises(IntegrityError), transaction.atomic():
            Task.objects.filter(pk=task.pk).update(**fields)


def test_remove_task_says_what_it_was(cast):
    task = make_task(cast.marketing, text="Write", due_on=FIRST)
    assert remove_task(by=cast.marketing, task=task) == {
        "text": "Write",
        "owner": None,
        "due_on": FIRST,
        "due_offset": None,
    }
