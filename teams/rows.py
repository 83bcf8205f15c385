"""Rows of a form that one adds and takes away. The buttons post the whole form, so they need no JavaScript."""

from typing import Any, cast

from django import forms
from django.http import QueryDict

MOST_ROWS = 20


class RowForm(forms.Form):
    """One row. `tells` are the fields of which one has to be filled in for the row to count."""

    tells: tuple[str, ...] = ()
    use_required_attribute = False  # a row may stay empty

    @property
    def blank(self) -> bool:
        return not any(self.cleaned_data.get(name) for name in self.tells)


class Rows(forms.BaseFormSet):
    """`wrong` has what is wrong with the rows together."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.wrong: list[str] = []

    @property
    def kept(self) -> list[Any]:
        """The valid rows that somebody filled in, in order: what a service is sent."""
        return [form for form in self.forms if form.is_valid() and not form.blank]

    def refuse(self, place: str, errors: Any) -> None:
        """Put what a service refused at `2.weight` to that row; what has no place, to the rows together."""
        number, _dot, name = place.partition(".")
        if number.isdigit() and int(number) < len(self.kept):
            form = self.kept[int(number)]
            form.add_error(name if name in form.fields else None, errors)
        else:
            self.wrong += [str(text) for error in errors for text in error.messages]


def rows_of(form: type[RowForm]) -> type[Rows]:
    made = forms.formset_factory(form, formset=Rows, extra=0, max_num=MOST_ROWS, absolute_max=MOST_ROWS + 5)
    return cast(type[Rows], made)


def count(data: QueryDict, prefix: str) -> int:
    text = data.get(f"{prefix}-TOTAL_FORMS", "")
    return min(int(text), MOST_ROWS) if text.isascii() and text.isdigit() and len(text) < 4 else 0


def add_row(data: QueryDict, prefix: str) -> None:
    data[f"{prefix}-TOTAL_FORMS"] = str(min(count(data, prefix) + 1, MOST_ROWS))


def take_row(data: QueryDict, prefix: str, number: int) -> None:
    """Take one row away; those below move up."""
    total = count(data, prefix)
    if not 0 <= number < total:
        return
    for place in range(number, total):
        for name in [name for name in data if name.startswith(f"{prefix}-{place}-")]:
            del data[name]
        below = f"{prefix}-{place + 1}-"
        for name in [name for name in data if name.startswith(below)]:
            data.setlist(f"{prefix}-{place}-{name.removeprefix(below)}", data.getlist(name))
    data[f"{prefix}-TOTAL_FORMS"] = str(total - 1)
