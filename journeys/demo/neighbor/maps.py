"""The neighbor's two maps: a coffee in the café, and beans by subscription."""

from journeys.demo.neighbor.library import CAFE_VISITS, GRACE, SECOND_BAG, SKIPPED, TARIQ
from journeys.demo.people import CALLUM, MARKETING, NOOR, PRODUCT, SUCCESS
from journeys.demo.writing import Column, Moment, Story, Way, analytics, guess, interview, measured, recording, told
from journeys.enums import MapStatus, PathKind

CAFE = Story(
    title="Five minutes at Bell & Barrow",
    description="A coffee on a working day, from the street to the second sip.",
    owner=NOOR,
    personas=(GRACE,),
    scenario="Monday, half past eight",
    columns=(
        Column(
            uid="street",
            name="Street",
            about="They see the queue before they see us.",
            team=MARKETING,
            person=NOOR,
            metric=CAFE_VISITS,
            actions=(told("Counts heads through the pane", interview("“Seven is my limit.”", 30)),),
            touchpoints=(guess("Board with one sentence a day", channel="Shop", feels={GRACE: (1, "smiles")}),),
            thoughts=(guess("Do I have ten minutes?"),),
        ),
        Column(
            uid="order",
            name="Order",
            about="Eleven words, a nod, a beep.",
            team=PRODUCT,
            person=CALLUM,
            actions=(guess("Orders for three and forgets one"),),
            touchpoints=(
                measured(
                    "The counter at half past eight",
                    recording("Median wait of 6 minutes 40.", 12),
                    channel="Shop",
                    feels={GRACE: (-1, "hurried")},
                    moment=Moment("The queue", NOOR, CAFE_VISITS),
                ),
            ),
            pains=(told("The oat milk is gone by noon", interview("Said by four regulars.", 30)),),
        ),
        Column(
            uid="again",
            name="Again tomorrow",
            about="They come back because it was quick and somebody knew the name.",
            team=SUCCESS,
            person=NOOR,
            metric=CAFE_VISITS,
            touchpoints=(
                told("Her coffee is begun when she opens the door", channel="Shop", feels={GRACE: (2, "known")}),
            ),
            opportunities=(guess("Order from the street by a code on the lamp post"),),
        ),
    ),
    ways=(
        Way("street", "order", PathKind.FORWARD, 0.44),
        Way("order", "again", PathKind.FORWARD),
        Way("order", "street", PathKind.BACK, 0.08, "Leaves the queue"),
        Way("again", "street", PathKind.RETURN),
    ),
)

BEANS = Story(
    title="Beans by post: from the first bag to the tenth",
    description="How people who brew at home come to us, pause, and come back.",
    owner=CALLUM,
    personas=(TARIQ, GRACE),
    scenario="The bag is nearly empty",
    status=MapStatus.DRAFT,
    columns=(
        Column(
            uid="taste",
            name="Taste",
            about="A cup somewhere, then the question where it is from.",
            team=MARKETING,
            person=NOOR,
            actions=(guess("Photographs the bag on the café's shelf"),),
            touchpoints=(
                guess("Bag with the roast date on the front", channel="Shop", feels={TARIQ: (1, "interested")}),
            ),
        ),
        Column(
            uid="first",
            name="First bag",
            about="Ordered at night, ground too fine, drunk anyway.",
            team=PRODUCT,
            person=CALLUM,
            metric=SECOND_BAG,
            touchpoints=(
                measured(
                    "Parcel four days after the roast",
                    analytics("Median of four days, 90 % within six.", 20),
                    channel="Catalogue and post",
                    feels={TARIQ: (2, "delighted"), GRACE: (1, "pleased")},
                    moment=Moment("First cup at home", CALLUM, SECOND_BAG),
                ),
            ),
            thoughts=(told("It tastes as it did in the shop. Nearly.", interview("Two of five home brewers.", 44)),),
        ),
        Column(
            uid="rhythm",
            name="Rhythm",
            about="A bag every two weeks, until a holiday comes between.",
            team=SUCCESS,
            person=NOOR,
            metric=SKIPPED,
            actions=(
                measured(
                    "Skips a delivery and does not come back", analytics("15 % skip, a third of them for good.", 20)
                ),
            ),
            touchpoints=(guess("Mail before the bag is empty", channel="E-mail", feels={TARIQ: (1, "looked after")}),),
            pains=(told("A pause has no end date", recording("Six mails in a month.", 20)),),
        ),
    ),
    ways=(
        Way("taste", "first", PathKind.FORWARD, 0.06),
        Way("first", "rhythm", PathKind.FORWARD, 0.36),
        Way("rhythm", "rhythm", PathKind.PAUSE, 0.15, "On holiday"),
        Way("rhythm", "taste", PathKind.RETURN, label="A guest asks what this is"),
    ),
)

STORIES = (CAFE, BEANS)
