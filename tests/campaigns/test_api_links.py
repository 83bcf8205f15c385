"""Links and their rules for programs."""

import pytest

from campaigns.models import Link
from campaigns.services.link_rules import furnish
from teams.enums import Role
from tests.api import errors_of, program
from tests.factories import make_link

GOOD = {"utm_source": "mail", "utm_medium": "email", "utm_campaign": "spring-sale"}


@pytest.fixture
def caller(cast):
    furnish(cast.workspace.pk)
    return program(cast.workspace, Role.EDITOR)


@pytest.fixture
def admin(cast):
    return program(cast.workspace, Role.ADMIN)


def test_link_is_built_read_and_archived(cast, caller):
    body = {"url": "https://shop.example/sale?color=red", "parameters": GOOD}
    added = caller.post("links/", body)
    assert added.status_code == 201
    link = added.json()
    assert link.pop("built_at").startswith("20")
    assert link == {
        "id": Link.objects.get().pk,
        "url": "https://shop.example/sale?color=red&utm_source=mail&utm_medium=email&utm_campaign=spring-sale",
        "destination": "https://shop.example/sale?color=red",
        "parameters": GOOD,
        "replaces": None,
        "built_by": None,
        "built_by_name": "Program",
        "archived_at": None,
        "version": 1,
    }
    address = added["Location"].removeprefix("/api/v1/")
    assert caller.get(address)["ETag"] == added["ETag"]
    again = caller.post("links/", {"url": link["url"]})
    assert (again.status_code, again.json()["id"], again["Location"]) == (200, link["id"], added["Location"])
    new = caller.post("links/", body | {"url": "https://shop.example/new", "replaces": link["id"]})
    assert new.json()["replaces"] == link["id"]
    assert caller.delete(address, seen=added["ETag"]).status_code == 204
    assert [found["id"] for found in caller.get("links/").json()["results"]] == [new.json()["id"]]
    (archived,) = caller.get("links/?archived=true").json()["results"]
    assert (archived["id"], archived["version"]) == (link["id"], 2)
    assert caller.get(address).json()["archived_at"] == archived["archived_at"] is not None


def test_link_that_breaks_rules_is_refused_with_the_rule_and_a_proposal(cast, caller):
    said = {"utm_source": "My Mail", "utm_medium": "", "cid": "7", "utm_campaign": "spring"}
    answer = caller.post("links/", {"url": "http://shop.example", "parameters": said})
    assert answer.status_code == 400
    assert [(error["field"], error["code"], error["detail"]) for error in answer.json()["errors"]] == [
        ("url", "https", "Links lead to https:// addresses only. Write “https://shop.example/”."),
        ("parameters.cid", "unknown", "There is no rule for “cid”, so it is no tracking parameter here."),
        ("parameters.utm_source", "lowercase", "Small letters only. Write “my-mail”."),
        ("parameters.utm_medium", "required", "utm_medium is required."),
    ]
    foreign = make_link(cast.stranger)
    for body, field in [
        ({"parameters": GOOD}, "url"),
        ({"url": 5}, "url"),
        ({"url": "https://shop.example/" + "x" * 2000}, "url"),
        ({"url": "https://shop.example/", "parameters": {"utm_source": 5}}, "parameters.utm_source"),
        ({"url": "https://shop.example/", "parameters": ["a"]}, "parameters"),
        ({"url": "https://shop.example/", "parameters": GOOD, "replaces": foreign.pk}, "replaces"),
        ({"url": "https://shop.example/", "parameters": GOOD, "built_by": 1}, "built_by"),
    ]:
        answer = caller.post("links/", body)
        assert (body, answer.status_code, field in errors_of(answer)) == (body, 400, True)
    assert not Link.objects.filter(workspace=cast.workspace).exists()


def test_links_are_found_and_filtered_newest_first(cast, caller, django_assert_num_queries):
    one = make_link(cast.sales, source="radio", campaign="boots")
    two = make_link(cast.marketing, campaign="shoes")
    make_link(cast.stranger, campaign="boots")

    def ids(query: str) -> list[int]:
        return [link["id"] for link in caller.get(f"links/?{query}").json()["results"]]

    expected = {
        "": [two.pk, one.pk],
        "source=radio": [one.pk],
        "medium=email&campaign=shoes": [two.pk],
        f"built_by={cast.sales.pk}": [one.pk],
        f"built_by={cast.stranger.pk}": [],
        "q=shop+boo": [one.pk],
        "archived=true": [],
        "archived=false": [two.pk, one.pk],
    }
    assert {query: ids(query) for query in expected} == expected
    assert {caller.get(f"links/?{query}").status_code for query in ["archived=no", "person=1", "replaces=x"]} == {400}
    for _ in range(10):
        make_link(cast.sales)
    with django_assert_num_queries(2):  # the key, the links
        caller.get("links/")


