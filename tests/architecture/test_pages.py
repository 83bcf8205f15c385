"""Every page of a workspace, also the one that somebody adds tomorrow: visitor, stranger, viewer, wrong method, ids.

Each test walks all pages and names those that are wrong.
"""

from collections.abc import Iterable

import pytest
from django.db import transaction
from django.test import Client

from teams.permissions import Permission, can
from tests.architecture.addresses import Address, Things, addresses, make_things, pages
from tests.cast import Cast, make_cast

pytestmark = pytest.mark.django_db

OUTSIDE = {
    "accounts/": "allauth's pages, about the person alone; it asks for the sign-in where one is needed",
    "admin/": "Django's admin site, for staff of the site",
    "api/": "keys and workspaces of its own; tests/config/test_api_guard.py walks it",
    "favicon.ico": "a fixed redirect to a static file",
    "": "home: leads to the person's own workspace",
    "workspaces/": "the person's own workspaces",
    "workspaces/new/": "anybody who is signed in may found a workspace",
    "profile/": "the person's own settings",
    "invitations/<str:token>/": "the token of the mail is the way in",
    "calendar/<str:token>.ics": "a feed: the token is the way in, for calendar programs",
    "shared/calendar/<str:token>/": "a shared view of the calendar: the token is the way in, and it shows nothing else",
}
FOLDERS = ("accounts/", "admin/", "api/")
OPEN_TO_VISITORS = {
    "invitations/<str:token>/",
    "calendar/<str:token>.ics",
    "shared/calendar/<str:token>/",
    "favicon.ico",
}
EVERY_METHOD = {"GET", "POST", "PUT", "PATCH", "DELETE"}

VIEWER_MAY_POST = {
    "campaigns:feeds": "everybody has feeds of their own",
    "campaigns:calendar_view_save": "everybody has views of their own",
    "teams:leave": "everybody may leave",
    "teams:undo": "what waits in one's own session; each kind asks for its right",
    "teams:discussion": "everybody may comment",
    "teams:inbox_mails": "everybody says when they want mails",
    "teams:inbox_read": "one's own; those of others are not found",
    "teams:inbox_unread": "one's own; those of others are not found",
    "teams:inbox_read_all": "one's own",
    "teams:inbox_read_none": "one's own",
}
NOTHING_THERE = {
    "campaigns:calendar_view_restore": "the view is not removed",
    "experiments:check_restore": "the point is not removed",
    "experiments:experiment_restore": "the experiment is not removed",
    "experiments:reason_restore": "the reason is not removed",
    "experiments:results_undo": "nobody has entered results",
    "journeys:persona_picture": "the persona has none",
    "journeys:persona_restore": "the persona is not removed",
    "journeys:channel_restore": "the token is forged",
    "journeys:scenario_restore": "nothing waits in the session",
    "campaigns:approval_rule_restore": "the rule is not removed",
    "campaigns:campaign_answer": "nobody has asked the owner",
    "campaigns:campaign_restore": "the campaign is not removed",
    "campaigns:task_restore": "the token is forged",
    "campaigns:link_rule_restore": "the rule is not removed",
    "campaigns:projection_restore": "the projection is not removed",
    "campaigns:policy_restore": "the policy is not removed",
    "campaigns:segment_restore": "the segment is not removed",
    "insights:metric_restore": "the metric is not removed",
    "insights:reading_restore": "the token is forged",
    "teams:undo": "nothing waits in the session",
    "teams:inbox_read_none": "no moment is named",
}
# What may stand in an address and be equal in two workspaces.
NO_IDS = {"day", "key", "kind", "name", "number", "revision", "slug", "token"}
PARTS_OF_A_MAP = {"maps/map_id", "cards/card_id", "stages/stage_id", "lanes/lane_id", "paths/path_id"}


@pytest.fixture(scope="module")
def cast(module_db) -> Cast:
    return make_cast()


@pytest.fixture(scope="module")
def things(cast) -> Things:
    """Made once: what a request wrote is taken back."""
    return make_things(cast.owner)


def status(client: Client, method: str, url: str) -> int:
    """The answer's status; what the request wrote is taken back."""
    with transaction.atomic():
        answer = client.generic(method, url, b"nothing=1", "application/x-www-form-urlencoded")
        transaction.set_rollback(True)
    return answer.status_code


def wrong(client: Client, calls: Iterable[tuple[str, str]], *expected: int) -> dict[tuple[str, str], int]:
    """The calls that are answered otherwise."""
    answers = {call: status(client, *call) for call in calls}
    assert answers, "there is something to try"
    return {call: answer for call, answer in answers.items() if answer not in expected}


def calls(things: Things, chosen: Iterable[Address], *methods: str) -> list[tuple[str, str]]:
    """The methods, or all that a page has, of each of the pages."""
    return [(method, things.url(page)) for page in chosen for method in sorted(methods or page.methods)]


def with_post() -> list[Address]:
    return [page for page in pages() if "POST" in page.methods]


