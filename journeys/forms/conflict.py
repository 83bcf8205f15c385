"""A stale edit: the form keeps what I typed and shows, field by field, what somebody else saved meanwhile."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _


def show_theirs(form: forms.BaseForm, fresh: forms.BaseForm) -> None:
    """Put the saved text beside each field of `form` that differs, and let the next save be a choice for mine.

    `fresh` is the unbound form of the saved object. A field's `theirs` is None where mine equals theirs.
    """
    for name, field in form.fields.items():
        mine, theirs = form.cleaned_data.get(name), clean_initial(fresh, name)
        differs = name != "seen" and not same(mine, theirs)
        field.theirs = shown(field, fresh, name) if differs else None  # type: ignore[attr-defined]
    form.data = form.data.copy()
    form.data["seen"] = str(fresh["seen"].value())


def clean_initial(form: forms.BaseForm, name: str) -> Any:
    field = form.fields[name]
    try:
        return field.clean(field.prepare_value(form.get_initial_for_field(field, name)))
    except forms.ValidationError:
        return None


def same(mine: Any, theirs: Any) -> bool:
    if hasattr(mine, "values_list") or hasattr(theirs, "values_list"):
        return list(mine or []) == list(theirs or [])
    return (mine or None) == (theirs or None) if not isinstance(mine, int | float) else mine == theirs


def shown(field: forms.Field, fresh: forms.BaseForm, name: str) -> str:
    """The saved value as people read it; a choice by its label."""
    value = field.prepare_value(fresh.get_initial_for_field(field, name))
    values = [str(entry) for entry in value] if isinstance(value, list | tuple) else [str(value)]
    if isinstance(field, forms.ChoiceField):
        labels = {str(key): str(label) for key, label in field.choices if not isinstance(label, list | tuple)}
        values = [labels.get(entry, entry) for entry in values]
    if value in (None, "", []):
        return _("(empty)")
    return ", ".join(values)
