"""The form of a message: what, where, for whom, when, and what it says where that differs from its campaign."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaigns.enums import Cadence, Lifecycle, Position
from campaigns.models import Campaign, Message
from campaigns.queries import message_choices as choices
from journeys.queries.channels import channels_of
from teams.permissions import Actor
from teams.queries import named_id
from teams.seen import SeenForm
from teams.zones import grouped

NONE = "–"
DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
# What the campaign says where the message says nothing.
INHERITED = ("offer", "tone", "next_step", "priority")
OWN = [
    *("title", "channel", "persona", "segments", "position", "lifecycle", "starts_on", "ends_on", "at", "cadence"),
    *("every", "priority", "transactional", "offer", "tone", "next_step"),
]
WEEKDAYS = [
    (1, gettext_lazy("Monday")),
    (2, gettext_lazy("Tuesday")),
    (3, gettext_lazy("Wednesday")),
    (4, gettext_lazy("Thursday")),
    (5, gettext_lazy("Friday")),
    (6, gettext_lazy("Saturday")),
    (7, gettext_lazy("Sunday")),
]


class MessageForm(forms.ModelForm, SeenForm):
    """All but the texts. The service validates; the instance stays as it was loaded."""

    stage = forms.TypedChoiceField(label=gettext_lazy("Stage"), required=False, empty_value=None)
    link = forms.TypedChoiceField(label=gettext_lazy("Tracked link"), required=False, empty_value=None)
    zone = forms.ChoiceField(label=gettext_lazy("Whose clock"), required=False)
    weekdays = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Weekdays"),
        required=False,
        coerce=int,
        choices=WEEKDAYS,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("For “on weekdays”. None: Monday to Friday."),
    )

    class Meta:
        model = Message
        fields = OWN
        widgets = {
            "starts_on": DAY,
            "ends_on": DAY,
            "at": forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
            "segments": forms.CheckboxSelectMultiple,
        }
        help_texts = {
            "ends_on": gettext_lazy("Empty: that one day."),
            "at": gettext_lazy("Empty: any time of the day."),
            "every": gettext_lazy("For “every few days”."),
            "transactional": gettext_lazy("People asked for it, such as an invoice or a new password."),
        }

    def __init__(self, *args: Any, actor: Actor, campaign: Campaign, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            kept = {name: getattr(self.instance, name) for name in ("zone", "weekdays")}
            places = {name: str(getattr(self.instance, f"{name}_id") or "") for name in ("stage", "link")}
            self.initial = kept | places | {"seen": self.instance.version} | self.initial
        self.offer_places(actor, campaign)
        self.offer_words()
        self.inherit(campaign)

    def offer_places(self, actor: Actor, campaign: Campaign) -> None:
        """What is live, and what the message has already."""
        now = [self.instance.stage_id, named_id(str(self["stage"].value() or ""))]
        self.stages = choices.stages_for(actor, campaign, *now)
        self.fields["stage"].choices = [("", NONE), *self.stages.grouped]
        self.fields["stage"].coerce = self.stages.by_id.__getitem__
        links = choices.links_for(actor, self.instance.link_id, named_id(str(self["link"].value() or "")))
        self.fields["link"].choices = [("", NONE), *((pk, choices.link_label(link)) for pk, link in links.items())]
        self.fields["link"].coerce = links.__getitem__
        self.fields["persona"].queryset = choices.personas_for(actor, self.instance.persona_id)
        self.fields["persona"].empty_label = _("All personas")
        self.fields["channel"].queryset = channels_of(actor)
        self.fields["segments"].queryset = choices.segments_for(actor, choices.chosen_segments(self.instance))

    def offer_words(self) -> None:
        zone = self.instance.zone
        known = {name for _region, places in grouped() for name, _label in places}
        gone = [(zone, zone)] if zone and zone not in known else []
        self.fields["zone"].choices = [("", _("Each person's own")), *gone, *grouped()]
        self.fields["position"].choices = [("", _("Anybody")), *Position.choices]
        self.fields["lifecycle"].choices = [("", _("Any")), *Lifecycle.choices]
        self.fields["cadence"].choices = Cadence.choices
        self.fields["cadence"].required = self.fields["every"].required = False

    def inherit(self, campaign: Campaign) -> None:
        """Show what counts where a field stays empty."""
        for name in INHERITED:
            value = getattr(campaign, name)
            said = _("As the campaign: %(text)s") % {"text": value} if value != "" else ""
            self.fields[name].widget.attrs["placeholder"] = said

    def _post_clean(self) -> None:
        """The service validates."""

    def service_fields(self) -> dict[str, Any]:
        given = {name: self.cleaned_data[name] for name in [*OWN, "stage", "link", "zone", "weekdays"]}
        given["segments"] = list(given["segments"])
        given["cadence"] = given["cadence"] or Cadence.ONCE
        if given["every"] is None:
            del given["every"]
        gone = self.instance.stage_id and not self.instance.stage  # undo on its map brings it back
        if gone and given["stage"] is None:
            del given["stage"]
        return given
