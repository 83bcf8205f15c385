"""What fits where: flags, places, doubles, differences. Without a database."""

import datetime

import pytest

from campaigns import flag_words
from campaigns.enums import Cadence, Lifecycle, StageKind
from campaigns.enums import Position as Offered
from campaigns.matching.differences import side_by_side
from campaigns.matching.flags import Code, Given, People, Place, flags
from campaigns.matching.grid import Placed, Spot, State, grid
from campaigns.matching.kinds import OF_LIFECYCLE, POSITIONS, Kind, Position, kind_of, position_of
from campaigns.pressure.messages import Cadence as Known

DAYS = (datetime.date(2027, 3, 2), datetime.date(2027, 3, 2))
CAMPAIGN = (datetime.date(2027, 3, 1), datetime.date(2027, 3, 14))


def given(**fields) -> Given:
    return Given(**{"days": DAYS, "campaign_days": CAMPAIGN, "languages": frozenset({"en"})} | fields)


def told(message: Given) -> list[tuple[Code, str]]:
    return [(flag.code, flag_words.sentence(flag)) for flag in flags(message)]


def test_words_are_those_that_are_kept():
    assert [kind.value for kind in Kind] == StageKind.values
    assert [position.value for position in Position] == Offered.values
    assert set(OF_LIFECYCLE) == set(Lifecycle.values)
    assert set(POSITIONS) == set(Kind)
    assert [cadence.value for cadence in Known] == Cadence.values


@pytest.mark.parametrize(
    ("uid", "name", "kind"),
    [
        ("awareness", "Hears of us", Kind.AWARENESS),
        ("8f3a", "Compare offers", Kind.CONSIDERATION),
        ("8f3a", "Set-up", Kind.PURCHASE),
        ("8f3a", "  keep ", Kind.RETENTION),
        ("receiving", "Parcel", Kind.PURCHASE),
        ("8f3a", "Стадия", None),
        ("", "", None),
    ],
)
def test_kind_of_a_stage_by_its_id_or_its_name(uid, name, kind):
    assert kind_of(uid, name) == kind


def test_position_is_as_said_or_as_the_state_implies():
    assert position_of("top", "customer") is Position.TOP
    assert position_of("", "customer") is Position.BOTTOM
    assert position_of("", "") is None


def test_message_that_fits_has_no_flags():
    people = People("Regulars", position="bottom", lifecycle="customer")
    stage = Place("Keep", Kind.RETENTION, "Shop", frozenset({7}))
    fits = given(position="bottom", segments=(people,), stage=stage, persona=(7, "Ana"), others={"en": 3})
    assert flags(fits) == []


@pytest.mark.parametrize(
    ("fields", "code", "sentence"),
    [
        (
            {"position": "middle", "segments": (People("Regulars", "bottom"),)},
            Code.POSITION_ELSEWHERE,
            "Written for people who compare; “Regulars” are customers already.",
        ),
        (
            {"position": "bottom", "segments": (People("Readers", "", "known-contact"),)},
            Code.POSITION_ELSEWHERE,
            "Written for customers and those about to be; “Readers” only notice a need so far.",
        ),
        (
            {"lifecycle": "welcome", "segments": (People("Old hands", "", "referring"),)},
            Code.LIFECYCLE_ELSEWHERE,
            "Meant for the state “Welcome”; “Old hands” are in the state “Referring”.",
        ),
        (
            {"position": "top", "stage": Place("Compare", Kind.CONSIDERATION)},
            Code.STAGE_ELSEWHERE,
            "Written for people who notice a need; the stage “Compare” is for people who compare.",
        ),
        (
            {"stage": Place("Notice", Kind.AWARENESS), "segments": (People("Regulars", "bottom"),)},
            Code.AUDIENCE_NOT_AT_STAGE,
            "It stands at the stage “Notice”; “Regulars” are customers already.",
        ),
        (
            {"stage": Place("Buy", None, "Shop", frozenset({1})), "persona": (2, "Ben")},
            Code.PERSONA_NOT_ON_MAP,
            "“Ben” is not a persona of the map “Shop”.",
        ),
        (
            {"days": (datetime.date(2027, 2, 27), DAYS[1])},
            Code.BEFORE_CAMPAIGN,
            "It goes on 27 Feb 2027; the campaign starts on 1 Mar 2027.",
        ),
        (
            {"days": (DAYS[0], datetime.date(2027, 3, 15))},
            Code.AFTER_CAMPAIGN,
            "It goes until 15 Mar 2027; the campaign ends on 14 Mar 2027.",
        ),
        ({"days": None}, Code.NO_DAY, "It has no day yet."),
        ({"languages": frozenset()}, Code.NO_TEXT, "It says nothing yet, in any language."),
        (
            {"others": {"bg": 2, "en": 1}},
            Code.LANGUAGE_MISSING,
            "No text in “bg”, which 2 other messages of the campaign have.",
        ),
        (
            {"others": {"bg": 1}},
            Code.LANGUAGE_MISSING,
            "No text in “bg”, which 1 other message of the campaign has.",
        ),
        ({"linked": False}, Code.NO_LINK, "It has no tracked link."),
    ],
)
def test_what_does_not_fit_is_said_with_its_reason(fields, code, sentence):
    assert told(given(**fields)) == [(code, sentence)]


