"""The discussion of a thing as a page and as a part of one, the list behind an @, and what was done to a thing."""

import pytest
from django.contrib.messages import get_messages

from insights.services.metrics import edit_metric, remove_metric
from teams.models import Comment
from teams.services.activity import record
from teams.services.comments import add_comment, delete_comment, edit_comment, resolve_thread
from teams.templatetags.telling import said
from tests.factories import make_member, make_metric

HTMX = {"HX-Request": "true"}


@pytest.fixture
def metric(cast):
    return make_metric(cast.workspace, "Set-up finished", owner=cast.sales)


@pytest.fixture
def thread(cast, metric):
    return add_comment(by=cast.viewer, thing=metric, text="Why so low?")


def at(metric, query: str = "") -> str:
    return f"/w/here/discussion/metric/{metric.pk}/{query}"


def of(comment, what: str) -> str:
    return f"/w/here/comments/{comment.pk}/{what}/"


def toasts(answer) -> list[tuple[str, str]]:
    return [(str(message), message.extra_tags) for message in get_messages(answer.wsgi_request)]


def test_discussion_takes_the_same_queries_for_few_and_many(cast, client_of, metric, thread, django_assert_num_queries):
    client = client_of(cast.product)
    add_comment(by=cast.sales, thing=metric, text="@Olga Owner!", parent=thread)
    client.get(at(metric))  # the first page is noted in the session
    # session, person, membership; metric; threads, whom they name; answers, whom they name
    with django_assert_num_queries(8):
        page = client.get(at(metric))
    assert [comment.text for comment in page.context["threads"]] == ["Why so low?"]
    for number in range(25):
        comment = add_comment(by=cast.sales, thing=metric, text=f"Thread {number}, @Adam Admin")
        for answer in range(3):
            add_comment(by=cast.product, thing=metric, text=f"Answer {answer}", parent=comment)
    with django_assert_num_queries(8):
        page = client.get(at(metric))
    assert page.context["threads"].object_list[0].text == "Thread 24, @Adam Admin"
    assert f'href="{at(metric, "?page=2")}"' in page.text
    assert "Why so low?" in client.get(at(metric, "?page=2")).text
    found = client.get(at(metric, f"?comment={thread.pk}"))
    assert (found.context["threads"].number, found.context["wanted"]) == (2, thread)


def test_comment_without_scripts_is_added_and_in_view(cast, client_of, metric):
    client = client_of(cast.viewer)
    assert "Nobody has said anything yet" in client.get(at(metric)).text
    answer = client.post(at(metric), {"text": "Ask @Olga Owner & <b>her</b> https://example.com/?a=1&b=2"})
    comment = Comment.objects.get()
    assert (answer.status_code, answer.url) == (302, f"{at(metric)}?comment={comment.pk}#comment-{comment.pk}")
    assert toasts(answer) == [("Added. Olga Owner will hear of it.", "")]
    page = client.get(answer.url)
    assert '<b class="mention">@Olga Owner</b> &amp; &lt;b&gt;her&lt;/b&gt;' in page.text
    assert 'href="https://example.com/?a=1&amp;b=2" rel="nofollow"' in page.text


def test_answer_for_htmx_is_the_discussion_alone(cast, client_of, metric, thread):
    client = client_of(cast.product)
    page = client.post(at(metric), {"text": "Since Monday", "parent": thread.pk}, headers=HTMX)
    assert page.status_code == 200
    assert page.text.strip().startswith('<section class="section discussion" id="discussion"')
    assert [reply.text for reply in page.context["threads"].object_list[0].replies] == ["Since Monday"]


