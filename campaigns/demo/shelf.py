"""What Ropewalk Group keeps beside its campaigns: a view of the calendar for everybody, and a tactic of its own."""

from datetime import date

from campaigns.enums import Position, StageKind
from campaigns.services.saved_views import save_view
from campaigns.services.tactics import add_tactic
from journeys.demo.people import AMARA, INGRID, SUCCESS
from journeys.models import Channel
from teams.models import Membership, Team


def fill_shelf(members: dict[str, Membership], today: date) -> None:
    """The chapter."""
    here = {"workspace_id": members[AMARA].workspace_id}
    success = Team.objects.get(name=SUCCESS, **here)
    save_view(
        by=members[AMARA],
        name="Customers, by channel",
        query=f"view=timeline&rows=channel&team={success.pk}&show=campaigns&show=messages",
        shared=True,
    )
    add_tactic(
        by=members[INGRID],
        title="Note from the one who packed it",
        stage=StageKind.RETENTION,
        position=Position.BOTTOM,
        about="Three written lines in the parcel, signed with a first name.",
        content="Thank for the order, say one thing about what is in it, and where to write when something is wrong.",
        measured_by="Second orders within 45 days, parcels with a note against those without.",
        pitfalls="A printed note reads like a leaflet. Stop when nobody has time to write.",
        channels=[Channel.objects.get(name="Referral", **here)],
    )
