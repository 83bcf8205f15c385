"""The builder's draft, the filter of the list, and how a QR code is wanted."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from django import forms
from django.utils.translation import gettext_lazy as _

from campaigns.link_words import label_of
from campaigns.naming.check import check
from campaigns.naming.problems import Checked, Problem
from campaigns.naming.rules import LONGEST_LINK, ParameterRule, Rules
from campaigns.naming.values import ValueChecker
from campaigns.qr import QUIET, SIZES
from teams.models import Membership
from teams.permissions import Actor
from teams.queries import members_of

LONGEST_TYPED = 2 * LONGEST_LINK
URL = "url"
ALL = "all"


@dataclass(frozen=True)
class Entry:
    """One field of the builder. `name` is that in the form; `rule` is None for the address."""

    name: str
    label: str
    value: str
    rule: ParameterRule | None = None
    problem: Problem | None = None
    suggestions: list[str] = field(default_factory=list)

    @property
    def missing(self) -> bool:
        """Whether nothing is wrong but that it is empty: no complaint while somebody is typing."""
        return self.problem is not None and not self.problem.value

    @property
    def takable(self) -> bool:
        """Whether there is a proposal that this field can take: what only the address says is not left out here."""
        return self.problem is not None and bool(self.problem.proposal or (self.problem.proposal == "" and self.value))


class LinkDraft:
    """What is typed into the builder, and what the checker says of it. Empty fields leave the address as it is."""

    def __init__(
        self,
        rules: Rules,
        typed: Mapping[str, str] | None = None,
        *,
        suggestions: Mapping[str, list[str]] | None = None,
        strict: bool = False,
    ) -> None:
        typed = typed or {}
        self.rules = rules
        self.strict = strict
        self.url = typed.get(URL, "")[:LONGEST_TYPED].strip()
        self.parameters = {
            rule.parameter: typed.get(field_name(rule), "")[:LONGEST_TYPED].strip() for rule in rules.parameters
        }
        self.suggestions = suggestions or {}

    @cached_property
    def checked(self) -> Checked:
        return check(self.url, self.rules, self.given)

    @property
    def given(self) -> dict[str, str]:
        return {name: value for name, value in self.parameters.items() if value}

    @property
    def begun(self) -> bool:
        return bool(self.url or self.given)

    @property
    def entries(self) -> list[Entry]:
        problems = {problem.parameter: problem for problem in self.checked.problems}
        address = Entry(URL, str(_("Address")), self.url, problem=problems.get(""))
        return [address, *(self._entry(rule, problems.get(rule.parameter)) for rule in self.rules.parameters)]

    def _entry(self, rule: ParameterRule, problem: Problem | None) -> Entry:
        name = rule.parameter
        passes = ValueChecker(rule)
        candidates = rule.allowed or self.suggestions.get(name, [])
        suggestions = [value for value in candidates if passes.broken(value) is None]
        return Entry(field_name(rule), label_of(name), self.parameters[name], rule, problem, suggestions)

    @property
    def takable(self) -> int:
        """How many proposals there are."""
        return sum(entry.takable for entry in self.entries)

    @property
    def missing(self) -> list[str]:
        return [entry.label for entry in self.entries if entry.missing]

    def taking(self, name: str) -> "LinkDraft":
        """With the proposal for one field taken, or `all` of them."""
        typed = {
            entry.name: entry.problem.proposal or ""
            if entry.problem and entry.takable and name in (entry.name, ALL)
            else entry.value
            for entry in self.entries
        }
        return LinkDraft(self.rules, typed, suggestions=self.suggestions)


def field_name(rule: ParameterRule) -> str:
    return f"p_{rule.parameter}"


def typed_of(checked: Checked) -> dict[str, str]:
    """A link as the builder's fields have it."""
    return {URL: checked.destination} | {f"p_{name}": value for name, value in checked.parameters.items()}


class LinkFilterForm(forms.Form):
    """The filter of the list of links, kept in the address."""

    q = forms.CharField(label=_("Search"), required=False, max_length=200)
    source = forms.CharField(label=_("Source"), required=False, max_length=200)
    medium = forms.CharField(label=_("Medium"), required=False, max_length=200)
    campaign = forms.CharField(label=_("Campaign"), required=False, max_length=200)
    person = forms.ModelChoiceField(
        label=_("Built by"), required=False, empty_label=_("Anybody"), queryset=Membership.objects.none()
    )
    show = forms.ChoiceField(
        label=_("Show"),
        required=False,
        choices=[("", _("Links")), ("breaking", _("Breaking today's rules")), ("archived", _("Archived"))],
    )

    def __init__(self, *args, actor: Actor, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = members_of(actor).prefetch_related(None)
        for name in ("source", "medium", "campaign"):
            self.fields[name].widget.attrs |= {"list": f"used-{name}", "autocomplete": "off"}
        self.fields["q"].widget.input_type = "search"


class QrForm(forms.Form):
    """How large a QR code is wanted, and how wide the light frame around it."""

    size = forms.TypedChoiceField(label=_("Size"), coerce=int, choices=[(size, f"{size} px") for size in SIZES])
    quiet = forms.TypedChoiceField(
        label=_("Quiet zone"),
        coerce=int,
        choices=[(4, _("4 modules, as scanners want it")), (2, _("2 modules")), (0, _("none: I leave the room"))],
    )

    def __init__(self, data: Mapping[str, str] | None = None):
        usual = {"size": SIZES[1], "quiet": QUIET}
        super().__init__(usual | dict(data.items()) if data is not None else None, initial=usual)
