"""What the database refuses, whoever writes: each branch of each constraint, past the services."""

import pytest
from django.db import connection

from journeys.models import (
    Card,
    Change,
    Channel,
    Emotion,
    Lane,
    Map,
    MapPersona,
    Path,
    Persona,
    Scenario,
    Source,
    Stage,
    StageTeam,
)
from tests.constraints import refused_by_database
from tests.factories import lane_of, make_card, make_channel, make_map, make_metric, make_path, make_scenario, stage_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def full(journey, keeper) -> Map:
    """The map with a card that has everything, a plain one, and two paths."""
    ann = journey.personas.get(name="Ann")
    make_card(
        keeper,
        journey,
        title="Moment",
        moment="First value",
        accountable=keeper,
        metric=make_metric(journey.workspace),
        sources=[{"kind": "crm"}],
        emotions=[(ann, 1, "")],
    )
    make_card(keeper, journey, title="Plain")
    make_path(keeper, journey, source=0, target=1, label="out")
    make_path(keeper, journey, source=1, target=0, label="home")
    return journey


UPDATES = {
    "moment without its person": (Card, {"title": "Moment"}, {"accountable": None}, "card_moment_owned_and_measured"),
    "moment without its metric": (Card, {"title": "Moment"}, {"metric": None}, "card_moment_owned_and_measured"),
    "moment without both": (Card, {"title": "Plain"}, {"moment": "First value"}, "card_moment_owned_and_measured"),
    "person and metric without a moment": (Card, {"title": "Moment"}, {"moment": ""}, "card_moment_owned_and_measured"),
    "unknown grade": (Card, {}, {"grade": "sure"}, "card_grade_known"),
    "no span": (Card, {}, {"span": 0}, "card_span_positive"),
    "level above the scale": (Emotion, {}, {"level": 3}, "emotion_level_in_scale"),
    "level below the scale": (Emotion, {}, {"level": -3}, "emotion_level_in_scale"),
    "unknown source": (Source, {}, {"kind": "hearsay"}, "source_kind_known"),
    "share above one": (Path, {}, {"share": 1.5}, "path_share_fraction"),
    "share below nothing": (Path, {}, {"share": -0.1}, "path_share_fraction"),
    "unknown kind of path": (Path, {}, {"kind": "sideways"}, "path_kind_known"),
    "unknown kind of lane": (Lane, {}, {"kind": "swimming"}, "lane_kind_known"),
    "unknown part": (StageTeam, {}, {"part": "curious"}, "stage_team_part_known"),
    "unknown kind of map": (Map, {}, {"kind": "maybe"}, "map_kind_known"),
    "unknown status": (Map, {}, {"status": "secret"}, "map_status_known"),
    "unknown verb": (Change, {}, {"verb": "guessed"}, "change_verb_known"),
    "unknown color of a persona": (Persona, {}, {"color": "beige"}, "persona_color_known"),
}


@pytest.mark.parametrize(("model", "where", "values", "check"), UPDATES.values(), ids=UPDATES)
def test_database_refuses(full, model, where, values, check):
    rows = model.objects.filter(**where)
    assert rows.exists()

    refused_by_database(lambda: rows.update(**values), check=check)


@pytest.mark.parametrize("field", ["accountable", "metric"])
def test_database_refuses_a_plain_card_with(full, keeper, field):
    value = {"accountable": keeper, "metric": make_metric(full.workspace)}[field]
    rows = Card.objects.filter(title="Plain")

    refused_by_database(lambda: rows.update(**{field: value}), check="card_moment_owned_and_measured")


@pytest.mark.parametrize("column", ["accountable_id", "metric_id"])
def test_database_refuses_a_moment_by_sql(full, column):
    card = Card.objects.get(title="Moment")

    def write():
        with connection.cursor() as cursor:
            cursor.execute(f"UPDATE journeys_card SET {column} = NULL WHERE id = %s", [card.pk])

    refused_by_database(write, check="card_moment_owned_and_measured")


@pytest.mark.parametrize("kind", ["forward", "skip", "back"])
def test_database_refuses_a_path_to_its_own_stage(full, kind):
    path = Path.objects.get(label="out")

    refused_by_database(
        lambda: Path.objects.filter(pk=path.pk).update(target=path.source, kind=kind), check="path_leads_elsewhere"
    )


@pytest.mark.parametrize("kind", ["pause", "return"])
def test_database_keeps_a_pause_at_a_stage(full, kind):
    path = Path.objects.get(label="out")

    assert Path.objects.filter(pk=path.pk).update(target=path.source, kind=kind) == 1


@pytest.mark.parametrize("share", [0, 1, None, 0.5])
def test_database_keeps_shares(full, share):
    assert Path.objects.filter(label="out").update(share=share) == 1


def test_database_refuses_a_goal_of_a_to_be_map(full, keeper):
    goal = make_map(keeper, kind="to-be")
    other = make_map(keeper, kind="to-be")

    refused_by_database(lambda: Map.objects.filter(pk=goal.pk).update(to_be=other), check="map_to_be_from_as_is")
    refused_by_database(lambda: Map.objects.filter(pk=full.pk).update(to_be=full), check="map_to_be_other")
    assert Map.objects.filter(pk=full.pk).update(to_be=goal) == 1


@pytest.mark.parametrize("values", [{"form": "smell"}, {"hold": "rented"}])
def test_database_refuses_an_unknown_channel(full, values):
    make_channel(full.workspace)

    refused_by_database(lambda: Channel.objects.update(**values), check="channel_")


@pytest.mark.parametrize("model", [Card, Stage, Lane, Path])
def test_database_refuses_a_second_uid_in_a_map(full, model):
    first, second = model.objects.filter(map=full)[:2]

    refused_by_database(lambda: model.objects.filter(pk=second.pk).update(uid=first.uid))


def test_same_uid_is_fine_in_another_map(full, keeper):
    other = make_map(keeper)

    assert Stage.objects.filter(pk=stage_of(other).pk).update(uid=stage_of(full).uid) == 1
    assert Lane.objects.filter(pk=lane_of(other).pk).update(uid=lane_of(full).uid) == 1


def test_database_refuses_doubles(full, keeper):
    path, emotion, link = Path.objects.get(label="out"), Emotion.objects.get(), MapPersona.objects.first()
    part, change = StageTeam.objects.first(), Change.objects.filter(map=full).first()
    scenario, channel = make_scenario(link.persona, "First car"), make_channel(full.workspace, "Phone")

    for double in [
        lambda: Path.objects.create(map=full, source=path.source, target=path.target, kind=path.kind),
        lambda: Emotion.objects.create(card=emotion.card, persona=emotion.persona, level=0),
        lambda: MapPersona.objects.create(map=full, persona=link.persona, position=9),
        lambda: StageTeam.objects.create(stage=part.stage, team=part.team, part="informed"),
        lambda: Change.objects.create(map=full, revision=change.revision, verb="edited"),
        lambda: Scenario.objects.create(persona=scenario.persona, name="first CAR"),
        lambda: Channel.objects.create(workspace=channel.workspace, name="phone"),
        lambda: Persona.objects.create(workspace=full.workspace, name="ANN"),
    ]:
        refused_by_database(double)


def test_name_of_a_removed_persona_is_free(full):
    Persona.objects.filter(name="Ann").update(removed_at="2026-01-01T00:00Z")

    assert Persona.objects.create(workspace=full.workspace, name="ann").pk
