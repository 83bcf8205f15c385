"""What was done to links and their rules, in the log and in words."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from campaigns.enums import Separator
from campaigns.models import DestinationRule, LinkRule
from teams.permissions import Actor
from teams.services import activity

YES_NO = {True: _("yes"), False: _("no")}
LABELS = {
    "linkrule": {
        "parameter": _("parameter"),
        "required": _("required"),
        "allowed": _("allowed values"),
        "blocked": _("blocked values"),
        "lowercase": _("small letters only"),
        "separator": _("spaces"),
        "longest": _("longest"),
    },
    "destinationrule": {
        "https": _("https only"),
        "allowed_hosts": _("allowed hosts"),
        "blocked_hosts": _("blocked hosts"),
    },
}
LISTS = {"allowed", "blocked", "allowed_hosts", "blocked_hosts"}


def register() -> None:
    words: dict[str, activity.Words] = {
        "required": YES_NO,
        "lowercase": YES_NO,
        "https": YES_NO,
        "separator": dict(Separator.choices),
    }
    for kind, labels in LABELS.items():
        activity.register_fields(kind, labels, words)
    activity.register_sentence("link", "removed", _("%(who)s archived the link %(thing)s."))
    activity.register_sentence("link", "restored", _("%(who)s took the link %(thing)s out of the archive."))


def state(rule: LinkRule | DestinationRule) -> dict[str, Any]:
    """The rule as the log keeps it; lists as lists."""
    names = LABELS[str(rule._meta.model_name)]
    return {name: value_of(rule, name) for name in names}


def value_of(rule: LinkRule | DestinationRule, name: str) -> Any:
    value = getattr(rule, name)
    return value.splitlines() if name in LISTS else value


def record_edit(rule: LinkRule | DestinationRule, *, by: Actor, before: dict[str, Any]) -> None:
    """Write what differs from the state before."""
    after = state(rule)
    changed = [name for name in after if before[name] != after[name]]
    activity.record(
        rule,
        by=by,
        verb="edited",
        before={name: before[name] for name in changed},
        after={name: after[name] for name in changed},
    )
