from typing import Any

import django_filters
from django.db.models import QuerySet
from rest_framework import serializers

from campaigns.api.campaigns import Money
from campaigns.models import ApprovalRule, Task
from campaigns.queries.approvals import rules_of
from campaigns.queries.campaigns import kept_campaigns_of
from campaigns.services.approval_rules import add_rule, edit_rule, remove_rule
from campaigns.services.checklists import add_task, edit_task, remove_task, tick_task
from experiments.api.scopes import members_of, teams_of
from journeys.queries.channels import channels_of
from teams.api.fields import Flag, Ref
from teams.api.filters import FlagFilter, IdFilter
from teams.api.objects import CanAdd, CanChange, CanRemove
from teams.api.serializers import ObjectSerializer
from teams.permissions import Permission


class TaskSerializer(ObjectSerializer):
    campaign = Ref()
    owner = Ref(scope=members_of, required=False, allow_null=True)
    due = serializers.DateField(read_only=True, allow_null=True, help_text="The day, however it is said.")
    done = Flag(required=False)

    class Meta:
        model = Task
        fields = ["id", "campaign", "text", "owner", "due_on", "due_offset", "due", "done", "done_at", "version"]
        read_only_fields = ["done_at"]

    def to_representation(self, task: Task) -> dict[str, Any]:
        task.done = task.done_at is not None  # type: ignore[attr-defined]
        return super().to_representation(task)


class NewTaskSerializer(TaskSerializer):
    campaign = Ref(scope=kept_campaigns_of)
    done = None

    class Meta(TaskSerializer.Meta):
        fields = [name for name in TaskSerializer.Meta.fields if name != "done"]


class TaskFilters(django_filters.FilterSet):
    campaign = IdFilter()
    owner = IdFilter()
    done = FlagFilter(method="ticked")

    def ticked(self, rows: QuerySet[Task], name: str, value: str) -> QuerySet[Task]:
        return rows.filter(done_at__isnull=value == "false")


class CampaignTasks(CanAdd, CanChange, CanRemove):
    """The checklists of campaigns. A task is due on a day, or so many days after its campaign starts."""

    needs = Permission.CAMPAIGN_EDIT
    serializer_class = TaskSerializer
    new_serializer_class = NewTaskSerializer
    filterset_class = TaskFilters

    def objects(self) -> QuerySet[Task]:
        rows = Task.objects.filter(campaign__workspace_id=self.actor.workspace_id, campaign__removed_at=None)
        return rows.select_related("campaign", "owner__user")

    def add(self, **fields: Any) -> Task:
        return add_task(by=self.actor, **fields)

    def change(self, task: Task, seen: int | None, /, **fields: Any) -> Task:
        done = fields.pop("done", None)
        if fields or done is None:
            task = edit_task(by=self.actor, task=task, seen=seen, **fields)
        return task if done is None else tick_task(by=self.actor, task=task, done=done)

    def remove(self, task: Task, seen: int | None) -> None:
        remove_task(by=self.actor, task=task, seen=seen)


class ApprovalRuleSerializer(ObjectSerializer):
    team = Ref(scope=teams_of, required=False, allow_null=True)
    member = Ref(scope=members_of, required=False, allow_null=True)
    channel = Ref(scope=channels_of, required=False, allow_null=True)
    amount = Money(required=False, allow_null=True)

    class Meta:
        model = ApprovalRule
        fields = ["id", "asks", "team", "member", "applies", "amount", "channel", "version"]


class ApprovalRules(CanAdd, CanChange, CanRemove):
    """Who is asked to approve which campaigns. What has been asked by a rule stays asked when it changes."""

    needs = Permission.CAMPAIGN_CONFIGURE
    serializer_class = ApprovalRuleSerializer

    def objects(self) -> QuerySet[ApprovalRule]:
        return rules_of(self.actor)

    def add(self, **fields: Any) -> ApprovalRule:
        return add_rule(by=self.actor, **fields)

    def change(self, rule: ApprovalRule, seen: int | None, /, **fields: Any) -> ApprovalRule:
        return edit_rule(by=self.actor, rule=rule, seen=seen, **fields)

    def remove(self, rule: ApprovalRule, seen: int | None) -> None:
        remove_rule(by=self.actor, rule=rule, seen=seen)