def test_every_address_is_a_page_of_a_workspace_or_has_a_reason_not_to_be():
    others = [address.route for address in addresses() if address.door != "workspace"]
    folded = {next((folder for folder in FOLDERS if route.startswith(folder)), route) for route in others}

    assert folded == OUTSIDE.keys()


def test_pages_have_the_workspace_and_a_name():
    names = [page.name for page in pages()]

    assert len(names) > 60
    assert [name for name in names if names.count(name) > 1 or name.endswith("None")] == []
    assert [page.route for page in pages() if not page.route.startswith("w/<slug:workspace>/")] == []


def test_lists_of_exceptions_have_no_stale_entries():
    assert (VIEWER_MAY_POST | NOTHING_THERE).keys() <= {page.name for page in pages()}


def test_visitor_goes_to_the_sign_in(things):
    client = Client()
    for method, url in calls(things, pages(), *EVERY_METHOD):
        answer = client.generic(method, url)
        assert (answer.status_code, answer.headers.get("Location")) == (302, f"/accounts/login/?next={url}")


def test_stranger_finds_nothing(things, cast, client_of):
    assert wrong(client_of(cast.stranger), calls(things, pages(), *EVERY_METHOD), 404) == {}


def test_other_methods_are_refused(things, cast, client_of):
    tried = [call for page in pages() for call in calls(things, [page], *EVERY_METHOD - page.methods)]

    assert wrong(client_of(cast.owner), tried, 405) == {}


def test_options_are_answered_at_the_door(things, cast, client_of):
    """Django asks an OPTIONS request for no token against forgery, so no view may see one."""
    client = client_of(cast.owner)
    for page in pages():
        answer = client.options(things.url(page))
        assert (answer.status_code, answer.content) == (204, b"")
        assert set(answer.headers["Allow"].split(", ")) - {"HEAD", "OPTIONS"} == page.methods


def test_owner_gets_in(things, cast, client_of):
    """The objects fill the addresses: otherwise the 404 of the other tests would say nothing."""
    there = [page for page in pages() if page.name not in NOTHING_THERE]

    assert wrong(client_of(cast.owner), calls(things, there), 200, 201, 302, 422) == {}


def test_head_is_answered_like_get(things, cast, client_of):
    client = client_of(cast.owner)
    for page in pages():
        if "GET" in page.methods:
            url = things.url(page)
            assert (page.name, client.head(url).status_code) == (page.name, client.get(url).status_code)


def test_viewer_changes_nothing(things, cast, client_of):
    tried = [page for page in with_post() if page.name not in VIEWER_MAY_POST]

    assert wrong(client_of(cast.viewer), calls(things, tried, "POST"), 403) == {}


def test_viewer_sees_no_page_that_is_there_for_an_edit(things, cast, client_of):
    ends = ("_new", "_edit", "_move", "_delete", "_remove")
    forms = [page for page in with_post() if "GET" in page.methods and page.name.endswith(ends)]
    closed = [page for page in pages() if not can(cast.viewer, page.view.permission) and "GET" in page.methods]

    assert wrong(client_of(cast.viewer), calls(things, [*forms, *closed], "GET"), 403) == {}


def test_editor_without_a_part_changes_nothing(things, cast, client_of):
    """The map is its owner's, and no team has a part in its stages. A copy of it is another map."""
    in_the_map = [
        page
        for page in with_post()
        if PARTS_OF_A_MAP & set(page.kwargs) and page.view.permission != Permission.MAP_CREATE
    ]
    closed = [page for page in pages() if not can(cast.marketing, page.view.permission)]

    assert len(in_the_map) > 15
    assert wrong(client_of(cast.marketing), calls(things, in_the_map, "POST"), 403) == {}
    assert wrong(client_of(cast.marketing), calls(things, closed), 403) == {}


def test_things_of_another_workspace_are_not_found(things, cast, client_of):
    foreign = make_things(cast.stranger)
    tried = [
        (method, things.url(page, **{name: value}))
        for page in pages()
        for name, value in foreign.kwargs(page).items()
        for method in page.methods
        if name not in NO_IDS
    ]

    assert wrong(client_of(cast.owner), tried, 404) == {}


@pytest.mark.parametrize("number", [0, 2**31, 10**30])
def test_ids_that_nothing_has_are_not_found(things, cast, client_of, number):
    tried = [
        (method, things.url(page, **{name: number}))
        for page in pages()
        for name, value in things.kwargs(page).items()
        for method in page.methods
        if isinstance(value, int)
    ]

    assert wrong(client_of(cast.owner), tried, 404) == {}


@pytest.mark.parametrize("route", sorted(OUTSIDE.keys() - set(FOLDERS) - OPEN_TO_VISITORS))
def test_own_pages_ask_for_the_sign_in(db, route):
    answer = Client().get(f"/{route}")

    assert (answer.status_code, answer.headers["Location"]) == (302, f"/accounts/login/?next=/{route}")