def test_check_answers_what_the_builder_says_and_keeps_nothing(cast, caller):
    viewer = program(cast.workspace, Role.VIEWER)
    answer = viewer.post("links/check/", {"url": "https://shop.example/?utm_source=Mail", "parameters": {}})
    assert (answer.status_code, answer.json()) == (
        200,
        {
            "ok": False,
            "url": "",
            "destination": "https://shop.example/",
            "parameters": {"utm_source": "Mail"},
            "problems": [
                {
                    "rule": "lowercase",
                    "parameter": "utm_source",
                    "value": "Mail",
                    "detail": "Small letters only.",
                    "proposal": "mail",
                },
                *(
                    {
                        "rule": "required",
                        "parameter": name,
                        "value": "",
                        "detail": f"{name} is required.",
                        "proposal": None,
                    }
                    for name in ["utm_medium", "utm_campaign"]
                ),
            ],
            "proposal": "",
        },
    )
    right = caller.post("links/check/", {"url": "https://shop.example/", "parameters": GOOD}).json()
    assert (right["ok"], right["problems"], right["proposal"]) == (True, [], "")
    assert right["url"] == "https://shop.example/?utm_source=mail&utm_medium=email&utm_campaign=spring-sale"
    mended = caller.post("links/check/", {"url": "shop.example", "parameters": GOOD | {"utm_term": "A B"}}).json()
    assert mended["proposal"] == right["url"] + "&utm_term=a-b"
    for body in [{}, {"url": None}, {"url": "https://shop.example", "rules": {}}, {"url": "", "parameters": {"a": 1}}]:
        assert (body, caller.post("links/check/", body).status_code) == (body, 400)
    assert not Link.objects.exists()


def test_rules_are_read_by_editors_and_kept_by_administrators(cast, caller, admin):
    rules = caller.get("link-rules/").json()["results"]
    assert [(rule["parameter"], rule["required"]) for rule in rules][:4] == [
        ("utm_source", True),
        ("utm_medium", True),
        ("utm_campaign", True),
        ("utm_id", False),
    ]
    body = {"parameter": "cid", "allowed": ["a", "b"], "blocked": ["test*"], "separator": "keep", "longest": 20}
    assert caller.post("link-rules/", body).status_code == 403
    added = admin.post("link-rules/", body)
    assert added.status_code == 201
    assert added.json() == body | {"id": added.json()["id"], "required": False, "lowercase": True, "version": 1}
    address = added["Location"].removeprefix("/api/v1/")
    changed = admin.patch(address, {"allowed": [], "required": True}, seen=added["ETag"])
    assert (changed.json()["allowed"], changed.json()["required"], changed.json()["version"]) == ([], True, 2)
    assert admin.patch(address, {"longest": 5}, seen=added["ETag"]).status_code == 412
    assert admin.delete(address, seen=changed["ETag"]).status_code == 204
    assert caller.get(address).status_code == 404
    for body, field in [
        ({"parameter": "utm_id"}, "parameter"),
        ({"parameter": "a b"}, "parameter"),
        ({"parameter": "x", "longest": 0}, "longest"),
        ({"parameter": "x", "longest": "9"}, "longest"),
        ({"parameter": "x", "separator": "/"}, "separator"),
        ({"parameter": "x", "allowed": ["a" * 201]}, "allowed"),
        ({"parameter": "x", "allowed": "a"}, "allowed"),
        ({"parameter": "x", "blocked": ["a\nb"]}, "blocked.0"),
    ]:
        answer = admin.post("link-rules/", body)
        assert (body, answer.status_code, field in errors_of(answer)) == (body, 400, True)


def test_rules_of_a_workspace_are_there_for_the_first_who_asks(cast):
    assert len(program(cast.workspace).get("link-rules/").json()["results"]) == 6


def test_destinations_are_one_object(cast, caller, admin):
    seen = caller.get("link-destinations/")
    assert seen.json() == {"https": True, "allowed_hosts": [], "blocked_hosts": [], "version": 1}
    assert caller.patch("link-destinations/", {"https": False}).status_code == 403
    changed = admin.patch("link-destinations/", {"allowed_hosts": ["Shop.example"]}, seen=seen["ETag"])
    assert changed.json() == {"https": True, "allowed_hosts": ["shop.example"], "blocked_hosts": [], "version": 2}
    assert admin.patch("link-destinations/", {"https": False}, seen=seen["ETag"]).status_code == 412
    assert "blocked_hosts" in errors_of(admin.patch("link-destinations/", {"blocked_hosts": ["a b"]}))
