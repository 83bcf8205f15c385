"""Collisions in sentences for people."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaigns.policy_words import listed, span_words
from campaigns.pressure.collisions import Axis, Code, Collision, Reason, Severity

SENTENCES: dict[Code, str | Promise] = {
    Code.SAME_OFFER: gettext_lazy("“%(one)s” and “%(other)s” make the same offer: %(things)s."),
    Code.RIVAL_OFFERS: gettext_lazy("“%(one)s” and “%(other)s” make different offers to the same people: %(things)s."),
    Code.SAME_CHANNEL: gettext_lazy("“%(one)s” and “%(other)s” reach the same people by %(things)s."),
    Code.SAME_STAGE: gettext_lazy("“%(one)s” and “%(other)s” speak to the same people at %(things)s."),
    Code.SAME_PEOPLE: gettext_lazy("“%(one)s” and “%(other)s” reach the same people: %(people)s."),
    Code.MOVES_THE_METRIC: gettext_lazy(
        "“%(one)s” is meant to move what the experiment “%(other)s” measures: %(things)s."
    ),
    Code.GIVES_THE_OFFER: gettext_lazy(
        "“%(one)s” makes an offer that the experiment “%(other)s” tries out, so its control gets it, too: %(things)s."
    ),
    Code.CHANGES_WHO_ARRIVES: gettext_lazy(
        "“%(one)s” changes who arrives at %(things)s while the experiment “%(other)s” runs there."
    ),
    Code.REACHES_ITS_PEOPLE: gettext_lazy("“%(one)s” reaches people of the experiment “%(other)s”: %(people)s."),
}
SEVERITIES: dict[Severity, str | Promise] = {
    Severity.HIGH: gettext_lazy("serious"),
    Severity.MEDIUM: gettext_lazy("worth a look"),
    Severity.LOW: gettext_lazy("slight"),
}
TONES = {Severity.HIGH: "bad", Severity.MEDIUM: "warn", Severity.LOW: ""}


def sentence(hit: Collision, reason: Reason, names: Mapping[str, str]) -> str:
    """One way in which two plans collide."""
    things = [names.get(thing, thing) for thing in reason.things]
    values = {
        "one": hit.one.title,
        "other": hit.other.title,
        "things": listed(things),
        "people": listed(things + pairs(hit, names)),
    }
    return str(SENTENCES[reason.code]) % values


def sentences(hit: Collision, names: Mapping[str, str]) -> list[str]:
    """All ways, the worst first, and that somebody does not say whom they reach."""
    said = [sentence(hit, reason, names) for reason in hit.reasons]
    audience = next((line for line in hit.shared if line.axis is Axis.AUDIENCE), None)
    if audience and not audience.things and not audience.pairs:
        said.append(_("One of the two does not say whom it reaches, so this is a guess."))
    return said


def pairs(hit: Collision, names: Mapping[str, str]) -> list[str]:
    audience = next((line for line in hit.shared if line.axis is Axis.AUDIENCE), None)
    return [
        _("%(one)s with %(other)s") % {"one": names.get(mine, mine), "other": names.get(yours, yours)}
        for mine, yours in (audience.pairs if audience else ())
    ]


def days(hit: Collision) -> str:
    return span_words(hit.first, hit.last)


def severity(hit: Collision) -> str:
    return str(SEVERITIES[hit.severity])


def tone(hit: Collision) -> str:
    return TONES[hit.severity]