@pytest.mark.parametrize("data", [{"text": ""}, {"text": "x" * 6000}, {"text": "@Twin"}, {"text": "a\x00b"}])
def test_wrong_text_is_named_and_kept(cast, client_of, metric, thread, data):
    for email in ["one@here.example", "two@here.example"]:
        make_member(cast.workspace, name="Twin", email=email)
    for parent in ["", str(thread.pk)]:
        page = client_of(cast.viewer).post(at(metric), data | {"parent": parent}, headers=HTMX)
        assert page.status_code == 422
        shown = page.context["threads"].object_list[0]
        form = shown.answer_form if parent else page.context["form"]
        assert list(form.errors) == ["text"]
        assert form["text"].value() == data["text"]
        assert shown.answering == bool(parent)


def test_answer_to_what_is_gone_keeps_the_text(cast, client_of, metric, thread):
    answer = add_comment(by=cast.viewer, thing=metric, text="Since Monday", parent=thread)
    delete_comment(by=cast.viewer, comment=thread)
    elsewhere = add_comment(by=cast.viewer, thing=make_metric(cast.workspace), text="x")
    for parent in [thread.pk, elsewhere.pk, 999999, "9" * 30, "x", -1]:
        page = client_of(cast.sales).post(at(metric), {"text": "Long words", "parent": parent})
        assert page.status_code == 422
        assert page.context["form"]["text"].value() == "Long words"
        assert "begin a new discussion" in page.text
    refused = client_of(cast.sales).post(at(metric), {"text": "Long words", "parent": answer.pk})
    assert (refused.status_code, "Long words" in refused.text) == (422, True)
    assert Comment.objects.count() == 3


def test_edit_in_place_and_both_texts_when_it_was_edited_meanwhile(cast, client_of, metric, thread):
    client = client_of(cast.viewer)
    assert f'id="edit-{thread.pk}-text"' in client.get(of(thread, "edit"), headers=HTMX).text
    edit_comment(by=cast.viewer, comment=thread, thing=metric, text="Why so high?")

    page = client.post(of(thread, "edit"), {"text": "Why so slow?", "seen": 1})
    assert page.status_code == 409
    assert "Why so high?" in page.text
    assert "Why so slow?" in page.text
    again = client.post(of(thread, "edit"), {"text": "Why so slow?", "seen": 2})
    thread.refresh_from_db()
    assert (again.status_code, thread.text, thread.version) == (302, "Why so slow?", 3)
    assert client.post(of(thread, "edit"), {"text": "", "seen": 3}).status_code == 422
    assert client_of(cast.owner).post(of(thread, "edit"), {"text": "x"}).status_code == 403


def test_deleted_comment_comes_back_by_undo(cast, client_of, metric, thread):
    client = client_of(cast.viewer)
    answer = client.post(of(thread, "delete"), headers=HTMX)
    assert "Why so low?" not in answer.text
    [(_said, undo)] = toasts(answer)
    assert (undo, client.post(of(thread, "delete")).status_code) == (of(thread, "restore"), 404)
    assert client.post(undo).url.endswith(f"#comment-{thread.pk}")
    assert "Why so low?" in client.get(at(metric)).text


def test_deleted_thread_stays_while_it_has_answers(cast, client_of, metric, thread):
    answer = add_comment(by=cast.sales, thing=metric, text="Since Monday", parent=thread)
    delete_comment(by=cast.viewer, comment=thread)
    page = client_of(cast.viewer).get(at(metric)).text
    assert "This comment has been deleted." in page
    assert "Since Monday" in page
    assert "Why so low?" not in page
    delete_comment(by=cast.sales, comment=answer)
    assert "Nobody has said anything yet" in client_of(cast.viewer).get(at(metric)).text


def test_buttons_are_for_those_who_may(cast, client_of, metric, thread):
    def offered(member) -> list[bool]:
        page = client_of(member).get(at(metric)).text
        return [of(thread, what) in page for what in ["edit", "delete", "resolve"]]

    assert offered(cast.viewer) == [True, True, True]
    assert offered(cast.product) == [False, False, True]
    assert offered(cast.admin) == [False, True, True]
    add_comment(by=cast.product, thing=metric, text="Another")
    assert of(Comment.objects.latest("pk"), "resolve") not in client_of(cast.viewer).get(at(metric)).text


