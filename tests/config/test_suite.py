"""No test goes missing: pytest-xdist would run two tests of one name once."""

from types import SimpleNamespace

import pytest
from _pytest.nodeid import NodeId

from conftest import name_apart


class Item(SimpleNamespace):
    @property
    def id(self):
        return self._id

    @property
    def nodeid(self):
        return str(self._id)


def item(name: str) -> Item:
    return Item(name=name, _id=NodeId.parse("test_x.py::test_a"))


def test_tests_with_a_label_of_their_own_are_told_apart():
    items = [item("test_a[GET /maps/]"), item("test_a[POST /maps/]")]

    name_apart(items)

    assert [one.nodeid for one in items] == ["test_x.py::test_a[GET /maps/]", "test_x.py::test_a[POST /maps/]"]


def test_tests_of_one_name_are_refused():
    with pytest.raises(pytest.UsageError, match=r"not told apart by their names: test_x\.py::test_a"):
        name_apart([item("test_a"), item("test_a")])
