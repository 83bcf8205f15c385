"""How long a replay of contact pressure takes, and saying why the first messages are held: `python -m
benchmarks.replay`. Prints one line of JSON.

200 messages, each due on each of 90 days to up to 4 of 20 segments, many of which overlap; 4 zones, 10 policies.
"""

import json
import random
from datetime import date, time, timedelta
from time import process_time

from campaigns.pressure.audience import Audience, Overlap, Segment
from campaigns.pressure.clock import Period
from campaigns.pressure.history import Scope
from campaigns.pressure.messages import Cadence, Message, Window
from campaigns.pressure.occasions import Occasions
from campaigns.pressure.policies import Blackout, Cap, Gap, HeldOut, Policy, QuietHours, QuietWeekdays
from campaigns.pressure.replay import replay
from campaigns.pressure.results import Replay

ROUNDS = 7
A_PAGE, MOST_TOLD, LEAST = 25, 5, 0.5  # as views.campaign_pressure and queries.pressure_days have them
FIRST = date(2027, 3, 1)  # clocks are put forward within these days
LAST = FIRST + timedelta(days=89)
SEGMENTS = [f"segment-{number:02}" for number in range(20)]
ZONES = ["America/New_York", "Asia/Kathmandu", "Europe/Sofia", "Pacific/Apia"]
CHANNELS = ["app", "e-mail", "push", "sms"]
STAGES = ["awareness", "consideration", "purchase", "retention", "advocacy"]
POLICIES: list[Policy] = [
    Cap(id="day", n=2, per=Period.DAY),
    Cap(id="week", n=5, per=Period.WEEK),
    Cap(id="month", n=12, per=Period.MONTH),
    Cap(id="sms", n=1, per=Period.WEEK, scope=Scope.CHANNEL, of="sms"),
    Cap(id="stage", n=3, per=Period.WEEK, scope=Scope.STAGE),
    Gap(id="gap", hours=3),
    QuietHours(id="night", start=time(21), end=time(8)),
    QuietWeekdays(id="sunday", weekdays=frozenset({7})),
    Blackout(id="holiday", days=frozenset({date(2027, 4, 30)})),
    HeldOut(id="nobody", share=0.05),
]


def audience(chance: random.Random) -> Audience:
    zones = tuple((zone, 1 / len(ZONES)) for zone in ZONES)
    segments = tuple(Segment(name, chance.randint(500, 20_000), zones) for name in SEGMENTS)
    pairs = [(one, other) for one in SEGMENTS for other in SEGMENTS if one < other and chance.random() < 0.15]
    return Audience(segments, tuple(Overlap(one, other, share=0.3 * chance.random()) for one, other in pairs))


def messages(chance: random.Random) -> list[Message]:
    return [
        Message(
            id=f"message-{number:03}",
            campaign=f"campaign-{number % 40}",
            channel=chance.choice(CHANNELS),
            stage=chance.choice(STAGES),
            segments=frozenset(chance.sample(SEGMENTS, chance.randint(1, 4))),
            sending=Window(FIRST, LAST, time(chance.randint(6, 22)), Cadence.DAILY),
            priority=chance.randint(0, 100),
        )
        for number in range(200)
    ]


def main() -> None:
    chance = random.Random(7)
    people, calendar = audience(chance), messages(chance)
    taken = []
    for _round in range(ROUNDS):
        start = process_time()
        found = replay(calendar, people, POLICIES)
        taken.append(process_time() - start)
    assert all(count.due and count.sent < count.due for count in found.days)
    print(json.dumps({"replay_s": round(min(taken), 3), "held_s": round(held_seconds(found, calendar), 3)}))


def held_seconds(found: Replay, calendar: list[Message]) -> float:
    """As the page of a campaign asks, had it all of the messages."""
    asked = Occasions([one.id for one in calendar[:A_PAGE]], FIRST, LAST, each=MOST_TOLD + 1, least=LEAST)
    start = process_time()
    assert found.first_held(asked)
    return process_time() - start


if __name__ == "__main__":
    main()
