"""The form of a brief: whose it is, when, what it says to whom, where on the maps, and what belongs to it."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaigns.forms.attachments import AttachmentsField, as_text
from campaigns.models import Campaign
from campaigns.queries.segments import segments_of
from campaigns.queries.stage_choices import stage_choices
from insights.display import typed
from insights.forms.metrics import decimal_comma
from insights.values import parse_value
from journeys.models import Persona
from journeys.queries.channels import channels_of
from teams.permissions import Actor
from teams.queries import editors_of, teams_of
from teams.seen import SeenForm

OWN = [
    *("title", "owner", "team", "starts_on", "ends_on", "goal", "metric", "audience", "offer", "tone", "key_message"),
    *("next_step", "priority", "currency", "personas", "segments", "channels"),
]
MOST_NEW_SEGMENTS = 10


def day() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class CampaignForm(forms.ModelForm, SeenForm):
    target = forms.CharField(
        label=gettext_lazy("Target"), required=False, max_length=40, help_text=gettext_lazy("For example 60 % or 5.2.")
    )
    stages = forms.MultipleChoiceField(
        label=gettext_lazy("Stages"), required=False, widget=forms.CheckboxSelectMultiple
    )
    also_map = forms.CharField(label=gettext_lazy("Another map"), required=False, max_length=20)
    new_segments = forms.CharField(
        label=gettext_lazy("Others, by name"),
        required=False,
        max_length=900,
        help_text=gettext_lazy("With commas between them. A name is enough until there are numbers."),
    )
    attachments = AttachmentsField(label=gettext_lazy("Attachments"), required=False)
    template = forms.CharField(required=False, max_length=60, widget=forms.HiddenInput)

    class Meta:
        model = Campaign
        fields = OWN
        widgets = {
            "starts_on": day(),
            "ends_on": day(),
            "goal": forms.Textarea(attrs={"rows": 2}),
            "key_message": forms.Textarea(attrs={"rows": 2}),
            "currency": forms.TextInput(attrs={"size": 4, "autocapitalize": "characters"}),
            "personas": forms.CheckboxSelectMultiple,
            "segments": forms.CheckboxSelectMultiple,
            "channels": forms.CheckboxSelectMultiple,
        }
        help_texts = {
            "goal": gettext_lazy("What is different afterwards, for the customer and for us."),
            "key_message": gettext_lazy("The one sentence that stays when all else is forgotten."),
            "offer": gettext_lazy("What the customer gets. Two campaigns with the same one are shown to you."),
            "tone": gettext_lazy("For example warm, matter-of-fact, playful."),
            "priority": gettext_lazy("From 0 to 100. Where two messages meet, the higher one goes."),
        }

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actor = actor
        self.choices = stage_choices(actor, ())
        if self.instance.pk:
            self.fill()
        self.offer_things()
        self.offer_stages()

    def fill(self) -> None:
        held = self.instance
        self.initial |= {
            "seen": held.version,
            "stages": [str(row.stage_id) for row in held.campaign_stages.all()],
            "attachments": as_text(held.attachments.all()),
            "target": typed(held.metric, held.target) if held.metric and held.target is not None else "",
        }

    def offer_things(self) -> None:
        """What is live, and what the campaign has already."""
        live = Q(workspace_id=self.actor.workspace_id)
        held = {name: Q(campaigns=self.instance.pk) if self.instance.pk else Q() for name in ("personas", "segments")}
        there = {name: Q(removed_at=None) | mine if mine else Q(removed_at=None) for name, mine in held.items()}
        self.fields["personas"].queryset = Persona.objects.filter(live, there["personas"]).distinct()
        every_segment = segments_of(self.actor).model.objects.filter(live, there["segments"])
        self.fields["segments"].queryset = every_segment.distinct()
        self.fields["channels"].queryset = channels_of(self.actor)
        metrics = self.fields["metric"].queryset
        kept = Q(removed_at=None) | Q(pk=self.instance.metric_id)
        self.fields["metric"].queryset = metrics.filter(live, kept)
        self.fields["team"].queryset = teams_of(self.actor)
        self.fields["owner"].queryset = editors_of(self.actor).prefetch_related(None).order_by("user__name", "pk")
        self.fields["owner"].empty_label = None

    def offer_stages(self) -> None:
        """Those of a few maps: of the chosen stages, of the map that was asked for, of the maps changed last."""
        chosen = [str(value) for value in self["stages"].value() or ()]
        self.choices = stage_choices(self.actor, chosen, str(self["also_map"].value() or ""))
        self.fields["stages"].choices = [
            (group.map.title, [(str(stage.pk), stage.name) for stage in group.stages]) for group in self.choices.groups
        ]
        self.chosen_stages = set(chosen)

    def clean_new_segments(self) -> list[str]:
        names = [name for part in self.cleaned_data["new_segments"].split(",") if (name := part.strip())]
        if len(names) > MOST_NEW_SEGMENTS:
            raise ValidationError(_("At most %(most)d at once.") % {"most": MOST_NEW_SEGMENTS})
        return names

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        text, metric = cleaned.get("target") or "", cleaned.get("metric")
        cleaned["target"] = None
        if text and metric is None and "metric" not in self.errors:
            self.add_error("target", _("Say which metric this is a target of."))
        elif text and metric is not None:
            try:
                cleaned["target"] = parse_value(metric.kind, text, comma=decimal_comma())
            except ValidationError as error:
                self.add_error("target", error)
        return cleaned

    def _post_clean(self) -> None:
        """The service validates; the instance stays as it was loaded."""

    def forgive(self) -> None:
        """Show what was typed without judging it yet: somebody is still at it."""
        self.errors.clear()

    def service_fields(self) -> dict[str, Any]:
        """What the service is sent, without the segments that are only names yet."""
        cleaned = self.cleaned_data
        given = {name: cleaned[name] for name in [*OWN, "target", "attachments"]}
        given |= {name: list(given[name]) for name in ("personas", "segments", "channels")}
        return given | {"stages": [self.choices.stages[pk] for pk in cleaned["stages"]]}
