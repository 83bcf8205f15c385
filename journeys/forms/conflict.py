"""A stale edit: the form keeps what I typed and shows, field by field, what somebody else saved meanwhile."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _


def show_theirs(form: forms.BaseForm, fresh: forms.BaseForm) -> bool:
    """Put the saved text beside each field of `form` that differs; `fresh` is the unbound form of the saved object.

    Returns whether any field differs. A field's `theirs` is None where mine equals theirs.
    """
    differs = False
    for name, field in form.fields.items():
        if name == "seen":
            continue
        mine, theirs = form.cleaned_data.get(name), clean_initial(fresh, name)
        field.theirs = None if same(mine, theirs) else shown(field, fresh, name)  # type: ignore[attr-defined]
        differs = differs or field.theirs is not None  # type: ignore[attr-defined]
    return differs


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
