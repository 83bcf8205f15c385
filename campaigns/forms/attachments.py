"""Links that belong to a campaign, as lines of text: a title, then the address."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from campaigns.models import Attachment


class AttachmentsField(forms.CharField):
    """One a line, as dicts of title and url. What is wrong with an address the service says, with its line."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("help_text", _("One link a line; a title may stand before it: Media plan https://…"))
        super().__init__(widget=forms.Textarea(attrs={"rows": 2, "spellcheck": "false"}), max_length=40_000, **options)

    def clean(self, value: Any) -> list[dict[str, str]]:
        return [row_of(line) for line in super().clean(value).splitlines() if line.strip()]


def row_of(line: str) -> dict[str, str]:
    """The last word is the address, what stands before it the title."""
    *words, url = line.split()
    return {"title": " ".join(words), "url": url}


def as_text(rows: Iterable[Attachment]) -> str:
    return "\n".join(f"{row.title} {row.url}".strip() for row in rows)
