"""What a replay found, as the API says it. People are expected ones, so their numbers need not be whole."""

import datetime
from typing import Any

from rest_framework import serializers

from campaigns.pressure.held import Held
from campaigns.pressure.results import Replay
from campaigns.pressure_words import what, when, why
from campaigns.queries.pressure_names import Names


class CountSerializer(serializers.Serializer):
    """`due` = `sent` + `held`; of the sent, `again` were due on an earlier day."""

    day = serializers.DateField()
    due = serializers.FloatField()
    sent = serializers.FloatField()
    held = serializers.FloatField()
    again = serializers.FloatField()


class SegmentCountSerializer(CountSerializer):
    segment = serializers.IntegerField()


class FateSerializer(serializers.Serializer):
    """`due` = `sent` + `dropped`, each person once for each time that it is due; `later`: of the sent, not on time."""

    message = serializers.IntegerField()
    due = serializers.FloatField()
    sent = serializers.FloatField()
    later = serializers.FloatField()
    dropped = serializers.FloatField()


class LostToSerializer(serializers.Serializer):
    message = serializers.IntegerField()
    persons = serializers.FloatField()


class HeldSerializer(serializers.Serializer):
    """A message that a policy holds from some people of a zone when it is due. `others`: policies that hold it, too;
    `lost_to`: messages in the way; `earliest`, `latest`: when the first and the last of them could get it."""

    message = serializers.IntegerField()
    campaign = serializers.IntegerField()
    due = serializers.DateTimeField()
    zone = serializers.CharField()
    policy = serializers.IntegerField()
    others = serializers.ListField(child=serializers.IntegerField())
    persons = serializers.FloatField()
    later = serializers.FloatField(help_text="Of them, those who get it later after all.")
    lost_to = LostToSerializer(many=True)
    earliest = serializers.DateTimeField(allow_null=True)
    latest = serializers.DateTimeField(allow_null=True)
    says = serializers.CharField(help_text="All of it in sentences.")


class CollisionSerializer(serializers.Serializer):
    """Plans that share days and people or an offer. With another campaign or with an experiment, never with both."""

    campaign = serializers.IntegerField()
    other_campaign = serializers.IntegerField(allow_null=True)
    experiment = serializers.IntegerField(allow_null=True)
    first = serializers.DateField()
    last = serializers.DateField()
    severity = serializers.CharField(help_text="`high`, `medium` or `low`.")
    codes = serializers.ListField(child=serializers.CharField(), help_text="How, the worst first.")
    axes = serializers.ListField(child=serializers.CharField())
    says = serializers.ListField(child=serializers.CharField())


class PressureSerializer(serializers.Serializer):
    days = CountSerializer(many=True, help_text="Everybody once for each message.")
    segments = SegmentCountSerializer(many=True)
    messages = FateSerializer(many=True)
    held = HeldSerializer(many=True, allow_null=True, help_text="Of a single day or a campaign, at most 100.")
    left_out = serializers.ListField(
        child=serializers.IntegerField(), help_text="Messages whose number of people nobody knows."
    )
    unknown_sizes = serializers.ListField(child=serializers.IntegerField(), help_text="Segments without a size.")
    untimed = serializers.ListField(
        child=serializers.IntegerField(), help_text="Messages that say no time: noon is taken."
    )
    problem = serializers.CharField(allow_blank=True, help_text="Why there is no replay; empty where there is one.")
    collisions = CollisionSerializer(many=True)


def numbers(found: Replay, first: datetime.date, last: datetime.date, campaign: str | None = None) -> dict[str, Any]:
    """Of the days that were asked for, and of the messages of the campaign, or of all."""
    mine = None
    if campaign is not None:
        turns = (turn.entry.message for run in found.runs for turn in run.turns)
        mine = {message.id for message in turns if message.campaign == campaign}
    return {
        "days": [count for count in found.days if first <= count.day <= last],
        "segments": [count for count in found.counts if first <= count.day <= last],
        "messages": [fate for fate in found.fates if mine is None or fate.message in mine],
    }


def held_rows(held: list[Held], called: Names) -> list[dict[str, Any]]:
    return [
        {
            "message": one.message,
            "campaign": one.campaign,
            "due": one.due,
            "zone": one.zone,
            "policy": one.rule,
            "others": [int(other) for other in one.others],
            "persons": one.persons,
            "later": one.later,
            "lost_to": [{"message": message, "persons": persons} for message, persons in one.lost_to],
            "earliest": one.earliest,
            "latest": one.latest,
            "says": f"{what(one)} {why(one, called)} {when(one)}",
        }
        for one in held
    ]


class CheckedCountSerializer(CountSerializer):
    segment = serializers.CharField()


class CheckedFateSerializer(FateSerializer):
    message = serializers.CharField()  # type: ignore[assignment]


class CheckedHeldSerializer(serializers.Serializer):
    message = serializers.CharField()
    due = serializers.DateTimeField()
    zone = serializers.CharField()
    policy = serializers.CharField(source="rule")
    kind = serializers.CharField()
    others = serializers.ListField(child=serializers.CharField())
    persons = serializers.FloatField()
    later = serializers.FloatField()
    lost_to = serializers.SerializerMethodField()
    earliest = serializers.DateTimeField(allow_null=True)
    latest = serializers.DateTimeField(allow_null=True)

    def get_lost_to(self, held: Held) -> list[str]:
        return [message for message, _persons in held.lost_to]


class CheckedSerializer(serializers.Serializer):
    days = CountSerializer(many=True, help_text="Everybody once for each message.")
    segments = CheckedCountSerializer(many=True)
    messages = CheckedFateSerializer(many=True, help_text="In the order of rank.")
    held = CheckedHeldSerializer(many=True, allow_null=True, help_text="Of the day that was asked for, at most 100.")
