from journeys.models.card import Card, Emotion, Source
from journeys.models.change import Change
from journeys.models.channel import Channel
from journeys.models.map import Lane, Map, MapPersona, Path, Stage, StageTeam
from journeys.models.persona import Persona, Scenario

__all__ = [
    "Card",
    "Change",
    "Channel",
    "Emotion",
    "Lane",
    "Map",
    "MapPersona",
    "Path",
    "Persona",
    "Scenario",
    "Source",
    "Stage",
    "StageTeam",
]
