import re
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from insights.models import Metric
from journeys.enums import Level
from journeys.models import Card, Channel, Lane, Map, Persona, Source, Stage
from teams.models import Membership
from teams.permissions import Actor
from teams.seen import SeenForm

LEVEL_FIELD = re.compile(r"level_[0-9]{1,18}")
LEVELS = [("", "—"), *[(str(level.value), f"{level.value:+d} · {level.label}".replace("-", "−")) for level in Level]]


class QuickCardForm(forms.Form):
    """The line in a cell: one text, Enter adds it."""

    title = forms.CharField(
        label=_("Text"),
        max_length=200,
        strip=True,
        widget=forms.Textarea(attrs={"rows": 2, "autofocus": True, "placeholder": _("What happens here?")}),
    )
    stage = forms.ModelChoiceField(Stage.objects.none(), widget=forms.HiddenInput)
    lane = forms.ModelChoiceField(Lane.objects.none(), widget=forms.HiddenInput)

    def __init__(self, *args, journey: Map, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["stage"].queryset = journey.stages.all()
        self.fields["lane"].queryset = journey.lanes.all()

    def clean_title(self) -> str:
        return " ".join(self.cleaned_data["title"].split())


class CardForm(forms.ModelForm, SeenForm):
    """A card's texts, evidence and, where it is a moment, its person and metric; a feeling per persona of the map."""

    seen = forms.IntegerField(widget=forms.HiddenInput)

    class Meta:
        model = Card
        fields = ["title", "grade", "body", "channel", "moment", "accountable", "metric"]
        widgets = {
            "title": forms.Textarea(attrs={"rows": 2}),
            "body": forms.Textarea(attrs={"rows": 4}),
            "moment": forms.TextInput(attrs={"placeholder": _("First value, first referral …"), "list": "moments"}),
        }
        labels = {"grade": _("Grade")}
        help_texts = {
            "moment": _("Name it to mark this card as a moment. It then needs one person and one metric."),
        }

    def __init__(self, *args, workspace_id: int, personas, **kwargs):
        super().__init__(*args, **kwargs)
        self.personas = personas
        self.fields["seen"].initial = self.instance.version
        self.fields["channel"].queryset = Channel.objects.filter(workspace_id=workspace_id)
        self.fields["accountable"].queryset = Membership.objects.filter(workspace_id=workspace_id).select_related(
            "user"
        )
        self.fields["metric"].queryset = Metric.objects.filter(workspace_id=workspace_id, removed_at=None)
        felt = {} if self.is_bound else {emotion.persona_id: emotion for emotion in self.instance.emotions.all()}
        for persona in personas:
            self.add_feeling(persona, felt.get(persona.pk))

    def add_feeling(self, persona, emotion) -> None:
        self.fields[f"level_{persona.pk}"] = forms.TypedChoiceField(
            label=persona.name,
            choices=LEVELS,
            coerce=int,
            empty_value=None,
            required=False,
            initial="" if emotion is None else str(emotion.level),
        )
        self.fields[f"word_{persona.pk}"] = forms.CharField(
            label=_("In a word"), max_length=40, required=False, initial=emotion.word if emotion else ""
        )

    def ask_about_all(self, current: Card, personas: list[Persona]) -> None:
        """Ask about the map's personas too that it got since the form was opened, with what the card says of them."""
        felt = {emotion.persona_id: emotion for emotion in current.emotions.all()}
        joined = [persona for persona in personas if persona not in self.personas]
        self.personas = [*self.personas, *joined]
        self.data = self.data.copy()
        for persona in joined:
            self.add_feeling(persona, None)
            if emotion := felt.get(persona.pk):
                self.data[f"level_{persona.pk}"] = str(emotion.level)
                self.data[f"word_{persona.pk}"] = emotion.word

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for persona in self.personas:
            if cleaned.get(f"word_{persona.pk}") and cleaned.get(f"level_{persona.pk}") is None:
                self.add_error(f"level_{persona.pk}", _("Choose how strong this feeling is."))
        return cleaned

    def _post_clean(self) -> None:
        """The service validates the card and its rules; the instance stays as it was loaded."""

    def service_fields(self) -> dict[str, Any]:
        """What `edit_card` takes, but for the sources."""
        fields = {name: self.cleaned_data[name] for name in self.Meta.fields}
        fields["emotions"] = [
            (persona, self.cleaned_data[f"level_{persona.pk}"], self.cleaned_data[f"word_{persona.pk}"])
            for persona in self.personas
            if self.cleaned_data.get(f"level_{persona.pk}") is not None
        ]
        return fields

    @property
    def feelings(self):
        return [(persona, self[f"level_{persona.pk}"], self[f"word_{persona.pk}"]) for persona in self.personas]


def personas_in(actor: Actor, posted: QueryDict) -> list[Persona]:
    """The personas of the workspace that the posted form asks about, in its order."""
    ids = [int(name.removeprefix("level_")) for name in posted if LEVEL_FIELD.fullmatch(name)]
    found = {persona.pk: persona for persona in Persona.objects.filter(workspace_id=actor.workspace_id, pk__in=ids)}
    return [found[pk] for pk in ids if pk in found]


class SourceForm(forms.ModelForm):
    url = forms.URLField(label=_("Link"), max_length=500, required=False, assume_scheme="https")

    class Meta:
        model = Source
        fields = ["kind", "text", "date", "url"]
        widgets = {
            "date": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "text": forms.Textarea(attrs={"rows": 2}),
        }


SourceFormSet = forms.formset_factory(
    SourceForm, extra=1, can_delete=True, max_num=50, validate_max=True, validate_min=True
)


def source_initial(card: Card) -> list[dict[str, Any]]:
    return [{"kind": s.kind, "text": s.text, "url": s.url, "date": s.date} for s in card.sources.all()]


def source_values(formset) -> list[dict[str, Any]]:
    """The sources that were kept; an untouched empty line is none."""
    return [
        {name: form.cleaned_data.get(name) for name in ["kind", "text", "url", "date"]}
        for form in formset.forms
        if form.cleaned_data and form.cleaned_data.get("kind") and not form.cleaned_data.get("DELETE")
    ]


class MoveCardForm(SeenForm):
    """Where a card goes, for those who move without dragging."""

    stage = forms.ModelChoiceField(Stage.objects.none(), label=_("Stage"), empty_label=None)
    lane = forms.ModelChoiceField(Lane.objects.none(), label=_("Lane"), empty_label=None)
    position = forms.IntegerField(
        label=_("Place in the cell"), min_value=1, required=False, help_text=_("1 is the top. Empty: at the end.")
    )
    span = forms.IntegerField(label=_("Reaches over how many stages"), min_value=1, required=False)
    seen = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, journey: Map, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["stage"].queryset = journey.stages.all()
        self.fields["lane"].queryset = journey.lanes.all()
