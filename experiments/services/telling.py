"""What was done to experiments, in words."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from experiments.enums import Goal, Signal, Status
from experiments.plan_words import NOTHING, changes
from insights.display import NO_BREAK, percent
from journeys.enums import SourceKind
from teams.services import activity
from teams.services.sentences import Sentence


def entered(values: Mapping[str, Any]) -> str:
    """Nobody is told that there were no corrections."""
    entries = values.get("entries", 0)
    if values.get("corrections"):
        return ngettext(
            "%(who)s entered %(entries)s result of “%(thing)s”, of which corrections: %(corrections)s.",
            "%(who)s entered %(entries)s results of “%(thing)s”, of which corrections: %(corrections)s.",
            entries,
        )
    return ngettext(
        "%(who)s entered %(entries)s result of “%(thing)s”.",
        "%(who)s entered %(entries)s results of “%(thing)s”.",
        entries,
    )


SENTENCES: dict[str, Sentence] = {
    "planned": _("%(who)s changed the plan of “%(thing)s”."),
    "moved": _("%(who)s moved “%(thing)s” on or back."),
    "entered": entered,
    "scored": _("%(who)s scored “%(thing)s”."),
    "unscored": _("%(who)s took back a score of “%(thing)s”."),
    "ticked": _("%(who)s ticked off “%(item)s” for “%(thing)s”."),
    "unticked": _("%(who)s took back a tick for “%(thing)s”."),
    "signal": _("“%(thing)s” has a new status."),
    "proposed": _("%(who)s proposed a decision on “%(thing)s”."),
    "returned": _("%(who)s sent the decision on “%(thing)s” back: %(why)s"),
    "decided": _("%(who)s confirmed the decision on “%(thing)s”."),
    "learning-written": _("What “%(thing)s” has taught was written onto the map for %(who)s."),
    "learning-refused": _("%(who)s kept what “%(thing)s” has taught off the map: %(why)s"),
}


def percent_exactly(share: float) -> str:
    return f"{percent(share, exact=True)}{NO_BREAK}%"


def piece_in_words(piece: dict[str, Any]) -> str:
    return piece["text"] or piece["url"] or str(SourceKind(piece["kind"]).label)


LABELS = {
    "status": _("step"),
    "signal": _("status"),
    "title": _("title"),
    "owner": _("owner"),
    "team": _("team"),
    "change": _("change"),
    "audience": _("for whom"),
    "persona": _("persona"),
    "metric": _("metric"),
    "goal": _("direction"),
    "expected_effect": _("expected size"),
    "because": _("because"),
    "evidence": _("evidence"),
    "reason": _("reason"),
    "stage": _("stage"),
    "card": _("card"),
    "opportunity": _("opportunity"),
}
WORDS: dict[str, activity.Words] = {
    "status": dict(Status.choices),
    "signal": dict(Signal.choices),
    "goal": dict(Goal.choices),
    "expected_effect": percent_exactly,
    "evidence": piece_in_words,
}


def plan_differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[tuple[str, str, str]]:
    found = [(change.label, change.before, change.after) for change in changes(before, after)]
    return [(label, "" if was == NOTHING else was, "" if now == NOTHING else now) for label, was, now in found]


def register() -> None:
    activity.register_reader("experiment", "planned", plan_differences)
    for verb, sentence in SENTENCES.items():
        activity.register_sentence("experiment", verb, sentence)
    activity.register_fields("experiment", LABELS, WORDS)
