"""Answers to what is asked, and the rules on who is asked."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from campaigns.forms.budgets import MoneyField
from campaigns.models import ApprovalRule
from journeys.queries.channels import channels_of
from teams.permissions import Actor
from teams.queries import editors_of, teams_of
from teams.seen import SeenForm


class AnswerForm(forms.Form):
    """`seen_request` and `seen_version`: which request the page showed."""

    comment = forms.CharField(
        label=_("Comment"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Whoever sends it back says what has to change."),
    )
    answer = forms.ChoiceField(choices=[("approve", ""), ("refuse", "")], widget=forms.HiddenInput)
    seen_request = forms.IntegerField(required=False, widget=forms.HiddenInput)
    seen_version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def seen(self) -> tuple[int, int] | None:
        request, version = self.cleaned_data["seen_request"], self.cleaned_data["seen_version"]
        return None if request is None or version is None else (request, version)


class RuleForm(forms.ModelForm, SeenForm):
    amount = MoneyField(label=_("Amount"), required=False, help_text=_("In the currency of each campaign."))

    class Meta:
        model = ApprovalRule
        fields = ["asks", "team", "member", "applies", "amount", "channel"]

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["seen"] = self.instance.version
        self.fields["team"].queryset = teams_of(actor)
        self.fields["member"].queryset = editors_of(actor).prefetch_related(None).order_by("user__name", "pk")
        self.fields["channel"].queryset = channels_of(actor)
        self.fields["asks"].choices = [choice for choice in self.fields["asks"].choices if choice[0]]

    def _post_clean(self) -> None:
        """The service validates."""
