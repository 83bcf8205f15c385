"""Hawser, the reporting tool: from a search in the evening to the second renewal."""

from journeys.demo import people
from journeys.demo.maps.subscription.finding import COMPARE, DISCOVER, SET_UP, TRY
from journeys.demo.maps.subscription.staying import BUY, RENEW, VALUE
from journeys.demo.personas import JONAS, NADIA
from journeys.demo.writing import Story, Way
from journeys.enums import PathKind

STORY = Story(
    title="Hawser: from the first search to the second renewal",
    description="How teams find, try, set up, buy and keep our reporting tool. "
    "The second step of the set-up is where we lose people; the to-be map shows it with three steps.",
    owner=people.MATEUS,
    personas=(NADIA, JONAS),
    scenario="Buying for a team of twenty",
    columns=(DISCOVER, COMPARE, TRY, SET_UP, VALUE, BUY, RENEW),
    ways=(
        Way("discover", "compare", PathKind.FORWARD, 0.38),
        Way("discover", "try", PathKind.SKIP, 0.07, "A colleague's link"),
        Way("compare", "try", PathKind.FORWARD, 0.11),
        Way("compare", "compare", PathKind.PAUSE, 0.26, "Quarter's end first"),
        Way("try", "set-up", PathKind.FORWARD, 0.81),
        Way("set-up", "value", PathKind.FORWARD, 0.48),
        Way("set-up", "compare", PathKind.BACK, 0.31, "Stuck at step two"),
        Way("set-up", "set-up", PathKind.PAUSE, 0.21, "Waits for IT"),
        Way("value", "buy", PathKind.FORWARD, 0.57),
        Way("value", "renew", PathKind.SKIP, 0.04, "On another contract"),
        Way("buy", "renew", PathKind.FORWARD, 0.91),
        Way("buy", "value", PathKind.RETURN, label="New colleagues"),
        Way("renew", "discover", PathKind.RETURN, label="A report travels on"),
    ),
)
