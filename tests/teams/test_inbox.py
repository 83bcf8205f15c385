"""The inbox, and notifications by e-mail."""

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.messages import get_messages
from django.core import mail
from django.core.exceptions import ValidationError
from django.utils import timezone

from teams.enums import MailChoice
from teams.models import Membership, Notification
from teams.services import notice_mails
from teams.services.comments import add_comment
from teams.services.notice_mails import choose_mails, due_this_morning, last_morning, mail_waiting
from teams.services.notifications import notify
from teams.services.site import site_address
from teams.tasks import mail_mornings
from tests.factories import make_metric

HTMX = {"HX-Request": "true"}
INBOX = "/w/here/inbox/"


@pytest.fixture
def metric(cast):
    return make_metric(cast.workspace, "Set-up finished")


@pytest.fixture
def news(cast, metric):
    """Three for the viewer, the first one read."""
    for verb in ["x.first", "x.second", "x.third"]:
        notify([cast.viewer], by=cast.sales, verb=verb, thing=metric, quote=f"Words of {verb}")
    rows = list(Notification.objects.order_by("pk"))
    Notification.objects.filter(pk=rows[0].pk).update(read_at=timezone.now())
    return rows


def verbs(page) -> list[str]:
    return [row.verb for row in page.context["page"]]


def test_unread_ones_come_first_and_are_counted_at_the_door(cast, client_of, news, django_assert_num_queries):
    client = client_of(cast.viewer)
    client.get(INBOX)
    with django_assert_num_queries(4):  # session, person, membership with the number; notifications
        page = client.get(INBOX)
    assert verbs(page) == ["x.third", "x.second", "x.first"]
    assert page.text.count('<span class="unread"><b class="num">2</b>') == 2, "in the navigation and on the phone"
    assert "Words of x.second" in page.text
    assert verbs(client.get(f"{INBOX}?show=unread")) == ["x.third", "x.second"]
    other = client_of(cast.owner).get(INBOX)
    assert "Nothing here yet" in other.text
    assert '<span class="unread" hidden>' in other.text


def test_opening_one_reads_it_and_leads_there(cast, client_of, news, metric):
    client, one = client_of(cast.viewer), news[1]
    ahead = client.get(f"{INBOX}{one.pk}/", headers={"Sec-Purpose": "prefetch"})
    client.head(f"{INBOX}{one.pk}/")
    one.refresh_from_db()
    assert (ahead.status_code, one.read_at) == (302, None)

    cast.workspace.slug = "moved"
    cast.workspace.save()
    answer = client.get(f"/w/moved/inbox/{one.pk}/")
    one.refresh_from_db()
    assert (answer.url, one.read_at is None) == (f"/w/moved/metrics/{metric.pk}/", False)


def test_marking_answers_with_the_list_and_the_number(cast, client_of, news):
    client = client_of(cast.viewer)
    page = client.post(f"{INBOX}{news[1].pk}/read/?show=unread", headers=HTMX)
    assert verbs(page) == ["x.third"]
    assert page.text.strip().startswith('<div class="stack" id="inbox">')
    assert 'hx-swap-oob="outerHTML:.unread"><b class="num">1</b>' in page.text
    assert client.post(f"{INBOX}{news[1].pk}/unread/").url == INBOX
    assert client_of(cast.owner).post(f"{INBOX}{news[1].pk}/read/").status_code == 404
    assert Notification.objects.filter(read_at=None).count() == 2


def test_all_are_read_and_unread_again_by_undo(cast, client_of, news):
    client = client_of(cast.viewer)
    answer = client.post(f"{INBOX}read/")
    [message] = get_messages(answer.wsgi_request)
    assert str(message) == "2 messages are marked as read."
    assert not Notification.objects.filter(read_at=None).exists()
    assert client.post(message.extra_tags).status_code == 302
    assert set(Notification.objects.filter(read_at=None)) == {news[1], news[2]}
    for wrong in ["", "?at=", "?at=yesterday", "?at=2026-01-01T00:00", "?at=2026-13-01T00:00Z"]:
        assert client.post(f"{INBOX}unread/{wrong}").status_code == 404


def test_mails_are_chosen_in_the_inbox(cast, client_of, news):
    client = client_of(cast.viewer)
    assert client.post(f"{INBOX}mails/", {"mail": "never"}).url == INBOX
    assert Membership.objects.get(pk=cast.viewer.pk).mail == MailChoice.NEVER
    assert client.post(f"{INBOX}mails/", {"mail": "hourly"}).status_code == 422
    choose_mails(by=cast.viewer, choice=MailChoice.AT_ONCE)
    assert mail_waiting(cast.viewer.pk, MailChoice.AT_ONCE) == 0, "what waited while none were wanted is not sent"
    with pytest.raises(ValidationError):
        choose_mails(by=cast.viewer, choice="hourly")


