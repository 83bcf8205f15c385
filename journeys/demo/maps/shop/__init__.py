"""Skein, the online shop for wool: a first order that comes late, and what happens then."""

from journeys.demo import people
from journeys.demo.maps.shop.after import REFER, RETURN, SECOND, UNPACK
from journeys.demo.maps.shop.ordering import BASKET, PAY, SEARCH, WAIT
from journeys.demo.personas import AIKO, SOFIA
from journeys.demo.writing import Story, Way
from journeys.enums import MapStatus, PathKind

STORY = Story(
    title="Skein: a first order, a late parcel, and a friend who orders next",
    description="From the search to the referral. Since the change of carrier every eighth first order comes late; "
    "what we say before the customer asks decides about the second order.",
    owner=people.SAMUEL,
    personas=(SOFIA, AIKO),
    scenario="A first order before a visit",
    status=MapStatus.IN_REVIEW,
    columns=(SEARCH, BASKET, PAY, WAIT, UNPACK, RETURN, SECOND, REFER),
    ways=(
        Way("search", "basket", PathKind.FORWARD, 0.21),
        Way("search", "pay", PathKind.SKIP, 0.03, "From an old mail"),
        Way("basket", "pay", PathKind.FORWARD, 0.62),
        Way("basket", "basket", PathKind.PAUSE, 0.24, "Leaves it overnight"),
        Way("basket", "search", PathKind.BACK, 0.14, "The color is gone"),
        Way("pay", "wait", PathKind.FORWARD),
        Way("wait", "unpack", PathKind.FORWARD, 0.98),
        Way("unpack", "return", PathKind.FORWARD, 0.14),
        Way("unpack", "second", PathKind.SKIP, 0.27, "Within 90 days"),
        Way("return", "search", PathKind.RETURN, 0.46, "Takes another size"),
        Way("return", "second", PathKind.FORWARD, 0.22),
        Way("second", "refer", PathKind.FORWARD, 0.19),
        Way("refer", "search", PathKind.RETURN, label="A friend begins, by code"),
    ),
)
