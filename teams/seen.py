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
    stale = False

    def seen_version(self) -> int | None:
        return self.cleaned_data.get("seen")

    def fields_given(self) -> dict[str, Any]:
        """The cleaned fields as arguments for a service."""
        return {name: value for name, value in self.cleaned_data.items() if name != "seen"}

    def show_theirs(self, fresh: "SeenForm") -> None:
        """Hold the fields against a form filled from the thing as it is now, and `see` its version.

        A field that differs has their text as its `theirs`, for templates that show it beside the field.
        """
        for mine in self.visible_fields():
            if differs(mine, fresh[mine.name]):
                mine.field.theirs = as_text(fresh[mine.name])
        self.see(fresh["seen"].value())

    def see(self, version: int) -> None:
        """Somebody was faster: the form is shown again, and sent again it is held against their version."""
        self.stale = True
        self.data = self.data.copy()
        self.data[self.add_prefix("seen")] = str(version)

    @property
    def theirs(self) -> list[Difference]:
        """Where their text is another one than mine; empty unless somebody was faster."""
        differing = [mine for mine in self.visible_fields() if hasattr(mine.field, "theirs")]
        return [Difference(mine.label, mine.field.theirs, as_text(mine)) for mine in differing]


def differs(mine: forms.BoundField, theirs: forms.BoundField) -> bool:
    """Whether two people mean and read something else: “50” and “50.0” or another order of ticks are the same."""
    return mine.field.has_changed(theirs.initial, mine.data) and as_text(mine) != as_text(theirs)


def as_text(bound: forms.BoundField) -> str:
    """What a field holds, as its reader sees it: of a choice its label, of several choices all of theirs."""
    value = bound.value()
    if value in (None, ""):
        return ""
    labels = {str(key): str(label) for key, label in getattr(bound.field, "choices", ())}
    chosen = value if isinstance(value, list | tuple) else [value]
    texts = [labels.get(str(one), str(one)) for one in chosen]
    return ", ".join(texts).replace("\r\n", "\n").strip()


def refuse(form: forms.BaseForm, error: ValidationError) -> None:
    """Put what a service refused at the fields of the form; what belongs to no field goes above it."""
    for field, errors in error.update_error_dict({}).items():
        form.add_error(field if field in form.fields else None, errors)


def posted(request):
    """What a form is bound to: an empty POST is a filled-in form, too."""
    return request.POST if request.method == "POST" else None
