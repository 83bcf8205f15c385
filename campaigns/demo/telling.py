"""Tells the campaigns of Ropewalk Group: segments, briefs, messages, and how far each has come."""

import datetime
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from campaigns.demo import crowds, hawser, houses, skein
from campaigns.demo.writing import Effort, Word
from campaigns.enums import Applies, ApprovalState, AskedPeople, CampaignStatus
from campaigns.models import Approval, Campaign, Link, Message, Segment
from campaigns.months import later, month_of
from campaigns.queries.approvals import askable, last_request, waiting_for
from campaigns.services.approval_rules import add_rule
from campaigns.services.approvals import answer
from campaigns.services.campaign_steps import take_step
from campaigns.services.campaigns import create_campaign
from campaigns.services.checklists import add_task, tick_task
from campaigns.services.messages import add_message, edit_message
from campaigns.services.segments import add_segment
from insights.models import Metric
from journeys.demo import build
from journeys.demo.people import AMARA, DESI, INGRID, LUCIA, PRIYA
from journeys.models import Channel, Persona, Stage
from teams.models import Membership, Notification, Team

EFFORTS = (*houses.EFFORTS, *hawser.EFFORTS, *skein.EFFORTS)
# How links say the channels that can carry one.
MEDIUMS = {
    "E-mail": "email",
    "Push": "app",
    "In-app": "app",
    "SMS": "sms",
    "Social network": "social",
    "Referral": "qr",
}
MONEY = "The money is there."
# By campaign: what to do, who does it, how many days after the start; whether it is done.
TASKS = {
    "Skein: the second order": (
        ("Count after how many days a second order comes", AMARA, -14, True),
        ("Service knows the dye lots that are scarce", PRIYA, -2, False),
        ("Compare the days between orders", AMARA, 28, False),
    ),
    "Hawser: from one team to ten": (
        ("Speaker and title of the webinar are fixed", DESI, -21, False),
        ("Page with registration is ready", LUCIA, -3, False),
        ("Call those who asked a question", DESI, 12, False),
    ),
}
WAY = (
    CampaignStatus.PLANNED,
    CampaignStatus.APPROVAL,
    CampaignStatus.APPROVED,
    CampaignStatus.RUNNING,
    CampaignStatus.DONE,
)


class Library:
    """What the campaigns refer to, by name; loaded once."""

    def __init__(self, workspace_id: int) -> None:
        here = {"workspace_id": workspace_id}
        self.segments: dict[str, Segment] = {}
        self.personas = {row.name: row for row in Persona.objects.filter(**here)}
        self.channels = {row.name: row for row in Channel.objects.filter(**here)}
        self.metrics = {row.name: row for row in Metric.objects.filter(**here)}
        self.teams = {row.name: row for row in Team.objects.filter(**here)}
        stages = Stage.objects.filter(map__workspace_id=workspace_id, map__is_template=False).select_related("map")
        self.links = {(row.campaign, row.medium): row for row in Link.objects.filter(**here, removed_at=None)}
        self.stages = {(stage.map.title, stage.name): stage for stage in stages}

    def stage(self, story: str, name: str) -> Stage:
        return self.stages[build.STORIES[story].title, name]


def tell_campaigns(members: dict[str, Membership], today: date) -> None:
    """The chapter of the demo."""
    library = Library(members[AMARA].workspace_id)
    for crowd in crowds.CROWDS:
        library.segments[crowd.name] = add_segment(
            by=members[AMARA],
            name=crowd.name,
            description=crowd.about,
            size=crowd.size,
            size_source=crowd.source,
            position=crowd.position,
            lifecycle=crowd.lifecycle,
        )
    set_rules(members)
    for effort in EFFORTS:
        tell(effort, members, library, today)
    change_what_runs(members)
    read_what_is_settled(members[AMARA].workspace_id)


