"""The sample-size page: a question in the address, an answer in words, a curve, and what is wrong at its field."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from experiments.drawing.size_curve import size_curve
from experiments.forms.sample_size import SampleSizeForm, filled
from experiments.stats.needed import curve, needed
from experiments.stats.size import Question
from tests.experiments.test_pictures import coordinates

HTMX = {"HX-Request": "true"}
SHARE = {"asks": "users", "kind": "proportion", "baseline": "10", "minimum_effect": "5"}
MEAN = {"asks": "users", "kind": "mean", "baseline": "4.2", "sd": "6", "minimum_effect": "5"}
EFFECT = {"asks": "effect", "kind": "proportion", "baseline": "10", "total": "24800"}


@pytest.fixture
def get(client_of, cast):
    client = client_of(cast.viewer)

    def answered(address: dict, **headers):
        return client.get("/w/here/experiments/sample-size/", address, headers=headers)

    return answered


def words(response) -> str:
    """What is read, without marks and with plain spaces."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", response.text)).replace("&nbsp;", " ")


def test_it_works(get):
    page = get({})

    assert page.status_code == 200
    assert "You need 115,526 users, 57,763 in each of 2 variants." in words(page)
    assert "from 10 % to 10.5 %" in words(page)
    assert "plan 221,212 users, 1.9 times as many" in words(page)
    assert page.text.count('<svg class="plot"') == 1
    assert [row.effect for row in page.context["rows"]] == pytest.approx([0.03, 0.04, 0.05, 0.0625, 0.075, 0.1, 0.125])


ANSWERS = [
    (SHARE | {"traffic": "12,000"}, "57,763 in each of 2 variants: about 10 days with 12,000 a day."),
    (SHARE | {"traffic": "99999999"}, "1 day with 99,999,999 a day. "),
    (SHARE | {"traffic": "99999999"}, "at least one whole week"),
    (SHARE | {"traffic": "100"}, "That is long."),
    (SHARE | {"baseline": "10 %", "minimum_effect": "5%"}, "You need 115,526 users"),
    (MEAN, "You need 25,630 users"),
    (MEAN | {"kind": "ratio"}, "from 4.2 to 4.41"),
    (SHARE | {"variants": "3", "together": "on"}, "Each comparison gets a false-alarm rate of 2.5 %"),
    (SHARE | {"variants": "3"}, "a false alarm is called in up to 10 % of the experiments"),
    (SHARE | {"variants": "3", "allocation": "50/25/25"}, "Control86,394Treatment 143,197Treatment 243,197"),
    (SHARE | {"variants": "3", "allocation": "2:1:1"}, "Control86,394"),
    (EFFECT, "24,800 users show an effect of 10.9 % or more."),
    (
        EFFECT | {"total": "", "days": "28", "traffic": "900"},
        "25,200 users show an effect of 10.8 % or more. That is about 28 days",
    ),
    (EFFECT | {"baseline": "90", "total": "40"}, "40 users are too few"),
    (EFFECT | {"baseline": "90", "total": "260"}, "no share can grow enough for it"),
]


def test_answers_in_words(get):
    for address, expected in ANSWERS:
        page = get(address)
        assert (page.status_code, expected in words(page)) == (200, True), (expected, words(page)[-1800:])


WRONG = [
    (SHARE | {"baseline": ""}, "baseline", "This field is required."),
    (SHARE | {"baseline": "ten"}, "baseline", "is not a number"),
    (SHARE | {"baseline": "100"}, "baseline", "Give a number from 0.0001\u00a0% to 99.99\u00a0%."),
    (SHARE | {"baseline": "-1"}, "baseline", "Give a number from"),
    (SHARE | {"baseline": "1e999"}, "baseline", "Give a number from"),
    (SHARE | {"baseline": "nan"}, "baseline", "is not a number"),
    (SHARE | {"baseline": "1\x000"}, "baseline", "Null characters"),
    (SHARE | {"minimum_effect": ""}, "minimum_effect", "the smallest effect that would change what you do"),
    (SHARE | {"minimum_effect": "0"}, "minimum_effect", "from 0.01\u00a0% to 10,000\u00a0%"),
    (SHARE | {"minimum_effect": "900"}, "minimum_effect", "reach 100"),
    (SHARE | {"baseline": "0.0001", "minimum_effect": "0.01"}, "minimum_effect", "more users than there can be"),
    (SHARE | {"variants": "1"}, "variants", "Give a number from 2 to 50."),
    (SHARE | {"variants": "2.5"}, "variants", "Give a whole number."),
    (SHARE | {"variants": "3", "allocation": "50 50"}, "allocation", "Give 3 parts"),
    (SHARE | {"allocation": "100 0"}, "allocation", "above 0"),
    (SHARE | {"allocation": "1e9 1"}, "allocation", "too small beside the others"),
    (SHARE | {"allocation": "half half"}, "allocation", "is not a number"),
    (SHARE | {"alpha": "0"}, "alpha", "Give a number from 0.01\u00a0% to 25\u00a0%."),
    (SHARE | {"power": "100"}, "power", "Give a number from 50\u00a0% to 99.99\u00a0%."),
    (SHARE | {"traffic": "0"}, "traffic", "Give a number from 1"),
    (SHARE | {"kind": "median"}, "kind", "Select a valid choice"),
    (SHARE | {"asks": "why"}, "asks", "Select a valid choice"),
    (MEAN | {"sd": ""}, "sd", "Give the standard deviation"),
    (MEAN | {"sd": "-6"}, "sd", "Give a number from"),
    (EFFECT | {"total": ""}, "total", "Give the users, or the days"),
    (EFFECT | {"total": "", "days": "7"}, "traffic", "Give the users a day"),
    (EFFECT | {"total": "3"}, "total", "So few users show nothing"),
    (EFFECT | {"total": "1e400"}, "total", "whole number"),
]


