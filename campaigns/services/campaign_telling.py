"""What was done to campaigns, in words."""

import datetime
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaigns.enums import Applies, AskedPeople, CampaignStatus
from campaigns.months import read_month
from insights.display import number
from teams.services import activity

SENTENCES = {
    "moved": gettext_lazy("%(who)s moved “%(thing)s” on or back."),
    "task-added": gettext_lazy("%(who)s added to the checklist of “%(thing)s”: %(task)s"),
    "task-edited": gettext_lazy("%(who)s changed on the checklist of “%(thing)s”: %(task)s"),
    "task-done": gettext_lazy("%(who)s ticked off for “%(thing)s”: %(task)s"),
    "task-reopened": gettext_lazy("%(who)s took back a tick for “%(thing)s”: %(task)s"),
    "task-removed": gettext_lazy("%(who)s took off the checklist of “%(thing)s”: %(task)s"),
    "asked": gettext_lazy("%(who)s asked for approval of “%(thing)s”."),
    "asked-again": gettext_lazy("%(who)s changed “%(thing)s” after it was approved, so it has to be approved again."),
    "approval-back": gettext_lazy("%(who)s took the change of “%(thing)s” back: it stands approved as before."),
    "approved": gettext_lazy("%(who)s approved “%(thing)s”."),
    "refused": gettext_lazy("%(who)s sent “%(thing)s” back: %(why)s"),
    "rescheduled": gettext_lazy("%(who)s moved “%(thing)s” to other days."),
}
LABELS = {
    "status": gettext_lazy("status"),
    "title": gettext_lazy("title"),
    "owner": gettext_lazy("owner"),
    "team": gettext_lazy("team"),
    "starts_on": gettext_lazy("starts"),
    "ends_on": gettext_lazy("ends"),
    "goal": gettext_lazy("goal"),
    "metric": gettext_lazy("metric"),
    "target": gettext_lazy("target"),
    "audience": gettext_lazy("audience"),
    "offer": gettext_lazy("offer"),
    "tone": gettext_lazy("tone"),
    "key_message": gettext_lazy("key message"),
    "next_step": gettext_lazy("next step for the customer"),
    "priority": gettext_lazy("priority"),
    "stages": gettext_lazy("stages"),
    "personas": gettext_lazy("personas"),
    "segments": gettext_lazy("segments"),
    "channels": gettext_lazy("channels"),
    "budget": gettext_lazy("budget"),
    "currency": gettext_lazy("currency"),
    "attachments": gettext_lazy("attachments"),
}

RULE_LABELS = {
    "asks": gettext_lazy("who approves"),
    "team": gettext_lazy("team"),
    "member": gettext_lazy("person"),
    "applies": gettext_lazy("applies"),
    "amount": gettext_lazy("amount"),
    "channel": gettext_lazy("channel"),
}


def day(text: str) -> str:
    return date_format(datetime.date.fromisoformat(text), "j M Y")


def month_and_year(text: str) -> str:
    """“Mar 2027” of 2027-03."""
    month = read_month(text)
    return date_format(month, "M Y") if month else text


def budget_line(line: dict[str, Any]) -> str:
    return _("%(channel)s, %(month)s: %(planned)s planned, %(spent)s spent") % {
        "channel": line["channel"] or _("all channels"),
        "month": month_and_year(line["month"]),
        "planned": number(float(line["planned"]), digits=14),
        "spent": number(float(line["spent"]), digits=14),
    }


def attachment(row: dict[str, Any]) -> str:
    return row["title"] or row["url"]


WORDS: dict[str, activity.Words] = {
    "status": dict(CampaignStatus.choices),
    "starts_on": day,
    "ends_on": day,
    "target": lambda value: number(value, digits=6),
    "budget": budget_line,
    "attachments": attachment,
}

RULE_WORDS: dict[str, activity.Words] = {
    "asks": dict(AskedPeople.choices),
    "applies": dict(Applies.choices),
    "amount": lambda value: number(float(value), digits=14),
}


def register() -> None:
    for verb, sentence in SENTENCES.items():
        activity.register_sentence("campaign", verb, sentence)
    activity.register_fields("campaign", LABELS, WORDS)
    activity.register_fields("approvalrule", RULE_LABELS, RULE_WORDS)
