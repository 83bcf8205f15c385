"""Personas: for whom maps are made."""

from typing import Any, Literal

from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from insights.services.naming import save_named
from journeys.models import Map, Persona
from journeys.services.pictures import clean_picture
from teams.errors import check_seen
from teams.permissions import Actor, Permission, require
from teams.services import search
from teams.services.stamp import touch

LISTS = ("goals", "jobs", "obstacles", "success_markers", "deviations", "channels", "behavior", "needs")
FIELDS = frozenset({"name", "summary", "quote", "color", *LISTS})


@transaction.atomic
def create_persona(*, by: Actor, picture: File | None = None, **fields: Any) -> Persona:
    """Create a persona. Fields: name, summary, quote, color, and lists with one entry a line: see `LISTS`."""
    require(by, Permission.PERSONA_EDIT)
    persona = Persona(workspace_id=by.workspace_id)
    fill(persona, fields)
    if picture:
        put_picture(persona, picture)
    keep(persona)
    return persona


@transaction.atomic
def edit_persona(
    *, by: Actor, persona: Persona, seen: int | None = None, picture: File | Literal[False] | None = None, **fields: Any
) -> Persona:
    """Change the given fields. A file as `picture` replaces the picture, False takes it away, None leaves it."""
    require(by, Permission.PERSONA_EDIT, persona)
    persona = live(persona, seen)
    different = fill(persona, fields)
    if picture is not None:
        different |= put_picture(persona, picture or None)
    if different:
        persona.version += 1
        keep(persona)
    return persona


@transaction.atomic
def remove_persona(*, by: Actor, persona: Persona, seen: int | None = None) -> Persona:
    """Take a persona out of the library, unless maps are for it or show how it feels."""
    require(by, Permission.PERSONA_EDIT, persona)
    persona = live(persona, seen)
    titles = list(maps_with(persona).values_list("title", flat=True)[:6])
    if titles:
        sentence = _("%(name)s is still on: %(maps)s.")
        raise ValidationError(sentence % {"name": persona.name, "maps": ", ".join(titles)}, code="used")
    persona.removed_at = timezone.now()
    persona.version += 1
    persona.save(update_fields=["removed_at", "version"])
    forget(persona)
    return persona


@transaction.atomic
def restore_persona(*, by: Actor, persona: Persona) -> Persona:
    """Bring a removed persona back, unless its name has been given away meanwhile."""
    require(by, Permission.PERSONA_EDIT, persona)
    persona = Persona.objects.select_for_update(no_key=True).get(pk=persona.pk)
    if persona.removed_at is not None:
        persona.removed_at = None
        persona.version += 1
        keep(persona)
    return persona


def maps_with(persona: Persona):
    """Live maps that are for the persona, or that hold a feeling of it."""
    here = Q(map_personas__persona=persona) | Q(cards__emotions__persona=persona)
    return Map.objects.filter(here, removed_at=None).order_by("title", "pk").distinct()


def live(persona: Persona, seen: int | None) -> Persona:
    """The persona as it is now, locked; refused where it has been removed or is not what the caller saw."""
    persona = Persona.objects.select_for_update(no_key=True).get(pk=persona.pk)
    if persona.removed_at is not None:
        raise ValidationError(_("This persona has been removed."), code="removed")
    check_seen(persona, seen)
    return persona


def fill(persona: Persona, fields: dict[str, Any]) -> bool:
    """Set the fields, lists without empty lines; whether anything is different from before."""
    unknown = fields.keys() - FIELDS
    if unknown:
        raise TypeError(f"A persona has no {sorted(unknown)}")
    before = {name: getattr(persona, name) for name in fields}
    for name, value in fields.items():
        setattr(persona, name, tidy(value) if name in LISTS else value.strip())
    return any(getattr(persona, name) != value for name, value in before.items())


def tidy(text: str) -> str:
    """One entry a line, no empty ones."""
    return "\n".join(line.strip() for line in text.replace("\r", "\n").split("\n") if line.strip())


def put_picture(persona: Persona, file: File | None) -> bool:
    """Set or take away the picture; the file of the old one goes when the transaction is through."""
    old = persona.picture.name
    if file is None and not old:
        return False
    try:
        persona.picture = clean_picture(file) if file else ""
    except ValidationError as error:
        raise ValidationError({"picture": error.messages}) from None
    if old:
        storage = persona.picture.storage
        transaction.on_commit(lambda: storage.delete(old))
    return True


def keep(persona: Persona) -> None:
    """Validate, save, and tell the search and the maps. A removed persona is not found by searching."""
    save_named(persona)
    if persona.removed_at is not None:
        forget(persona)
        return
    text = " ".join([persona.summary, persona.quote, *(getattr(persona, name) for name in LISTS)])
    search.index(workspace_id=persona.workspace_id, kind="persona", object_id=persona.pk, title=persona.name, text=text)
    touch(persona.workspace_id)


def forget(persona: Persona) -> None:
    search.forget(kind="persona", object_ids=[persona.pk])
    touch(persona.workspace_id)
