from django import forms
from django.utils.translation import gettext_lazy as _

from journeys.models import Persona, Scenario
from journeys.services.personas import LISTS
from teams.seen import SeenForm


class PersonaForm(forms.ModelForm, SeenForm):
    picture = forms.FileField(
        label=_("Picture"),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp,image/gif"}),
        help_text=_("JPEG, PNG, WebP or GIF, up to 5 MB. Without one, the initials stand in the color."),
    )
    no_picture = forms.BooleanField(label=_("Take the picture away"), required=False)

    class Meta:
        model = Persona
        fields = ["name", "summary", "quote", "color", *LISTS]
        widgets = {name: forms.Textarea(attrs={"rows": 3}) for name in LISTS}
        help_texts = {
            "summary": _("Who this is, so that a colleague recognizes them."),
            "quote": _("Something they really said."),
            "goals": _("What they want in the end. One a line."),
            "jobs": _("What they try to get done. One a line."),
            "obstacles": _("What gets in the way. One a line."),
            "success_markers": _("By what they notice that it worked. One a line."),
            "deviations": _("How they typically leave the expected way. One a line."),
            "channels": _("Where they look, ask and buy. One a line."),
            "behavior": _("What sets their behavior apart. One a line."),
            "needs": _("What sets their needs apart. One a line."),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["seen"] = self.instance.version
        if not self.instance.picture:
            del self.fields["no_picture"]

    def fields_given(self) -> dict:
        """The fields as the service takes them: a file, False to take the picture away, or None to leave it."""
        given = super().fields_given()
        gone = given.pop("no_picture", False)
        given["picture"] = given["picture"] or (False if gone else None)
        return given

    @property
    def who(self) -> list[forms.BoundField]:
        return [self[name] for name in ["name", "summary", "quote"]]

    @property
    def looks(self) -> list[forms.BoundField]:
        return [self[name] for name in ["color", "picture", "no_picture"] if name in self.fields]

    @property
    def lists(self) -> list[forms.BoundField]:
        return [self[name] for name in LISTS]


class ScenarioForm(forms.ModelForm, SeenForm):
    class Meta:
        model = Scenario
        fields = ["name", "description"]
        widgets = {"description": forms.Textarea(attrs={"rows": 4})}
        help_texts = {
            "name": _("Such as “switching from a competitor”, “buying for a team”."),
            "description": _("What happened before, what is at stake, who else has a say."),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["seen"] = self.instance.version
