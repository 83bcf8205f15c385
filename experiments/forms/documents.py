from django import forms
from django.utils.translation import gettext_lazy as _

from experiments.documents.reading import MOST_BYTES, read
from journeys.documents.problems import DocumentError, Problem


class DocumentForm(forms.Form):
    """A document, pasted or uploaded. A file wins over the text and takes its place, to be mended there."""

    text = forms.CharField(
        label=_("Paste the document"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 16, "spellcheck": "false", "class": "mono"}),
    )
    file = forms.FileField(label=_("Or choose a file"), required=False, allow_empty_file=True)
    problems: tuple[Problem, ...] = ()

    def clean(self):
        cleaned = super().clean()
        file = cleaned.get("file")
        content = file.read(MOST_BYTES + 1) if file else self.data.get("text", "").encode(errors="surrogatepass")
        if not content.strip():
            raise forms.ValidationError(_("There is nothing to read. Paste a document, or choose a file."))
        if file and len(content) <= MOST_BYTES:
            self.data = self.data.copy()
            self.data["text"] = content.decode("utf-8-sig", errors="replace")
        try:
            cleaned["document"] = read(content)
        except DocumentError as error:
            self.refuse(error)
        return cleaned

    def refuse(self, error: DocumentError) -> None:
        """List what is wrong above the fields, which keep what was typed."""
        self.problems = tuple(error.problems)
        self.add_error(None, _("The document was not imported, and nothing was changed."))
