"""The neighbor's personas and numbers."""

from journeys.demo.metrics import count, share
from journeys.demo.people import CALLUM, NOOR
from journeys.demo.personas import Character, Situation, lines
from teams.enums import Color

GRACE, TARIQ = "Grace with two coffees a day", "Tariq who brews at home"
CAFE_VISITS, SECOND_BAG, SKIPPED = "Café visits", "Second bag ordered", "Deliveries skipped"

CHARACTERS = (
    Character(
        name=GRACE,
        color=Color.AMBER,
        summary="Works round the corner and decides by the length of the queue.",
        quote="If I can see the end of the queue, I stay.",
        goals=lines("Good coffee before nine", "Five minutes outside the office"),
        jobs=lines("Fetch coffee for two colleagues without a list"),
        obstacles=lines("The queue at half past eight", "Oat milk runs out by noon"),
        success_markers=lines("The barista starts hers when she comes in"),
        deviations=lines("Goes to the station kiosk when it rains"),
        channels=lines("The café", "Messaging with colleagues"),
        behavior="Comes on working days, at the same time, and pays by telephone.",
        needs=lines("Speed", "To be known"),
        scenarios=(Situation("Monday, half past eight", "Three orders, eleven people before her, a meeting at nine."),),
    ),
    Character(
        name=TARIQ,
        color=Color.TEAL,
        summary="Weighs his beans, keeps notes, and has opinions about water.",
        quote="Tell me the day it was roasted. The rest I can taste.",
        goals=lines("Fresh beans before the last bag is empty"),
        jobs=lines("Find a coffee that his mother likes, too"),
        obstacles=lines("The bag comes while he is away", "Tasting notes that promise fruit salad"),
        success_markers=lines("He stops ordering elsewhere"),
        deviations=lines("Skips two deliveries and forgets to come back"),
        channels=lines("Web page", "E-mail", "Forum"),
        behavior="Orders at night, reads everything, writes to the roaster by first name.",
        needs=lines("The roast date", "A pause that ends by itself"),
        scenarios=(Situation("The bag is nearly empty", "Four brews left, and the next delivery is ten days away."),),
    ),
)

NUMBERS = (
    count(CAFE_VISITS, "Receipts of the café in a week.", 1180, 1290, NOOR, target=1350, unit="visits", season=0.06),
    share(
        SECOND_BAG,
        "First-time customers who order a second bag within 45 days.",
        0.31,
        0.36,
        CALLUM,
        260,
        target=0.4,
        monthly=True,
    ),
    share(SKIPPED, "Deliveries that customers skip.", 0.12, 0.15, CALLUM, 900, monthly=True),
)
