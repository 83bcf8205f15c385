"""The form of an idea: the parts of its hypothesis, its place on a map, its evidence, whose it is."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from experiments.enums import Goal
from experiments.forms.evidence import EvidenceRows, as_lines, evidence_values
from experiments.models import Experiment
from experiments.queries import map_places
from experiments.sentence import sentence, who
from insights.number_fields import PercentField
from teams.permissions import Actor
from teams.queries import editors_of, teams_of
from teams.seen import Difference, SeenForm, refuse

OWN = ["title", "change", "audience", "persona", "metric", "goal", "because", "reason", "owner", "team"]
PLACE = ["map", "stage", "card", "opportunity"]
NONE = "–"
LISTS = ("persona", "metric", "reason")


def one_of(label: Any) -> forms.TypedChoiceField:
    """One of the things that `choices` gives, or none; the form says which in `__init__`."""
    return forms.TypedChoiceField(label=label, required=False, empty_value=None)


class IdeaForm(forms.ModelForm, SeenForm):
    """All but the evidence. `deviation` is there after the start alone."""

    expected_effect = PercentField(label=gettext_lazy("by"), least=1e-6, most=100, required=False)
    map = forms.ChoiceField(label=gettext_lazy("Map"), required=False)
    stage = one_of(gettext_lazy("Stage"))
    card = one_of(gettext_lazy("Card"))
    opportunity = one_of(gettext_lazy("Opportunity"))
    template = forms.CharField(required=False, max_length=60, widget=forms.HiddenInput)
    deviation = forms.CharField(
        label=gettext_lazy("Why does the hypothesis change?"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("The experiment has started. A change of what it says is shown with this reason."),
    )

    class Meta:
        model = Experiment
        fields = OWN
        labels = {
            "change": gettext_lazy("If we …"),
            "audience": gettext_lazy("for …"),
            "persona": gettext_lazy("like the persona"),
            "metric": gettext_lazy("then …"),
            "goal": gettext_lazy("will"),
            "because": gettext_lazy("because …"),
        }
        widgets = {
            "change": forms.Textarea(attrs={"rows": 2}),
            "because": forms.Textarea(attrs={"rows": 3}),
        }

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            place = map_places.chosen(self.instance)
            self.initial |= place | {"seen": self.instance.version, "expected_effect": self.instance.expected_effect}
        if self.instance.started_on is None:
            del self.fields["deviation"]
        self.fields["goal"].choices = [(Goal.INCREASE, _("rise")), (Goal.DECREASE, _("fall"))]
        self.fields["expected_effect"].widget.attrs["placeholder"] = "%"
        self.offer_lists(actor)
        self.offer_places(actor)

    def offer_lists(self, actor: Actor) -> None:
        """What is live, and what the experiment has already."""
        for name in LISTS:
            held = Q(removed_at=None) | Q(pk=getattr(self.instance, f"{name}_id"))
            rows = self.fields[name].queryset.filter(held, workspace_id=actor.workspace_id)
            self.fields[name].queryset = rows
        self.fields["team"].queryset = teams_of(actor)
        self.fields["owner"].queryset = editors_of(actor).prefetch_related(None).order_by("user__name", "pk")
        self.fields["owner"].empty_label = None

    def offer_places(self, actor: Actor) -> None:
        """Stages of the map and cards of the stage that are chosen now."""
        now = {name: str(self[name].value() or "") for name in ("map", "stage")}
        self.choices = map_places.choices(actor, map_id=now["map"], stage_id=now["stage"])
        self.fields["map"].choices = [("", NONE), *self.choices.maps]
        for name, options, things in [
            ("stage", [(pk, stage.name) for pk, stage in self.choices.stages.items()], self.choices.stages),
            ("card", self.choices.by_lane, self.choices.cards),
            ("opportunity", self.choices.by_stage, self.choices.opportunities),
        ]:
            self.fields[name].choices = [("", NONE), *options]
            self.fields[name].coerce = things.__getitem__

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("map") and not cleaned.get("stage") and "stage" not in self.errors:
            self.add_error("stage", _("Choose the stage, or no map."))
        return cleaned

    def _post_clean(self) -> None:
        """The service validates; the instance stays as it was loaded."""

    def service_fields(self) -> dict[str, Any]:
        given = {name: self.cleaned_data[name] for name in [*OWN, "expected_effect"]}
        if "deviation" in self.fields:
            given["deviation"] = self.cleaned_data["deviation"]
        return given | self.place_fields()

    def place_fields(self) -> dict[str, Any]:
        """Empty fields leave in place what was deleted from the map meanwhile: undo there brings it back."""
        place = {name: self.cleaned_data[name] for name in ("stage", "card", "opportunity")}
        if place["card"]:
            place["stage"] = None
        gone = {name for name in place if getattr(self.instance, f"{name}_id") and not getattr(self.instance, name)}
        if gone & {"stage", "card"} and not (place["stage"] or place["card"]):
            gone |= {"stage", "card"}
        return {name: thing for name, thing in place.items() if thing or name not in gone}

    @property
    def sentence(self) -> str:
        """The hypothesis as far as it has been written."""
        texts = {name: str(self[name].value() or "") for name in ["change", "audience", "goal", "because"]}
        audience = who(texts.pop("audience"), self.chosen("persona"))
        return sentence(**texts, audience=audience, metric=self.chosen("metric"), effect=self.effect, gaps=True)

    def chosen(self, name: str) -> str:
        """The name of what is chosen in a list, empty for nothing and for what cannot be chosen."""
        try:
            return str(self.fields[name].clean(self[name].value()) or "")
        except ValidationError:
            return ""

    @property
    def effect(self) -> float | None:
        value = self["expected_effect"].value()
        try:
            return self.fields["expected_effect"].clean(value) if isinstance(value, str) else value
        except ValidationError:
            return None


class IdeaForms:
    """The form with the rows of evidence, as one: `stale` and `theirs` are what `components/conflict.html` asks for."""

    def __init__(
        self,
        actor: Actor,
        *,
        experiment: Experiment | None = None,
        data: QueryDict | None = None,
        initial: dict[str, Any] | None = None,
    ) -> None:
        self.actor = actor
        self.main = IdeaForm(data, instance=experiment, initial=initial, actor=actor)
        rows = evidence_values(experiment) if experiment and data is None else None
        self.evidence = EvidenceRows(data, initial=rows, prefix="evidence")
        self.their_evidence: Difference | None = None

    @property
    def stale(self) -> bool:
        return self.main.stale

    @property
    def theirs(self) -> list[Difference]:
        return [*self.main.theirs, *([self.their_evidence] if self.their_evidence else [])]

    @property
    def wrong(self) -> bool:
        return bool(self.main.errors or self.evidence.total_error_count())

    def is_valid(self) -> bool:
        """Both, so that all that is wrong is shown at once."""
        return all([self.main.is_valid(), self.evidence.is_valid()])

    def forgive(self) -> None:
        """Show what was typed without judging it yet: somebody is still at it."""
        for form in [self.main, *self.evidence.forms]:
            form.errors.clear()

    def service_fields(self) -> dict[str, Any]:
        return self.main.service_fields() | {"evidence": self.evidence.kept}

    def refuse(self, error: ValidationError) -> None:
        refuse(self.main, error)

    def show_theirs(self, current: Experiment) -> None:
        """Somebody was faster: hold what was typed against the experiment as it is now."""
        self.main.show_theirs(IdeaForm(instance=current, actor=self.actor))
        theirs, mine = as_lines(evidence_values(current)), as_lines(self.evidence.kept)
        if theirs != mine:
            self.their_evidence = Difference(_("Evidence"), theirs, mine)
