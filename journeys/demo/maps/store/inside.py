"""From the pavement through the set way."""

from journeys.demo import metrics
from journeys.demo.people import CHLOE, LUCIA, MARKETING, PRODUCT, SALES, YUSUF
from journeys.demo.personas import LEYLA, PIET
from journeys.demo.writing import (
    Column,
    Moment,
    analytics,
    crm,
    guess,
    interview,
    measured,
    post,
    recording,
    studied,
    survey,
    told,
)

WINDOW = Column(
    uid="window",
    name="Window",
    about="The tram stops in front of it. Eleven seconds, a wet pavement and a warm light inside.",
    team=MARKETING,
    person=YUSUF,
    metric=metrics.FOOTFALL,
    consulted=(SALES,),
    questions=(
        "What can be read in eleven seconds from the other side of the street?",
        "Who comes in without a look at the window?",
    ),
    channels=("Shop", "Social network", "Catalogue and post"),
    actions=(
        measured(
            "Stops at the third window, the one with the made bed",
            analytics("Counter at the pane: 41 % of all stops.", 16),
        ),
        studied("Looks at the opening hours and at her friend", interview("Seen on 22 of 60 accompanied visits.", 84)),
    ),
    touchpoints=(
        measured(
            "Window with three rooms in one light",
            analytics("23 of 100 who stop come in; 17 before the lamps were changed.", 16),
            channel="Shop",
            feels={LEYLA: (1, "drawn in"), PIET: (0, "does not look")},
        ),
        guess(
            "Catalogue on the kitchen table since last week",
            channel="Catalogue and post",
            feels={LEYLA: (1, "dreaming")},
        ),
    ),
    thoughts=(
        studied(
            "It looks warm in there. And we are only looking.",
            interview("“Only looking” falls in 30 of 60 visits.", 84),
        ),
    ),
    pains=(
        told("Prices in the window are of last month", recording("Nine calls to the service desk in one week.", 25)),
    ),
    opportunities=(
        told(
            "Let the window follow the weather: blankets when it rains",
            interview("The decorators ask for it themselves.", 60),
        ),
    ),
    metrics=(measured("Visitors through the main door, staff left out", analytics("About 10,250 a week.", 9)),),
)

WELCOME = Column(
    uid="welcome",
    name="Welcome",
    about="Ten steps behind the door. Some look for a face, some for an aisle number, all for an umbrella stand.",
    team=SALES,
    person=CHLOE,
    metric=metrics.GREETED,
    informed=(MARKETING,),
    questions=(
        "Which three things do they look for in the first ten steps?",
        "What do we say that they have not heard in every shop?",
    ),
    channels=("Shop", "QR code"),
    actions=(
        studied(
            "Shakes the umbrella and looks for a cart",
            interview("Nobody looks at the board in the first ten steps.", 84),
        ),
        measured(
            "Goes straight to the plan on the wall",
            analytics("19 % turn left within eight seconds; on weekdays 48 %.", 16),
        ),
    ),
    touchpoints=(
        measured(
            "Greeting by a person, not by a poster",
            survey("Greeted visitors stay 14 minutes longer; 64 % are greeted within a minute.", 11),
            channel="Shop",
            feels={LEYLA: (2, "welcome"), PIET: (0, "nods")},
            moment=Moment("Welcome", CHLOE, metrics.GREETED),
        ),
        told(
            "The plan of the house on the wall",
            interview("“You are here. And the screws are not.”", 84),
            channel="Shop",
            feels={LEYLA: (0, "lost"), PIET: (-1, "annoyed")},
        ),
    ),
    thoughts=(
        studied(
            "How do I get out of here if it takes too long?", interview("Asked by every second visitor over sixty.", 84)
        ),
    ),
    pains=(
        studied("Without a coin there is no cart, and nobody has a coin", survey("Named by 118 of 300 visitors.", 140)),
    ),
    opportunities=(
        told(
            "A second door for people with a list, open from seven",
            interview("Eleven caretakers would sign for it.", 70),
        ),
        guess("Umbrella bags and one sentence on the weather instead of the loyalty card"),
    ),
    metrics=(measured("Share greeted within a minute, watched on Saturdays", survey("64 %, n about 120.", 11)),),
)

WALK = Column(
    uid="walk",
    name="Walk the set way",
    about="Four hundred meters past twelve zones. Five are hot: people stop there. Seven are cold: they speed up.",
    team=MARKETING,
    person=LUCIA,
    metric=metrics.VISITORS_WHO_BUY,
    responsible=(SALES,),
    consulted=(PRODUCT,),
    questions=(
        "Where do they speed up, and what stands there?",
        "Where do they sit down, and may they?",
        "Who takes the short cut, and why?",
    ),
    channels=("Shop", "QR code", "Messaging"),
    actions=(
        measured(
            "Sits down on the third sofa, never on the first",
            analytics("Floor sensors: 70 seconds at zone 3, nine at zone 1.", 16),
        ),
        measured(
            "Speeds up through lighting and rugs", analytics("Zones 7 to 9 are crossed in half the usual time.", 16)
        ),
        studied(
            "Takes pictures and sends them to somebody at once",
            interview("On average six pictures a visit.", 84),
            span=2,
        ),
    ),
    touchpoints=(
        measured(
            "Hot zone: the furnished flat of 38 square meters",
            analytics("Four minutes twenty; 61 % of what is sold there is small.", 16),
            channel="Shop",
            feels={LEYLA: (2, "inspired"), PIET: (-1, "held up")},
        ),
        measured(
            "Cold zone: rugs on rails, behind the lamps",
            analytics("Three of four walk past without turning their heads.", 16),
            channel="Shop",
            feels={LEYLA: (-1, "bored"), PIET: (-2, "trapped")},
        ),
        told(
            "Café in the middle of the way",
            interview("“Without the cake we would have gone home.”", 84),
            channel="Shop",
            feels={LEYLA: (1, "rested"), PIET: (0, "passes")},
        ),
    ),
    thoughts=(
        studied(
            "Would this fit between our door and the radiator?",
            interview("Measured with hands, scarves and once with a friend.", 84),
        ),
        told(
            "Is there a way through, or do I have to see everything?",
            interview("Piet, and every caretaker we met.", 70),
        ),
    ),
    pains=(
        measured(
            "After minute 31 people stop stopping", analytics("Stops per zone fall by half; zone 8 lies there.", 16)
        ),
        studied(
            "The short cuts are behind doors that look locked",
            post("A drawn plan of “secret doors” has 2,100 readers.", 220),
        ),
    ),
    opportunities=(
        measured(
            "Bring one hot thing into each cold zone",
            analytics("A desk to try between the rugs: stops up from 24 to 39 %.", 37),
        ),
        studied(
            "Mark the short cuts on the floor and see who stays because they may go",
            interview("Tested on two weekdays.", 50),
        ),
    ),
    moments=(
        studied(
            "They sit down",
            analytics("Who sits buys twice as often as who only walks.", 16),
            interview("“We sat there and it was our flat for a minute.”", 84),
            moment=Moment("At home for a minute", LUCIA, metrics.VISITORS_WHO_BUY),
        ),
    ),
    metrics=(measured("Receipts divided by visitors", crm("35.8 % last week.", 9)),),
)
