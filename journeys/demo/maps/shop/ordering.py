"""From the search to the wait for the parcel."""

from journeys.demo import metrics
from journeys.demo.people import LUCIA, MARKETING, MATEUS, MEI, PRODUCT, SALES, SAMUEL, SUCCESS
from journeys.demo.personas import AIKO, SOFIA
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
    replay,
    studied,
    survey,
    told,
)

SEARCH = Column(
    uid="search",
    name="Search",
    about="“Warm blanket that does not scratch”, typed with one thumb. They look for a feeling and get a list.",
    team=MARKETING,
    person=LUCIA,
    metric=metrics.SEARCH_TO_BASKET,
    responsible=(PRODUCT,),
    questions=(
        "Which word do they use that stands nowhere in our shop?",
        "What do they look at longest: our picture or a customer's?",
    ),
    channels=("Web page", "Social network", "Marketplace"),
    actions=(
        measured(
            "Types a feeling: warm, soft, does not scratch", analytics("38 % of all searches hold no product word.", 13)
        ),
        studied("Looks for pictures by other customers first", replay("In 21 of 30 recordings.", 41)),
    ),
    touchpoints=(
        measured(
            "Search in the shop",
            analytics("“does not scratch” finds nothing; 900 people a month try it.", 13),
            channel="Web page",
            feels={SOFIA: (-1, "misunderstood"), AIKO: (0, "knows the way")},
        ),
        studied(
            "Pictures and words of other customers",
            interview("“She has the same gray sofa. So I know.”", 41),
            channel="Web page",
            feels={SOFIA: (1, "trusting"), AIKO: (1, "amused")},
        ),
    ),
    thoughts=(studied("Does it scratch? Nobody ever says whether it scratches.", interview("All nine of nine.", 41)),),
    pains=(
        measured("Seven grays, named after birds", analytics("Color filter: 58 % give up after the second try.", 13)),
    ),
    opportunities=(
        studied(
            "Say how it feels on a scale from cotton to sheep", survey("Understood by 86 of 90 in a hallway trial.", 35)
        ),
        guess("Send a strand of wool in a letter, for the price of the stamp"),
    ),
    metrics=(
        measured(
            "Visits with a search that end with something in the basket", analytics("20.8 %, n about 5,300 a week.", 9)
        ),
    ),
)

BASKET = Column(
    uid="basket",
    name="Basket",
    about="A place to put things aside, to count, to sleep on it. Not yet an order.",
    team=PRODUCT,
    person=MEI,
    metric=metrics.BASKET_TO_PAID,
    consulted=(MARKETING,),
    questions=("Is it a basket or a list of wishes?", "What is in it that they did not put in?"),
    channels=("Web page", "E-mail", "Push"),
    actions=(
        measured(
            "Leaves it overnight and opens it on another device",
            analytics("24 % of baskets; half of them are paid in the end.", 13),
        ),
        told(
            "Takes out the pullover when the sum passes a hundred", interview("“A hundred is a present to myself.”", 41)
        ),
    ),
    touchpoints=(
        measured(
            "Basket page: sum, delivery, day of arrival",
            analytics("Naming the day here brought +4 points at the payment.", 68),
            channel="Web page",
            feels={SOFIA: (1, "clear"), AIKO: (1, "quick")},
        ),
        measured(
            "Reminder after twenty hours",
            analytics("Brings back 9 %; 1.4 % leave the list for it.", 13),
            channel="E-mail",
            feels={SOFIA: (0, "watched a little"), AIKO: (-1, "nagged")},
        ),
    ),
    thoughts=(
        told(
            "What is the way back if it does not fit?", interview("Return rules are opened in every third basket.", 41)
        ),
    ),
    pains=(studied("Delivery is added at the end: 5.90", replay("The pointer jumps to the corner and out.", 41)),),
    opportunities=(guess("Keep the basket for a week and say until when"),),
    metrics=(measured("Baskets paid within a day", analytics("61.6 %, n about 1,450 a week.", 9)),),
)

