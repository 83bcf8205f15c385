"""At the dealer: they come by, drive and bargain."""

from journeys.demo import metrics
from journeys.demo.people import ANDREI, CHLOE, DESI, MARKETING, PRODUCT, SALES, SUCCESS
from journeys.demo.personas import MARTA, OWEN
from journeys.demo.writing import (
    Column,
    Moment,
    analytics,
    crm,
    guess,
    interview,
    measured,
    recording,
    studied,
    told,
)

VISIT = Column(
    uid="visit",
    name="Visit the dealer",
    about="The first Saturday that is free. They want to sit, touch, and not be sold to for ten minutes.",
    team=SALES,
    person=CHLOE,
    metric=metrics.DEALER_VISITS,
    consulted=(MARKETING,),
    questions=("Who speaks first, and what are the first words?", "What do they carry in: a code, a print, a child?"),
    channels=("Shop", "QR code", "Phone"),
    actions=(
        measured("Comes on a Saturday between ten and twelve", crm("46 % of all visits in those two hours.", 18)),
        studied(
            "Walks round the car twice before talking to anybody", interview("Seen on 31 of 40 observed visits.", 120)
        ),
    ),
    touchpoints=(
        studied(
            "Greeting at the desk",
            interview("“Have you got an appointment?” is heard as “you are in the way”.", 120),
            channel="Shop",
            feels={MARTA: (-1, "in the way"), OWEN: (2, "at home")},
        ),
        measured(
            "Code on the windscreen that opens the very car on the telephone",
            analytics("One visitor in five scans it; they stay nine minutes longer.", 30),
            channel="QR code",
            feels={MARTA: (1, "in charge"), OWEN: (-1, "left out")},
        ),
    ),
    thoughts=(
        told(
            "Do they take me seriously without a man beside me?",
            interview("“He explained the boot to my brother.”", 110),
        ),
        guess("Is Mr. Ionescu still here?"),
    ),
    pains=(
        measured(
            "Every fourth Saturday visitor leaves unattended", crm("Four sellers, up to eleven visits at once.", 18)
        ),
        told(
            "The saved car from the site is unknown at the desk",
            interview("“So I typed it all in again, standing.”", 63),
        ),
    ),
    opportunities=(
        studied(
            "One host on Saturdays who sells nothing and knows everybody's place in the queue",
            interview("Tried on two Saturdays.", 47),
        ),
    ),
    metrics=(measured("Visits a week at the reception desk", crm("About 170 in a usual week.", 18)),),
)

DRIVE = Column(
    uid="drive",
    name="Drive the car",
    about="Twenty-five minutes on roads of their own choice. It decides more than all pages together.",
    team=SALES,
    person=ANDREI,
    metric=metrics.TEST_DRIVES,
    informed=(MARKETING, SUCCESS),
    questions=("Which road do they want to drive, and why that one?", "What do they say in the first silence?"),
    channels=("Shop", "SMS", "Phone"),
    actions=(
        studied(
            "Drives her own way to work and tries to park in her own street", interview("Asked for by 13 of 22.", 70)
        ),
        told("Puts the child's seat in, then the pram, then the dog", interview("“The dog decided.”", 70)),
    ),
    touchpoints=(
        measured(
            "The drive itself, with the seller in the back seat",
            crm("Offer within a week: 58 % after a drive, 9 % without one.", 21),
            channel="Shop",
            feels={MARTA: (2, "won over"), OWEN: (2, "young again")},
            moment=Moment("First drive", ANDREI, metrics.TEST_DRIVES),
        ),
        guess(
            "A message in the evening with the route and what it used",
            channel="SMS",
            feels={MARTA: (1, "seen"), OWEN: (0, "puzzled")},
        ),
    ),
    thoughts=(
        studied(
            "It is so quiet. What did I pay for all those years?",
            interview("The silence is named first in 15 of 22 talks.", 70),
        ),
    ),
    pains=(
        measured(
            "The next free drive on a Saturday is sixteen days away",
            crm("Two demonstration cars, one of them at events.", 21),
        ),
    ),
    opportunities=(
        studied(
            "Drives on weekday evenings, from the hospital car park", interview("Seven of nine nurses would come.", 44)
        ),
    ),
    moments=(
        told(
            "The first silence after the bend",
            interview("“Then nobody said anything, and I knew.”", 70),
            moment=Moment("The car sells itself", ANDREI, metrics.TEST_DRIVES),
        ),
    ),
    metrics=(
        measured(
            "Drives of ten minutes or more a week, and offers within seven days after",
            crm("57 drives in a usual week.", 21),
        ),
    ),
)

BARGAIN = Column(
    uid="bargain",
    name="Bargain",
    about="The old car is valued, the offer is written, a second offer is fetched. Trust is spent or kept here.",
    team=SALES,
    person=DESI,
    metric=metrics.OFFER_ACCEPTANCE,
    consulted=(PRODUCT,),
    informed=(MARKETING,),
    questions=(
        "What is the last thing that is still open when they leave with the offer?",
        "Who reads the offer at home?",
        "What would we grant at once that they have to ask for now?",
    ),
    channels=("Shop", "E-mail", "Phone"),
    actions=(
        studied(
            "Lets the old car be valued and keeps a straight face",
            interview("Named as the worst quarter of an hour by ten of 22.", 66),
        ),
        measured("Takes the offer home for four days", crm("Median from offer to answer: four days, nine hours.", 14)),
    ),
    touchpoints=(
        studied(
            "Valuation of the old car in the yard",
            interview("“He found every scratch and none of the new tires.”", 66),
            channel="Shop",
            feels={MARTA: (-2, "belittled"), OWEN: (-1, "offended")},
            moment=Moment("The most painful loss", DESI, metrics.OFFER_ACCEPTANCE),
        ),
        measured(
            "The written offer: two pages, eleven lines",
            crm("31 % of offers become orders within 30 days; 36 % a year ago.", 14),
            channel="E-mail",
            feels={MARTA: (-1, "suspicious"), OWEN: (0, "patient")},
        ),
        told(
            "The seller's call on the third day",
            recording("He asks “what is missing?” and is silent. It works.", 52),
            channel="Phone",
            feels={MARTA: (1, "taken seriously"), OWEN: (1, "courted")},
        ),
    ),
    thoughts=(
        studied(
            "What would my neighbor have got?", interview("Nobody believes that the first price is the price.", 66)
        ),
        told(
            "If I ask for winter tires now, do I look silly?",
            interview("“I did not ask. They were free for whoever asked.”", 66),
        ),
    ),
    pains=(
        measured(
            "The line “preparation, 890 EUR” that nobody can explain",
            crm("Named in 38 of 97 lost offers.", 14),
            recording("Three sellers, three explanations.", 30),
        ),
        told(
            "Nobody answers for the time between the offer and the key",
            interview("“First it was he, then it was a number.”", 66),
            span=2,
        ),
    ),
    opportunities=(
        measured(
            "One price, all in, with the valuation on a page of its own",
            crm("Twelve offers on trial: seven orders.", 26),
        ),
    ),
    metrics=(measured("Offers that become orders within 30 days", crm("Fell by five points in a year.", 14)),),
)
