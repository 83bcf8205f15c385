"""What the neighbor tries: similar words that nobody else may see."""

from datetime import date

from experiments.demo.telling import tell
from experiments.demo.writing import Counted, Guess, Tale, Way
from journeys.demo.neighbor import library, maps
from journeys.demo.people import CALLUM, MARKETING, NOOR
from teams.models import Membership

STORIES = {"cafe": maps.CAFE.title, "beans": maps.BEANS.title}

QUEUE = Tale(
    title="A code on the lamp post",
    owner=NOOR,
    team=MARKETING,
    story="cafe",
    stage="again",
    persona=library.GRACE,
    metric=library.CAFE_VISITS,
    change="Let people order from the street by a code",
    because="Seven heads in the queue is the limit",
    reason="Fewer steps",
    expected_effect=0.05,
    begun=19,
    guesses=(Guess(NOOR, (6, 5, 5), 0.7, 0.05), Guess(CALLUM, (5, 4, 4), 0.5, 0.02)),
)

ROAST = Tale(
    title="The day of the roast on the bag",
    owner=NOOR,
    team=MARKETING,
    story="beans",
    stage="taste",
    persona=library.TARIQ,
    metric=library.SECOND_BAG,
    change="Print the day of the roast in large figures",
    because="“Tell me the day it was roasted”",
    reason="More trust",
    expected_effect=0.1,
    begun=48,
    planned=40,
    started=33,
    way=Way(
        variants=(("small", "Small figures", 0.5), ("large", "Large figures", 0.5)),
        metrics=(Counted(library.SECOND_BAG, 0.34, (0.1,)),),
        minimum_effect=0.1,
        a_day=37,
        planned_days=60,
    ),
)


def tell_neighbor(members: dict[str, Membership], today: date) -> None:
    """The chapter of the neighbor's workspace."""
    tell((QUEUE, ROAST), members, STORIES, today)
