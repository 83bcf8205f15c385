"""Bad documents: each is refused with the place and a sentence, quickly, and nothing is written."""

import json
import time
from copy import deepcopy

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from journeys.documents.check import check_document
from journeys.documents.create import create_from_document
from journeys.documents.parse import MOST_BYTES, parse
from journeys.documents.problems import MOST_PROBLEMS, DocumentError, Problem, TooLarge, json_path
from journeys.models import Map
from tests.journeys.document_examples import example, furnish

DEEP = 100_000
NOT_DOCUMENTS = {
    "nothing": b"",
    "spaces": b"  \n ",
    "words": b"hello",
    "half": b'{"format": "throughline-map/1"',
    "deep arrays": b"[" * DEEP + b"]" * DEEP,
    "deep objects": b'{"a":' * DEEP + b"1" + b"}" * DEEP,
    "deep and open": b'[{"a":' * DEEP,
    "many quotes": b'["' + b'\\"' * 1_000_000,
    "NaN": b'{"share": NaN}',
    "infinity": b"[-Infinity]",
    "huge number": b"[1e999]",
    "long number": b"[" + b"9" * 100_000 + b"]",
    "duplicate keys": b'{"title": "a", "title": "b"}',
    "half a pair": b'["\\ud83d"]',
    "half a pair as key": b'{"\\udc00": 1}',
    "not UTF-8": b'{"title": "\xff\xfe"}',
    "UTF-16": '{"title": "a"}'.encode("utf-16"),
    "two documents": b"{} {}",
}


@pytest.mark.parametrize("content", NOT_DOCUMENTS.values(), ids=NOT_DOCUMENTS)
def test_what_is_not_json_is_refused_as_a_whole(content):
    started = time.process_time()
    with pytest.raises(DocumentError) as caught:
        parse(content)
    (problem,) = caught.value.problems
    assert problem.path == ""
    assert problem.reason.endswith(".")
    assert time.process_time() - started < 5


def test_fifty_megabytes_are_too_large():
    with pytest.raises(TooLarge) as caught:
        parse(b'"' + b"a" * (50 * 1024 * 1024) + b'"')
    assert [str(problem) for problem in caught.value.problems] == ["A map document has at most 5 MB."]


def test_the_largest_size_is_read():
    assert len(parse(b'"' + b"a" * (MOST_BYTES - 2) + b'"')) == MOST_BYTES - 2


def test_mark_at_the_beginning_of_a_file_is_read_over():
    assert parse(b"\xef\xbb\xbf{}") == {}


def test_brackets_in_texts_are_not_depth():
    text = "[" * 100 + '"\\' + "{" * 100
    assert parse(json.dumps([text]).encode()) == [text]


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=10,
)


def places(value, *parts):
    """Every place in a document."""
    yield parts
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from places(inner, *parts, key)
    if isinstance(value, list):
        for number, inner in enumerate(value):
            yield from places(inner, *parts, number)


PLACES = list(places(example()))


def put(document, parts, value):
    if not parts:
        return value
    target = document
    for part in parts[:-1]:
        target = target[part]
    target[parts[-1]] = value
    return document


@pytest.fixture
def furnished(cast):
    furnish(cast.workspace)
    return cast


@given(parts=st.sampled_from(PLACES), value=anything)
@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_anything_anywhere_is_refused_or_kept(furnished, parts, value):
    document = put(example(), parts, deepcopy(value))
    try:
        create_from_document(by=furnished.owner, document=document)
    except DocumentError as refused:
        reasons = [problem.reason for problem in refused.problems]
        assert reasons
        assert all(reasons)
    else:
        assert check_document(document) == []


@given(value=anything)
@settings(max_examples=100, deadline=None)
def test_any_value_gets_an_answer(value):
    assert check_document(value) != []