def tell(effort: Effort, members: dict[str, Membership], library: Library, today: date) -> Campaign:
    by = members[effort.owner]
    begins = None if effort.begins is None else today + timedelta(days=effort.begins)
    texts = ("title", "goal", "target", "audience", "offer", "tone", "key_message", "next_step", "priority")
    campaign = create_campaign(
        by=by,
        team=library.teams[effort.team],
        starts_on=begins,
        ends_on=begins and begins + timedelta(days=effort.days - 1),
        metric=library.metrics.get(effort.metric),
        stages=[library.stage(effort.story, name) for name in effort.stages],
        personas=[library.personas[name] for name in effort.personas],
        segments=[library.segments[name] for name in effort.segments],
        channels=[library.channels[name] for name in effort.channels],
        budget=[line(each, begins, library) for each in effort.budget] if begins else [],
        **{name: getattr(effort, name) for name in texts},
    )
    for word in effort.words:
        say(word, effort, by, campaign, library)
    for text, doer, days, done in TASKS.get(effort.title, ()):
        task = add_task(by=by, campaign=campaign, text=text, owner=members[doer], due_offset=days)
        if done:
            tick_task(by=by, task=task, done=True)
    for step in WAY[: WAY.index(effort.status) + 1] if effort.status in WAY else ():
        if step == CampaignStatus.APPROVED:
            approve(campaign)
        else:
            campaign = take_step(by=by, campaign=campaign, to=step)
    return campaign


def approve(campaign: Campaign) -> None:
    """All who are asked approve; each answers for all that is asked of them."""
    request = last_request(campaign)
    for approval in request.approvals.all() if request else ():
        people = askable(approval, campaign.workspace_id)
        person = next((one for one in people if waiting_for(one).filter(pk=approval.pk).exists()), None)
        if person is not None:
            answer(
                by=person, campaign=campaign, approve=True, comment=MONEY if approval.asks == AskedPeople.ADMIN else ""
            )


def set_rules(members: dict[str, Membership]) -> None:
    owner = members[INGRID]
    add_rule(by=owner, asks=AskedPeople.STAGE_OWNERS, applies=Applies.ALWAYS)
    add_rule(by=owner, asks=AskedPeople.ADMIN, applies=Applies.ABOVE, amount=Decimal(10_000))


def change_what_runs(members: dict[str, Membership]) -> None:
    """Priya has found a better last day: it was approved with another one."""
    message = Message.objects.select_related("campaign").get(
        campaign__workspace=members[PRIYA].workspace, title="Letter: the link is good until Sunday"
    )
    last = message.starts_on and message.starts_on + timedelta(days=2)
    edit_message(
        by=members[PRIYA], message=message, title="Letter: the link is good until Tuesday", starts_on=last, ends_on=last
    )


def read_what_is_settled(workspace_id: int) -> None:
    """What was asked and is answered by now, nobody has to read any more."""
    waiting = Approval.objects.filter(request__state=ApprovalState.WAITING).values("request__campaign")
    rows = Notification.objects.filter(workspace_id=workspace_id, kind="campaign", read_at=None)
    rows.exclude(object_id__in=waiting).update(read_at=timezone.now())


def line(said: tuple[str, int, int, int], begins: date, library: Library) -> dict[str, Any]:
    channel, months, planned, spent = said
    return {
        "channel": library.channels[channel],
        "month": later(month_of(begins), months),
        "planned": Decimal(planned),
        "spent": Decimal(spent),
    }


def say(word: Word, effort: Effort, by: Membership, campaign: Campaign, library: Library) -> None:
    first = campaign.starts_on and campaign.starts_on + timedelta(days=word.day)
    last = campaign.starts_on + timedelta(days=word.until) if campaign.starts_on and word.until is not None else first
    texts = [{"language": "en", "subject": word.subject, "text": word.text}] if word.subject or word.text else []
    add_message(
        by=by,
        campaign=campaign,
        title=word.title,
        channel=library.channels[word.channel],
        link=library.links.get((effort.code, MEDIUMS.get(word.channel, ""))),
        stage=library.stage(effort.story, word.stage),
        persona=library.personas[effort.personas[0]],
        segments=[library.segments[name] for name in word.to],
        starts_on=first,
        ends_on=last,
        at=datetime.time.fromisoformat(word.at) if word.at else None,
        texts=texts,
        **word.more,
    )
