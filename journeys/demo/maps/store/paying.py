"""From the shelf over kiosk and till to the way home."""

from journeys.demo import metrics
from journeys.demo.people import CHLOE, MARKETING, OKSANA, PRIYA, PRODUCT, SALES, SAMUEL, SUCCESS, YUSUF
from journeys.demo.personas import LEYLA, PIET
from journeys.demo.writing import (
    Column,
    Moment,
    analytics,
    crm,
    guess,
    interview,
    measured,
    recording,
    replay,
    studied,
    survey,
    told,
    verbatim,
)

SHELF = Column(
    uid="shelf",
    name="At the shelf",
    about="Advertisement, label and thing side by side. Most decisions below 40 EUR fall within a minute, here.",
    team=MARKETING,
    person=YUSUF,
    metric=metrics.BASKET_VALUE,
    responsible=(SALES,),
    questions=("What do they turn round to read?", "What is the second thing they take, and who put it there?"),
    channels=("Shop", "QR code"),
    actions=(
        studied(
            "Takes it out, turns it over, puts it back, walks on, comes back",
            interview("“Out, back, out” in 28 of 60 visits.", 84),
        ),
        measured("Scans the label for stock and the pick-up place", analytics("2,900 scans a week.", 12)),
    ),
    touchpoints=(
        measured(
            "Advertising at the shelf: one price, one sentence, one picture of use",
            analytics("+18 % pieces where the picture shows hands; ±0 where it shows a price cut.", 43),
            channel="Shop",
            feels={LEYLA: (1, "tempted"), PIET: (0, "ignores it")},
        ),
        measured(
            "Code on the label: stock, shelf, size, reviews",
            analytics("One scan in nine shows a stock figure that is wrong.", 12),
            channel="QR code",
            feels={LEYLA: (1, "clever"), PIET: (-1, "distrustful")},
        ),
    ),
    thoughts=(
        told(
            "Forty is fine. For more I have to call him.",
            interview("Leyla and two of her friends say the same sum.", 84),
        ),
        studied(
            "Says twelve in stock. I see none.",
            recording("The most usual sentence at the service desk on weekdays.", 19),
        ),
    ),
    pains=(
        measured(
            "Stock on the label and stock on the shelf differ in 11 % of articles",
            analytics("Count of 400 articles.", 19),
        ),
        guess("Three red labels side by side say nothing any more"),
    ),
    opportunities=(
        studied(
            "One red label for every two meters of shelf, no more",
            survey("Staff of four aisles tried it for three weeks.", 43),
        ),
    ),
    metrics=(measured("Mean value of a receipt", crm("About 52 EUR, n about 3,400 a week.", 9)),),
)

KIOSK = Column(
    uid="kiosk",
    name="Kiosk",
    about="Six screens where people look up, order what is too large to carry, and pay without a queue.",
    team=PRODUCT,
    person=OKSANA,
    metric=metrics.KIOSK_USE,
    consulted=(SALES, SUCCESS),
    questions=("What do they type first?", "Where do they turn round and look for a person?"),
    channels=("Shop", "QR code", "Click and collect"),
    actions=(
        measured("Types an article number from the telephone", replay("54 % of sessions begin with digits.", 23)),
        studied(
            "Looks over the shoulder to see whether somebody waits",
            interview("Seen at every third session on Saturdays.", 84),
        ),
    ),
    touchpoints=(
        measured(
            "Search by number, name or photograph",
            replay("Nine seconds to the shelf number when the number is known.", 23),
            channel="Shop",
            feels={LEYLA: (0, "careful"), PIET: (2, "relieved")},
            moment=Moment("Found in nine seconds", OKSANA, metrics.KIOSK_USE),
        ),
        measured(
            "Order for delivery: address typed on a large screen",
            replay("31 % give up at the street; people behind them read along.", 23),
            channel="Shop",
            feels={LEYLA: (-2, "watched"), PIET: (-1, "clumsy")},
        ),
    ),
    thoughts=(
        studied("Everybody sees where I live.", interview("Said aloud by six of 18 women at the kiosk.", 84)),
        guess("If it says no, I do not go to a person. I go."),
    ),
    pains=(
        measured(
            "No invoice to a company at the kiosk",
            recording("The first of all questions before eight in the morning.", 19),
        ),
        told("Two of six screens have been “back soon” for a week", recording("Noted by the service desk.", 6)),
    ),
    opportunities=(
        studied(
            "Hand the order over to one's own telephone by a code and finish it there", interview("15 of 18 would.", 80)
        ),
        guess("A kiosk at the second door, with parts for caretakers and nothing else"),
    ),
    metrics=(measured("Share of orders with a kiosk in them", crm("17 %, a year ago 6 %.", 9)),),
)