@pytest.mark.parametrize(
    "fields",
    [
        {"linked": False, "clickable": False},
        {"position": "middle", "segments": (People("Anybody"),)},
        {"position": "middle", "stage": Place("Decide", Kind.DECISION)},
        {"position": "bottom", "stage": Place("Decide", Kind.DECISION)},
        {"stage": Place("Буря", None), "segments": (People("Regulars", "bottom"),)},
        {"stage": Place("Buy", None, "Shop", frozenset()), "persona": (2, "Ben")},
        {"campaign_days": None, "days": (datetime.date(2020, 1, 1), datetime.date(2020, 1, 1))},
        {"lifecycle": "welcome", "segments": (People("Regulars", "bottom"),)},
    ],
)
def test_what_cannot_be_told_is_not_flagged(fields):
    assert flags(given(**fields)) == []


def test_every_flag_has_its_sentence():
    assert {*flag_words.SENTENCES, Code.LANGUAGE_MISSING} == set(Code)


def day(number: int) -> datetime.date:
    return datetime.date(2027, 3, number)


def placed(pk: int, first: int, last: int, *, persona: int | None = 1, stage: int = 1, **fields) -> Placed:
    return Placed(pk, Spot(stage, persona, 1), (day(first), day(last)), **fields)


def test_places_are_filled_empty_doubled_or_covered():
    found = grid(
        [placed(1, 1, 5), placed(2, 1, 1), placed(3, 9, 9, stage=2), placed(4, 9, 9, persona=None, stage=3)], [1, 2]
    )
    assert found[Spot(1, 1, 1)].state is State.DOUBLED
    assert found[Spot(1, 1, 1)].clashes == (((1, 2), day(1), 1),)
    assert found[Spot(2, 1, 1)] == (State.FILLED, (3,), (), ())
    assert found[Spot(3, None, 1)].state is State.FILLED
    assert found[Spot(3, 2, 1)] == (State.COVERED, (), (4,), ())
    assert Spot(2, 2, 1) not in found


def test_doubled_counts_the_days_on_which_messages_really_go():
    mondays = placed(1, 1, 28, cadence=Known.WEEKDAYS, weekdays=frozenset({1}))
    thursdays = placed(2, 1, 28, cadence=Known.WEEKDAYS, weekdays=frozenset({4}))
    weekly = placed(3, 1, 28, cadence=Known.EVERY, every=7)
    spot = Spot(1, 1, 1)
    assert grid([mondays, thursdays], [1])[spot].state is State.FILLED
    assert grid([mondays, weekly], [1])[spot].clashes == (((1, 3), day(1), 4),)
    undated = Placed(4, spot)
    assert grid([undated, Placed(5, spot)], [1])[spot].state is State.FILLED


def test_message_for_all_personas_meets_one_for_a_single_persona():
    found = grid([placed(1, 3, 3), placed(2, 3, 3, persona=None)], [1, 2])
    assert found[Spot(1, 1, 1)].clashes == (((1, 2), day(3), 1),)
    assert found[Spot(1, None, 1)].state is State.FILLED
    assert found[Spot(1, 2, 1)].state is State.COVERED


def test_differences_are_held_against_the_campaign_or_the_most():
    said = side_by_side("Second bag free", ["", "second bag  FREE.", "Ten percent off"])
    assert [(one.text, one.inherited, one.differs) for one in said] == [
        ("Second bag free", True, False),
        ("second bag  FREE.", False, False),
        ("Ten percent off", False, True),
    ]
    assert [one.differs for one in side_by_side("", ["warm", "warm", "cool", ""])] == [False, False, True, True]
    assert [one.differs for one in side_by_side("", ["", ""])] == [False, False]
