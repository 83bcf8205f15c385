"""A feed as the document that calendar programs read."""

import datetime
from typing import cast

from django.urls import reverse
from django.utils import translation
from django.utils.formats import time_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from campaigns.enums import Cadence, CampaignStatus
from campaigns.ics.calendar import About, written
from campaigns.ics.entries import Entry, Repeats, Standing
from campaigns.models import Campaign, Feed, Message
from campaigns.queries.feeds import Content
from teams.models import Workspace
from teams.services import subjects
from teams.services.digest import digest

FIRM = {CampaignStatus.APPROVED, CampaignStatus.RUNNING, CampaignStatus.DONE}
LONGEST_TEXT = 2000


def document(feed: Feed, content: Content, site: str) -> bytes:
    """The feed in its reader's language. Links in it begin with `site`. Three queries, whatever is there."""
    workspace, user = feed.member.workspace, feed.member.user
    with translation.override(user.language):
        about = About(
            name=f"{workspace.name}: {feed}",
            text=_("Campaigns and their messages, from Throughline."),
            zone=user.timezone or workspace.timezone,
            url=site + reverse("campaigns:calendar", args=[workspace.slug]),
        )
        campaigns = content.campaigns.select_related("owner__user", "team").prefetch_related("channels")
        messages = content.messages.select_related("campaign__team", "campaign__owner__user", "channel")
        maker = Maker(workspace, site)
        entries = [maker.of_campaign(campaign) for campaign in campaigns]
        entries += [entry for message in messages if (entry := maker.of_message(message))]
        return written(about, entries)


class Maker:
    """Entries of one workspace.

    A UID is of the thing in this workspace: the same in all feeds, under every host name and with every address. The
    moment at which the workspace was founded tells it apart from those of other installations, where ids are the same.
    """

    def __init__(self, workspace: Workspace, site: str) -> None:
        self.workspace, self.site = workspace, site
        self.place = digest(f"{workspace.pk} {workspace.created_at.astimezone(datetime.UTC).isoformat()}")[:20]

    def uid(self, kind: str, pk: int) -> str:
        return f"{kind}-{pk}.{self.place}@throughline"

    def page(self, thing: Campaign | Message, *, removed: bool) -> str:
        """Where it is; of what is removed the calendar."""
        if removed:
            return self.site + reverse("campaigns:calendar", args=[self.workspace.slug])
        return self.site + subjects.address(thing)

    def of_campaign(self, campaign: Campaign) -> Entry:
        campaign.workspace, removed = self.workspace, campaign.removed_at is not None
        said = [
            f"{_('Campaign')} · {campaign.get_status_display()}",
            *who(campaign),
            campaign.goal,
            campaign.key_message,
        ]
        return Entry(
            uid=self.uid("campaign", campaign.pk),
            sequence=campaign.version - 1,
            changed=campaign.changed_at,
            title=campaign.title,
            first=days(campaign)[0],
            last=days(campaign)[1],
            standing=standing(campaign, removed=removed),
            url=self.page(campaign, removed=removed),
            categories=named(_("Campaign"), campaign.team, *campaign.channels.all()),
            text=joined(said),
        )

    def of_message(self, message: Message) -> Entry | None:
        """None for a message that has no day on which it goes."""
        campaign = message.campaign
        campaign.workspace, removed = self.workspace, bool(message.removed_at or campaign.removed_at)
        first, last, repeats = days_of(message)
        if first is None:
            return None
        said = [
            _("Message of the campaign “%(campaign)s”") % {"campaign": campaign.title},
            campaign.get_status_display(),
            how_often(message),
            *who(campaign),
        ]
        return Entry(
            uid=self.uid("message", message.pk),
            sequence=message.version + campaign.version - 2,  # both only grow, and both are told
            changed=max(message.changed_at, campaign.changed_at),
            title=message.title,
            first=first,
            last=last,
            standing=standing(campaign, removed=removed),
            url=self.page(message, removed=removed),
            at=message.at,
            zone=message.zone,
            repeats=repeats,
            categories=named(_("Message"), campaign.team, message.channel),
            text=joined(said),
        )


def days(thing: Campaign | Message) -> tuple[datetime.date, datetime.date]:
    """Its first and last day: what is in a feed has both."""
    return cast(datetime.date, thing.starts_on), cast(datetime.date, thing.ends_on)


def days_of(message: Message) -> tuple[datetime.date | None, datetime.date, Repeats | None]:
    """The first day on which it goes, the last of that one entry, and how it goes on.

    What goes once at a time goes on the first of its days; without a time it is on any of them.
    """
    first, last = days(message)
    if message.cadence == Cadence.ONCE:
        return first, last if message.at is None else first, None
    every = message.every if message.cadence == Cadence.EVERY else 1
    weekdays = frozenset(message.weekdays if message.cadence == Cadence.WEEKDAYS else ())
    repeats = Repeats(last, every, weekdays)
    begins = repeats.first_from(first)
    if begins is None:
        return None, last, None
    again = repeats.first_from(begins + datetime.timedelta(every))
    return begins, begins, repeats if again else None


def standing(campaign: Campaign, *, removed: bool) -> Standing:
    if removed or campaign.status == CampaignStatus.CANCELLED:
        return Standing.CANCELLED
    return Standing.CONFIRMED if campaign.status in FIRM else Standing.TENTATIVE


def who(campaign: Campaign) -> list[str]:
    owner = _("Owner: %(name)s") % {"name": campaign.owner}
    return [owner, _("Team: %(name)s") % {"name": campaign.team}] if campaign.team else [owner]


def how_often(message: Message) -> str:
    """Its cadence and its time, where programs cannot say whose clock that is."""
    said = str(message.get_cadence_display())
    if message.cadence == Cadence.EVERY:
        said = ngettext("Every day", "Every %(number)d days", message.every) % {"number": message.every}
    if message.at is None:
        return said
    at = {"at": time_format(message.at, "H:i"), "zone": message.zone}
    if message.zone:
        return f"{said}, " + _("at %(at)s in %(zone)s") % at
    return f"{said}, " + _("at %(at)s in each person's own time zone") % at


def named(*things: object) -> tuple[str, ...]:
    """Their names, each once."""
    return tuple(dict.fromkeys(str(thing) for thing in things if thing))


def joined(lines: list[str]) -> str:
    return "\n".join(line for line in lines if line)[:LONGEST_TEXT]
