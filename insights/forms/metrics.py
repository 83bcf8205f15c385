from django import forms
from django.core.exceptions import ValidationError
from django.utils.formats import get_format
from django.utils.translation import gettext_lazy as _

from insights.display import typed
from insights.enums import MetricKind
from insights.models import Metric
from insights.values import parse_value
from teams.enums import Role
from teams.models import Membership
from teams.seen import SeenForm


def decimal_comma() -> bool:
    """Whether the reader's language writes decimals with a comma."""
    return get_format("DECIMAL_SEPARATOR") == ","


class MetricForm(forms.ModelForm, SeenForm):
    """The definition of a metric. A target is written as its values are: “60 %”, “5.2”."""

    target = forms.CharField(label=_("Target"), required=False, max_length=40, help_text=_("For example 60 % or 5.2."))

    class Meta:
        model = Metric
        fields = ["name", "definition", "kind", "unit", "direction", "target", "owner"]
        widgets = {"definition": forms.Textarea(attrs={"rows": 4})}
        help_texts = {
            "definition": _("What is counted, out of what, over which time: so that two people get the same number."),
            "kind": _("A share is shown in per cent."),
            "unit": _("Such as d, h, € or orders. A share needs none."),
        }

    def __init__(self, *args, workspace_id: int, **kwargs):
        super().__init__(*args, **kwargs)
        self.instance.workspace_id = workspace_id
        members = Membership.objects.filter(workspace_id=workspace_id).exclude(role=Role.VIEWER)
        self.fields["owner"].queryset = members.select_related("user")
        self.fields["owner"].empty_label = _("Nobody yet")
        if self.instance.pk:
            self.initial["seen"] = self.instance.version
            target = self.instance.target
            self.initial["target"] = "" if target is None else typed(self.instance, target)

    def clean(self):
        cleaned = super().clean()
        text, kind = cleaned.get("target") or "", cleaned.get("kind")
        cleaned["target"] = None
        if text and kind:
            try:
                cleaned["target"] = parse_value(kind, text, comma=decimal_comma())
            except ValidationError as error:
                self.add_error("target", error)
        return cleaned


class FilterForm(forms.Form):
    """The filter of the list of metrics, kept in the address."""

    q = forms.CharField(label=_("Search"), required=False, max_length=200)
    kind = forms.ChoiceField(label=_("Kind"), required=False, choices=[("", _("All kinds")), *MetricKind.choices])