def test_resolve_and_open_again(cast, client_of, metric, thread):
    client = client_of(cast.product)
    page = client.post(of(thread, "resolve"), headers=HTMX)
    assert "Resolved by Product Editor" in page.text
    assert of(thread, "reopen") in page.text
    assert client.post(of(thread, "reopen")).status_code == 302
    answer = add_comment(by=cast.product, thing=metric, text="x", parent=thread)
    refused = client.post(of(answer, "resolve"))
    assert toasts(refused) == [("An answer is resolved with its thread.", "")]
    answer.refresh_from_db()
    assert answer.resolved_at is None


def test_discussion_of_what_is_not_there(cast, client_of, metric, thread):
    client = client_of(cast.owner)
    assert client.get("/w/here/discussion/unknown/1/").status_code == 404
    assert client.get(f"/w/here/activity/unknown/{metric.pk}/").status_code == 404
    remove_metric(by=cast.sales, metric=metric)
    for method, url in [("get", at(metric)), ("post", at(metric)), ("post", of(thread, "resolve"))]:
        assert getattr(client, method)(url).status_code == 404


def test_page_of_a_metric_asks_for_its_discussion_and_activity(cast, client_of, metric):
    page = client_of(cast.viewer).get(f"/w/here/metrics/{metric.pk}/").text
    assert f'hx-get="{at(metric)}"' in page
    assert f'hx-get="/w/here/activity/metric/{metric.pk}/"' in page


def test_names_behind_an_at(cast, client_of):
    make_member(cast.workspace, name="Olga Owner", email="second@here.example")
    client = client_of(cast.sales)

    def offered(text: str) -> list[str]:
        page = client.get("/w/here/members/names/", {"q": text})
        return [part.split('"')[0] for part in page.text.split('data-insert="')[1:]]

    assert offered("vera v") == offered("view") == ["@Vera Viewer"]
    assert offered("olga") == ["@owner@here.example", "@second@here.example"]
    assert offered("sales") == offered("stan") == offered("a\x00\x00xyz") == []
    assert len(offered("")) == 7


def test_text_is_shown_as_text(cast, metric):
    comment = add_comment(by=cast.sales, thing=metric, text="<script>1</script>\n\n@Vera Viewer\nwww.example.com")
    assert said(comment, cast.viewer.pk) == (
        "<p>&lt;script&gt;1&lt;/script&gt;</p>\n\n"
        '<p><b class="mention me">@Vera Viewer</b><br>'
        '<a href="http://www.example.com" rel="nofollow">www.example.com</a></p>'
    )


def test_what_was_done_is_told_in_pages(cast, client_of, metric, django_assert_num_queries):
    client = client_of(cast.viewer)
    url = f"/w/here/activity/metric/{metric.pk}/"
    assert "Nothing yet" in client.get(url).text
    edit_metric(by=cast.sales, metric=metric, target=0.5)
    with django_assert_num_queries(5):  # session, person, membership; metric; rows
        page = client.get(url).text
    assert "Sales Editor changed “Set-up finished”." in page
    assert "target: nothing → 50\u00a0%" in page
    for _number in range(20):
        record(metric, by=cast.owner, verb="edited")
    with django_assert_num_queries(5):
        rows = client.get(url).context["rows"]
    older = client.get(f"{url}?before={rows[-1].pk}", headers=HTMX)
    assert "<ol" not in older.text
    assert [row.actor_name for row in older.context["rows"]] == ["Sales Editor"]
    assert client.get(f"{url}?before=x").status_code == 200


def test_resolved_thread_opens_where_it_is_looked_for(cast, client_of, metric, thread):
    resolve_thread(by=cast.product, comment=thread, thing=metric)
    client = client_of(cast.viewer)
    assert '<details class="settled">' in client.get(at(metric)).text
    assert '<details class="settled" open>' in client.get(at(metric, f"?comment={thread.pk}")).text
