"""Time zones by their names, such as `Europe/Sofia`, as the time zone database has them."""

import zoneinfo
from functools import cache

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

# Names that say nothing of a place: the zone of the machine that runs the site, and one that is not set.
NO_PLACES = {"localtime", "Factory"}


@cache
def names() -> frozenset[str]:
    """All zones there are. The database is a folder of files, so it is read once."""
    return frozenset(zoneinfo.available_timezones() - NO_PLACES)


def known_zone(value: str) -> None:
    if value not in names():
        raise ValidationError(_("There is no time zone “%(zone)s”."), params={"zone": value})


def zone_of(name: str) -> zoneinfo.ZoneInfo:
    """The zone with this name; UTC for nobody's choice, and for a name that a later database no longer has."""
    return zoneinfo.ZoneInfo(name if name in names() else "UTC")


@cache
def grouped() -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
    """All zones as choices, by their region: Europe → Sofia."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for zone in sorted(names()):
        region, _slash, place = zone.partition("/")
        groups.setdefault(region if place else "UTC", []).append((zone, (place or zone).replace("_", " ")))
    return tuple((region, tuple(places)) for region, places in sorted(groups.items()))