def test_what_is_wrong_is_said_at_its_field(get):
    for address, field, sentence in WRONG:
        page = get(address)
        errors = page.context["form"].errors
        assert (page.status_code, list(errors)) == (422, [field])
        assert sentence in " ".join(errors[field])
        assert f'href="#id_{field}' in page.text


def test_what_was_typed_stays(get):
    page = get(MEAN | {"sd": "much"})

    assert 'value="much"' in page.text
    assert 'value="4.2"' in page.text
    assert '<option value="mean" selected>' in page.text


def test_fields_of_the_other_question_do_not_matter(get):
    assert get(SHARE | {"total": "x", "days": "x", "sd": "x"}).status_code == 200
    assert get(EFFECT | {"minimum_effect": "x"}).status_code == 200


def test_for_htmx_the_answer_alone_with_what_is_wrong_in_its_place(get):
    good, bad = get(SHARE, **HTMX), get(SHARE | {"baseline": "x"}, **HTMX)

    assert good.text.strip().startswith('<div class="stack loose" id="size-answer">')
    assert '<div id="id_baseline_wrong" hx-swap-oob="true"></div>' in good.text
    assert bad.status_code == 422
    assert re.search(r'<div id="id_baseline_wrong" hx-swap-oob="true"><ul class="errorlist"', bad.text)
    assert '<svg class="plot"' not in bad.text


def test_page_reads_nothing_but_who_is_there(client_of, cast, django_assert_num_queries):
    client = client_of(cast.viewer)
    client.get("/w/here/experiments/sample-size/")
    with django_assert_num_queries(3):  # session, person, membership
        client.get("/w/here/experiments/sample-size/")


def test_numbers_are_read_and_written_in_the_readers_language(client_of, cast):
    cast.viewer.user.language = "bg"
    cast.viewer.user.save()
    page = client_of(cast.viewer).get(
        "/w/here/experiments/sample-size/", MEAN | {"baseline": "4,2", "allocation": "50 50"}
    )

    assert page.context["form"].cleaned_data["baseline"] == 4.2
    assert "4,41" in words(page)
    assert not re.search(r'(?:x|y|x1|x2|cx|cy|width)="\d+,', page.text)


share = st.floats(0.0001, 99.9).map(str)
TYPED = ["baseline", "sd", "minimum_effect", "total", "days", "traffic", "variants", "allocation", "alpha", "power"]
number = st.sampled_from(["", "0", "-1", "5", "50", "1e9", "1e-9", "99999999999999999999", "x", "%", "½", "٣"])


@settings(max_examples=60, deadline=None)
@given(
    st.fixed_dictionaries(
        {"asks": st.sampled_from(["users", "effect", ""]), "kind": st.sampled_from(["proportion", "mean", "ratio"])},
        optional=dict.fromkeys(
            [
                "baseline",
                "sd",
                "minimum_effect",
                "total",
                "days",
                "traffic",
                "variants",
                "allocation",
                "alpha",
                "power",
            ],
            share | number,
        ),
    )
)
def test_every_question_has_an_answer_or_an_error(data):
    form = SampleSizeForm({**filled({}), **data})

    if form.is_valid() and form.found:
        picture = size_curve(
            curve(form.question, effect=form.found.effect), form.found, daily_traffic=form.cleaned_data["traffic"]
        )
        assert form.found.once.total <= form.found.watched.total
        assert all(
            0 <= across <= 1000 and 0 <= down <= 240 for across, down in coordinates(picture.once + picture.watched)
        )
    else:
        assert form.errors or form.cleaned_data["asks"] == "effect"


def test_curve_marks_the_effect_in_question():
    question = Question(baseline=0.1, alpha=0.05, power=0.8, allocation=(0.5, 0.5))
    asked = needed(question, effect=0.05)
    picture = size_curve(curve(question, effect=0.05), asked, daily_traffic=1000)
    falling = [down for _across, down in coordinates(picture.once)]

    assert falling == sorted(falling)
    assert (round(picture.at * 10, 1), picture.once_down) in coordinates(picture.once)
    assert picture.watched_down < picture.once_down
    assert [(rule.users, rule.days) for rule in picture.rules] == [(100_000, 100), (200_000, 200), (300_000, 300)]
