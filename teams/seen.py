"""Forms of things that several people edit: they say which version they were filled from.

When somebody else was faster, the form is shown again with both texts: what was typed stays in the fields, theirs
stands beside it, and saving once more is the choice for one's own.
"""

from collections.abc import Callable
from typing import Any, NamedTuple

from django import forms
from django.core.exceptions import ValidationError
from django.utils.choices import flatten_choices
from django.utils.translation import gettext as _

from teams.errors import Conflict


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
    offered: Any = flatten_choices(getattr(bound.field, "choices", ()))
    labels = {str(key): str(label) for key, label in offered}
    chosen = value if isinstance(value, list | tuple) else [value]
    texts = [labels.get(str(one), str(one)) for one in chosen]
    return ", ".join(texts).replace("\r\n", "\n").strip()


def why(error: Exception) -> str:
    """What a service refused, in sentences; where somebody else was faster, that."""
    if isinstance(error, ValidationError):
        return " ".join(error.messages)
    if isinstance(error, Conflict):
        return _("Somebody else was here meanwhile. Look again at what stands now.")
    return str(error)


def refuse(form: forms.BaseForm, error: ValidationError | Conflict) -> None:
    """Put what a service refused at the fields of the form; what belongs to no field goes above it."""
    if isinstance(error, Conflict):
        form.add_error(None, why(error))
        return
    for field, errors in error.update_error_dict({}).items():
        form.add_error(field if field in form.fields else None, errors)


def save(form: SeenForm, edit: Callable[..., object], filled: Callable[[Any], SeenForm]) -> int:
    """Try to save what was typed; 302 where that is done, 409 where somebody was faster, 422 where something is wrong.

    `edit` is the service with the actor and the thing; `filled` makes the form of the thing as it is now.
    """
    if not form.is_valid():
        return 422
    try:
        edit(seen=form.seen_version(), **form.fields_given())
    except ValidationError as error:
        refuse(form, error)
        return 422
    except Conflict as conflict:
        form.show_theirs(filled(conflict.current))
        return 409
    return 302


def posted(request):
    """What a form is bound to: an empty POST is a filled-in form, too."""
    return request.POST if request.method == "POST" else None
