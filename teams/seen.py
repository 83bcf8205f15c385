"""Forms of things that several people edit: they say which version they were filled from.

When somebody else was faster, the form is shown again with both texts: what was typed stays in the fields, theirs
stands beside it, and saving once more is the choice for one's own.
"""

from typing import Any, NamedTuple

from django import forms
from django.core.exceptions import ValidationError


class Difference(NamedTuple):
    label: str
    theirs: str
    mine: str


class SeenForm(forms.Form):
    """`initial["seen"]` is the version that the fields were filled from; it travels in a hidden field."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)
    theirs: tuple[Difference, ...] = ()

    def seen_version(self) -> int | None:
        return self.cleaned_data.get("seen")

    def fields_given(self) -> dict[str, Any]:
        """The cleaned fields as arguments for a service."""
        return {name: value for name, value in self.cleaned_data.items() if name != "seen"}

    def show_theirs(self, fresh: "SeenForm") -> None:
        """Hold the fields against a form filled from the thing as it is now, and let the next save be deliberate."""
        self.theirs = tuple(
            Difference(mine.label, as_text(fresh[mine.name]), as_text(mine))
            for mine in self.visible_fields()
            if as_text(fresh[mine.name]) != as_text(mine)
        )
        self.data = self.data.copy()
        self.data[self.add_prefix("seen")] = fresh["seen"].value()


def as_text(bound: forms.BoundField) -> str:
    """What a field holds, as its reader sees it: of a choice its label."""
    value = bound.value()
    if value is None:
        return ""
    choices = getattr(bound.field, "choices", None)
    if choices is not None:
        return next((str(label) for key, label in choices if str(key) == str(value)), str(value))
    return str(bound.field.prepare_value(value)).replace("\r\n", "\n").strip()


def refuse(form: forms.BaseForm, error: ValidationError) -> None:
    """Put what a service refused at the fields of the form; what belongs to no field goes above it."""
    for field, errors in error.update_error_dict({}).items():
        form.add_error(field if field in form.fields else None, errors)


def posted(request):
    """What a form is bound to: an empty POST is a filled-in form, too."""
    return request.POST if request.method == "POST" else None