PAY = Column(
    uid="pay",
    name="Pay",
    about="Late, on the sofa, with a card in the other room. Every field is a reason to do it tomorrow.",
    team=PRODUCT,
    person=MATEUS,
    metric=metrics.PAYMENT_OK,
    consulted=(SUCCESS, SALES),
    questions=("Which field could we fill in ourselves?", "What do they read in the last second before they press?"),
    channels=("Web page", "Chat", "SMS"),
    actions=(
        measured("Pays as a guest, after ten in the evening", analytics("63 % guests; the peak is at 22:20.", 13)),
        studied("Looks for the return rules once more", replay("In 12 of 30 recordings.", 41)),
        told(
            "Plans the week around the day in the confirmation",
            interview("“Thursday I work from home, for a blanket.”", 41),
            span=3,
        ),
    ),
    touchpoints=(
        measured(
            "Payment on one page, nine fields",
            replay("The date of birth stops one in fourteen; nobody needs it.", 41),
            channel="Web page",
            feels={SOFIA: (-1, "tense"), AIKO: (1, "routine")},
        ),
        studied(
            "Confirmation with a day of arrival",
            interview("“Thursday. Good. Then I can tell my mother.”", 41),
            channel="E-mail",
            feels={SOFIA: (1, "relieved"), AIKO: (1, "ticked off")},
        ),
    ),
    thoughts=(studied("What happens after I press it?", interview("Sofia, and six of nine.", 41)),),
    pains=(
        measured(
            "Another delivery address hides behind a small arrow", recording("Aiko and 40 others a month ask how.", 22)
        ),
        told("The gift note is cut at sixty signs, silently", post("“Happy birthday dear Gr”", 150)),
    ),
    opportunities=(
        measured(
            "Six fields instead of nine",
            analytics("Half of the visitors for two weeks: +2.9 points (+0.8 to +5.0).", 27),
        ),
    ),
    moments=(
        measured(
            "The button is pressed",
            analytics("Two of five filled baskets get no further than the payment.", 13),
            moment=Moment("First order", MATEUS, metrics.BASKET_TO_PAID),
        ),
    ),
    metrics=(
        measured("Payments that go through at the first press", analytics("88 % on telephones, 95 % elsewhere.", 13)),
    ),
)

WAIT = Column(
    uid="wait",
    name="Wait",
    about="Four days. For one order in eight they become six, and the visit is on Friday.",
    team=SUCCESS,
    person=SAMUEL,
    metric=metrics.ON_TIME,
    responsible=(PRODUCT,),
    informed=(MARKETING,),
    questions=(
        "When do we know that it will be late, and when do they?",
        "Who tells them, and what may that person offer?",
        "What was the date for?",
    ),
    channels=("SMS", "E-mail", "Support", "Messaging"),
    actions=(
        measured(
            "Opens the tracking page six times on the last day", analytics("Median of six, on late days eleven.", 11)
        ),
        told("Asks a neighbor to listen for the bell", interview("“He has a dog, he hears everything.”", 41)),
    ),
    touchpoints=(
        measured(
            "Tracking page of the carrier",
            analytics("“In the depot” for two days, the most seen status.", 11),
            channel="Web page",
            feels={SOFIA: (-1, "restless"), AIKO: (0, "busy elsewhere")},
        ),
        measured(
            "The promised day passes without a word",
            crm("11.8 % of first orders since the new carrier, 6 % before.", 11),
            recording("“I had to find out by myself.” In 31 of 50 chats.", 15),
            post("“Day five. Mother sleeps under my coat.” — 320 hearts.", 19),
            body="The carrier reports the delay in the evening at six. We write next day at ten, if anybody has asked.",
            channel="SMS",
            feels={SOFIA: (-2, "let down"), AIKO: (-2, "embarrassed")},
            moment=Moment("First late order", SAMUEL, metrics.ON_TIME),
        ),
        studied(
            "Chat with somebody who may decide",
            recording("With a new day and a gesture the talk lasts four minutes, without them eleven.", 15),
            channel="Chat",
            feels={SOFIA: (0, "calmer"), AIKO: (1, "respected")},
        ),
    ),
    thoughts=(
        studied(
            "If they had told me on Tuesday, I would have bought one in town.",
            interview("The delay is forgiven; the silence is not.", 41),
        ),
    ),
    pains=(
        measured("We know of a delay sixteen hours before we say it", crm("Report at 18:00, first word at 10:00.", 11)),
        told("An office that takes no parcels is found out on the day", recording("Every tenth first delivery.", 90)),
    ),
    opportunities=(
        measured(
            "Tell before they ask: new day, choice of a locker, free return",
            crm("Two weeks by hand: second orders 24 % instead of 13 %.", 21),
        ),
        guess("Promise the day that we keep in 98 of 100 cases, not in 88"),
    ),
    metrics=(measured("First orders that arrive on the promised day", crm("88.2 %, n about 380 a week.", 9)),),
)
