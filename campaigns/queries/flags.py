"""What does not fit about messages: a number of queries that does not depend on how many there are."""

from collections import Counter
from collections.abc import Iterable, Sequence

from campaigns.matching.flags import Flag, Given, People, Place, flags
from campaigns.matching.kinds import kind_of
from campaigns.models import Message, MessageText
from journeys.enums import ChannelForm
from journeys.models import MapPersona

SPOKEN = "phone"  # the icon of what is said and cannot be clicked
Languages = dict[int, dict[int, set[str]]]


def flags_of(messages: Sequence[Message]) -> dict[int, list[Flag]]:
    """By message. They come with their places and segments. Two queries."""
    personas = personas_of({message.stage.map_id for message in messages if message.stage})
    languages = languages_of({message.campaign_id for message in messages})
    return {message.pk: flags(given(message, personas, languages)) for message in messages}


def personas_of(maps: Iterable[int]) -> dict[int, frozenset[int]]:
    found: dict[int, set[int]] = {}
    for map_id, persona_id in MapPersona.objects.filter(map__in=maps).values_list("map_id", "persona_id"):
        found.setdefault(map_id, set()).add(persona_id)
    return {pk: frozenset(ids) for pk, ids in found.items()}


def languages_of(campaigns: Iterable[int]) -> Languages:
    """By campaign and message, the languages in which it says something."""
    found: Languages = {}
    rows = MessageText.objects.filter(message__campaign__in=campaigns, message__removed_at=None)
    for campaign, message, language in rows.exclude(subject="", text="").values_list(
        "message__campaign_id", "message_id", "language"
    ):
        found.setdefault(campaign, {}).setdefault(message, set()).add(language)
    return found


def given(message: Message, personas: dict[int, frozenset[int]], languages: Languages) -> Given:
    """The message as the rules see it."""
    said = languages.get(message.campaign_id, {})
    others = Counter(language for pk, spoken in said.items() if pk != message.pk for language in spoken)
    campaign, persona, channel = message.campaign, message.persona, message.channel
    return Given(
        position=message.position,
        lifecycle=message.lifecycle,
        segments=tuple(People(row.name, row.position, row.lifecycle) for row in message.segments.all()),
        stage=place(message, personas),
        persona=(persona.pk, persona.name) if persona else None,
        days=(message.starts_on, message.ends_on) if message.starts_on and message.ends_on else None,
        campaign_days=(campaign.starts_on, campaign.ends_on) if campaign.starts_on and campaign.ends_on else None,
        languages=frozenset(said.get(message.pk, ())),
        others=others,
        linked=message.link_id is not None,
        clickable=channel is None or (channel.form == ChannelForm.DIGITAL and channel.icon != SPOKEN),
    )


def place(message: Message, personas: dict[int, frozenset[int]]) -> Place | None:
    stage = message.stage
    if stage is None:
        return None
    kind = kind_of(stage.uid, stage.name)
    return Place(stage.name, kind, stage.map.title, personas.get(stage.map_id, frozenset()))
