"""What does not fit about messages, in sentences for people."""

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from campaigns.enums import Lifecycle
from campaigns.matching.flags import Code, Flag
from campaigns.matching.kinds import Position

Text = str | Promise

FOR: dict[str, Text] = {
    Position.TOP: _("people who notice a need"),
    Position.MIDDLE: _("people who compare"),
    Position.BOTTOM: _("customers and those about to be"),
}
ARE: dict[str, Text] = {
    Position.TOP: _("only notice a need so far"),
    Position.MIDDLE: _("are still comparing"),
    Position.BOTTOM: _("are customers already"),
}
SENTENCES: dict[Code, Text] = {
    Code.POSITION_ELSEWHERE: _("Written for %(meant)s; “%(segment)s” %(are)s."),
    Code.LIFECYCLE_ELSEWHERE: _("Meant for the state “%(meant)s”; “%(segment)s” are in the state “%(are)s”."),
    Code.STAGE_ELSEWHERE: _("Written for %(meant)s; the stage “%(stage)s” is for %(at)s."),
    Code.AUDIENCE_NOT_AT_STAGE: _("It stands at the stage “%(stage)s”; “%(segment)s” %(are)s."),
    Code.PERSONA_NOT_ON_MAP: _("“%(persona)s” is not a persona of the map “%(map)s”."),
    Code.BEFORE_CAMPAIGN: _("It goes on %(day)s; the campaign starts on %(campaign)s."),
    Code.AFTER_CAMPAIGN: _("It goes until %(day)s; the campaign ends on %(campaign)s."),
    Code.NO_DAY: _("It has no day yet."),
    Code.NO_TEXT: _("It says nothing yet, in any language."),
    Code.NO_LINK: _("It has no tracked link."),
}


def sentence(flag: Flag) -> str:
    """Such as “Written for people who compare; “Regulars” are customers already.”"""
    if flag.code is Code.LANGUAGE_MISSING:
        return ngettext(
            "No text in “%(language)s”, which %(others)s other message of the campaign has.",
            "No text in “%(language)s”, which %(others)s other messages of the campaign have.",
            flag.values["others"],
        ) % dict(flag.values)
    return str(SENTENCES[flag.code]) % {name: shown(flag, name) for name in flag.values}


def shown(flag: Flag, name: str) -> str:
    """A value as the sentence has it."""
    value = flag.values[name]
    if name in ("meant", "at", "are") and flag.code is Code.LIFECYCLE_ELSEWHERE:
        return str(Lifecycle(value).label)
    if name in ("meant", "at"):
        return str(FOR[value])
    if name == "are":
        return str(ARE[value])
    return date_format(value, "j M Y") if hasattr(value, "isoformat") else str(value)