TILL = Column(
    uid="till",
    name="Till",
    about="The last five minutes color the two hours before. A queue is counted in people, remembered in minutes.",
    team=SALES,
    person=CHLOE,
    metric=metrics.TILL_TIME,
    consulted=(PRODUCT,),
    informed=(MARKETING,),
    questions=(
        "At how many people does somebody put the basket down and leave?",
        "What is the last sentence they hear from us?",
    ),
    channels=("Shop", "SMS", "E-mail"),
    actions=(
        measured(
            "Counts the people before her, chooses the wrong queue",
            survey("Median of five people; six is where baskets are left.", 11),
        ),
        told(
            "Asks for the invoice when everything is already in the bag",
            interview("Piet, and the queue behind him.", 70),
        ),
    ),
    touchpoints=(
        measured(
            "Queue on Saturday between two and three",
            analytics("6.1 minutes, down from 7.9 a year ago.", 9),
            channel="Shop",
            feels={LEYLA: (-1, "tired"), PIET: (-2, "losing time")},
        ),
        studied(
            "Till where one scans and pays alone",
            survey("Chosen for up to seven pieces; then people want a person.", 11),
            channel="Shop",
            feels={LEYLA: (1, "quick"), PIET: (0, "no invoice")},
        ),
    ),
    thoughts=(studied("It was lovely until here.", verbatim("The till is in four of ten critical comments.", 29)),),
    pains=(
        measured(
            "Forty baskets are left standing on a usual Saturday",
            crm("Counted by the evening shift; mean value 31 EUR.", 11),
        ),
        studied(
            "One till with an invoice printer, at the far end", interview("Every caretaker draws the same plan.", 70)
        ),
    ),
    opportunities=(
        told("Invoices from every till, by e-mail", interview("The printer is the only reason, says the cashier.", 38)),
        guess("A person with a hand scanner who walks along the queue from the fourth customer on"),
    ),
    moments=(
        measured(
            "A full basket is left in the queue",
            crm("About 1,240 EUR on a Saturday.", 11),
            moment=Moment("The most painful loss", CHLOE, metrics.TILL_TIME),
        ),
    ),
    metrics=(measured("Median minutes from queue to receipt, on Saturdays", analytics("210 visits watched.", 9)),),
)

HOME = Column(
    uid="home",
    name="At home, and again",
    about="It is carried up, put together, shown around, or brought back. Then nothing, until it rains again.",
    team=SUCCESS,
    person=SAMUEL,
    metric=metrics.CSAT,
    responsible=(SALES,),
    informed=(MARKETING, PRODUCT),
    questions=(
        "What is missing on the evening when they put it together?",
        "What makes them come again: the thing, the way or the cake?",
    ),
    channels=("Support", "Messaging", "Social network", "E-mail"),
    actions=(
        told("Carries it on the tram and shows it to the whole chat", interview("“The lamp had its own seat.”", 84)),
        measured("Brings back one thing in nine", crm("Most often curtains: too short by a hand.", 34)),
    ),
    touchpoints=(
        measured(
            "Service desk for returns, ticket in hand",
            recording("Eleven minutes; the money comes at once.", 34),
            channel="Support",
            feels={LEYLA: (1, "relieved"), PIET: (0, "matter of course")},
        ),
        guess(
            "A message after a week: does it stand?",
            channel="Messaging",
            feels={LEYLA: (1, "thought of"), PIET: (-1, "disturbed")},
        ),
    ),
    thoughts=(
        told(
            "Next time with a car. Or with delivery, if it were not 39.",
            interview("Delivery is compared with a taxi.", 84),
        ),
    ),
    pains=(
        studied(
            "One screw is missing and the line is closed on Saturday evening",
            recording("62 messages every Sunday morning.", 27),
        ),
        told("The receipt fades before the warranty does", verbatim("“White paper. Beautiful.”", 380)),
    ),
    opportunities=(
        studied(
            "Screws by post for the asking, by a code in the manual",
            recording("Would answer a third of Sunday's messages.", 27),
        ),
        guess("Tell Leyla about the sofa on payday, and only then"),
    ),
    moments=(
        told(
            "She shows it to a friend, who comes along next time",
            interview("Four of ten first visits are made with somebody who knows the way.", 84),
            moment=Moment("First referral", PRIYA, metrics.FOOTFALL),
        ),
    ),
    metrics=(measured("Satisfied answers after the service desk", survey("84 %, n about 410.", 20)),),
)
