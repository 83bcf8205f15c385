"""At home: they see it, and read up."""

from journeys.demo import metrics
from journeys.demo.people import AMARA, LUCIA, MARKETING, PRODUCT, SALES
from journeys.demo.personas import MARTA, OWEN
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

NOTICE = Column(
    uid="notice",
    name="Notice",
    about="The old car costs too much, and an electric estate drives through the evening programme.",
    team=MARKETING,
    person=AMARA,
    metric=metrics.AD_RECALL,
    informed=(SALES,),
    questions=(
        "What happened to the old car that week?",
        "What stays of the advertisement the next morning: the car, the song or the price?",
    ),
    channels=("Television", "Referral", "Social network"),
    actions=(
        studied(
            "Hears from the garage what the repair would cost",
            interview("“He wrote the sum on the back of my old invoice and turned it round.”", 96),
            interview("Eleven of 22 name a repair or an inspection as the first day.", 90),
        ),
        measured(
            "Sees the Linnet between the news and the weather",
            survey("19 % of 600 asked name the Linnet unprompted.", 24),
        ),
    ),
    touchpoints=(
        measured(
            "Television advertisement: thirty seconds, a family and a snowy road",
            survey("Two of three who remember it remember the snow.", 24),
            channel="Television",
            feels={MARTA: (1, "curious"), OWEN: (0, "unmoved")},
        ),
        told(
            "A colleague lets her sit in his Linnet at the hospital car park",
            interview("“I sat in it for two minutes and knew where everything was.”", 74),
            channel="Referral",
            feels={MARTA: (2, "surprised"), OWEN: (1, "amused")},
        ),
    ),
    thoughts=(
        studied(
            "What does electric cost me in a month, all in?", interview("Asked in 14 of 22 talks, in these words.", 90)
        ),
    ),
    pains=(
        studied(
            "The price shown is for a car that nobody orders",
            interview("“From 29,900. From. I laughed.”", 81),
            post("A thread with 140 answers about “from” prices in car advertisements.", 130),
        ),
    ),
    opportunities=(
        told(
            "Say the monthly cost of a usual family year in the film itself",
            crm("Nine sellers hear the question daily.", 40),
        ),
    ),
    metrics=(measured("Recall of the advertisement, asked monthly by telephone", survey("n about 600 a month.", 24)),),
)

COMPARE = Column(
    uid="compare",
    name="Read and compare",
    about="Late at night, on a telephone: tests, owners' films, prices, range in winter. For days or for months.",
    team=MARKETING,
    person=LUCIA,
    metric=metrics.CONFIGURATIONS,
    responsible=(PRODUCT,),
    consulted=(SALES,),
    questions=(
        "Which three cars stand on the list, and who put them there?",
        "Where do they look when our page does not say it?",
        "What do they save, and in what form?",
    ),
    channels=("Web page", "Forum and blog", "Social network", "E-mail"),
    actions=(
        measured(
            "Opens the price page on three evenings before anything else",
            analytics("Median of three visits in 19 days.", 12),
        ),
        studied(
            "Keeps screenshots of monthly rates in one album", interview("Nine of 22 showed us such an album.", 88)
        ),
        studied(
            "Keeps the family's opinion in one chat, from the first screenshot to the offer",
            interview("16 of 22 showed us the chat; the offer was photographed into it.", 88),
            span=4,
        ),
    ),
    touchpoints=(
        measured(
            "The site's configurator",
            analytics("335 cars saved a week; half of those who begin stop at the financing step.", 9),
            channel="Web page",
            feels={MARTA: (0, "busy"), OWEN: (-1, "tired")},
        ),
        studied(
            "Films by owners who drive in winter",
            interview("“He drove to his mother and back in January. That was my range test.”", 85),
            channel="Social network",
            feels={MARTA: (1, "reassured"), OWEN: (0, "doubtful")},
        ),
        measured(
            "A forum's list of faults by model year",
            post("The most read thread on the Linnet: a clicking belt buckle.", 33),
            channel="Forum and blog",
            feels={MARTA: (-1, "uneasy"), OWEN: (-1, "uneasy")},
        ),
    ),
    thoughts=(
        studied(
            "Where do I charge if I park in the street?",
            interview("The first question of every tenant we spoke to.", 88),
        ),
        studied("Is the battery mine when the contract ends?", post("Asked weekly in two forums.", 45)),
    ),
    pains=(
        measured(
            "Range in winter stands nowhere on our pages",
            analytics("“winter” is the most frequent search without a result.", 15),
            recording("31 calls in a month asked for it.", 20),
            body="The factory publishes one figure, measured at 20 °C. Sellers give their own; they differ by 60 km.",
        ),
        studied(
            "The monthly rate changes between the page and the e-mail",
            interview("“Eleven euros. Why eleven?” — an insurance that is ticked by default.", 61),
        ),
    ),
    opportunities=(
        measured(
            "A page “a year with the Linnet in a street without a charger”",
            survey("A draft was shown to 48 visitors: 39 would send it on.", 50),
        ),
        guess("Let people save a car without an account and take it to the showroom as a code"),
    ),
    moments=(
        studied(
            "She believes the range",
            interview("After this the talk turned from “whether” to “which” in 17 of 22 cases.", 88),
            moment=Moment("The doubt about range is gone", LUCIA, metrics.CONFIGURATIONS),
        ),
    ),
    metrics=(
        measured(
            "Saved configurations a week; those with winter tires are a sign of intent",
            analytics("About 335 a week.", 9),
        ),
    ),
)
