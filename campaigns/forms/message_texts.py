"""What a message says, as rows of its form: one for each language."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaigns.models import Message
from teams.rows import RowForm, rows_of

FIELDS = ("language", "subject", "text")
PREFIX = "texts"
# Offered beside the site's own; any other can be typed.
OFTEN = ("de", "fr", "es", "it", "pl", "el", "tr", "uk", "pt-BR")


class TextForm(RowForm):
    tells = ("subject", "text")

    language = forms.CharField(
        label=gettext_lazy("Language"),
        max_length=12,
        required=False,
        widget=forms.TextInput(attrs={"list": "languages", "autocomplete": "off", "placeholder": "en"}),
    )
    subject = forms.CharField(label=gettext_lazy("Subject"), max_length=200, required=False)
    text = forms.CharField(
        label=gettext_lazy("Text"), max_length=10000, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not self.blank and not cleaned.get("language") and "language" not in self.errors:
            self.add_error("language", _("Say which language this is, such as en."))
        return cleaned

    def service_fields(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in FIELDS}


TextRows = rows_of(TextForm)


def text_values(message: Message | None) -> list[dict[str, str]]:
    """The texts, or an empty one in the site's language to begin with."""
    rows = [{name: getattr(row, name) for name in FIELDS} for row in message.texts.all()] if message else []
    return rows or [{"language": settings.LANGUAGE_CODE.split("-")[0], "subject": "", "text": ""}]


def as_lines(rows: list[dict[str, str]]) -> str:
    """For comparing two people's texts."""
    return "\n".join(f"{row['language']}: {row['subject']}\n{row['text']}".strip() for row in rows)


def offered_languages() -> list[str]:
    return [*(code for code, _name in settings.LANGUAGES), *OFTEN]
