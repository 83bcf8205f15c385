"""How numbers on a map are written."""

from datetime import datetime, timedelta

from django import template
from django.utils.timesince import timesince
from django.utils.timezone import now
from django.utils.translation import gettext as _

from journeys.drawing.flow import shown_share

register = template.Library()


@register.filter
def signed(level: int) -> str:
    """“+1”, “0”, “−2”, with a true minus sign."""
    return f"{level:+d}".replace("-", "−") if level else "0"


@register.filter
def age(moment: datetime) -> str:
    """“3 days”: how long ago, as roughly as people say it."""
    if now() - moment < timedelta(minutes=1):
        return _("a moment")
    return timesince(moment, depth=1)


@register.filter
def percent(share: float) -> str:
    """“7.5 %”, as it stands on the paths of the map."""
    return shown_share(share)
