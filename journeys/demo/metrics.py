"""The names of the numbers that Ropewalk Group keeps, and how the year of one is written down."""

from dataclasses import dataclass

from insights.enums import Direction, MetricKind

AD_RECALL = "Advertisement recall"
CONFIGURATIONS = "Saved configurations"
DEALER_VISITS = "Dealer visits"
TEST_DRIVES = "Test drives"
OFFER_ACCEPTANCE = "Offer acceptance"
DELIVERY = "Delivered on the promised day"
FOOTFALL = "Footfall"
GREETED = "Greeted within a minute"
VISITORS_WHO_BUY = "Visitors who buy"
KIOSK_USE = "Kiosk use"
BASKET_VALUE = "Basket value"
TILL_TIME = "Time at the till"
VISIT_TO_TRIAL = "Visit to trial"
SET_UP = "Set-up completed"
ACTIVATION = "Activation"
FIRST_VALUE = "Time to first value"
PRICE_TWICE = "Price page seen twice"
TRIAL_TO_PAID = "Trial to paid"
RENEWAL = "Renewal"
SEARCH_TO_BASKET = "Search to basket"
BASKET_TO_PAID = "Basket to paid"
PAYMENT_OK = "Payment without an error"
ON_TIME = "First order on time"
RETURNS = "Returns"
REPEAT = "Repeat purchase rate"
REFERRALS = "Referral rate"
FIRST_ANSWER = "Time to first answer"
CSAT = "CSAT"
NPS = "NPS"


@dataclass(frozen=True)
class Number:
    """A metric and its year: where it started, where it is now, how it wavers.

    `n` is how many cases one reading rests on, `season` the swing of the year as a fraction of the value,
    `turn` a sudden change at a point of the year (0 to 1) by an amount, which the way from start to end does not hold.
    """

    name: str
    definition: str
    kind: MetricKind
    start: float
    end: float
    owner: str
    target: float | None = None
    unit: str = ""
    direction: Direction = Direction.UP
    n: int | None = None
    monthly: bool = False
    noise: float = 0.03
    season: float = 0.0
    turn: tuple[float, float] = (1.0, 0.0)


def share(name: str, definition: str, start: float, end: float, owner: str, n: int, **rest) -> Number:
    return Number(name, definition, MetricKind.SHARE, start, end, owner, n=n, **rest)


def count(name: str, definition: str, start: float, end: float, owner: str, **rest) -> Number:
    return Number(name, definition, MetricKind.COUNT, start, end, owner, noise=rest.pop("noise", 0.07), **rest)
