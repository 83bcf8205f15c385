"""Telling members: who is told, what is refreshed, what is read and unread again."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone, translation

from teams.models import Membership, Notification
from teams.services import notifications
from teams.services.notifications import (
    clear_old,
    mark,
    mark_all_read,
    mark_unread,
    notify,
    register_sentence,
    sentence,
)
from tests.factories import make_key, make_metric


@pytest.fixture
def metric(cast):
    return make_metric(cast.workspace, "Set-up finished")


@pytest.fixture
def words(monkeypatch):
    """Sentences of this test alone."""
    monkeypatch.setattr(notifications, "_sentences", {})


def waiting(member: Membership) -> list[Notification]:
    return list(Notification.objects.filter(recipient=member, read_at=None))


def test_members_are_told_once_and_nobody_of_what_they_did_themselves(cast, metric):
    told = notify([cast.sales, cast.owner, None, cast.sales], by=cast.owner, verb="x.moved", thing=metric, to=5)

    assert told == [cast.sales]
    [notification] = Notification.objects.all()
    assert (notification.recipient, notification.actor, notification.label) == (cast.sales, cast.owner, str(metric))
    assert (notification.path, notification.params) == (f"metrics/{metric.pk}/", {"to": 5})
    assert notify([cast.owner], by=cast.owner, verb="x.moved", thing=metric) == []


def test_same_news_refreshes_the_unread_one(cast, metric, django_assert_num_queries):
    notify([cast.sales, cast.viewer], by=cast.owner, verb="x.moved", thing=metric, to=5)
    mark(by=cast.viewer, notification=Notification.objects.get(recipient=cast.viewer), read=True)
    Notification.objects.update(mailed_at=timezone.now())

    with django_assert_num_queries(5):  # savepoint; the unread ones, refreshed; the new ones; savepoint
        notify([cast.sales, cast.viewer, cast.product], by=cast.admin, verb="x.moved", thing=metric, to=7)

    [again] = waiting(cast.sales)
    assert (again.times, again.actor_name, again.params, again.mailed_at) == (2, "Adam Admin", {"to": 7}, None)
    assert [one.times for one in waiting(cast.viewer) + waiting(cast.product)] == [1, 1]
    assert Notification.objects.filter(recipient=cast.viewer).count() == 2


def test_other_verbs_and_things_are_other_news(cast, metric):
    notify([cast.sales], by=None, verb="x.moved", thing=metric)
    notify([cast.sales], by=None, verb="x.ended", thing=metric)
    notify([cast.sales], by=None, verb="x.moved", thing=make_metric(cast.workspace))

    assert len(waiting(cast.sales)) == 3
    assert {one.actor_name for one in waiting(cast.sales)} == {"Throughline"}


def test_unread_news_are_unique_in_the_database(cast, metric):
    notify([cast.sales], by=None, verb="x.moved", thing=metric)
    one = Notification.objects.get()
    one.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        one.save(force_insert=True)
    one.read_at = timezone.now()
    one.save(force_insert=True)


def test_strangers_are_never_told(cast, metric):
    with pytest.raises(ValueError, match="not in the thing's workspace"):
        notify([cast.sales, cast.stranger], by=None, verb="x.moved", thing=metric)
    assert not Notification.objects.exists()


def test_path_has_to_be_a_page_of_a_workspace(cast, metric):
    notify([cast.sales], by=None, verb="x.moved", thing=metric, path="/w/here/maps/5/?card=7#x")
    assert Notification.objects.get().path == "maps/5/?card=7#x"
    with pytest.raises(ValueError):
        notify([cast.sales], by=None, verb="x.moved", thing=metric, path="https://elsewhere.example/w/")


def test_sentence_is_made_when_it_is_shown(cast, metric, words):
    register_sentence("x.moved", "%(who)s moved “%(thing)s” to %(to)s, %(when)s.")
    register_sentence("x.ended", lambda values: "%(thing)s ended well" if values["won"] else "%(thing)s ended")
    key = make_key(cast.workspace, name="Nightly 100%")
    for verb in ["x.moved", "x.ended", "x.unknown"]:
        notify([cast.sales], by=key, verb=verb, thing=metric, to=5, won=True)

    said = {one.verb: sentence(one) for one in waiting(cast.sales)}
    assert said == {
        "x.moved": "Nightly 100% moved “Set-up finished” to 5, –.",
        "x.ended": "Set-up finished ended well",
        "x.unknown": "News about “Set-up finished”.",
    }
    with translation.override("bg"):
        assert "Set-up finished" in sentence(waiting(cast.sales)[0])


def test_read_and_unread_again(cast, metric):
    notify([cast.sales], by=None, verb="x.moved", thing=metric)
    [one] = waiting(cast.sales)

    assert mark(by=cast.sales, notification=one, read=True).read_at is not None
    assert mark(by=cast.sales, notification=one, read=False).read_at is None
    with pytest.raises(Notification.DoesNotExist):
        mark(by=cast.owner, notification=one, read=True)


def test_all_are_read_and_unread_again_unless_the_same_came_meanwhile(cast, metric):
    for verb in ["x.moved", "x.ended"]:
        notify([cast.sales, cast.product], by=None, verb=verb, thing=metric)
    number, moment = mark_all_read(by=cast.sales)
    assert (number, waiting(cast.sales), len(waiting(cast.product))) == (2, [], 2)

    notify([cast.sales], by=None, verb="x.moved", thing=metric)
    old = Notification.objects.get(recipient=cast.sales, verb="x.moved", read_at=moment)
    assert mark(by=cast.sales, notification=old, read=False).read_at == moment
    assert mark_unread(by=cast.sales, read_at=moment) == 1
    assert sorted(one.verb for one in waiting(cast.sales)) == ["x.ended", "x.moved"]
    assert mark_unread(by=cast.product, read_at=moment) == 0


def test_what_was_read_long_ago_goes(cast, metric):
    for verb in ["x.old", "x.recent", "x.unread"]:
        notify([cast.sales], by=None, verb=verb, thing=metric)
    ago = timezone.now() - timedelta(days=91)
    Notification.objects.update(created_at=ago)
    Notification.objects.filter(verb="x.old").update(read_at=ago)
    Notification.objects.filter(verb="x.recent").update(read_at=timezone.now())

    assert clear_old() == 1
    assert set(Notification.objects.values_list("verb", flat=True)) == {"x.recent", "x.unread"}


def test_news_go_with_their_reader_and_keep_the_name_of_who_left(cast, metric):
    notify([cast.sales, cast.product], by=cast.marketing, verb="x.moved", thing=metric)
    cast.sales.delete()
    cast.marketing.delete()

    [left] = Notification.objects.all()
    assert (left.recipient, left.actor, left.actor_name) == (cast.product, None, "Marketing Editor")
