"""What every demo workspace is filled with: people, personas, metrics with their readings, maps."""

from collections.abc import Iterable
from datetime import date

from allauth.account.models import EmailAddress

from insights.models import Metric
from insights.services.imports import import_readings
from insights.services.metrics import create_metric
from insights.services.sheets import Line
from journeys.demo.metrics import Number
from journeys.demo.people import Person
from journeys.demo.personas import Character
from journeys.demo.readings import year_of
from journeys.services.channels import add_default_channels
from journeys.services.personas import LISTS, create_persona
from journeys.services.scenarios import add_scenario
from teams.models import Membership, User
from teams.services.stamp import touch
from teams.services.workspaces import create_workspace


def open_workspace(*, slug: str, name: str, people: Iterable[Person], password: str) -> dict[str, Membership]:
    """The workspace with its teams, channels and members, by e-mail. The first of the people owns it.

    `password` is hashed already: hashing is slow on purpose, and once is enough for all of them.
    """
    first, *others = people
    owner = create_workspace(user=sign_up(first, password), name=name, slug=slug)
    add_default_channels(owner.workspace)
    members = {first.email: owner} | {person.email: join(owner, person, password) for person in others}
    touch(owner.workspace_id)
    return members


def sign_up(person: Person, password: str) -> User:
    """The person's account, with a verified address. One that is there already stays as it is."""
    user, added = User.objects.get_or_create(
        email=person.email,
        defaults={
            "name": person.name,
            "timezone": person.timezone,
            "password": password,
            "is_staff": person.is_admin,
            "is_superuser": person.is_admin,
        },
    )
    if added:
        EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def join(owner: Membership, person: Person, password: str) -> Membership:
    user = sign_up(person, password)
    member = Membership.objects.create(workspace_id=owner.workspace_id, user=user, role=person.role)
    if person.team:
        member.teams.add(owner.workspace.teams.get(name=person.team))
    return member


def add_personas(by: Membership, characters: Iterable[Character]) -> None:
    for character in characters:
        texts = {name: getattr(character, name) for name in LISTS}
        persona = create_persona(
            by=by,
            name=character.name,
            color=character.color,
            summary=character.summary,
            quote=character.quote,
            **texts,
        )
        for situation in character.scenarios:
            add_scenario(by=by, persona=persona, name=situation.name, description=situation.description)


def add_metrics(by: Membership, numbers: Iterable[Number], members: dict[str, Membership], today: date) -> None:
    lines: list[Line] = []
    for number in numbers:
        metric = define(by, number, members)
        lines += [
            Line(len(lines) + place, metric, value.date, value.value, value.n)
            for place, value in enumerate(year_of(number, today), 1)
        ]
    import_readings(by=by, lines=lines)


def define(by: Membership, number: Number, members: dict[str, Membership]) -> Metric:
    return create_metric(
        by=by,
        name=number.name,
        definition=number.definition,
        kind=number.kind,
        unit=number.unit,
        direction=number.direction,
        target=number.target,
        owner=members[number.owner],
    )
