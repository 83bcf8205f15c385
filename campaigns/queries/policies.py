"""Reads of policies on contact pressure, all through the workspace."""

from collections.abc import Iterable

from django.db.models import QuerySet

from campaigns.enums import PolicyKind
from campaigns.models import Policy
from journeys.models import Stage
from teams.permissions import Actor

KINDS = list(PolicyKind.values)


def any_policy_of(actor: Actor) -> QuerySet[Policy]:
    return Policy.objects.filter(workspace_id=actor.workspace_id).select_related("channel")


def policies_of(actor: Actor) -> QuerySet[Policy]:
    return any_policy_of(actor).filter(removed_at=None)


def removed_policies_of(actor: Actor) -> QuerySet[Policy]:
    return any_policy_of(actor).filter(removed_at__isnull=False)


def listed(policies: Iterable[Policy]) -> list[Policy]:
    """In the order of their kinds, with the names of their stages: one query."""
    found = sorted(policies, key=lambda policy: (KINDS.index(policy.kind), policy.pk))
    name_stages(found)
    return found


def name_stages(policies: Iterable[Policy]) -> None:
    """Give each policy its stage as `named_stage`; None where it is no longer on its map."""
    policies = list(policies)
    ids = {policy.stage_id for policy in policies if policy.stage_id}
    stages = Stage.objects.select_related("map").in_bulk(ids) if ids else {}
    for policy in policies:
        policy.named_stage = stages.get(policy.stage_id)  # type: ignore[attr-defined]
