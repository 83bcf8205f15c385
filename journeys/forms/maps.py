from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from insights.models import Metric
from journeys.enums import LaneKind, MapKind, PathKind, TeamPart
from journeys.models import Lane, Map, Path, Persona, Scenario, Stage
from journeys.models.map import MOST_PERSONAS
from teams.models import Membership, Team
from teams.queries import named_id
from teams.seen import SeenForm


def lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


class PersonasField(forms.ModelMultipleChoiceField):
    """The personas of a map. A number beyond what a database holds is an unknown choice like any other."""

    widget = forms.CheckboxSelectMultiple

    def clean(self, value: Any) -> list[Persona]:
        for key in value or ():
            if named_id(str(key)) is None:
                params = {"value": key}
                raise forms.ValidationError(self.error_messages["invalid_choice"], code="invalid_choice", params=params)
        chosen = list(super().clean(value))
        if len(chosen) > MOST_PERSONAS:
            raise forms.ValidationError(_("A map has at most %(most)s personas."), params={"most": MOST_PERSONAS})
        return chosen


class MapForm(forms.ModelForm, SeenForm):
    """A map's own fields. The first persona is the one the map is for."""

    seen = forms.IntegerField(widget=forms.HiddenInput)
    personas = PersonasField(
        Persona.objects.none(),
        label=_("Personas"),
        required=False,
        help_text=_("Up to five. The curve has a line for each."),
    )

    class Meta:
        model = Map
        fields = ["title", "description", "personas", "scenario", "kind", "to_be", "status", "owner"]
        widgets = {"description": forms.Textarea(attrs={"rows": 3})}
        help_texts = {"to_be": _("The map of how it should become; only for an as-is map.")}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        workspace_id = self.instance.workspace_id
        live = {"workspace_id": workspace_id, "removed_at": None}
        self.fields["seen"].initial = self.instance.version
        self.fields["personas"].queryset = Persona.objects.filter(**live)
        self.fields["scenario"].queryset = Scenario.objects.filter(
            persona__workspace_id=workspace_id, persona__removed_at=None
        ).select_related("persona")
        self.fields["scenario"].label_from_instance = lambda scenario: f"{scenario.persona}: {scenario}"
        self.fields["to_be"].queryset = Map.objects.filter(**live, kind=MapKind.TO_BE, is_template=False).exclude(
            pk=self.instance.pk
        )
        self.fields["owner"].queryset = Membership.objects.filter(workspace_id=workspace_id).select_related("user")
        self.fields["owner"].empty_label = None
        self.chosen = [link.persona_id for link in self.instance.map_personas.all()] if self.instance.pk else []
        self.initial["personas"] = self.chosen

    def clean_personas(self) -> list[Persona]:
        """In the order that the map has; those that are new follow."""
        places = {pk: place for place, pk in enumerate(self.chosen)}
        chosen = sorted(self.cleaned_data["personas"], key=lambda persona: places.get(persona.pk, len(places)))
        scenario = self.cleaned_data.get("scenario") or self.data.get("scenario")
        first = [persona for persona in chosen if scenario and owns_scenario(persona, scenario)]
        return [*first, *[persona for persona in chosen if persona not in first]]

    def _post_clean(self) -> None:
        """The service validates; the instance stays as it was loaded."""

    def service_fields(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.Meta.fields}


def owns_scenario(persona: Persona, scenario: str) -> bool:
    return (found := named_id(str(scenario))) is not None and persona.scenarios.filter(pk=found).exists()


