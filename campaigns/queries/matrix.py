"""The matrix stage × persona × channel: messages in their places, for a campaign or for a map."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Q, QuerySet

from campaigns.enums import OVER, CampaignStatus
from campaigns.matching.grid import EMPTY, Cell, Placed, Spot, State, grid
from campaigns.matching.kinds import Kind, kind_of
from campaigns.models import Campaign, Message
from campaigns.pressure.messages import Cadence
from campaigns.queries.campaigns import campaigns_of
from campaigns.queries.message_lists import between
from campaigns.queries.messages import kept_messages_of, messages_of
from journeys.models import Channel, Map, Persona, Stage
from journeys.queries.channels import channels_of
from teams.permissions import Actor

MOST_MESSAGES = 3000


@dataclass(frozen=True)
class MatrixCell:
    spot: Spot
    cell: Cell
    messages: list[Message]

    @property
    def state(self) -> State:
        return self.cell.state


@dataclass(frozen=True)
class Row:
    channel: Channel
    cells: list[MatrixCell]


@dataclass(frozen=True)
class Band:
    """The rows of a persona; None: of messages for all of them."""

    persona: Persona | None
    rows: list[Row]


@dataclass(frozen=True)
class Matrix:
    """`unplaced` have no stage or no channel yet; `more` says that not all messages could be looked at."""

    stages: list[Stage]
    personas: list[Persona]
    channels: list[Channel]
    cells: dict[Spot, Cell]
    messages: dict[int, Message]
    unplaced: list[Message] = field(default_factory=list)
    more: bool = False

    @property
    def several_maps(self) -> bool:
        return len({stage.map_id for stage in self.stages}) > 1

    @property
    def bands(self) -> list[Band]:
        """One for each persona, after the messages for all of them where there are any."""
        shared = not self.personas or any(spot.persona is None for spot in self.cells)
        return [Band(persona, self.rows(persona)) for persona in [*([None] if shared else []), *self.personas]]

    def rows(self, persona: Persona | None) -> list[Row]:
        return [Row(channel, [self.at(stage, persona, channel) for stage in self.stages]) for channel in self.channels]

    def at(self, stage: Stage, persona: Persona | None, channel: Channel) -> MatrixCell:
        spot = Spot(stage.pk, persona.pk if persona else None, channel.pk)
        cell = self.cells.get(spot, EMPTY)
        return MatrixCell(spot, cell, [self.messages[pk] for pk in cell.messages])

    @property
    def counts(self) -> dict[State, int]:
        """How many places are in each state, those of single personas alone where there are any."""
        found = dict.fromkeys(State, 0)
        for band in [band for band in self.bands if band.persona or not self.personas]:
            for row in band.rows:
                for one in row.cells:
                    found[one.state] += 1
        return found


def kind_at(stage: Stage) -> Kind | None:
    return kind_of(stage.uid, stage.name)


def matrix_of_campaign(actor: Actor, campaign: Campaign) -> Matrix:
    """All its messages, also those without a day. It comes with its stages, personas and channels. Three queries."""
    rows, more = taken(kept_messages_of(actor).filter(campaign=campaign))
    own = [row.stage for row in campaign.campaign_stages.all()]
    stages = {stage.pk: stage for stage in own} | {row.stage.pk: row.stage for row in rows if row.stage}
    ordered = sorted(stages.values(), key=lambda stage: (stage.map.title.casefold(), stage.map_id, stage.position))
    personas = [persona for persona in campaign.personas.all() if persona.removed_at is None]
    return build(ordered, personas, list(campaign.channels.all()), rows, more)


def matrix_of_map(
    actor: Actor,
    journey: Map,
    *,
    first: datetime.date | None,
    last: datetime.date | None,
    campaign: Campaign | None = None,
    all_channels: bool = False,
) -> Matrix:
    """The messages that go on some day of the range, at the map's stages or at none yet. Five queries."""
    found = messages_of(actor).exclude(campaign__status=CampaignStatus.CANCELLED)
    found = found.filter(Q(stage__map=journey) | Q(stage=None), between(first, last))
    if campaign is not None:
        found = found.filter(campaign=campaign)
    rows, more = taken(found)
    stages = list(journey.stages.select_related("map"))
    personas = list(journey.personas.filter(removed_at=None).order_by("map_personas__position"))
    channels = channels_of(actor)
    if not all_channels:
        ids = {row.channel_id for row in rows}
        channels = channels.filter(Q(pk__in=ids) | Q(campaigns__in=planned(actor, campaign))).distinct()
    return build(stages, personas, list(channels), rows, more)


def planned(actor: Actor, campaign: Campaign | None) -> QuerySet[Campaign]:
    """The campaigns whose channels have rows though no message is there yet."""
    rows = campaigns_of(actor).exclude(status__in=OVER)
    return rows.filter(pk=campaign.pk) if campaign is not None else rows


def taken(found: QuerySet[Message]) -> tuple[list[Message], bool]:
    """The messages with what the matrix shows, by their days; and whether there are more than it looks at."""
    rows = found.select_related("campaign", "channel", "stage__map", "persona").order_by("starts_on", "pk")
    taken = list(rows[: MOST_MESSAGES + 1])
    return taken[:MOST_MESSAGES], len(taken) > MOST_MESSAGES


def build(
    stages: list[Stage], personas: list[Persona], channels: list[Channel], rows: Iterable[Message], more: bool
) -> Matrix:
    """The places of the given axes, and of those where messages stand beside them."""
    rows = list(rows)
    placed = [row for row in rows if row.stage and row.channel]
    there = {stage.pk for stage in stages}
    placed = [row for row in placed if row.stage_id in there]
    also_personas = {row.persona_id: row.persona for row in placed if row.persona}
    also_channels = {row.channel_id: row.channel for row in placed if row.channel}
    personas = personas + [one for pk, one in also_personas.items() if pk not in {known.pk for known in personas}]
    known = {channel.pk: channel for channel in channels} | also_channels
    cells = grid(map(as_placed, placed), [persona.pk for persona in personas])
    ids = {row.pk for row in placed}
    return Matrix(
        stages,
        personas,
        sorted(known.values(), key=lambda channel: channel.name.casefold()),
        cells,
        {row.pk: row for row in placed},
        [row for row in rows if row.pk not in ids],
        more,
    )


def as_placed(message: Message) -> Placed:
    days = (message.starts_on, message.ends_on) if message.starts_on and message.ends_on else None
    spot = Spot(message.stage_id or 0, message.persona_id, message.channel_id or 0)
    weekdays = frozenset(message.weekdays)
    return Placed(message.pk, spot, days, Cadence(message.cadence), message.every, weekdays)
