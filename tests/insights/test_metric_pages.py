import datetime

import pytest
from django.contrib.messages import get_messages
from django.utils import timezone

from insights.models import Metric, Reading
from insights.services.metrics import create_metric, edit_metric, remove_metric
from insights.services.readings import record_reading
from journeys.services.stages import edit_stage
from tests.factories import make_map, make_metric, stage_of

HTMX = {"HX-Request": "true"}
NEW = {"name": "NPS", "kind": "score", "direction": "up", "definition": "", "unit": "", "target": "", "owner": ""}


def at(path: str = "", workspace: str = "here") -> str:
    return f"/w/{workspace}/metrics/{path}"


def record_year(metric, readings: int = 12) -> None:
    today = timezone.localdate()
    Reading.objects.bulk_create(
        Reading(metric=metric, date=today - datetime.timedelta(days=30 * number), value=0.4 + number / 100, n=100)
        for number in range(readings)
    )


def said(response) -> list[str]:
    return [str(message) for message in get_messages(response.wsgi_request)]


def undo_of(response) -> str:
    return next(message.extra_tags for message in get_messages(response.wsgi_request))


def test_list(client_of, cast, share):
    record_year(share)
    make_metric(cast.elsewhere, "Secret number")
    page = client_of(cast.viewer).get(at())
    assert page.status_code == 200
    assert [row.metric for row in page.context["rows"]] == [share]
    for text in ["Set-up finished", "40\u00a0%", "n 100", "worse", "60\u00a0%", "<polyline"]:
        assert text in page.text
    assert "Secret number" not in page.text


def test_list_takes_the_same_queries_for_one_and_many(client_of, cast, share, django_assert_num_queries):
    record_year(share)
    client = client_of(cast.product)
    client.get(at())  # the first page is noted in the session
    with django_assert_num_queries(6):  # session, person, membership; number of metrics, metrics, readings
        client.get(at())
    for number in range(30):
        record_year(create_metric(by=cast.product, name=f"Metric {number}", kind="share", owner=cast.sales), 24)
    with django_assert_num_queries(6):
        client.get(at())


def test_list_is_filtered_by_the_address(client_of, cast, share, count):
    client = client_of(cast.viewer)
    assert [row.metric for row in client.get(at("?q=set-up")).context["rows"]] == [share]
    assert [row.metric for row in client.get(at("?kind=count")).context["rows"]] == [count]
    nothing = client.get(at("?q=nothing"))
    assert "No metric fits this filter" in nothing.text


@pytest.mark.parametrize("query", ["?kind=percentage", "?q=%00", "?page=9999", "?page=x", "?q=" + "x" * 5000])
def test_list_with_a_wrong_filter_is_still_a_page(client_of, cast, share, query):
    assert client_of(cast.viewer).get(at(query)).status_code == 200


def test_list_for_htmx_is_the_list_alone(client_of, cast, share):
    page = client_of(cast.viewer).get(at("?q=set"), headers=HTMX)
    assert page.text.strip().startswith('<div class="stack" id="metric-list">')


def test_empty_list_teaches_the_next_step(client_of, cast):
    assert "Define the first metric" in client_of(cast.product).get(at()).text
    assert "metrics/new/" not in client_of(cast.viewer).get(at()).text


def test_page(client_of, cast, share, django_assert_num_queries):
    record_year(share)
    client = client_of(cast.product)
    client.get(at())  # the first page is noted in the session
    with django_assert_num_queries(7):  # session, person, membership; metric; year; number of readings, readings
        page = client.get(at(f"{share.pk}/"))
    assert page.status_code == 200
    for text in ["Set-up finished", "Higher is better", "Record a reading", "<caption>", 'class="target"']:
        assert text in page.text
    assert f'hx-get="/w/here/metrics/{share.pk}/uses/"' in page.text


def test_page_of_a_viewer_has_nothing_to_write_with(client_of, cast, share):
    record_year(share)
    page = client_of(cast.viewer).get(at(f"{share.pk}/"))
    assert "Record a reading" not in page.text
    assert "Remove" not in page.text


def test_uses(client_of, cast, share):
    journey = make_map(cast.owner, title="Trial")
    edit_stage(by=cast.owner, stage=stage_of(journey), seen=None, metric=share)
    for headers in [{}, HTMX]:
        page = client_of(cast.viewer).get(at(f"{share.pk}/uses/"), headers=headers)
        assert page.status_code == 200
        assert "Trial" in page.text
    assert client_of(cast.stranger).get(at(f"{share.pk}/uses/")).status_code == 404


def test_define(client_of, cast):
    client = client_of(cast.sales)
    assert client.get(at("new/")).status_code == 200
    answer = client.post(at("new/"), NEW | {"kind": "share", "target": "60 %", "owner": cast.sales.pk})
    metric = Metric.objects.get()
    assert answer.url == at(f"{metric.pk}/")
    assert (metric.name, metric.target, metric.owner, metric.workspace) == ("NPS", 0.6, cast.sales, cast.workspace)


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"name": ""}, "required"),
        ({"name": "x" * 121}, "at most 120"),
        ({"name": "nps\x00"}, "Null characters"),
        ({"name": "SET-UP FINISHED"}, "already a metric with this name"),
        ({"kind": "share", "target": "60"}, "Write it as 60 % or 0.48".replace("60", "48")),
        ({"target": "many"}, "is not a number"),
        ({"kind": "duration"}, "A duration needs its unit"),
        ({"kind": "percentage"}, "Select a valid choice"),
        ({"owner": "999999"}, "Select a valid choice"),
    ],
)
def test_define_with_bad_input_keeps_what_was_typed(client_of, cast, share, given, says):
    answer = client_of(cast.sales).post(at("new/"), NEW | {"definition": "Typed text"} | given)
    assert answer.status_code == 422
    assert says in answer.text
    assert "Typed text" in answer.text
    assert Metric.objects.count() == 1


