"""The board: everything that a map's page shows, loaded in a constant number of queries."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from insights.queries import trends_of
from insights.trends import Trend
from journeys.drawing import curves, flow
from journeys.enums import ChannelHold, Grade, LaneKind
from journeys.models import Card, Emotion, Lane, Map, Path, Persona, Stage

NO_OWNER = "none"


@dataclass(frozen=True)
class Column:
    stage: Stage
    trend: Trend | None
    editable: bool

    @property
    def color(self) -> str:
        team = self.stage.accountable_team
        return team.color if team else NO_OWNER


@dataclass(frozen=True)
class Cell:
    column: Column
    lane: Lane
    cards: list[Card]

    @property
    def place(self) -> tuple[int, int]:
        return self.column.stage.pk, self.lane.pk


@dataclass(frozen=True)
class Row:
    """A lane: cards that reach over several stages stand in `wide`, above the cells."""

    lane: Lane
    wide: list[Card]
    cells: list[Cell]

    @property
    def has_curve(self) -> bool:
        return self.lane.kind == LaneKind.EMOTION


@dataclass(frozen=True)
class Board:
    journey: Map
    columns: list[Column]
    rows: list[Row]
    personas: list[Persona]
    curves: list[curves.Curve]
    flow: flow.Flow
    can_edit_map: bool

    @property
    def width(self) -> int:
        """Of the drawings over the stages, in their own units."""
        return max(1, len(self.columns)) * curves.UNIT


def load_board(
    journey: Map, *, editable: Collection[int] | None, can_edit_map: bool, compare: Map | None = None
) -> Board:
    """Load the map's parts. `editable` are the stages where the reader edits (None: all).

    `compare` is the to-be map whose curves are drawn over this one's.
    """
    columns = load_columns(journey, editable)
    lanes = list(journey.lanes.all())
    cards = board_cards(Card.objects.filter(map=journey))
    personas = load_personas(journey)
    lines = draw_curves(personas, [column.stage.pk for column in columns], [lane.pk for lane in lanes], felt(journey))
    if compare is not None:
        lines += compared_curves(compare, len(columns), len(lines))
    return Board(
        journey=journey,
        columns=columns,
        rows=list(load_rows(columns, lanes, cards)),
        personas=personas,
        curves=lines,
        flow=load_flow(journey, columns),
        can_edit_map=can_edit_map,
    )


def load_columns(journey: Map, editable: Collection[int] | None) -> list[Column]:
    stages = list(journey.stages.select_related("accountable_team", "accountable_person__user", "metric"))
    for stage in stages:
        stage.map = journey
    trends = trends_of({stage.metric_id for stage in stages if stage.metric_id is not None})
    return [
        Column(stage, trends.get(stage.metric_id or 0), editable is None or stage.pk in editable) for stage in stages
    ]


def load_personas(journey: Map) -> list[Persona]:
    return [link.persona for link in journey.map_personas.select_related("persona")]


def board_cards(cards: QuerySet[Card]) -> list[Card]:
    """With what a card shows on the board, in the order of their cells."""
    loaded = cards.select_related("channel", "accountable__user").order_by("lane_id", "stage_id", "position", "pk")
    return label(*loaded)


def label(*cards: Card) -> list[Card]:
    """Give cards the words that they show. Labels are translated once, not per card."""
    grades = {value: str(label) for value, label in Grade.choices}
    holds = {value: str(label).lower() for value, label in ChannelHold.choices}
    for card in cards:
        card.evidence = grades[card.grade]  # type: ignore[attr-defined]
        card.by = f"{card.channel.name} · {holds[card.channel.hold]}" if card.channel else ""  # type: ignore[attr-defined]
    return list(cards)


def load_rows(columns: list[Column], lanes: Iterable[Lane], cards: Iterable[Card]) -> Iterable[Row]:
    places = {column.stage.pk: place for place, column in enumerate(columns, 1)}
    in_cell: dict[tuple[int, int], list[Card]] = defaultdict(list)
    wide: dict[int, list[Card]] = defaultdict(list)
    for card in cards:
        if card.span > 1:
            card.column = places[card.stage_id]  # type: ignore[attr-defined]
            wide[card.lane_id].append(card)
        else:
            in_cell[card.lane_id, card.stage_id].append(card)
    for lane in lanes:
        cells = [Cell(column, lane, in_cell[lane.pk, column.stage.pk]) for column in columns]
        yield Row(lane, sorted(wide[lane.pk], key=lambda card: (card.column, card.position)), cells)  # type: ignore[attr-defined]


def felt(journey: Map) -> list[Emotion]:
    """The map's emotions, with the places and titles of the cards that carry them."""
    emotions = Emotion.objects.filter(card__map=journey).select_related("card")
    return list(
        emotions.only("persona_id", "level", "word", "card__stage_id", "card__lane_id", "card__position", "card__title")
    )


