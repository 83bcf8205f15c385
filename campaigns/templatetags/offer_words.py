"""The words of what experiments offer to projections, and why some offer nothing."""

from django import template
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaigns.queries.projection_offers import Change, Silence

register = template.Library()
SENTENCES: dict[Silence, str | Promise] = {
    Silence.KEPT: gettext_lazy("All stays as it was, so no number changes."),
    Silence.ROLLED_BACK: gettext_lazy(
        "It was rolled back, so no number changes. What was measured while it ran has a part of its effect: "
        "measure again."
    ),
    Silence.NO_RESULT: gettext_lazy("It was decided without results."),
    Silence.NO_INTERVAL: gettext_lazy("Its relative effect has no interval, so a range cannot be made of it."),
    Silence.NO_INPUT: gettext_lazy(
        "What it measured is not a share of users, and no number here is measured by the same metric. "
        "Choose that metric as the source of a number, and the effect is offered for it."
    ),
    Silence.MEASURED_SINCE: gettext_lazy("The number here was measured after the decision: it has the effect already."),
}


@register.filter
def silence_words(silence: Silence) -> str:
    return str(SENTENCES[silence])


@register.filter
def changed_input(change: Change) -> str:
    """“Rate of “Pay””, “Retention by month”."""
    if change.input.stage:
        return _("Rate of “%(stage)s”") % {"stage": change.input.stage}
    return _("Worth of a customer") if change.input.name == "value" else _("Retention by month")


@register.filter
def rest_words(change: Change) -> str:
    """Whom the effect is laid on where that is not the number itself."""
    if not change.rest:
        return ""
    if change.input.stage:
        return _("taken for those who do not pass")
    return _("taken for those who do not stay")