def test_owner_of_another_workspace_is_no_choice(client_of, cast):
    answer = client_of(cast.sales).post(at("new/"), NEW | {"owner": cast.stranger.pk})
    assert answer.status_code == 422
    assert "Stan Stranger" not in client_of(cast.sales).get(at("new/")).text


def test_html_is_shown_as_text(client_of, cast):
    nasty = "<script>alert(1)</script>"
    metric = create_metric(
        by=cast.sales, name=nasty, kind="mean", unit="<b>", definition=nasty + "\u202eא" + "x" * 1500
    )
    client = client_of(cast.sales)
    for path in [at(), at(f"{metric.pk}/"), at(f"{metric.pk}/edit/"), at(f"{metric.pk}/import/")]:
        page = client.get(path)
        assert "<script>alert" not in page.text
        assert "&lt;script&gt;alert" in page.text


def test_edit(client_of, cast, share):
    client = client_of(cast.sales)
    page = client.get(at(f"{share.pk}/edit/"))
    assert 'value="60 %"' in page.text
    answer = client.post(at(f"{share.pk}/edit/"), NEW | {"seen": 1, "kind": "share", "target": "65 %"})
    assert answer.url == at(f"{share.pk}/")
    share.refresh_from_db()
    assert (share.name, share.target, share.version) == ("NPS", 0.65, 2)


def test_edit_that_is_stale_shows_both_texts_and_keeps_mine(client_of, cast, share):
    edit_metric(by=cast.product, metric=share, seen=1, name="Their name", target=0.7)
    client = client_of(cast.sales)
    mine = NEW | {"kind": "share", "seen": 1, "name": "My name", "target": "60 %"}
    answer = client.post(at(f"{share.pk}/edit/"), mine)
    assert answer.status_code == 409
    for text in ["Their name", 'value="My name"', "70 %", "Save mine", 'name="seen" value="2"']:
        assert text in answer.text
    share.refresh_from_db()
    assert share.name == "Their name"
    assert client.post(at(f"{share.pk}/edit/"), mine | {"seen": 2}).status_code == 302
    share.refresh_from_db()
    assert share.name == "My name"


def test_remove_and_undo(client_of, cast, share):
    client = client_of(cast.sales)
    answer = client.post(at(f"{share.pk}/remove/"))
    assert answer.url == at()
    assert client.get(at(f"{share.pk}/")).status_code == 404
    assert client.post(undo_of(answer)).url == at(f"{share.pk}/")
    assert client.get(at(f"{share.pk}/")).status_code == 200


def test_remove_while_used_says_where(client_of, cast, share):
    edit_stage(by=cast.owner, stage=stage_of(make_map(cast.owner)), seen=None, metric=share)
    answer = client_of(cast.sales).post(at(f"{share.pk}/remove/"))
    assert "still used: stage “Try”" in said(answer)[0]
    share.refresh_from_db()
    assert share.removed_at is None


def test_restore_when_the_name_is_given_away(client_of, cast, share):
    remove_metric(by=cast.sales, metric=share)
    make_metric(cast.workspace, "Set-up finished")
    assert "already" in said(client_of(cast.sales).post(at(f"{share.pk}/restore/")))[0]


@pytest.fixture
def pages(cast, share, yesterday) -> dict[str, tuple[str, bool]]:
    """Every page of metrics with its only methods, and whether a viewer may."""
    reading = record_reading(by=cast.sales, metric=share, date=yesterday, value=0.5)
    here = f"{share.pk}/"
    return {
        at(): ("get", True),
        at(here): ("get", True),
        at(here + "uses/"): ("get", True),
        at(here + "readings.csv"): ("get", True),
        at("new/"): ("get post", False),
        at("import/"): ("get post", False),
        at(here + "edit/"): ("get post", False),
        at(here + "import/"): ("get post", False),
        at(here + "remove/"): ("post", False),
        at(here + "restore/"): ("post", False),
        at(here + "readings/"): ("post", False),
        at(here + f"readings/{reading.pk}/"): ("get post", False),
        at(here + f"readings/{reading.pk}/delete/"): ("post", False),
        at(here + "readings/restore/token/"): ("post", False),
    }


def test_strangers_find_nothing(client_of, cast, pages, client):
    stranger = client_of(cast.stranger)
    for path, (methods, _viewer) in pages.items():
        for method in methods.split():
            assert getattr(stranger, method)(path).status_code == 404, path
            assert getattr(client, method)(path).status_code == 302, path


def test_things_of_another_workspace_are_not_found_under_ones_own(client_of, cast, pages):
    stranger = client_of(cast.stranger)
    for path, (methods, _viewer) in pages.items():
        if path not in (at(), at("new/"), at("import/")):
            for method in methods.split():
                assert getattr(stranger, method)(path.replace("here", "elsewhere")).status_code == 404, path


def test_viewers_read_and_do_not_write(client_of, cast, pages):
    viewer = client_of(cast.viewer)
    before = Metric.objects.values_list("version").get(), Reading.objects.count()
    for path, (methods, may) in pages.items():
        for method in methods.split():
            assert getattr(viewer, method)(path).status_code == (200 if may else 403), path
    assert before == (Metric.objects.values_list("version").get(), Reading.objects.count())


def test_wrong_methods(client_of, cast, pages):
    owner = client_of(cast.owner)
    for path, (methods, _viewer) in pages.items():
        for method in {"get", "post", "put", "delete"} - set(methods.split()):
            assert getattr(owner, method)(path).status_code == 405, path
