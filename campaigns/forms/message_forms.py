"""The form of a message with its texts and the builder of its link, as one."""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as _

from campaigns.forms.links import LinkDraft
from campaigns.forms.message_texts import PREFIX, TextRows, as_lines, text_values
from campaigns.forms.messages import MessageForm
from campaigns.models import Campaign, Message
from campaigns.naming.check import check_value
from campaigns.naming.rules import Rules
from teams.permissions import Actor
from teams.rows import add_row, take_row
from teams.seen import Difference, refuse

MEDIUMS = {"email": "email", "sms": "sms", "push": "push", "social": "social", "qr-code": "qr", "catalogue": "print"}


class MessageForms:
    """`stale` and `theirs` are what `components/conflict.html` asks for."""

    def __init__(
        self,
        actor: Actor,
        campaign: Campaign,
        rules: Rules,
        *,
        message: Message | None = None,
        data: QueryDict | None = None,
        initial: dict[str, Any] | None = None,
    ) -> None:
        self.actor, self.campaign, self.rules = actor, campaign, rules
        self.main = MessageForm(data, instance=message, initial=initial, actor=actor, campaign=campaign)
        rows = text_values(message) if data is None else None
        self.texts = TextRows(data, initial=rows, prefix=PREFIX)
        beginning = begun(campaign, message, rules) if data is None else data
        self.draft = LinkDraft(rules, beginning, strict=bool(data and (data.get("url") or "build" in data)))
        self.their_texts: Difference | None = None

    @property
    def stale(self) -> bool:
        return self.main.stale

    @property
    def theirs(self) -> list[Difference]:
        return [*self.main.theirs, *([self.their_texts] if self.their_texts else [])]

    @property
    def wrong(self) -> bool:
        return bool(self.main.errors or self.texts.wrong or any(form.errors for form in self.texts.forms))

    def is_valid(self) -> bool:
        """Both, so that all that is wrong is shown at once."""
        return all([self.main.is_valid(), self.texts.is_valid()])

    def forgive(self) -> None:
        """Show what was typed without judging it yet: somebody is still at it."""
        for form in [self.main, *self.texts.forms]:
            form.errors.clear()

    def service_fields(self) -> dict[str, Any]:
        return self.main.service_fields() | {"texts": [form.service_fields() for form in self.texts.kept]}

    def refuse(self, error: ValidationError) -> None:
        """Put what the service refused at its field; what is about the texts above their rows."""
        errors = error.update_error_dict({})
        for one in errors.pop(PREFIX, []):
            self.texts.wrong += [str(text) for text in one.messages]
        if errors:
            refuse(self.main, ValidationError(errors))

    def show_theirs(self, current: Message) -> None:
        """Somebody was faster: hold what was typed against the message as it is now."""
        self.main.show_theirs(MessageForm(instance=current, actor=self.actor, campaign=self.campaign))
        theirs = as_lines(text_values(current))
        mine = as_lines([form.service_fields() for form in self.texts.kept])
        if theirs != mine:
            self.their_texts = Difference(_("Texts"), theirs, mine)


def begun(campaign: Campaign, message: Message | None, rules: Rules) -> dict[str, str]:
    """What the builder begins with: the campaign's title and the channel, as the rules want them written."""
    channel = message.channel if message else None
    said = {"utm_campaign": campaign.title, "utm_medium": MEDIUMS.get(channel.icon, "") if channel else ""}
    found: dict[str, str] = {}
    for name, value in said.items():
        if value and name in {rule.parameter for rule in rules.parameters}:
            problem = check_value(value, rules, name)
            found[f"p_{name}"] = value if problem is None else problem.proposal or ""
    return found


def worked_on(data: QueryDict, rules: Rules) -> QueryDict:
    """What was typed, after a button inside the form: `do` is `texts.add` or `texts.remove.1`; `take` names the
    builder's field whose proposal is taken."""
    data = data.copy()
    act = data.pop("do", [""])[-1]
    if act == f"{PREFIX}.add":
        add_row(data, PREFIX)
    elif act.startswith(f"{PREFIX}.remove.") and (number := act.rpartition(".")[2]).isdigit() and len(number) < 4:
        take_row(data, PREFIX, int(number))
    if "take" in data:
        draft = LinkDraft(rules, data).taking(data.pop("take")[-1])
        for entry in draft.entries:
            data[entry.name] = entry.value
    return data
