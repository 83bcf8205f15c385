"""Texts as they are kept: no white space around them, one kind of line end."""

from django.db.models import CharField, Model, TextField


def tidy(value: str) -> str:
    return value.replace("\r\n", "\n").replace("\r", "\n").strip()


def tidy_texts(instance: Model) -> None:
    """Tidy every text of the instance that people type."""
    for field in instance._meta.concrete_fields:
        value = getattr(instance, field.attname)
        if isinstance(field, CharField | TextField) and field.editable and isinstance(value, str):
            setattr(instance, field.attname, tidy(value))
