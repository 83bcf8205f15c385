"""A workspace of the size of a company: 200 members, 300 maps, one of them with 400 cards. Made in bulk."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import islice, product
from random import Random

from allauth.account.models import EmailAddress
from django.db import transaction

from journeys.content.templates import TEMPLATES, template_document
from journeys.demo.benchmark import benchmark_document
from journeys.demo.bulk import write_maps
from journeys.demo.fill import add_metrics, add_personas, open_workspace
from journeys.demo.numbers_screen import SHARED, SHOP
from journeys.demo.people import DEMO_PEOPLE, INGRID, MARKETING, PRODUCT, SALES, SUCCESS, Person
from journeys.demo.personas_screen import SHOPPERS, SUBSCRIBERS
from journeys.documents.create import create_from_document
from journeys.enums import Grade, LaneKind, MapStatus
from teams.enums import Role
from teams.models import Membership, User
from teams.services.stamp import touch

NAME, SLUG = "Ropewalk Europe", "large"
MEMBERS, MAPS = 200, 300
TEAMS = (MARKETING, SALES, PRODUCT, SUCCESS)
FIRST_NAMES = (
    *("Agnes", "Bilal", "Carmen", "Dmytro", "Elif", "Farid", "Greta", "Hugo", "Ines", "Jakub"),
    *("Kateřina", "Luca", "Maja", "Nikos", "Olena", "Pavel", "Rosa", "Stefan", "Thuy", "Viktoria"),
)
LAST_NAMES = (
    *("Andersen", "Bauer", "Costa", "Dimitrova", "Evans", "Fontaine"),
    *("García", "Horváth", "Ivanov", "Jansen", "Kaya"),
)
SUBJECTS = (
    *("First order", "Second order", "Late parcel", "Easy return", "Test drive", "Handover", "First winter"),
    *("Visit on a Saturday", "Kiosk", "Click and collect", "Set-up", "First report", "Renewal", "Referral"),
    *("Service call", "Gift", "New flat", "Trade-in", "Winter tires", "Opening day"),
)
PLACES = (
    *("Lisbon", "Porto", "Madrid", "Lyon", "Ghent", "Aarhus", "Oslo", "Kraków"),
    *("Brno", "Graz", "Varna", "Iași", "Tartu", "Turin", "Cork"),
)


@transaction.atomic
def build_large(*, password: str, today: date) -> Membership:
    """The workspace `large`, owned by the demo's owner. Returns that membership. `password` is hashed already."""
    people = [person for person in DEMO_PEOPLE if person.email == INGRID]
    members = open_workspace(slug=SLUG, name=NAME, people=people, password=password)
    owner = members[INGRID]
    members |= {member.user.email: member for member in add_members(owner, password)}
    add_personas(owner, (*SUBSCRIBERS, *SHOPPERS))
    add_metrics(owner, SHARED + SHOP, dict.fromkeys((number.owner for number in SHARED + SHOP), owner), today)
    emails = sorted(members)
    create_from_document(by=owner, document=benchmark_document(emails, today))
    write_maps(owner, list(islice(small_documents(emails, today), MAPS - 1)))
    return owner


def add_members(owner: Membership, password: str) -> list[Membership]:
    people = [
        Person(email(number), f"{first} {last}", Role.VIEWER if number % 5 == 4 else Role.EDITOR, TEAMS[number % 4])
        for number, (last, first) in enumerate(islice(product(LAST_NAMES, FIRST_NAMES), MEMBERS - 1))
    ]
    users = User.objects.bulk_create(User(email=p.email, name=p.name, password=password) for p in people)
    EmailAddress.objects.bulk_create(
        EmailAddress(user=user, email=user.email, verified=True, primary=True) for user in users
    )
    members = Membership.objects.bulk_create(
        Membership(workspace=owner.workspace, user=user, role=person.role)
        for user, person in zip(users, people, strict=True)
    )
    teams = {team.name: team for team in owner.workspace.teams.all()}
    Membership.teams.through.objects.bulk_create(
        Membership.teams.through(membership=member, team=teams[person.team])
        for member, person in zip(members, people, strict=True)
    )
    touch(owner.workspace_id)
    return members


def email(number: int) -> str:
    return f"person{number + 1:03}@large.example"


def small_documents(emails: list[str], today: date) -> Iterator[dict]:
    """A map for each subject in each place, drawn from the built-in templates, with a card here and there."""
    random = Random(SLUG)  # noqa: S311 — a story, not a secret
    templates = list(TEMPLATES)
    for number, (subject, place) in enumerate(product(SUBJECTS, PLACES)):
        document = template_document(
            templates[number % len(templates)], title=f"{subject}, {place}", owner_email=emails[number % len(emails)]
        )
        document["status"] = random.choice([MapStatus.LIVE, MapStatus.DRAFT, MapStatus.IN_REVIEW]).value
        for stage in document["stages"]:
            stage |= {"team": random.choice(TEAMS), "person": random.choice(emails)}
            document["cards"][stage["id"]] = few_cards(subject, place, stage, today - timedelta(days=number))
        yield document


def few_cards(subject: str, place: str, stage: dict, day: date) -> dict[str, list[dict]]:
    question, source = stage["questions"][0], {"kind": "interview", "date": day.isoformat()}
    return {
        LaneKind.THOUGHTS.value: [
            {"id": f"{stage['id']}-thought", "title": question, "evidence": Grade.ASSUMED.value},
        ],
        LaneKind.ACTIONS.value: [
            {
                "id": f"{stage['id']}-action",
                "title": f"{stage['name']}: what we saw in {place}",
                "body": f"Notes on “{subject}” from the weekly visit.",
                "evidence": Grade.RESEARCH.value,
                "sources": [source],
            },
        ],
    }
