"""What one chooses from in the list of campaigns: things of the workspace by their ids, months by their names."""

import datetime
from collections.abc import Mapping

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from campaigns.months import later, month_of, read_month
from campaigns.queries.segments import segments_of
from experiments.queries.pickers import Option, Picker, maps, things
from journeys.queries.channels import channels_of
from journeys.queries.personas import personas_of
from teams.models import Membership
from teams.permissions import Actor
from teams.queries import teams_of

BEFORE, AFTER = 6, 12


def filters(actor: Actor, asked: Mapping[str, str], today: datetime.date) -> list[Picker]:
    """What the list is filtered by, besides words and status. Six queries."""
    members = Membership.objects.filter(workspace_id=actor.workspace_id).select_related("user").order_by("user__name")
    found: dict[str, tuple[object, list[Option]]] = {
        "month": (_("Month"), months(asked.get("month", ""), today)),
        "owner": (_("Owner"), things(members)),
        "team": (_("Team"), things(teams_of(actor))),
        "channel": (_("Channel"), things(channels_of(actor).only("name"))),
        "persona": (_("Persona"), things(personas_of(actor).only("name"))),
        "segment": (_("Segment"), things(segments_of(actor).only("name"))),
        "map": (_("Map"), maps(actor, asked.get("map", ""))),
    }
    return [Picker(name, str(label), options, asked.get(name, "")) for name, (label, options) in found.items()]


def months(chosen: str, today: datetime.date) -> list[Option]:
    """From half a year ago to a year ahead, and the chosen one."""
    found = {later(month_of(today), number) for number in range(-BEFORE, AFTER + 1)}
    if other := read_month(chosen):
        found.add(other)
    return [(f"{month:%Y-%m}", date_format(month, "F Y")) for month in sorted(found)]
