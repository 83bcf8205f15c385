"""A calendar with its people and policies, as a program sends it to be replayed."""

import datetime
from functools import partial
from typing import Any

from django.utils.translation import gettext as _
from rest_framework import serializers
from rest_framework.exceptions import ValidationError

from campaigns.api.pressure_fields import Shares, TimeOfDay
from campaigns.enums import Assumed, Cadence, Per, PolicyKind, PolicyScope
from campaigns.models.campaign import HIGHEST_PRIORITY
from campaigns.models.policy import FIELDS, LEAST_GAP_HOURS
from campaigns.pressure import policies as pure
from campaigns.pressure.audience import Audience, Basis, Overlap, Segment
from campaigns.pressure.clock import Period
from campaigns.pressure.history import Scope
from campaigns.pressure.limits import MOST_GAP_HOURS, MOST_PEOPLE, MOST_PER_PERIOD, InvalidInput
from campaigns.pressure.messages import Cadence as Rhythm
from campaigns.pressure.messages import Message, Window
from teams.api.fields import Choice, Day, Flag, Number, Text, Whole
from teams.api.refusals import refusals
from teams.api.serializers import Strict
from teams.spoken import spoken

MOST_MESSAGES, MOST_SEGMENTS, MOST_POLICIES, MOST_DAYS, MOST_ZONES, MOST_NAME = 200, 20, 20, 92, 6, 60
refused = partial(refusals, InvalidInput, say=spoken)


class NameField(Text):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"max_length": MOST_NAME, **kwargs})


class MessageToCheckSerializer(Strict):
    """Due from `first` to `last` at `at`, in each person's own zone."""

    id = NameField()
    channel = NameField(required=False, allow_blank=True)
    stage = NameField(required=False, allow_blank=True)
    segments = serializers.ListField(child=NameField(), min_length=1, max_length=MOST_SEGMENTS)
    first = Day()
    last = Day(required=False, allow_null=True)
    at = TimeOfDay()
    cadence = Choice(choices=Cadence.choices, required=False)
    every = Whole(required=False, min_value=1, max_value=MOST_DAYS)
    priority = Whole(required=False, min_value=0, max_value=HIGHEST_PRIORITY)
    transactional = Flag(required=False)


class SegmentToCheckSerializer(Strict):
    id = NameField()
    size = Whole(min_value=0, max_value=MOST_PEOPLE)
    zones = Shares(required=False, help_text="UTC without them.")


class OverlapToCheckSerializer(Strict):
    """Exactly one of `persons`, `share` and `assumed`."""

    one = NameField()
    other = NameField()
    persons = Whole(required=False, allow_null=True, min_value=0, max_value=MOST_PEOPLE)
    share = Number(required=False, allow_null=True, min_value=0, max_value=1)
    assumed = Choice(choices=Assumed.choices, required=False, allow_null=True)


class PolicyToCheckSerializer(Strict):
    """`kind` says which fields it needs: `n` and `per`, `hours`, `quiet_from` and `quiet_until`, `weekdays`, `days`,
    `share`."""

    id = NameField()
    kind = Choice(choices=PolicyKind)
    scope = Choice(choices=PolicyScope.choices, required=False)
    of = NameField(required=False, allow_null=True, help_text="A channel or stage; null: each on its own.")
    n = Whole(required=False, allow_null=True, min_value=1, max_value=MOST_PER_PERIOD)
    per = Choice(choices=Per.choices, required=False, allow_null=True)
    hours = Number(required=False, allow_null=True, min_value=LEAST_GAP_HOURS, max_value=MOST_GAP_HOURS)
    quiet_from = TimeOfDay(required=False, allow_null=True)
    quiet_until = TimeOfDay(required=False, allow_null=True)
    weekdays = serializers.ListField(
        child=Whole(min_value=1, max_value=7), required=False, allow_null=True, min_length=1, max_length=6
    )
    days = serializers.ListField(child=Day(), required=False, allow_null=True, min_length=1, max_length=400)
    share = Number(required=False, allow_null=True, min_value=0, max_value=1)
    binds_transactional = Flag(required=False)


class CheckSerializer(Strict):
    messages = serializers.ListField(child=MessageToCheckSerializer(), min_length=1, max_length=MOST_MESSAGES)
    segments = serializers.ListField(child=SegmentToCheckSerializer(), min_length=1, max_length=MOST_SEGMENTS)
    overlaps = serializers.ListField(child=OverlapToCheckSerializer(), required=False, max_length=200)
    assumed = Choice(
        choices=Assumed.choices, required=False, help_text="Of all other pairs; disjoint unless said otherwise."
    )
    population = Whole(required=False, allow_null=True, min_value=0, max_value=MOST_PEOPLE)
    policies = serializers.ListField(child=PolicyToCheckSerializer(), required=False, max_length=MOST_POLICIES)
    day = Day(required=False, allow_null=True, help_text="Asks what is held on that day, and why.")


