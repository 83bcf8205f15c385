import hashlib
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from insights.forms.uploads import UploadForm
from journeys.documents.parse import MOST_BYTES, parse
from journeys.documents.problems import DocumentError, Problem


class DocumentForm(forms.Form):
    """A map document, pasted or uploaded. A file wins over the text and takes its place, to be mended there."""

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
        try:
            cleaned["document"] = parse(content)
        except DocumentError as error:
            self.refuse(error)
        if file and len(content) <= MOST_BYTES:
            self.data = self.data.copy()
            self.data["text"] = content.decode("utf-8-sig", errors="replace")
        return cleaned

    def refuse(self, error: DocumentError) -> None:
        """List what is wrong above the fields, which keep what was typed."""
        self.problems = tuple(error.problems)
        self.add_error(None, _("The document was not imported, and nothing was changed."))


class CardTableForm(UploadForm):
    """A table of cards, pasted or uploaded. `seen` is the map's revision and `shown` the table of the last preview."""

    text = forms.CharField(
        label=_("Paste the table"),
        required=False,
        strip=False,
        max_length=MOST_BYTES,
        widget=forms.Textarea(attrs={"rows": 12, "spellcheck": "false", "class": "mono"}),
    )
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)
    shown = forms.CharField(required=False, widget=forms.HiddenInput)
    largest = MOST_BYTES

    def show(self, *, revision: int) -> None:
        """Let what was uploaded stand in the text field, and the next sending be about this revision of the map."""
        self.data = self.data.copy()
        text = self.cleaned_data.get("text", "")
        for name, value in {"text": text, "seen": str(revision), "shown": digest(text)}.items():
            self.data[name] = value

    @property
    def confirmed(self) -> bool:
        """Whether the person asked for the changes of just this table after seeing them."""
        return "confirm" in self.data and self.cleaned_data["shown"] == digest(self.cleaned_data["text"])

    def wanted(self) -> dict[str, Any]:
        """What `import_cards` takes."""
        return {"text": self.cleaned_data["text"], "seen": self.cleaned_data["seen"]}


def digest(text: str) -> str:
    """Of the text whatever its line ends are: a browser sends its own kind back."""
    return hashlib.sha256("\n".join(text.splitlines()).encode(errors="surrogatepass")).hexdigest()
