"""What people approve: the brief and the messages of a campaign, frozen in plain values.

Left out is what changes nothing for customers or for the money: who looks after it, what is spent, what is attached.
Things that it refers to stand with their id and their name; another name is no change.
"""

from typing import Any

from campaigns.models import Campaign, Message
from campaigns.queries.campaigns import complete as complete_campaigns
from campaigns.queries.messages import complete as complete_messages
from campaigns.services.campaign_states import MESSAGE_ONES, MESSAGE_TEXTS, TEXTS
from experiments.services.states import plain

Document = dict[str, Any]


def document_of(campaign: Campaign) -> Document:
    """As it is in the database now. About ten queries."""
    held = complete_campaigns(Campaign.objects.all()).get(pk=campaign.pk)
    rows = complete_messages(Message.objects.filter(campaign=campaign, removed_at=None)).order_by("pk")
    return {"brief": brief_of(held), "messages": {str(message.pk): message_of(message) for message in rows}}


def brief_of(campaign: Campaign) -> Document:
    brief = {name: plain(getattr(campaign, name)) for name in TEXTS}
    brief["metric"] = referred(campaign.metric)
    brief["stages"] = sorted_by_id(row.stage for row in campaign.campaign_stages.all())
    brief |= {name: sorted_by_id(getattr(campaign, name).all()) for name in ("personas", "segments", "channels")}
    planned = [line for line in campaign.budget_lines.all() if line.planned]
    brief["budget"] = [
        {"channel": referred(line.channel), "month": f"{line.month:%Y-%m}", "planned": f"{line.planned:.2f}"}
        for line in sorted(planned, key=lambda line: (line.month, line.channel_id or 0))
    ]
    return brief


def message_of(message: Message) -> Document:
    state = {name: plain(getattr(message, name)) for name in MESSAGE_TEXTS}
    state |= {name: referred(getattr(message, name)) for name in MESSAGE_ONES}
    state["segments"] = sorted_by_id(message.segments.all())
    texts = sorted(message.texts.all(), key=lambda row: row.language)
    state["texts"] = [{"language": row.language, "subject": row.subject, "text": row.text} for row in texts]
    return state


def referred(thing: Any) -> dict[str, Any] | None:
    return None if thing is None else {"id": thing.pk, "name": str(thing)}


def sorted_by_id(things: Any) -> list[dict[str, Any] | None]:
    return [referred(thing) for thing in sorted(things, key=lambda thing: thing.pk)]


def same(one: Any, other: Any) -> bool:
    """Whether two documents, or parts of them, say the same."""
    return bare(one) == bare(other)


def bare(part: Any) -> Any:
    """Without the names of things that have an id."""
    if isinstance(part, dict):
        return part["id"] if part.keys() == {"id", "name"} else {name: bare(value) for name, value in part.items()}
    return [bare(value) for value in part] if isinstance(part, list) else part
