"""The car is theirs: they collect it, live with it and talk about it."""

from journeys.demo import metrics
from journeys.demo.people import AMARA, DESI, JANA, MARKETING, PRODUCT, SALES, SAMUEL, SUCCESS
from journeys.demo.personas import MARTA, OWEN
from journeys.demo.writing import (
    Column,
    Moment,
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

COLLECT = Column(
    uid="collect",
    name="Buy and collect",
    about="A signature, weeks of waiting, and one afternoon that is remembered for years.",
    team=SALES,
    person=DESI,
    metric=metrics.DELIVERY,
    responsible=(SUCCESS,),
    questions=(
        "What do they hear from us between signature and key?",
        "What should they be able to do when they drive off?",
    ),
    channels=("Shop", "SMS", "E-mail"),
    actions=(
        measured("Waits nine weeks and calls twice to ask", crm("Median of 64 days; 1.9 calls per order.", 22)),
        told("Brings the children to the handover", interview("“They had drawn a number plate.”", 54)),
    ),
    touchpoints=(
        measured(
            "Silence between order and handover",
            recording("Of 212 calls in the waiting time, 171 ask “is there a date?”", 22),
            channel="Phone",
            feels={MARTA: (-1, "forgotten"), OWEN: (-1, "impatient")},
        ),
        studied(
            "The handover: forty minutes, a ribbon and a full battery",
            interview("The most told story of all; the ribbon is in every photograph.", 54),
            channel="Shop",
            feels={MARTA: (2, "proud"), OWEN: (1, "content")},
        ),
    ),
    thoughts=(
        studied(
            "Is there a date? I have to sell the diesel.",
            interview("The wait costs money: two insurances at once.", 54),
        ),
    ),
    pains=(
        measured("One car in six comes later than the contract says", crm("83 % on the day, last month.", 22)),
        told(
            "Charging card and application are explained when nobody listens any more",
            interview("“I nodded. I had the key in my hand.”", 54),
        ),
    ),
    opportunities=(
        guess("A letter on every second Friday: where the car is, what comes next"),
        studied(
            "A second handover after two weeks, on the telephone, for the questions that come late",
            interview("Wished for by nine of 22.", 54),
        ),
    ),
    moments=(
        studied(
            "The key changes hands",
            interview("“My daughter cried. I nearly did.”", 54),
            moment=Moment("The car is theirs", DESI, metrics.DELIVERY),
        ),
    ),
    metrics=(measured("Handovers on the day that the contract names", crm("About 50 of 60 a month.", 22)),),
)

LIVE = Column(
    uid="live",
    name="Live with it",
    about="Years: the first charge in the rain, the first winter, service, an update that moves the buttons.",
    team=SUCCESS,
    person=JANA,
    metric=metrics.CSAT,
    responsible=(PRODUCT,),
    consulted=(SALES,),
    questions=(
        "What went wrong in the first winter, and whom did they ask?",
        "Which year of ownership do we know nothing about?",
    ),
    channels=("Support", "In-app", "Catalogue and post"),
    actions=(
        told("Charges at the hospital and once a week at the shop", interview("“I have never once planned it.”", 410)),
    ),
    touchpoints=(
        measured(
            "The service line in the first winter",
            recording("Calls double below −5 °C; two of three are about range.", 190),
            channel="Support",
            feels={MARTA: (0, "anxious, then fine"), OWEN: (1, "well known")},
        ),
        told(
            "An update moves the heating button",
            post("“Who moved my heating?” — 88 answers, one of them ours.", 160),
            channel="In-app",
            feels={MARTA: (0, "shrugs"), OWEN: (-2, "cross")},
        ),
    ),
    thoughts=(guess("Will anybody want this battery in six years?"),),
    pains=(
        studied(
            "After the warranty nobody has a name any more",
            interview("Owners of the third year could not name one person with us.", 430),
        ),
    ),
    opportunities=(
        told(
            "Say before the first frost what changes and what does not",
            recording("Service has such a page in its drawer.", 40),
        ),
    ),
    moments=(
        studied(
            "The first winter without a bad morning",
            verbatim("Ownership stories turn good or bad between December and February.", 200),
            moment=Moment("First winter", JANA, metrics.CSAT),
        ),
    ),
    metrics=(measured("Satisfied answers after a service contact", survey("84 %, n about 410.", 20)),),
)

TELL = Column(
    uid="tell",
    name="Tell others",
    about="At the table, in the staff room, under somebody's film: they are asked about the car and answer for years.",
    team=MARKETING,
    person=AMARA,
    metric=metrics.NPS,
    responsible=(SUCCESS,),
    informed=(SALES,),
    questions=("Who asked them about the car last, and what did they say?", "What do they post without being asked?"),
    channels=("Social network", "Referral", "Forum and blog"),
    actions=(
        studied(
            "Lets three colleagues drive it in the first year",
            interview("3.2 people on average; one of them buys something.", 102),
        ),
        told(
            "Answers strangers' questions under a film, with patience", post("One owner has answered 61 questions.", 36)
        ),
    ),
    touchpoints=(
        told(
            "A photograph with the ribbon on a social network",
            post("212 hearts, 34 questions, no answer from us.", 57),
            channel="Social network",
            feels={MARTA: (2, "proud"), OWEN: (1, "shy")},
        ),
        guess(
            "A thank-you after a friend has bought",
            channel="Catalogue and post",
            feels={MARTA: (1, "pleased"), OWEN: (2, "honored")},
        ),
    ),
    thoughts=(
        studied(
            "I would tell them the truth about winter, too.",
            interview("Owners warn as readily as they praise, and are believed.", 102),
        ),
    ),
    pains=(
        measured(
            "Who brought whom stands nowhere in our books",
            crm("“How did you hear of us?” is empty in 71 % of orders.", 28),
        ),
    ),
    opportunities=(
        told(
            "Invite owners of the third year to answer at the open day", interview("Owen would bring the coffee.", 102)
        ),
    ),
    moments=(
        told(
            "A colleague buys after a lift to work",
            interview("“She got in at the hospital and out at the dealer's.”", 74),
            moment=Moment("First referral", SAMUEL, metrics.NPS),
        ),
    ),
    metrics=(
        measured("NPS thirty days after the handover", verbatim("39, n about 520, all four houses together.", 20)),
    ),
)