class NewMapForm(forms.Form):
    """The least that a map needs; everything else can follow on the map."""

    title = forms.CharField(label=_("Title"), max_length=160)
    start = forms.CharField(widget=forms.HiddenInput)
    kind = forms.ChoiceField(label=_("Kind"), choices=MapKind, initial=MapKind.AS_IS)
    personas = PersonasField(Persona.objects.none(), label=_("For whom"), required=False)

    def __init__(self, *args, workspace_id: int, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["personas"].queryset = Persona.objects.filter(workspace_id=workspace_id, removed_at=None)


class StageForm(forms.ModelForm, SeenForm):
    """A stage's texts, its metric and its owners. Whoever may not change owners sees them and cannot change them."""

    seen = forms.IntegerField(widget=forms.HiddenInput)
    questions = forms.CharField(
        label=_("Guiding questions"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("One a line."),
    )
    example_channels = forms.CharField(
        label=_("Example channels"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("One a line."),
    )

    class Meta:
        model = Stage
        fields = [
            "name", "accountable_team", "accountable_person", "metric", "description", "questions", "example_channels",
        ]  # fmt: skip
        widgets = {"description": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args, may_assign: bool, **kwargs):
        super().__init__(*args, **kwargs)
        workspace_id = self.instance.map.workspace_id
        self.fields["seen"].initial = self.instance.version
        self.initial["questions"] = "\n".join(self.instance.questions)
        self.initial["example_channels"] = "\n".join(self.instance.example_channels)
        self.fields["metric"].queryset = Metric.objects.filter(workspace_id=workspace_id, removed_at=None)
        self.fields["accountable_team"].queryset = Team.objects.filter(workspace_id=workspace_id)
        members = Membership.objects.filter(workspace_id=workspace_id).select_related("user")
        self.fields["accountable_person"].queryset = members
        self.teams = list(Team.objects.filter(workspace_id=workspace_id))
        parts = {row.team_id: row.part for row in self.instance.stage_teams.all()} if self.instance.pk else {}
        for team in self.teams:
            self.fields[f"team_{team.pk}"] = forms.ChoiceField(
                label=team.name, choices=[("", "—"), *TeamPart.choices], required=False, initial=parts.get(team.pk, "")
            )
        if not may_assign:
            for name in ["accountable_team", "accountable_person", *[f"team_{team.pk}" for team in self.teams]]:
                self.fields[name].disabled = True

    def clean_questions(self) -> list[str]:
        return lines(self.cleaned_data["questions"])

    def clean_example_channels(self) -> list[str]:
        return lines(self.cleaned_data["example_channels"])

    def _post_clean(self) -> None:
        """The service validates; the instance stays as it was loaded."""

    def service_fields(self) -> dict[str, Any]:
        fields = {name: self.cleaned_data[name] for name in self.Meta.fields}
        parts = {team: self.cleaned_data[f"team_{team.pk}"] for team in self.teams}
        fields["parts"] = {
            team: part for team, part in parts.items() if part and team != self.cleaned_data["accountable_team"]
        }
        return fields

    @property
    def parts(self):
        return [self[f"team_{team.pk}"] for team in self.teams]


class NewStageForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=80, widget=forms.TextInput(attrs={"autofocus": True}))


class LaneForm(forms.ModelForm, SeenForm):
    kind = forms.ChoiceField(label=_("Kind"), choices=LaneKind)

    class Meta:
        model = Lane
        fields = ["kind", "name"]
        help_texts = {"name": _("Empty: the name of its kind.")}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["name"].required = False
        self.fields["seen"].initial = self.instance.version

    def _post_clean(self) -> None:
        """The service validates; the instance stays as it was loaded."""


class PlaceForm(forms.Form):
    """A place among siblings, from 1; and which version was seen."""

    position = forms.IntegerField(label=_("Place"), min_value=1, max_value=1000)
    seen = forms.IntegerField(widget=forms.HiddenInput)


class PathForm(forms.ModelForm, SeenForm):
    kind = forms.ChoiceField(
        label=_("Kind"),
        choices=[("", _("By its direction")), *PathKind.choices],
        required=False,
        help_text=_("Forward, skip or back follow from the direction. A pause or a return is for you to say."),
    )
    share = forms.FloatField(label=_("Share in %"), min_value=0, max_value=100, required=False)

    class Meta:
        model = Path
        fields = ["source", "target", "kind", "share", "label"]

    def __init__(self, *args, journey: Map, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ["source", "target"]:
            self.fields[name].queryset = journey.stages.all()
            self.fields[name].empty_label = None
        if self.instance.pk:
            self.initial["share"] = None if self.instance.share is None else round(self.instance.share * 100, 4)
            self.fields["seen"].initial = self.instance.version

    def clean_share(self) -> float | None:
        share = self.cleaned_data["share"]
        return None if share is None else share / 100

    def _post_clean(self) -> None:
        """The service validates; the instance stays as it was loaded."""

    def service_fields(self) -> dict[str, Any]:
        fields = {name: self.cleaned_data[name] for name in self.Meta.fields}
        if self.instance.pk and not fields["kind"]:
            fields["kind"] = self.instance.kind
        return fields