def draw_curves(
    personas: list[Persona], stage_ids: list[int], lane_ids: list[int], emotions: list[Emotion]
) -> list[curves.Curve]:
    """A curve per persona that feels something, in the order of the map's personas."""
    feelings = read_feelings(stage_ids, lane_ids, emotions)
    return [
        curves.curve(persona.name, persona.color, number, feelings[persona.pk])
        for number, persona in enumerate(personas)
        if persona.pk in feelings
    ]


def read_feelings(
    stage_ids: list[int], lane_ids: list[int], emotions: list[Emotion]
) -> dict[int, list[curves.Feeling]]:
    """Feelings by persona along the map: by stage, then by lane and position of the card that carries them."""
    stages, lanes = place_of(stage_ids), place_of(lane_ids)
    by_cell: dict[tuple[int, int], list[Emotion]] = defaultdict(list)
    for emotion in sorted(emotions, key=lambda e: (lanes[e.card.lane_id], e.card.position, e.card_id)):
        by_cell[emotion.persona_id, stages[emotion.card.stage_id]].append(emotion)
    result: dict[int, list[curves.Feeling]] = defaultdict(list)
    for persona_id, stage in sorted(by_cell):
        here = by_cell[persona_id, stage]
        result[persona_id] += [
            curves.Feeling(stage, place, len(here), emotion.level, emotion.word, emotion.card_id, emotion.card.title)
            for place, emotion in enumerate(here)
        ]
    return dict(result)


def place_of(ids: list[int]) -> dict[int, int]:
    return {pk: place for place, pk in enumerate(ids)}


def compared_curves(other: Map, stages: int, number: int) -> list[curves.Curve]:
    """The curves of another map, stretched so that its first and last stage stand under this map's."""
    stage_ids = list(other.stages.values_list("pk", flat=True))
    lane_ids = list(other.lanes.values_list("pk", flat=True))
    feelings = read_feelings(stage_ids, lane_ids, felt(other))
    stretch = stages / max(1, len(stage_ids))
    return [
        curves.curve(to_be_label(persona), persona.color, number + place, feelings[persona.pk], stretch=stretch)
        for place, persona in enumerate(load_personas(other))
        if persona.pk in feelings
    ]


def to_be_label(persona: Persona) -> str:
    return _("%(persona)s, to be") % {"persona": persona.name}


def load_flow(journey: Map, columns: list[Column]) -> flow.Flow:
    places = {column.stage.pk: place for place, column in enumerate(columns)}
    return flow.layout(load_way(path, columns, places) for path in journey.paths.all())


def load_way(path: Path, columns: list[Column], places: dict[int, int]) -> flow.Way:
    source, target = places[path.source_id], places[path.target_id]
    words = _("%(kind)s: from %(source)s to %(target)s") % {
        "kind": path.get_kind_display(),
        "source": columns[source].stage.name,
        "target": columns[target].stage.name,
    }
    return flow.Way(path.pk, source, target, path.kind, path.label, path.share, words)


def load_curves(journey: Map) -> list[curves.Curve]:
    """Only the curves, from the cards that carry a feeling."""
    stage_ids = list(journey.stages.values_list("pk", flat=True))
    lane_ids = list(journey.lanes.values_list("pk", flat=True))
    return draw_curves(load_personas(journey), stage_ids, lane_ids, felt(journey))


def load_cells(journey: Map, places: Collection[tuple[int, int]], editable: Collection[int] | None) -> list[Row]:
    """The rows of the lanes named in `places` (stage id, lane id), with only those cells in them."""
    stages = journey.stages.select_related("accountable_team")
    columns = [Column(stage, None, editable is None or stage.pk in editable) for stage in stages]
    lanes = list(journey.lanes.filter(pk__in={lane_id for _stage, lane_id in places}))
    named = Q(lane__in=lanes) & (Q(span__gt=1) | Q(stage__in={stage_id for stage_id, _lane in places}))
    rows = load_rows(columns, lanes, board_cards(Card.objects.filter(named, map=journey)))
    return [Row(row.lane, row.wide, [cell for cell in row.cells if cell.place in places]) for row in rows]


def emotion_lanes(journey: Map) -> list[Lane]:
    return list(journey.lanes.filter(kind=LaneKind.EMOTION))
