"""A projection's document as what `campaigns.forecast` is asked: one question for the base, one for each scenario.

The document has the shape of `POST /api/v1/projections/calculate/`; a scenario has only what it changes, and its
channels and stages say by `key` which ones they are.
"""

from collections.abc import Mapping
from typing import Any

from campaigns.forecast.limits import InvalidInput
from campaigns.forecast.question import AT_ONCE, Channel, Question, Stage
from campaigns.forecast.ranges import Range, guess_of, plain

Document = dict[str, Any]
CELLS = ("volumes", "cost", "spend")
CHANNEL_FIELDS = (*CELLS, "cost_per_visit")
STAGE_FIELDS = ("rate", "lag_days")
WHOLE_FIELDS = ("value", "retention")


def stage_names(document: Mapping[str, Any]) -> dict[str, str]:
    """By their keys, which actual numbers keep."""
    return {one["key"]: one["name"] for one in document["stages"]}


def channel_names(document: Mapping[str, Any]) -> dict[str, str]:
    return {one["key"]: one["channel"] for one in document["inputs"]}


def question_of(document: Document) -> Question:
    """Raises InvalidInput with the ways to all fields that are wrong within channels and stages, or in the whole."""
    errors: dict[str, str] = {}
    inputs = [taken(channel_of, one, f"inputs.{number}", errors) for number, one in enumerate(document["inputs"])]
    stages = [taken(stage_of, one, f"stages.{number}", errors) for number, one in enumerate(document["stages"])]
    if errors:
        raise InvalidInput(errors)
    retention = document.get("retention")
    return Question(
        start=document["start"],
        months=document["months"],
        inputs=tuple(inputs),
        stages=tuple(stages),
        value=guess_of(document["value"]),
        retention=None if retention is None else guess_of(retention),
        draws=document["draws"],
        seed=document["seed"],
    )


def taken(make: Any, given: Mapping[str, Any], place: str, errors: dict[str, str]) -> Any:
    try:
        return make(given)
    except InvalidInput as error:
        errors |= {f"{place}.{field}": sentence for field, sentence in error.errors.items()}
        return None


def channel_of(given: Mapping[str, Any]) -> Channel:
    cells = {name: tuple(guess_of(cell) for cell in given.get(name) or ()) for name in CELLS}
    price = given.get("cost_per_visit")
    return Channel(given["channel"], **cells, cost_per_visit=None if price is None else guess_of(price))


def stage_of(given: Mapping[str, Any]) -> Stage:
    lag = given.get("lag_days")
    return Stage(given["name"], guess_of(given["rate"]), AT_ONCE if lag is None else guess_of(lag))


def scenario_document(document: Document, scenario: Mapping[str, Any]) -> Document:
    """The whole document with what the scenario changes."""
    channels = {one["key"]: one for one in scenario.get("inputs", ())}
    stages = {one["key"]: one for one in scenario.get("stages", ())}
    changed = {name: scenario[name] for name in WHOLE_FIELDS if scenario.get(name) is not None}
    return {
        **document,
        **changed,
        "inputs": [with_changes(one, channels.get(one["key"], {}), CHANNEL_FIELDS) for one in document["inputs"]],
        "stages": [with_changes(one, stages.get(one["key"], {}), STAGE_FIELDS) for one in document["stages"]],
    }


def with_changes(one: Mapping[str, Any], changes: Mapping[str, Any], names: tuple[str, ...]) -> dict[str, Any]:
    """`times` multiplies what comes in, or what is spent on it."""
    made = {**one, **{name: changes[name] for name in names if changes.get(name) is not None}}
    times = changes.get("times")
    for name in ("volumes", "spend"):
        if times is not None and made.get(name):
            made[name] = [multiplied(cell, times) for cell in made[name]]
    return made


def multiplied(cell: Any, times: float) -> Any:
    found = guess_of(cell)
    return plain(Range(found.low * times, found.likely * times, found.high * times))


def questions_of(document: Document) -> dict[str, Question]:
    """By the scenario's name, the base first under an empty name.

    Raises InvalidInput; what is wrong in a scenario alone is found at `scenarios.<number>`.
    """
    found = {"": question_of(document)}
    for number, scenario in enumerate(document["scenarios"]):
        whole = scenario_document(document, scenario)
        try:
            found[scenario["name"]] = question_of(whole)
        except InvalidInput as error:
            places = {own_place(field, whole, scenario): sentence for field, sentence in error.errors.items()}
            raise InvalidInput({f"scenarios.{number}{place}": text for place, text in places.items()}) from None
    return found


def own_place(field: str, whole: Document, scenario: Mapping[str, Any]) -> str:
    """`stages.2.rate.low` of the whole, as the way to it within the scenario."""
    part, *rest = field.split(".")
    if part not in ("inputs", "stages") or not rest:
        return f".{field}" if scenario.get(part) is not None else ""
    key = whole[part][int(rest[0])]["key"]
    own = [one["key"] for one in scenario.get(part, ())]
    return ".".join(["", part, str(own.index(key)), *rest[1:]]) if key in own else ""
