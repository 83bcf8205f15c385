"""What a projection's document comes to, computed once and kept with its version as plain values."""

import hashlib
import json
from dataclasses import asdict, replace
from typing import Any

import numpy as np

from campaigns.forecast import flow
from campaigns.forecast.compare import Scenario, compare
from campaigns.forecast.inputs import drawn
from campaigns.forecast.question import Question
from campaigns.services.projection_questions import CHANNEL_FIELDS, STAGE_FIELDS, Document, questions_of

ENGINE = 1  # another number computes all kept answers anew when their projection is saved


def digest_of(document: Document) -> str:
    """Of all that the answer depends on, and of nothing else: sources, links and notes change no number."""
    asked = {name: document.get(name) for name in ("start", "months", "draws", "seed", "value", "retention")}
    asked |= {"inputs": picked(document["inputs"], "channel"), "stages": picked(document["stages"], "name")}
    asked["scenarios"] = [
        {
            "name": one["name"],
            "value": one.get("value"),
            "retention": one.get("retention"),
            "inputs": picked(one.get("inputs", ()), "channel"),
            "stages": picked(one.get("stages", ()), "name"),
        }
        for one in document["scenarios"]
    ]
    text = json.dumps([ENGINE, asked], sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def picked(things: Any, name: str) -> list[dict[str, Any]]:
    wanted = (name, "key", "times", *CHANNEL_FIELDS, *STAGE_FIELDS)
    return [{field: one[field] for field in wanted if one.get(field) is not None} for one in things]


def answered(document: Document) -> dict[str, Any]:
    """The base and the scenarios beside it, with the same draws. About half a second each.

    `{"scenarios": [{"name", "entered", "stages", "revenue", …, "difference"}], "channels": […]}`; the base is the first
    and its name is empty. Raises InvalidInput with the ways to what is wrong.
    """
    questions = questions_of(document)
    found = [scenario_answer(one) for one in compare(questions)]
    return {"scenarios": found, "channels": channel_parts(questions[""], document)}


def scenario_answer(scenario: Scenario) -> dict[str, Any]:
    whole = asdict(scenario.outcome)
    whole["reasons"] = [reason.value for reason in scenario.outcome.reasons]
    return {"name": scenario.name, **whole, "difference": scenario.difference and asdict(scenario.difference)}


def channel_parts(question: Question, document: Document) -> list[dict[str, Any]]:
    """Of each channel alone, the medians by month: what enters, who passes each stage, revenue and cost."""
    found = []
    for given, channel in zip(document["inputs"], question.inputs, strict=True):
        alone = replace(question, inputs=(channel,))
        values = drawn(alone)
        entered = flow.entering(alone, values)
        passed = [flow.passing(entered, values, number) for number in range(len(alone.stages))]
        found.append(
            {
                "key": given["key"],
                "channel": channel.name,
                "entered": medians(entered),
                "passed": [medians(one) for one in passed],
                "revenue": medians(flow.earned(passed[-1], values)),
                "cost": medians(flow.spent(alone, values)),
            }
        )
    return found


def medians(draws: np.ndarray) -> list[float]:
    return np.median(draws, axis=-1).tolist()


def headline_of(document: Document, answer: dict[str, Any]) -> dict[str, Any]:
    """What lists show of the base."""
    base = answer["scenarios"][0]
    totals, payback = base["totals"], base["payback"]
    shown = {name: ends(totals[name]) for name in ("customers", "revenue", "cost", "cost_per_customer", "roi")}
    return shown | {
        "months": [base["months"][0], base["months"][-1]],
        "payback": payback and payback["p50"],
        "scenarios": len(document["scenarios"]) + 1,
        "reasons": base["reasons"],
    }


def ends(interval: dict[str, float] | None) -> list[float] | None:
    return [interval["p10"], interval["p50"], interval["p90"]] if interval else None
