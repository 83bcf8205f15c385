"""Ways to begin a map: from a built-in template, from a saved one, as a copy. Each goes through a document."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from journeys.content.templates import TEMPLATES, template_document
from journeys.documents.copying import copy_document
from journeys.documents.create import create_from_document
from journeys.documents.export import export_document
from journeys.documents.problems import DocumentError
from journeys.models import Map, Persona
from journeys.services.maps import edit_map, first_owner
from journeys.services.texts import tidy
from teams.permissions import Actor, Permission, require


@transaction.atomic
def start_map(*, by: Actor, template: str, title: str, personas: Sequence[Persona] = (), **fields: Any) -> Map:
    """A draft with the stages, lanes and paths of a built-in template; `fields` are as for `create_map`."""
    if template not in TEMPLATES:
        raise ValidationError({"template": [_("There is no template “%(slug)s”.") % {"slug": template}]})
    owner = fields.get("owner") or first_owner(by)
    document = template_document(template, title=tidy(title), owner_email=owner.user.email)
    return begin(by, document, personas, fields)


@transaction.atomic
def start_from_map(*, by: Actor, source: Map, title: str, personas: Sequence[Persona] = (), **fields: Any) -> Map:
    """A draft with all that the source holds: a copy, or a map from a saved template.

    Without personas it keeps the source's.
    """
    return begin(by, copied(by, source, title), personas, fields)


@transaction.atomic
def save_template(*, by: Actor, source: Map, title: str) -> Map:
    """Keep a copy of the map as a template of the workspace. Its cards stay in it, as examples."""
    require(by, Permission.MAP_CREATE)
    return written(by, copied(by, source, title), as_template=True)


def copied(by: Actor, source: Map, title: str) -> dict[str, Any]:
    return copy_document(export_document(source), title=tidy(title), owner_email=first_owner(by).user.email)


def begin(by: Actor, document: dict[str, Any], personas: Sequence[Persona], fields: dict[str, Any]) -> Map:
    require(by, Permission.MAP_CREATE)
    journey = written(by, document)
    wanted = {name: value for name, value in fields.items() if value not in (None, "")}
    if personas:
        wanted["personas"] = personas
    return edit_map(by=by, map=journey, seen=None, **wanted) if wanted else journey


def written(by: Actor, document: dict[str, Any], *, as_template: bool = False) -> Map:
    """The map of a document that we made ourselves: what can be wrong in it is the title that somebody typed."""
    try:
        return create_from_document(by=by, document=document, as_template=as_template)
    except DocumentError as error:
        reasons = [problem.reason for problem in error.problems]
        at_title = all(problem.path == "$.title" for problem in error.problems)
        raise ValidationError({"title": reasons} if at_title else reasons) from error
