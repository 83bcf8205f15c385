"""What the ids in a replay are called."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from campaigns.models import Message, Policy, Segment
from campaigns.queries.policies import name_stages


@dataclass(frozen=True)
class Names:
    """Messages with their campaigns, segments, and policies of a workspace by their ids. Each is read when it is first
    asked for, so four queries at most whatever the number."""

    workspace_id: int
    message_ids: frozenset[int]

    @cached_property
    def messages(self) -> dict[int, Message]:
        rows = Message.objects.select_related("campaign", "channel").filter(campaign__workspace_id=self.workspace_id)
        return rows.in_bulk(self.message_ids)

    @cached_property
    def segments(self) -> dict[int, Segment]:
        return {segment.pk: segment for segment in Segment.objects.filter(workspace_id=self.workspace_id)}

    @cached_property
    def policies(self) -> dict[int, Policy]:
        rows = list(Policy.objects.filter(workspace_id=self.workspace_id).select_related("channel"))
        name_stages(rows)
        return {policy.pk: policy for policy in rows}


def names(workspace_id: int, messages: Iterable[int | str]) -> Names:
    return Names(workspace_id, frozenset(int(pk) for pk in messages))
