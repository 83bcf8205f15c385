"""Metrics of a member who leaves go to whoever takes over."""

from django.db.models import F
from django.utils.translation import ngettext

from insights.models import Metric
from teams.models import Membership
from teams.permissions import Actor


def owned_metrics(member: Membership) -> list[str]:
    """How many metrics the member owns, in a sentence; removed ones too, for they may come back."""
    number = Metric.objects.filter(owner=member).count()
    if not number:
        return []
    return [ngettext("%(number)s metric", "%(number)s metrics", number) % {"number": number}]


def hand_over_metrics(*, by: Actor, giver: Membership, receiver: Membership) -> None:
    Metric.objects.filter(owner=giver).update(owner=receiver, version=F("version") + 1)
