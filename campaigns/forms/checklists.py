from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from campaigns.models import Task
from teams.permissions import Actor
from teams.queries import editors_of
from teams.seen import SeenForm


class TaskForm(forms.ModelForm, SeenForm):
    """A task, due on a day or so many days after the start."""

    class Meta:
        model = Task
        fields = ["text", "owner", "due_offset", "due_on"]
        labels = {"due_on": _("or on the day")}
        help_texts = {"due_offset": _("Before the start with a minus; it moves with the campaign.")}
        widgets = {"due_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")}

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["seen"] = self.instance.version
        self.fields["owner"].queryset = editors_of(actor).prefetch_related(None).order_by("user__name", "pk")

    def _post_clean(self) -> None:
        """The service validates; the instance stays as it was loaded."""


class BeginForm(forms.Form):
    """What a copy or a campaign from a template begins with."""

    title = forms.CharField(label=_("Title"), max_length=160)
    starts_on = forms.DateField(
        label=_("Starts"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("Messages, tasks and the budget move with it. Without a day it is an idea without days."),
    )