def test_mail_at_once_is_sent_on_commit(cast, metric, worker, django_capture_on_commit_callbacks, settings):
    settings.SITE_URL = "https://throughline.example/"
    with django_capture_on_commit_callbacks(execute=True):
        add_comment(by=cast.sales, thing=metric, text="@Vera Viewer: <why>?")
    [sent] = mail.outbox
    one = Notification.objects.get()
    assert (sent.to, sent.subject) == (
        ["viewer@here.example"],
        "Sales Editor mentioned you in a comment on “Set-up finished”.",
    )
    assert f"\nhttps://throughline.example/w/here/inbox/{one.pk}/\n" in sent.body
    assert "@Vera Viewer: <why>?" in sent.body
    html = sent.alternatives[0].content
    assert "@Vera Viewer: &lt;why&gt;?" in html
    assert 'href="https://throughline.example/w/here/inbox/"' in html


def test_task_that_runs_twice_sends_one_mail(cast, news):
    assert [mail_waiting(cast.viewer.pk, MailChoice.AT_ONCE) for _time in range(2)] == [2, 0]
    [sent] = mail.outbox
    assert sent.subject == "2 messages in Here"
    assert sent.body.index("x.third") < sent.body.index("x.second")
    notify([cast.viewer], by=cast.sales, verb="x.third", thing=make_metric(cast.workspace))
    assert mail_waiting(cast.viewer.pk, MailChoice.DAILY) == 0, "they chose otherwise"
    assert mail_waiting(0, MailChoice.AT_ONCE) == 0


def test_mail_that_cannot_be_sent_waits(cast, news, settings):
    settings.EMAIL_BACKEND = "nowhere.Backend"
    with pytest.raises(ImportError):
        mail_waiting(cast.viewer.pk, MailChoice.AT_ONCE)
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert mail_waiting(cast.viewer.pk, MailChoice.AT_ONCE) == 2


def test_mail_lists_the_newest_and_counts_the_rest(cast, metric, monkeypatch):
    monkeypatch.setattr(notice_mails, "MOST_LISTED", 2)
    for number in range(5):
        notify([cast.viewer], by=cast.sales, verb=f"x.{number}", thing=metric, quote=f"Words {number}")
    mail_waiting(cast.viewer.pk, MailChoice.AT_ONCE)
    assert "3 more are in your inbox" in mail.outbox[0].body
    assert [f"Words {number}" in mail.outbox[0].body for number in range(5)] == [False, False, False, True, True]


@pytest.mark.parametrize(
    ("now", "zone", "morning"),
    [
        ("2026-03-10T08:00Z", "UTC", "2026-03-10T07:00Z"),
        ("2026-03-10T06:59Z", "UTC", "2026-03-09T07:00Z"),
        ("2026-03-10T06:00Z", "Europe/Sofia", "2026-03-10T05:00Z"),
        ("2026-03-29T05:00Z", "Europe/Prague", "2026-03-29T05:00Z"),  # clocks went forward in the night
        ("2026-03-29T04:59Z", "Europe/Prague", "2026-03-28T06:00Z"),
        ("2026-03-10T18:00Z", "Pacific/Kiritimati", "2026-03-10T17:00Z"),
        ("2026-03-10T02:00Z", "Asia/Kathmandu", "2026-03-10T01:15Z"),
    ],
)
def test_morning_is_the_readers(now, zone, morning):
    def moment(text: str) -> datetime:
        return datetime.fromisoformat(text.replace("Z", "+00:00"))

    assert last_morning(moment(now), zone).astimezone(UTC) == moment(morning)


def test_morning_mail_gathers_what_came_before_it(cast, news, metric, worker):
    choose_mails(by=cast.viewer, choice=MailChoice.DAILY)
    cast.viewer.user.timezone = "Asia/Tokyo"
    cast.viewer.user.save()
    evening = datetime(2026, 3, 10, 12, tzinfo=UTC)  # 21:00 in Tokyo
    Notification.objects.update(created_at=evening)
    assert due_this_morning(evening + timedelta(hours=9, minutes=59)) == []
    assert due_this_morning(evening + timedelta(hours=10)) == [cast.viewer.pk]

    mail_mornings()
    mail_mornings()
    assert [sent.subject for sent in mail.outbox] == ["2 messages in Here"]
    notify([cast.viewer], by=cast.sales, verb="x.late", thing=metric)
    assert due_this_morning(timezone.now()) == []


def test_who_may_not_sign_in_gets_no_mail(cast, news):
    cast.viewer.user.is_active = False
    cast.viewer.user.save()
    assert mail_waiting(cast.viewer.pk, MailChoice.AT_ONCE) == 0
    assert due_this_morning(timezone.now() + timedelta(days=2)) == []


@pytest.mark.parametrize(
    ("site", "hosts", "secure", "address"),
    [
        ("https://a.example/", ["b.example"], True, "https://a.example"),
        ("", [".b.example", "c.example"], True, "https://b.example"),
        ("", ["*"], False, "http://localhost:8000"),
    ],
)
def test_address_in_mails(settings, site, hosts, secure, address):
    settings.SITE_URL, settings.ALLOWED_HOSTS, settings.SECURE_SSL_REDIRECT = site, hosts, secure
    assert site_address() == address
