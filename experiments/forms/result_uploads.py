from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from insights.services.sheets import decode

LARGEST_FILE = 5 * 1024 * 1024  # the text travels with the preview, and a form may be 6 MB


class ResultsForm(forms.Form):
    """Results as CSV, pasted or in a file; a file wins over the text and takes its place."""

    text = forms.CharField(
        label=_("Paste the lines"),
        required=False,
        strip=False,
        widget=forms.Textarea({"rows": 10, "spellcheck": "false", "class": "mono"}),
    )
    file = forms.FileField(
        label=_("Or choose a CSV file"),
        required=False,
        allow_empty_file=True,
        widget=forms.FileInput({"accept": ".csv,.tsv,.txt,text/csv,text/plain"}),
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file and file.size > LARGEST_FILE:
            raise ValidationError(_("The file is larger than 5 MB. Import it in parts."))
        return file

    def clean(self):
        cleaned = super().clean()
        if not self.errors and cleaned.get("file"):
            try:
                cleaned["text"] = decode(cleaned["file"].read())
            except ValidationError as error:
                self.add_error("file", error)
        if not self.errors and not (cleaned.get("text") or "").strip():
            self.add_error("text", _("There is nothing to read. Paste lines, or choose a file."))
        return cleaned

    def with_text(self) -> "ResultsForm":
        """Itself, with what was uploaded standing in the text field, to be read and mended there."""
        self.data = self.data.copy()
        self.data["text"] = self.cleaned_data["text"]
        return self
