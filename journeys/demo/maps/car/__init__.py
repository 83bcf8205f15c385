"""Ropewalk Motors: from an evening in front of the television to years of talking about a car."""

from journeys.demo import people
from journeys.demo.maps.car.before import COMPARE, NOTICE
from journeys.demo.maps.car.dealer import BARGAIN, DRIVE, VISIT
from journeys.demo.maps.car.owning import COLLECT, LIVE, TELL
from journeys.demo.personas import MARTA, OWEN
from journeys.demo.writing import Story, Way
from journeys.enums import PathKind

STORY = Story(
    title="Buying the Linnet: from a television evening to years on the road",
    description="How families and loyal customers come to an electric estate at Ropewalk Motors. "
    "Rests on 22 interviews, the showroom's records and a year of numbers; the years after the handover on less.",
    owner=people.DESI,
    personas=(MARTA, OWEN),
    scenario="The old diesel gives up",
    columns=(NOTICE, COMPARE, VISIT, DRIVE, BARGAIN, COLLECT, LIVE, TELL),
    ways=(
        Way("notice", "compare", PathKind.FORWARD, 0.62),
        Way("notice", "visit", PathKind.SKIP, 0.14, "Walk straight in"),
        Way("compare", "visit", PathKind.FORWARD, 0.41),
        Way("compare", "compare", PathKind.PAUSE, 0.35, "Wait for weeks"),
        Way("compare", "drive", PathKind.SKIP, 0.08, "Book a drive"),
        Way("visit", "drive", PathKind.FORWARD, 0.34),
        Way("visit", "compare", PathKind.BACK, 0.29, "Home with a doubt"),
        Way("drive", "bargain", PathKind.FORWARD, 0.58),
        Way("bargain", "collect", PathKind.FORWARD, 0.31),
        Way("bargain", "compare", PathKind.BACK, 0.22, "Seek another offer"),
        Way("collect", "live", PathKind.FORWARD),
        Way("live", "tell", PathKind.FORWARD),
        Way("live", "visit", PathKind.RETURN, label="The fourth year is over"),
        Way("tell", "notice", PathKind.RETURN, label="Their word is the next ad"),
    ),
)
