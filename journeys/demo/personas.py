"""The people for whom Ropewalk Group makes its maps: two for each of the four businesses."""

from dataclasses import dataclass

from teams.enums import Color

MARTA, OWEN = "Marta the family driver", "Owen the loyal driver"
LEYLA, PIET = "Leyla the weekend browser", "Piet with the list"
NADIA, JONAS = "Nadia the team lead", "Jonas the switcher"
SOFIA, AIKO = "Sofia the first-time shopper", "Aiko the gift giver"


@dataclass(frozen=True)
class Situation:
    name: str
    description: str


@dataclass(frozen=True)
class Character:
    """A persona. Its lists are one entry per line, as the persona's page keeps them."""

    name: str
    color: Color
    summary: str
    quote: str
    goals: str
    jobs: str
    obstacles: str
    success_markers: str
    deviations: str
    channels: str
    behavior: str
    needs: str
    scenarios: tuple[Situation, ...]


def lines(*entries: str) -> str:
    return "\n".join(entries)
