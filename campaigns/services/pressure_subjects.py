"""Segments and policies as something with a page on what was done to it, and in words."""

from django.urls import reverse
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from campaigns.enums import Assumed, Lifecycle, Per, PolicyScope, Position
from campaigns.models import Policy, Segment
from campaigns.policy_words import days_words, listed
from campaigns.queries.policies import any_policy_of, name_stages
from campaigns.queries.segments import any_segment_of
from insights.number_fields import typed_percent
from teams.permissions import Actor
from teams.services import activity, subjects

YES_NO = {True: _("yes"), False: _("no")}
SEGMENT = {
    "name": _("name"),
    "description": _("who they are"),
    "size": _("people"),
    "size_source": _("where the number is from"),
    "zones": _("time zones"),
    "position": _("position in the funnel"),
    "lifecycle": _("lifecycle state"),
}
POLICY = {
    "enabled": _("in force"),
    "scope": _("counts"),
    "channel": _("channel"),
    "stage": _("stage"),
    "n": _("at most"),
    "per": _("per"),
    "hours": _("hours"),
    "quiet_from": _("from"),
    "quiet_until": _("until"),
    "weekdays": _("weekdays"),
    "days": _("days"),
    "share": _("share"),
    "binds_transactional": _("binds transactional messages, too"),
    "note": _("note"),
}
OVERLAP = {"persons": _("people in both"), "share": _("share of the smaller"), "assumed": _("assumption")}
ASSUMPTION = {"assumed": _("assumption"), "population": _("everybody there is")}


def find_segment(actor: Actor, pk: int) -> Segment | None:
    return any_segment_of(actor).select_related("workspace").filter(pk=pk).first()


def find_policy(actor: Actor, pk: int) -> Policy | None:
    found = any_policy_of(actor).select_related("workspace").filter(pk=pk).first()
    if found is not None:
        name_stages([found])
    return found


def segment_address(segment: Segment) -> str:
    if segment.removed_at is not None:
        return reverse("campaigns:segments", args=[segment.workspace.slug])
    return reverse("campaigns:segment", args=[segment.workspace.slug, segment.pk])


def policies_address(policy: Policy) -> str:
    return reverse("campaigns:policies", args=[policy.workspace.slug])


def zones_words(zones: dict[str, float]) -> str:
    return ", ".join(f"{zone} {typed_percent(share)}" for zone, share in zones.items())


def day_words(text: str) -> str:
    return days_words([text])


def weekdays_words(bits: int) -> str:
    return listed([str(WEEKDAYS[day - 1]) for day in range(1, 8) if bits >> (day - 1) & 1])


def register() -> None:
    subjects.register("segment", label=_("Segment"), fetch=find_segment, url=segment_address)
    subjects.register("policy", label=_("Policy"), fetch=find_policy, url=policies_address)
    activity.register_fields(
        "segment",
        SEGMENT,
        {"zones": zones_words, "position": dict(Position.choices), "lifecycle": dict(Lifecycle.choices)},
    )
    activity.register_fields(
        "policy",
        POLICY,
        {
            "enabled": YES_NO,
            "binds_transactional": YES_NO,
            "scope": dict(PolicyScope.choices),
            "per": dict(Per.choices),
            "weekdays": weekdays_words,
            "days": day_words,
            "share": typed_percent,
        },
    )
    activity.register_fields("segmentoverlap", OVERLAP, {"assumed": dict(Assumed.choices), "share": typed_percent})
    activity.register_fields("audienceassumption", ASSUMPTION, {"assumed": dict(Assumed.choices)})
