"""Numbers of people, of which some are expected ones and so not whole, and shares, as people read them."""

from django import template
from django.utils.formats import number_format
from django.utils.translation import gettext as _

register = template.Library()


@register.filter
def people(number: float | None) -> str:
    """“12 400”; fewer than one is said as such, unknown as a dash."""
    if number is None:
        return "–"
    if 0 < number < 0.5:
        return _("fewer than 1")
    return number_format(round(number), use_l10n=True, force_grouping=True)


@register.filter
def share(part: float | None) -> str:
    """“12 %”, “0.4 %”."""
    if part is None:
        return "–"
    percent = part * 100
    digits = 0 if percent >= 10 or percent == round(percent) else 1
    return f"{number_format(round(percent, digits), decimal_pos=digits, use_l10n=True)}\u00a0%"
