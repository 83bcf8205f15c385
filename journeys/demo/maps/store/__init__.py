"""Ropewalk Home: two hours, or twenty minutes, in a large store."""

from journeys.demo import people
from journeys.demo.maps.store.inside import WALK, WELCOME, WINDOW
from journeys.demo.maps.store.paying import HOME, KIOSK, SHELF, TILL
from journeys.demo.personas import LEYLA, PIET
from journeys.demo.writing import Story, Way
from journeys.enums import PathKind

STORY = Story(
    title="A Saturday at Ropewalk Home: from the window to the way home",
    description="One store, two ways of using it: Leyla strolls, Piet fetches. Built from 60 accompanied visits, "
    "the door sensor, the floor sensors of twelve zones and the tills.",
    owner=people.CHLOE,
    personas=(LEYLA, PIET),
    scenario="A wet Saturday with a friend",
    columns=(WINDOW, WELCOME, WALK, SHELF, KIOSK, TILL, HOME),
    ways=(
        Way("window", "welcome", PathKind.FORWARD, 0.23),
        Way("welcome", "walk", PathKind.FORWARD, 0.71),
        Way("welcome", "kiosk", PathKind.SKIP, 0.19, "Knows the article"),
        Way("walk", "shelf", PathKind.FORWARD, 0.84),
        Way("walk", "till", PathKind.SKIP, 0.12, "Takes the short cut"),
        Way("shelf", "kiosk", PathKind.FORWARD, 0.17),
        Way("shelf", "till", PathKind.SKIP, 0.36),
        Way("shelf", "walk", PathKind.BACK, 0.28, "Turns back"),
        Way("kiosk", "till", PathKind.FORWARD, 0.64),
        Way("kiosk", "shelf", PathKind.BACK, 0.21, "Out of stock"),
        Way("till", "home", PathKind.FORWARD),
        Way("home", "home", PathKind.PAUSE, label="Thinks until payday"),
        Way("home", "window", PathKind.RETURN, 0.44, "Within six weeks"),
    ),
)
