import pytest

from journeys.models import Map
from journeys.services.lanes import add_lane
from journeys.services.stages import add_stage
from tests.factories import make_map, make_member, make_persona


@pytest.fixture
def journey(cast) -> Map:
    """A map of an editor without a team. Marketing is accountable for Try, Sales for Buy, Success for Keep."""
    teams = {team.name: team for team in cast.workspace.teams.all()}
    personas = [make_persona(cast.workspace, "Ann"), make_persona(cast.workspace, "Bob")]
    keeper = make_member(cast.workspace, name="Kim Keeper", email="keeper@here.example")
    journey = make_map(keeper, title="Trial to renewal", stages=(), lanes=(), personas=personas)
    add_stage(by=keeper, map=journey, name="Try", accountable_team=teams["Marketing"])
    add_stage(
        by=keeper,
        map=journey,
        name="Buy",
        accountable_team=teams["Sales"],
        parts={teams["Product"]: "responsible", teams["Success"]: "consulted"},
    )
    add_stage(
        by=keeper, map=journey, name="Keep", accountable_team=teams["Success"], parts={teams["Marketing"]: "informed"}
    )
    for kind in ["actions", "emotion", "pains"]:
        add_lane(by=keeper, map=journey, kind=kind)
    journey.refresh_from_db()
    return journey


@pytest.fixture
def keeper(journey):
    """The owner of the map: an editor without a team."""
    return journey.owner
