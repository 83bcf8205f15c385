"""What the log says of a campaign and of a message, in plain values."""

from typing import Any

from campaigns.models import BudgetLine, Campaign, Message
from experiments.services.states import plain

TEXTS = (
    *("title", "goal", "target", "audience", "offer", "tone", "key_message", "next_step", "priority", "currency"),
    *("starts_on", "ends_on"),
)
ONES = ("owner", "team", "metric")
MANY = ("personas", "segments", "channels")
MESSAGE_TEXTS = (
    *("title", "position", "lifecycle", "starts_on", "ends_on", "at", "zone", "cadence", "every", "weekdays"),
    *("priority", "transactional", "offer", "tone", "next_step"),
)
MESSAGE_ONES = ("channel", "stage", "persona", "link")


def campaign_state(campaign: Campaign) -> dict[str, Any]:
    """The brief: its own fields, what it refers to by name, its budget and its attachments."""
    state = {name: plain(getattr(campaign, name)) for name in TEXTS}
    state |= {name: named(getattr(campaign, name)) for name in ONES}
    state["stages"] = [row.stage.name for row in campaign.campaign_stages.all()]
    state |= {name: [str(thing) for thing in getattr(campaign, name).all()] for name in MANY}
    state["budget"] = [budget_state(line) for line in campaign.budget_lines.all()]
    state["attachments"] = [{"title": row.title, "url": row.url} for row in campaign.attachments.all()]
    return state


def budget_state(line: BudgetLine) -> dict[str, Any]:
    return {
        "channel": named(line.channel),
        "month": f"{line.month:%Y-%m}",
        "planned": f"{line.planned:.2f}",
        "spent": f"{line.spent:.2f}",
    }


def message_state(message: Message) -> dict[str, Any]:
    """Its own fields, what it refers to by name, and its texts."""
    state = {name: plain(getattr(message, name)) for name in MESSAGE_TEXTS}
    state |= {name: named(getattr(message, name)) for name in MESSAGE_ONES}
    state["segments"] = [str(segment) for segment in message.segments.all()]
    state["texts"] = [
        {"language": row.language, "subject": row.subject, "text": row.text} for row in message.texts.all()
    ]
    return state


def named(thing: Any) -> str | None:
    return None if thing is None else str(thing)
