"""Skein after the order: the wait, the way back, and the friend who orders next."""

from experiments.demo.writing import Counted, Guess, Said, Tale, Verdict, Way
from experiments.enums import Goal, MetricRole, Outcome
from journeys.demo import metrics
from journeys.demo.people import (
    AMARA,
    DESI,
    INGRID,
    JANA,
    MARKETING,
    MATEUS,
    PRIYA,
    SAMUEL,
    SUCCESS,
    YUSUF,
)
from journeys.demo.personas import AIKO, SOFIA

CODE = Tale(
    title="A code instead of a printed return label",
    owner=YUSUF,
    team=MARKETING,
    story="shop",
    card="return-touchpoints-1",
    persona=SOFIA,
    audience="customers who send something back",
    metric=metrics.REPEAT,
    change="Let customers show a code at the parcel shop instead of printing a label",
    because="Every third customer has no printer, and says so on the slip that somebody else printed",
    reason="Fewer steps",
    expected_effect=0.08,
    evidence=(("service-recording", "“I went to the library to print your label.”", 330),),
    begun=338,
    guesses=(
        Guess(YUSUF, (6, 6, 5), 0.7, 0.08),
        Guess(PRIYA, (8, 7, 5), 0.85, 0.12, "I read the slips."),
        Guess(MATEUS, (5, 5, 4), 0.6, 0.05),
        Guess(DESI, (4, 4, 6), 0.5, 0.02),
        Guess(JANA, (6, 6, 5), 0.75, 0.08),
    ),
    planned=322,
    started=314,
    stopped=270,
    way=Way(
        variants=(("label", "Printed label", 0.5), ("code", "Code at the parcel shop", 0.5)),
        metrics=(
            Counted(metrics.REPEAT, 0.238, (0.125,)),
            Counted(metrics.RETURNS, 0.172, (0.01,), MetricRole.GUARDRAIL, goal=Goal.DECREASE, minimum_effect=0.1),
        ),
        minimum_effect=0.08,
        a_day=190,
        planned_days=42,
        unit="customers",
    ),
    verdict=Verdict(
        Outcome.SHIP,
        "More come back, and no more is returned than before.",
        "Who can send back without a printer dares to order again; returns do not rise with it.",
        days=268,
        confirmed=(PRIYA, 266),
        accepted=(PRIYA, 38.4),
        follow_up_in=90,
    ),
    seed=3,
)

LATE = Tale(
    title="Tell before they ask",
    owner=SAMUEL,
    team=SUCCESS,
    story="shop",
    card="wait-pains-1",
    opportunity="wait-opportunities-1",
    persona=SOFIA,
    audience="first orders that will be late",
    metric=metrics.REPEAT,
    change="Write within the hour when a first order will be late: a new day, a locker to choose, a free return",
    because="We know of a delay sixteen hours before we say it; who got the first order late comes back half as often",
    reason="Faster answer",
    expected_effect=0.5,
    evidence=(
        ("crm", "13 % of those with a late first order come back, 27 % of the others.", 121),
        ("interview", "“You knew it at six. I took the day off.”", 118),
    ),
    begun=116,
    guesses=(
        Guess(SAMUEL, (9, 8, 5), 0.9, 0.6),
        Guess(PRIYA, (9, 7, 5), 0.85, 0.5),
        Guess(YUSUF, (7, 6, 5), 0.7, 0.3),
        Guess(MATEUS, (6, 5, 4), 0.65, 0.25),
    ),
    planned=88,
    started=80,
    stopped=6,
    way=Way(
        variants=(("silent", "Word when they ask", 0.5), ("ahead", "Word within the hour", 0.5)),
        metrics=(Counted(metrics.REPEAT, 0.13, (0.78,)),),
        minimum_effect=0.4,
        a_day=9,
        planned_days=84,
        unit="late first orders",
    ),
    verdict=Verdict(
        Outcome.SHIP,
        "Nearly twice as many order again, and chats about late parcels fell by a third.",
        "A delay that we tell ourselves, with a way out, costs hardly a customer; one that they find out costs half.",
        days=3.2,
        follow_up_in=45,
    ),
    said=(
        Said(
            INGRID,
            2.6,
            "What does the free return cost us?",
            (Said(SAMUEL, 2.3, "Eleven returns in ten weeks. Less than the chats that were not held."),),
        ),
    ),
    seed=4,
)

FRIENDS = Tale(
    title="Both tens for the friend",
    owner=AMARA,
    team=MARKETING,
    story="shop",
    card="refer-touchpoints-1",
    opportunity="refer-opportunities-1",
    persona=AIKO,
    audience="customers with a third order",
    metric=metrics.REFERRALS,
    change="Give both tens to the friend, and a skein of wool to who sends the code",
    because="“I do not want to earn on my friends”, said five of six regulars",
    reason="Fairer price",
    expected_effect=0.15,
    evidence=(("interview", "Liked by all six.", 52),),
    begun=17,
    guesses=(
        Guess(AMARA, (7, 6, 7), 0.7, 0.15),
        Guess(PRIYA, (8, 7, 6), 0.8, 0.2),
        Guess(YUSUF, (4, 4, 7), 0.45, 0.0, "Ten is ten. People like money."),
        Guess(SAMUEL, (6, 6, 5), 0.65, 0.1),
    ),
)

TALES = (CODE, LATE, FRIENDS)
