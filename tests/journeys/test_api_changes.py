import pytest

from teams.enums import Role
from tests.api import errors_of, program
from tests.factories import make_card, make_map

pytestmark = pytest.mark.django_db


@pytest.fixture
def caller(cast):
    return program(cast.workspace, Role.ADMIN)


@pytest.fixture
def journey(cast):
    return make_map(cast.owner)


def test_changes_come_in_order_with_what_differs(cast, caller, journey):
    card = make_card(cast.owner, journey, title="Here")
    before = caller.get(f"maps/{journey.pk}/").json()["revision"]
    caller.patch(f"cards/{card.pk}/", {"title": "There"})
    answer = caller.get(f"maps/{journey.pk}/changes/?after={before}").json()
    (change,) = answer["results"]
    at = change.pop("at")
    assert at.startswith("20")
    assert change == {
        "revision": before + 1,
        "actor": "Program",
        "verb": "edited",
        "target": {"kind": "card", "id": card.uid, "label": "There"},
        "before": {"title": "Here"},
        "after": {"title": "There"},
    }
    assert answer["next_after"] == before + 1


def test_changes_can_be_followed_without_missing_one(caller, journey):
    seen, after = [], 0
    while results := (page := caller.get(f"maps/{journey.pk}/changes/?limit=2&after={after}").json())["results"]:
        assert len(results) <= 2
        seen += [change["revision"] for change in results]
        after = page["next_after"]
    assert seen == [*range(1, 7)]
    assert page["next_after"] == 6


@pytest.mark.parametrize(
    "query", ["after=-1", "after=x", "after=" + "9" * 30, "limit=0", "limit=501", "since=1", "limit="]
)
def test_changes_asked_for_with_nonsense(caller, journey, query):
    answer = caller.get(f"maps/{journey.pk}/changes/?{query}")
    assert errors_of(answer).keys() == {query.split("=")[0]}


def test_changes_of_strangers_are_not_found(cast, caller):
    assert caller.get(f"maps/{make_map(cast.stranger).pk}/changes/").status_code == 404


def test_changes_ask_as_much_of_the_database_for_many(caller, journey, django_assert_num_queries):
    with django_assert_num_queries(3):  # the key, the map, its changes
        caller.get(f"maps/{journey.pk}/changes/")