WRONG = [
    ("title", " Buying", "$.title"),
    ("title", "", "$.title"),
    ("title", "a" * 161, "$.title"),
    ("title", "a\x00b", "$.title"),
    ("title", None, "$.title"),
    ("description", "a\r\nb", "$.description"),
    ("format", "throughline-map/2", "$.format"),
    ("kind", "to be", "$.kind"),
    ("personas", [], "$.personas"),
    ("personas", ["Anna", "Anna"], "$.personas"),
    ("personas", list("abcdef"), "$.personas"),
    ("stages.0.id", "a b", "$.stages[0].id"),
    ("stages.0.id", "look\n", "$.stages[0].id"),
    ("stages.1.id", "look", "$.stages[1].id"),
    ("lanes.1.id", "touch", "$.lanes[1].id"),
    ("stages.0.questions", ["a\nb"], "$.stages[0].questions[0]"),
    ("stages.0.teams", {"Marketing": "informed"}, "$.stages[0].teams.Marketing"),
    ("stages.0.color", "red", "$.stages[0].color"),
    ("lanes.0.kind", "row", "$.lanes[0].kind"),
    ("cards.nowhere", {"touch": [{"id": "x", "title": "X", "evidence": "assumed"}]}, "$.cards.nowhere"),
    ("cards.look.nothing", [{"id": "x", "title": "X", "evidence": "assumed"}], "$.cards.look.nothing"),
    ("cards.look.touch", [], "$.cards.look.touch"),
    ("cards.look.touch.1.id", "window", "$.cards.look.touch[1].id"),
    ("cards.look.touch.0.span", 4, "$.cards.look.touch[0].span"),
    ("cards.look.touch.0.span", 1, "$.cards.look.touch[0].span"),
    ("cards.look.touch.0.span", True, "$.cards.look.touch[0].span"),
    ("cards.look.touch.0.moment.metric", None, "$.cards.look.touch[0].moment.metric"),
    ("cards.look.touch.0.moment", {"name": "First look"}, "$.cards.look.touch[0].moment.person"),
    ("cards.look.touch.0.emotions.Anna.level", 3, "$.cards.look.touch[0].emotions.Anna.level"),
    ("cards.look.touch.0.emotions", {"مريم": {"level": 1}}, "$.cards.look.touch[0].emotions['مريم']"),
    ("cards.look.touch.0.sources.0.date", "2026-02-30", "$.cards.look.touch[0].sources[0].date"),
    ("cards.look.touch.0.sources.0.date", "20260203", "$.cards.look.touch[0].sources[0].date"),
    ("cards.look.touch.0.sources.0.url", "javascript:alert(1)", "$.cards.look.touch[0].sources[0].url"),
    ("cards.look.touch.0.sources.0.url", "https://", "$.cards.look.touch[0].sources[0].url"),
    ("paths.on.to", "nowhere", "$.paths.on.to"),
    ("paths.on.kind", "skip", "$.paths.on.kind"),
    ("paths.on.share", 1.01, "$.paths.on.share"),
    ("paths.on.share", "0.4", "$.paths.on.share"),
    ("paths.on.share", float("nan"), ""),
    ("paths.twin", {"from": "look", "to": "try", "kind": "forward"}, "$.paths.on"),
]


@pytest.mark.parametrize(("place", "value", "path"), WRONG)
def test_wrong_value_is_refused_with_its_path(place, value, path):
    parts = [int(part) if part.isdigit() else part for part in place.split(".")]
    problems = check_document(put(example(), parts, value))
    assert path in [problem.path for problem in problems]


@pytest.mark.parametrize("name", ["format", "title", "kind", "status", "owner", "stages", "lanes", "cards", "paths"])
def test_missing_property_is_named(name):
    document = example()
    del document[name]
    assert Problem(f"$.{name}", "This is missing.") in check_document(document)


def test_scenario_needs_a_persona():
    document = example() | {"cards": {}}
    del document["personas"]
    assert [problem.path for problem in check_document(document)] == ["$.scenario"]


def test_all_problems_are_listed_at_once_up_to_fifty():
    document = example() | {"stages": [{"id": "a", "name": ""}] * 40, "lanes": [{"id": "a"}] * 40}
    problems = check_document(document)
    assert len(problems) == MOST_PROBLEMS
    assert len({problem.path for problem in problems}) == MOST_PROBLEMS


def test_more_cards_than_a_map_holds_are_refused_before_they_are_read():
    cards = [{"id": f"c{number}", "title": "Card", "evidence": "assumed"} for number in range(20_000)]
    started = time.process_time()
    problems = check_document(example() | {"cards": {"look": {"touch": cards}}})
    assert [str(problem) for problem in problems] == ["$.cards: A map holds at most 5000 cards; here are 20000."]
    assert time.process_time() - started < 2


def test_endless_lists_are_not_read_to_their_end():
    started = time.process_time()
    assert check_document(example() | {"stages": [{"id": "a", "name": "A"}] * 500_000}) != []
    assert time.process_time() - started < 5


def test_nonsense_of_many_levels_is_refused(cast):
    value: object = "x"
    for _level in range(15):
        value = {"stages": [value], "cards": value}
    with pytest.raises(DocumentError):
        create_from_document(by=cast.owner, document=value)
    deep: list = []
    for _level in range(5_000):
        deep = [deep]
    with pytest.raises(DocumentError):
        create_from_document(by=cast.owner, document=example() | {"title": deep})
    assert Map.objects.count() == 0


def test_json_path_quotes_what_is_no_plain_name():
    assert json_path(["cards", "a-b", "it's", 0, "x"]) == "$.cards['a-b']['it\\'s'][0].x"
    assert json_path(["\ud800\n"]) == "$['\\ud800\\u000a']"
    assert len(json_path(["a" * 5_000])) < 100