def asked_of(given: dict[str, Any]) -> tuple[list[Message], Audience, list[pure.Policy]]:
    """Raises ValidationError with the ways to the fields that are wrong."""
    messages, policies = [], []
    for number, one in enumerate(given["messages"]):
        with refused("messages", number):
            messages.append(message_of(one, number))
    for number, one in enumerate(given.get("policies") or []):
        with refused("policies", number):
            policies.append(policy_of(one, number))
    audience = audience_of(given)
    check_span(messages)
    known = {segment.id for segment in audience.segments}
    for number, message in enumerate(messages):
        if not message.segments <= known:
            raise ValidationError({"messages": {str(number): {"segments": [_("There is no such segment.")]}}})
    for name, things in (("messages", messages), ("policies", policies)):
        if len({thing.id for thing in things}) < len(things):
            raise ValidationError({name: [_("Give each id once.")]})
    return messages, audience, policies


def message_of(given: dict[str, Any], number: int) -> Message:
    window = Window(
        given["first"],
        given.get("last") or given["first"],
        given["at"],
        Rhythm(given.get("cadence", Cadence.ONCE)),
        given.get("every", 1),
    )
    return Message(
        id=given["id"],
        campaign=given["id"],
        channel=given.get("channel") or f"none:{number}",
        stage=given.get("stage") or f"none:{number}",
        segments=frozenset(given["segments"]),
        sending=window,
        priority=given.get("priority", 50),
        transactional=given.get("transactional", False),
    )


def check_span(messages: list[Message]) -> None:
    """All of them within a season: what is looked at is a plan, not a history."""
    firsts = [one.sending.first for one in messages if isinstance(one.sending, Window)]
    lasts = [one.sending.last for one in messages if isinstance(one.sending, Window)]
    if max(lasts) - min(firsts) >= datetime.timedelta(MOST_DAYS):
        raise ValidationError({"messages": [_("All of them within %(most)d days.") % {"most": MOST_DAYS}]})


def audience_of(given: dict[str, Any]) -> Audience:
    segments, overlaps = [], []
    for number, one in enumerate(given["segments"]):
        with refused("segments", number):
            segments.append(Segment(one["id"], one["size"], tuple((one.get("zones") or {"UTC": 1.0}).items())))
    if len({zone for segment in segments for zone, _share in segment.zones}) > MOST_ZONES:
        raise ValidationError({"segments": [_("At most %(most)d time zones.") % {"most": MOST_ZONES}]})
    for number, one in enumerate(given.get("overlaps") or []):
        with refused("overlaps", number):
            assumed = Basis(one["assumed"]) if one.get("assumed") else None
            overlaps.append(Overlap(one["one"], one["other"], one.get("persons"), one.get("share"), assumed))
    with refused():
        basis = Basis(given.get("assumed", Assumed.DISJOINT))
        return Audience(tuple(segments), tuple(overlaps), basis, given.get("population"))


def policy_of(given: dict[str, Any], number: int) -> pure.Policy:
    own = FIELDS[given["kind"]]
    missing = [name for name in own if given.get(name) is None]
    foreign = [name for names in FIELDS.values() for name in names if name not in own and given.get(name) is not None]
    if missing or foreign:
        errors = {key: [_("This field is required.")] for key in missing}
        errors |= {key: [_("This kind of policy has no such field.")] for key in foreign}
        raise ValidationError({"policies": {str(number): errors}})
    shared = {"id": given["id"], "scope": Scope(given.get("scope", PolicyScope.ALL)), "of": given.get("of")}
    return made(given, shared)


def made(given: dict[str, Any], shared: dict[str, Any]) -> pure.Policy:
    calendar = shared | {"binds_transactional": given.get("binds_transactional", False)}
    match given["kind"]:
        case PolicyKind.CAP:
            return pure.Cap(n=given["n"], per=Period(given["per"]), **shared)
        case PolicyKind.GAP:
            return pure.Gap(hours=given["hours"], **shared)
        case PolicyKind.QUIET_HOURS:
            return pure.QuietHours(start=given["quiet_from"], end=given["quiet_until"], **calendar)
        case PolicyKind.QUIET_WEEKDAYS:
            return pure.QuietWeekdays(weekdays=frozenset(given["weekdays"]), **calendar)
        case PolicyKind.BLACKOUT:
            return pure.Blackout(days=frozenset(given["days"]), **calendar)
        case _:
            return pure.HeldOut(share=given["share"], **shared)
