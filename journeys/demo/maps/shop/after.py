"""From the opened parcel to the friend who orders next."""

from journeys.demo import metrics
from journeys.demo.people import AMARA, MARKETING, PRIYA, PRODUCT, SALES, SUCCESS, YUSUF
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
    studied,
    survey,
    told,
    verbatim,
)

UNPACK = Column(
    uid="unpack",
    name="Unpack",
    about="Paper, a smell of wool, a hand on it. Three seconds, and then the mirror or the sofa.",
    team=MARKETING,
    person=YUSUF,
    metric=metrics.NPS,
    consulted=(SUCCESS,),
    informed=(PRODUCT,),
    questions=("What do they see first when the lid is open?", "Which promise of the picture does the thing not keep?"),
    channels=("Catalogue and post", "QR code", "E-mail"),
    actions=(
        studied(
            "Smells it, holds it to the light, puts it round somebody", interview("Nine of nine, in this order.", 41)
        ),
        told("Keeps the box for the cat", post("One picture in three shows a cat.", 60)),
    ),
    touchpoints=(
        studied(
            "The parcel: gray paper, one thread, a card",
            interview("“It looked like somebody had packed it.”", 41),
            channel="Catalogue and post",
            feels={SOFIA: (2, "enchanted"), AIKO: (2, "a real present")},
        ),
        guess(
            "Care card with a code to a film",
            channel="QR code",
            feels={SOFIA: (0, "keeps it"), AIKO: (0, "has three")},
        ),
    ),
    thoughts=(
        studied(
            "It does not scratch.",
            interview("Said aloud by five of nine.", 41),
            verbatim("The most frequent word with a ten: soft.", 20),
        ),
    ),
    pains=(measured("The gray is bluer in daylight than in the picture", crm("Reason for 27 % of returns.", 24)),),
    opportunities=(
        told("Take all pictures again, at a window at noon", interview("The photographer asks for it, too.", 33)),
    ),
    metrics=(
        measured("NPS, asked 30 days after the order", verbatim("39, n about 520, all four houses together.", 20)),
    ),
)

RETURN = Column(
    uid="return",
    name="Return",
    about="It does not fit. An easy way back is the best reason to order again; a hard one is remembered for years.",
    team=SUCCESS,
    person=PRIYA,
    metric=metrics.RETURNS,
    responsible=(PRODUCT,),
    consulted=(MARKETING,),
    questions=(
        "What could we have said before so that it would not come back?",
        "How many days lie between the parcel shop and the money?",
    ),
    channels=("QR code", "E-mail", "Support"),
    actions=(
        measured(
            "Shows a code at the parcel shop instead of printing a label", crm("83 % choose it since it exists.", 24)
        ),
        told("Writes an apology to us on the return slip", recording("Every twentieth slip.", 48)),
    ),
    touchpoints=(
        measured(
            "Return in three clicks, without a printer",
            analytics("Ninety seconds; 4 % ask for help.", 24),
            channel="Web page",
            feels={SOFIA: (2, "relieved"), AIKO: (0, "never needs it")},
            moment=Moment("Easy return", PRIYA, metrics.REPEAT),
        ),
        measured(
            "The money is back, with a word on the day",
            crm("Median of three days; the first shop that burned Sofia took 42.", 24),
            channel="E-mail",
            feels={SOFIA: (1, "surprised")},
        ),
    ),
    thoughts=(
        studied("That was easy. Now I can dare to take the other size.", interview("46 % order another size.", 41)),
    ),
    pains=(studied("Size M is an L in two of five patterns", crm("Reason for 34 % of returns.", 24)),),
    opportunities=(
        measured(
            "Show the width in centimeters and a pullover that one has at home beside it",
            survey("Returns for size fell from 34 to 26 % in the trial.", 29),
        ),
    ),
    metrics=(measured("Orders of which at least one piece came back", crm("13.9 %, a year ago 17.2 %.", 20)),),
)

SECOND = Column(
    uid="second",
    name="Second order",
    about="The step that makes a customer. It comes within seven weeks or hardly ever.",
    team=MARKETING,
    person=YUSUF,
    metric=metrics.REPEAT,
    responsible=(SALES,),
    consulted=(SUCCESS,),
    questions=(
        "What brings them back: a birthday, the cold, a mail?",
        "What do we know about them that makes it easier this time?",
    ),
    channels=("E-mail", "Push", "Catalogue and post"),
    actions=(
        measured(
            "Comes back on the first cold evening", analytics("Visits by known customers double below 8 °C.", 160)
        ),
        studied("Searches an old mail for what she gave last year", interview("Aiko, and four of six regulars.", 52)),
    ),
    touchpoints=(
        measured(
            "Mail on the 30th day: how to wash it",
            analytics("Opened by 54 %, the best of all our mails; sells without an offer.", 26),
            channel="E-mail",
            feels={SOFIA: (1, "cared for"), AIKO: (1, "useful")},
        ),
        guess(
            "List of people and dates",
            channel="Web page",
            feels={SOFIA: (0, "not yet"), AIKO: (2, "finally")},
        ),
    ),
    thoughts=(told("I know how it feels now. I need not think.", interview("A regular, third year.", 52)),),
    pains=(measured("Who got the first order late comes back half as often", crm("13 % against 27 %.", 21)),),
    opportunities=(
        studied("Remember presents: who, what, when", survey("Five of six regulars would give us the dates.", 52)),
    ),
    moments=(
        measured(
            "The second order within seven weeks",
            crm("After it the third is nearly sure: 68 %.", 26),
            moment=Moment("First repeat order", YUSUF, metrics.REPEAT),
        ),
    ),
    metrics=(
        measured("First-time customers with a second order within 90 days", crm("27.2 %, n about 1,500 a month.", 20)),
    ),
)

REFER = Column(
    uid="refer",
    name="Refer",
    about="A photograph, a question “where is it from?”, a code. The friend trusts more than any picture can earn.",
    team=MARKETING,
    person=AMARA,
    metric=metrics.REFERRALS,
    responsible=(SUCCESS,),
    informed=(SALES, PRODUCT),
    questions=("After which moment do they send the code?", "What does the friend see first?"),
    channels=("Referral", "Messaging", "Social network"),
    actions=(
        told("Sends the code to a whole prenatal class", interview("Eleven people, four orders.", 52)),
        measured("Posts a baby in a hat and tags us", post("About forty a week.", 12)),
    ),
    touchpoints=(
        measured(
            "Code in the parcel: ten for you, ten for a friend",
            crm("7.3 % of new customers, 4.1 % a year ago.", 20),
            channel="Referral",
            feels={SOFIA: (0, "shy"), AIKO: (2, "generous")},
        ),
        guess("A written thank-you after the third friend", channel="Catalogue and post", feels={AIKO: (2, "touched")}),
    ),
    thoughts=(
        studied("I do not want to earn on my friends. Give it to them.", interview("Five of six regulars.", 52)),
    ),
    pains=(
        told(
            "We ask for a review on the day of the late delivery",
            recording("Two screenshots, sent with two stars.", 14),
        ),
    ),
    opportunities=(
        studied("Both tens for the friend, a skein of wool for who sends", interview("Liked by all six.", 52)),
        guess("Hold every request for a review while a parcel is late"),
    ),
    moments=(
        measured(
            "The friend's first order",
            crm("Comes nine days after the code, and is returned half as often.", 20),
            moment=Moment("First referral", AMARA, metrics.REFERRALS),
        ),
    ),
    metrics=(measured("New customers who came by a friend's code", crm("7.3 %, n about 1,500 a month.", 20)),),
)
