"""A message that begins as another one."""

from typing import Any

from django.db import transaction
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from campaigns.models import Campaign, Message
from campaigns.queries.messages import any_message_of, complete
from campaigns.services.campaign_states import MESSAGE_ONES, MESSAGE_TEXTS
from campaigns.services.messages import add_message
from experiments.services.references import wrong
from teams.errors import Gone
from teams.permissions import Actor

LONGEST_TITLE = 160


@transaction.atomic
def copy_message(*, by: Actor, message: Message, campaign: Campaign | None = None) -> Message:
    """The same once more, in its campaign or in another one."""
    source = complete(any_message_of(by)).filter(pk=message.pk).first()
    if source is None:
        raise Gone
    title = Truncator(_("%(title)s (copy)") % {"title": source.title}).chars(LONGEST_TITLE)
    return add_message(by=by, campaign=campaign or source.campaign, **copied_fields(source) | {"title": title})


def copied_fields(source: Message) -> dict[str, Any]:
    """All that a complete message says; of what it refers to what is still there."""
    fields: dict[str, Any] = {name: getattr(source, name) for name in (*MESSAGE_TEXTS, "tactic")}
    for name in MESSAGE_ONES:
        thing = getattr(source, name)
        fields[name] = thing if thing is not None and not wrong(thing, source.workspace_id) else None
    fields["segments"] = [each for each in source.segments.all() if not wrong(each, source.workspace_id)]
    fields["texts"] = [
        {"language": row.language, "subject": row.subject, "text": row.text} for row in source.texts.all()
    ]
    return fields
