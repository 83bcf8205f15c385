"""The two workspaces of the demo: Ropewalk Group in `demo`, its neighbor in `other`."""

from datetime import date

from django.db import transaction

from journeys.content.templates import template_document
from journeys.demo import chapters, history
from journeys.demo.fill import add_metrics, add_personas, open_workspace
from journeys.demo.maps import car, shop, store, subscription
from journeys.demo.maps.subscription import to_be
from journeys.demo.neighbor import library, maps
from journeys.demo.numbers_house import CARS, STORE
from journeys.demo.numbers_screen import SHARED, SHOP, SOFTWARE
from journeys.demo.people import CALLUM, DEMO_PEOPLE, INGRID, OTHER_PEOPLE
from journeys.demo.personas_house import DRIVERS, VISITORS
from journeys.demo.personas_screen import SHOPPERS, SUBSCRIBERS
from journeys.demo.writing import document
from journeys.documents.create import create_from_document
from journeys.enums import ChannelForm, ChannelHold, LaneKind
from journeys.models import Map
from journeys.services.channels import add_channel
from journeys.services.maps import edit_map
from teams.models import Membership

NAME, SLUG = "Ropewalk Group", "demo"
OTHER_NAME, OTHER_SLUG = "Bell & Barrow", "other"
STORIES = {"car": car.STORY, "store": store.STORY, "subscription": subscription.STORY, "shop": shop.STORY}


@transaction.atomic
def build_demo(*, password: str, today: date) -> Membership:
    """Ropewalk Group, complete. Returns its owner. `password` is hashed already."""
    members = open_workspace(slug=SLUG, name=NAME, people=DEMO_PEOPLE, password=password)
    owner = members[INGRID]
    add_channel(by=owner, name="Television", icon="event", form=ChannelForm.PHYSICAL, hold=ChannelHold.OWNED)
    add_personas(owner, (*DRIVERS, *VISITORS, *SUBSCRIBERS, *SHOPPERS))
    add_metrics(owner, (*CARS, *STORE, *SOFTWARE, *SHOP, *SHARED), members, today)
    add_template(owner)
    journeys = {name: add_map(members, name, today) for name in STORIES}
    link_to_be(members, journeys["subscription"], today)
    for chapter in chapters.chapters():
        chapter(members, today)
    return owner


@transaction.atomic
def build_other(*, password: str, today: date) -> Membership:
    """The neighbor: similar data that nobody else may see. Returns its owner."""
    members = open_workspace(slug=OTHER_SLUG, name=OTHER_NAME, people=OTHER_PEOPLE, password=password)
    owner = members[CALLUM]
    add_personas(owner, library.CHARACTERS)
    add_metrics(owner, library.NUMBERS, members, today)
    for story in maps.STORIES:
        create_from_document(by=owner, document=document(story, today))
    for chapter in chapters.chapters(neighbor=True):
        chapter(members, today)
    return owner


def add_map(members: dict[str, Membership], name: str, today: date) -> Map:
    """The story as it was some weeks ago, then the edits that made it what it is."""
    story, edits = STORIES[name], history.EDITS[name]
    wanted = document(story, today)
    journey = create_from_document(by=members[story.owner], document=history.before(wanted, edits))
    history.date_beginning(journey, history.BEGUN[name])
    history.replay(journey, wanted, edits, members)
    return journey


def link_to_be(members: dict[str, Membership], as_is: Map, today: date) -> None:
    by = members[to_be.STORY.owner]
    goal = create_from_document(by=by, document=document(to_be.STORY, today))
    history.date_beginning(goal, 9)
    edit_map(by=by, map=as_is, seen=None, to_be=goal)
    history.date_last_change(as_is, 0.8)


def add_template(owner: Membership) -> None:
    """The group's own pattern: six stages, and a lane for what customers never see."""
    pattern = template_document("six-stages", title="Ropewalk pattern", owner_email=owner.user.email)
    pattern["description"] = (
        "How the four houses begin a map: six stages, the usual lanes, and one for what happens behind the counter."
    )
    pattern["lanes"].append({"id": "backstage", "kind": LaneKind.FREE.value, "name": "Behind the counter"})
    create_from_document(by=owner, document=pattern, as_template=True)
