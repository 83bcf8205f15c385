from typing import Any

import django_filters
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from rest_framework import serializers

from campaigns.api.pressure_fields import Days, TimeOfDay, Weekdays
from campaigns.enums import PolicyKind
from campaigns.models import Policy
from campaigns.policy_words import in_words
from campaigns.queries.policies import name_stages, policies_of
from campaigns.services.policies import add_policy, edit_policy, remove_policy
from journeys.api.scopes import stages_of
from journeys.queries.channels import channels_of
from teams.api.fields import Ref
from teams.api.filters import FlagFilter
from teams.api.objects import CanAdd, CanChange, CanRemove
from teams.api.serializers import ObjectSerializer
from teams.permissions import Permission


class PolicySerializer(ObjectSerializer):
    """`kind` says which fields count: `n` and `per` of a cap, `hours` of a gap, `quiet_from` and `quiet_until`,
    `weekdays`, `days` of a blackout, `share` of those held out. The others are null."""

    channel = Ref(scope=channels_of, required=False, allow_null=True, help_text="Null: each channel on its own.")
    stage = Ref(scope=stages_of, required=False, allow_null=True, help_text="Null: each stage on its own.")
    quiet_from = TimeOfDay(required=False, allow_null=True)
    quiet_until = TimeOfDay(required=False, allow_null=True)
    weekdays = Weekdays(required=False, allow_null=True)
    days = Days()
    says = serializers.SerializerMethodField(help_text="The policy in a sentence.")

    class Meta:
        model = Policy
        fields = [
            "id", "kind", "enabled", "note", "scope", "channel", "stage", "n", "per", "hours", "quiet_from",
            "quiet_until", "weekdays", "days", "share", "binds_transactional", "says", "version",
        ]  # fmt: skip

    def get_says(self, policy: Policy) -> str:
        if "named_stage" not in policy.__dict__:
            name_stages([policy])
        return in_words(policy)


class PolicyFilters(django_filters.FilterSet):
    kind = django_filters.ChoiceFilter(choices=PolicyKind)
    in_force = FlagFilter(method="is_in_force", help_text="`true`: those that are enabled.")

    def is_in_force(self, policies: QuerySet[Policy], name: str, text: str) -> QuerySet[Policy]:
        return policies.filter(enabled=text == "true")


class Policies(CanAdd, CanChange, CanRemove):
    """Policies on contact pressure: what a person may get from all teams together."""

    needs = Permission.CAMPAIGN_CONFIGURE
    serializer_class = PolicySerializer
    filterset_class = PolicyFilters

    def objects(self) -> QuerySet[Policy]:
        return policies_of(self.actor)

    def add(self, **fields: Any) -> Policy:
        return add_policy(by=self.actor, **fields)

    def change(self, policy: Policy, seen: int | None, /, **fields: Any) -> Policy:
        if fields.pop("kind", policy.kind) != policy.kind:
            raise ValidationError({"kind": [_("Its kind stays. Add another policy.")]})
        return edit_policy(by=self.actor, policy=policy, seen=seen, **fields)

    def remove(self, policy: Policy, seen: int | None) -> None:
        remove_policy(by=self.actor, policy=policy, seen=seen)
