"""The log of what was done to things that keep none themselves, and how it is told."""

import pytest
from django.utils import translation

from insights.services.metrics import create_metric, edit_metric
from teams.models import Activity
from teams.services import activity
from teams.services.activity import activity_of, differences, record, register_fields, register_sentence, sentence
from tests.factories import make_key, make_metric


@pytest.fixture
def metric(cast):
    return make_metric(cast.workspace, "Set-up finished")


@pytest.fixture
def words(monkeypatch):
    """Words of this test alone."""
    monkeypatch.setattr(activity, "_tellings", {})


def test_what_was_done_is_kept_with_who_and_what(cast, metric):
    key = make_key(cast.workspace, name="Nightly")
    metric.version = 4
    record(metric, by=cast.sales, verb="edited", before={"name": "Old"}, after={"name": "Set-up finished"})
    record(metric, by=key, verb="removed")
    record(metric, by=None, verb="ended")

    rows = list(Activity.objects.order_by("pk"))
    assert [(row.actor, row.key, row.actor_name, row.verb) for row in rows] == [
        (cast.sales, None, "Sales Editor", "edited"),
        (None, key, "Nightly", "removed"),
        (None, None, "Throughline", "ended"),
    ]
    assert {(row.kind, row.object_id, row.version, row.label, row.workspace) for row in rows} == {
        ("metric", metric.pk, 4, "Set-up finished", cast.workspace)
    }


def test_activity_of_a_thing_is_its_own_latest_first(cast, metric):
    other, foreign = make_metric(cast.workspace), make_metric(cast.elsewhere)
    for thing in [metric, other, foreign]:
        record(thing, by=cast.owner, verb="created")
    record(metric, by=cast.owner, verb="edited")

    assert [row.verb for row in activity_of(metric)] == ["edited", "created"]


def test_names_stay_when_people_and_keys_go(cast, metric):
    key = make_key(cast.workspace, name="Nightly")
    record(metric, by=cast.sales, verb="edited")
    record(metric, by=key, verb="edited")
    cast.sales.delete()
    key.delete()

    assert [(row.actor, row.key, row.actor_name) for row in activity_of(metric)] == [
        (None, None, "Nightly"),
        (None, None, "Sales Editor"),
    ]


def test_sentences_by_kind_and_verb(cast, metric, words):
    register_sentence("metric", "recounted", lambda after: "%(who)s counted anew" + (", twice" if after["n"] else ""))
    register_sentence("metric", "removed", "%(who)s threw %(thing)s away: %(reason)s")
    told = [
        sentence(record(metric, by=cast.sales, verb=verb, after=after))
        for verb, after in [
            ("created", None),
            ("removed", {"reason": "50 % wrong"}),
            ("recounted", {"n": 2}),
            ("frobbed", None),
        ]
    ]
    assert told == [
        "Sales Editor added “Set-up finished”.",
        "Sales Editor threw Set-up finished away: 50 % wrong",
        "Sales Editor counted anew, twice",
        "Sales Editor worked on “Set-up finished”.",
    ]


def test_differences_in_the_fields_own_words(cast, metric, words):
    register_fields(
        "metric",
        {"name": "name", "kind": "kind", "target": "target", "tags": "tags"},
        {"kind": {"share": "Share", "mean": "Mean"}, "target": lambda value: f"{value:.0%}"},
    )
    before = {"name": "", "kind": "share", "target": 0.5, "tags": ["a"], "secret": 1, "same": 1}
    after = {"name": "x" * 200, "kind": "mean", "target": 0, "tags": ["a", "b"], "secret": 2}
    lines = differences(record(metric, by=None, verb="edited", before=before, after=after))

    assert lines == [
        f"name: nothing → {'x' * 79}…",
        "kind: Share → Mean",
        "target: 50% → 0%",
        "tags: a → a; b",
    ]
    assert differences(record(metric, by=None, verb="created", after=after)) == []


def test_metrics_tell_what_was_done_to_them(cast):
    metric = create_metric(by=cast.sales, name="Set-up finished", kind="share", direction="up", owner=cast.sales)
    edit_metric(by=cast.product, metric=metric, target=0.6, owner=cast.product, name="Set-up finished")

    edited, created = activity_of(metric)
    assert (created.verb, created.actor, created.version) == ("created", cast.sales, 1)
    assert (edited.verb, edited.actor, edited.version) == ("edited", cast.product, 2)
    assert differences(edited) == ["target: nothing → 60\u00a0%", "owner: Sales Editor → Product Editor"]
    with translation.override("cs"):
        assert differences(edited)
