"""CSV texts that are taken in, pasted or in a file."""

from typing import Any, Self

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from insights.services.csv_table import decode

MEGABYTE = 1024 * 1024


class UploadForm(forms.Form):
    """A CSV text, pasted or in a file; a file wins over the text. `largest`: of a file, in bytes."""

    text = forms.CharField(
        label=_("Paste the lines"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 10, "spellcheck": "false", "class": "mono"}),
    )
    file = forms.FileField(
        label=_("Or choose a CSV file"),
        required=False,
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".csv,.tsv,.txt,text/csv,text/plain"}),
    )

    largest = 30 * MEGABYTE

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file and file.size > self.largest:
            most = self.largest // MEGABYTE
            raise ValidationError(_("The file is larger than %(most)s MB. Import it in parts.") % {"most": most})
        return file

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not self.errors and cleaned.get("file"):
            try:
                cleaned["text"] = decode(cleaned["file"].read())
            except ValidationError as error:
                self.add_error("file", error)
        if not self.errors and not (cleaned.get("text") or "").strip():
            self.add_error("text", _("There is nothing to read. Paste lines, or choose a file."))
        return cleaned

    def name(self) -> str:
        file = self.cleaned_data.get("file")
        return file.name if file else ""


class TravelingForm(UploadForm):
    """The same where the text travels with the preview: a form may be 6 MB."""

    largest = 5 * MEGABYTE

    def with_text(self) -> Self:
        """Itself, with what was uploaded standing in the text field, to be read and mended there."""
        self.data = self.data.copy()
        self.data["text"] = self.cleaned_data["text"]
        return self
