"""What still needs a thing, found from the models alone: lower apps do not know who refers to them."""

from django.db import models
from django.db.models import CASCADE, RESTRICT, Q

from teams.models import Removable


def live_references(thing: models.Model, *, most: int = 20) -> list[models.Model]:
    """Objects that restrict the removal of the thing and are live: neither removed nor part of something removed."""
    found: list[models.Model] = []
    for relation in thing._meta.related_objects:
        if relation.on_delete is RESTRICT and relation.field is not None and not relation.many_to_many:
            model = relation.related_model
            objects = model._base_manager.filter(live(model), **{relation.field.name: thing})
            found += objects.order_by("pk")[: most - len(found)]
    return found[:most]


def live(model: type[models.Model], prefix: str = "", seen: frozenset[type[models.Model]] = frozenset()) -> Q:
    """The condition that neither an object nor any parent that it would be deleted with is removed."""
    condition = Q(**{f"{prefix}removed_at": None}) if issubclass(model, Removable) else Q()
    for field in model._meta.fields:
        if isinstance(field, models.ForeignKey) and field.remote_field.on_delete is CASCADE:
            parent = field.remote_field.model
            if parent not in seen:
                condition &= live(parent, f"{prefix}{field.name}__", seen | {model, parent})
    return condition


def in_words(objects: list[models.Model], most: int = 5) -> str:
    """“stage Try, card First report, …” for a sentence."""
    named = [f"{thing._meta.verbose_name} “{thing}”" for thing in objects[:most]]
    return ", ".join([*named, "…"] if len(objects) > most else named)
