from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from insights.services.sheets import decode

LARGEST_FILE = 30 * 1024 * 1024


class UploadForm(forms.Form):
    """A CSV text, pasted or in a file; a file wins over the text."""

    text = forms.CharField(
        label=_("Paste the lines"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false", "class": "mono"}),
    )
    file = forms.FileField(
        label=_("Or choose a CSV file"),
        required=False,
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".csv,.tsv,.txt,text/csv,text/plain"}),
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file and file.size > LARGEST_FILE:
            raise ValidationError(_("The file is larger than 30 MB. Import it in parts."))
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

    def name(self) -> str:
        file = self.cleaned_data.get("file")
        return file.name if file else ""
