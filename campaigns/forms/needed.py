from django import forms
from django.utils.translation import gettext_lazy as _

from campaigns.forecast import limits
from campaigns.forecast.backwards import Target
from campaigns.forms.guesses import AmountField


class NeededForm(forms.Form):
    """A target over all months together; it is in the address, so a colleague can be sent the answer."""

    goal = AmountField(label=_("At least"), least=0, most=limits.MOST_MONEY * limits.MOST_MONTHS)
    what = forms.ChoiceField(label=_("of"), choices=[("customers", _("customers")), ("revenue", _("revenue"))])

    def target(self) -> Target:
        return Target(**{self.cleaned_data["what"]: self.cleaned_data["goal"]})
