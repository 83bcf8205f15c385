from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from campaigns.models import DestinationRule, LinkRule
from campaigns.naming.check import check_value
from campaigns.naming.problems import Problem
from campaigns.naming.rules import LONGEST_VALUE, Rules
from teams.seen import SeenForm


class RuleForm(forms.ModelForm, SeenForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["seen"] = self.instance.version


def lines(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows, "class": "mono", "spellcheck": "false"})


class LinkRuleForm(RuleForm):
    """The rule for one tracking parameter."""

    class Meta:
        model = LinkRule
        fields = ["parameter", "required", "allowed", "blocked", "lowercase", "separator", "longest"]
        widgets = {
            "parameter": forms.TextInput(attrs={"autocapitalize": "off", "spellcheck": "false"}),
            "allowed": lines(5),
            "blocked": lines(3),
        }
        help_texts = {
            "parameter": _("As it stands in links, such as utm_campaign or your own."),
            "allowed": _("One a line, written as they shall be. None: any value may stand there."),
            "blocked": _(
                "One a line. * stands for any characters: test* blocks test and testing. Capitals do not matter."
            ),
            "longest": _("In characters, at most 500."),
        }


class DestinationRuleForm(RuleForm):
    """Where links may lead."""

    class Meta:
        model = DestinationRule
        fields = ["https", "allowed_hosts", "blocked_hosts"]
        widgets = {"allowed_hosts": lines(5), "blocked_hosts": lines(3)}
        help_texts = {
            "allowed_hosts": _(
                "One a line: example.com is that host alone, *.example.com are those under it. None: any."
            ),
            "blocked_hosts": _("One a line, written in the same way. Blocked wins over allowed."),
        }


class TrialForm(forms.Form):
    """A value to try against the rules; it is in the address, so a colleague can be sent the answer."""

    parameter = forms.ChoiceField(label=_("Parameter"))
    value = forms.CharField(label=_("Value"), required=False, max_length=2 * LONGEST_VALUE)

    def __init__(self, *args, rules: Rules, **kwargs):
        super().__init__(*args, **kwargs)
        self.rules = rules
        self.fields["parameter"].choices = [(rule.parameter, rule.parameter) for rule in rules.parameters]
        self.fields["value"].widget.attrs |= {"autocapitalize": "off", "autocomplete": "off", "spellcheck": "false"}

    @cached_property
    def tried(self) -> bool:
        return self.is_bound and self.is_valid()

    @cached_property
    def problem(self) -> Problem | None:
        if not self.tried:
            return None
        return check_value(self.cleaned_data["value"], self.rules, self.cleaned_data["parameter"])
