"""The form of a whole projection: what it is about, its stages, its channels month by month, value and retention."""

from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from campaigns.forecast import limits, months
from campaigns.forms.guesses import GuessField
from campaigns.forms.projection_rows import (
    ChannelRows,
    StageRows,
    channel_values,
    months_of,
    stage_values,
)
from campaigns.forms.projection_sources import Sources, draft_of
from campaigns.models import Campaign, Projection
from campaigns.models.projection import MOST_MONTHS
from campaigns.months import later, name_of
from campaigns.queries.campaigns import campaigns_of
from campaigns.services.projection_documents import MOST_DRAWS
from insights.number_fields import CountField
from journeys.models import Map
from journeys.queries.maps import maps_of
from teams.models import Membership, Team
from teams.permissions import Actor
from teams.queries import editors_of, named_id, teams_of
from teams.seen import Difference, SeenForm

STAGES, CHANNELS = "stages", "inputs"
FIELDS = ("title", "map", "campaign", "owner", "team", "note")
MOST_MAPS = 200


class MonthInput(forms.TextInput):
    input_type = "month"


class MonthField(forms.CharField):
    """A month as `2027-01`."""

    widget = MonthInput

    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=7, **options)
        self.widget.attrs |= {"placeholder": "2027-01", "pattern": "[0-9]{4}-[0-9]{2}"}

    def clean(self, value: Any) -> str:
        text = super().clean(value)
        if text and months.start_wrong(text):
            raise ValidationError(_("Give a month as year and month, such as 2027-01."))
        return text


class ProjectionForm(SeenForm):
    """What a projection says besides its rows."""

    title = forms.CharField(label=_("Title"), max_length=160)
    map = forms.ModelChoiceField(
        label=_("Map"),
        required=False,
        queryset=Map.objects.none(),
        empty_label=_("No map"),
        help_text=_("Its stages can be taken over, and experiments there offer what they found."),
    )
    campaign = forms.ModelChoiceField(
        label=_("Campaign"),
        required=False,
        queryset=Campaign.objects.none(),
        empty_label=_("No campaign"),
        help_text=_("Its page shows what this projection expects."),
    )
    owner = forms.ModelChoiceField(label=_("Owner"), queryset=Membership.objects.none())
    team = forms.ModelChoiceField(
        label=_("Team"), required=False, queryset=Team.objects.none(), help_text=_("Its members may edit, too.")
    )
    start = MonthField(label=_("First month"))
    months = CountField(label=_("Months"), least=1, most=MOST_MONTHS, help_text=_("From 1 to 36."))
    value = GuessField(
        label=_("Worth of one customer"),
        required=False,  # a source may give it
        help_text=_("In money, in one month or once. One number, or low / likely / high."),
    )
    value_source = forms.ChoiceField(label=_("Source"), required=False)
    retention = GuessField(
        label=_("Retention by month"),
        percent=True,
        required=False,
        help_text=_("What share of a customer's worth comes again each month after. Empty: it is counted once."),
    )
    retention_source = forms.ChoiceField(label=_("Source"), required=False)
    note = forms.CharField(
        label=_("Note"), max_length=2000, required=False, widget=forms.Textarea({"rows": 2}), help_text=""
    )
    draws = CountField(
        label=_("Draws"), least=100, most=MOST_DRAWS, help_text=_("How often chance is tried; more is steadier.")
    )
    seed = CountField(
        label=_("Seed"), least=0, most=limits.MOST_SEED, help_text=_("The same seed gives the same numbers.")
    )

    def __init__(self, *args: Any, actor: Actor, sources: Sources, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sources = sources
        self.fields["map"].queryset = maps_of(actor).order_by("title")
        self.fields["campaign"].queryset = campaigns_of(actor).select_related(None).prefetch_related(None)
        self.fields["owner"].queryset = editors_of(actor).prefetch_related(None)
        self.fields["team"].queryset = teams_of(actor)
        for name, percent in (("value", False), ("retention", True)):
            current = self.initial.get("sources", {}).get(name)
            self.fields[f"{name}_source"].choices = sources.choices(current, shares=percent)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for name in ("value", "retention"):
            self.sources.take(self, name, f"{name}_source")
        if cleaned.get("value") is None and "value" not in self.errors:
            self.add_error("value", _("Say what a customer is worth, or choose a metric that does."))
        return cleaned


class ProjectionForms:
    """The form with its rows, as one: `stale` and `theirs` are what `components/conflict.html` asks for."""

    def __init__(
        self,
        actor: Actor,
        sources: Sources,
        values: Mapping[str, Any],
        data: QueryDict | None = None,
    ) -> None:
        """`values` is a document with the projection's own fields beside it, as `values_of` gives it."""
        self.sources = sources
        self.theirs: list[Difference] = []
        self.number = months_of(data.get("months") if data is not None else None, values["months"])
        self.main = ProjectionForm(data, initial=dict(values), actor=actor, sources=sources)
        stages = sources.stages_of(self.chosen_map(data, values))
        given = {"sources": sources}
        self.stages = StageRows(
            data,
            initial=stage_values(values["stages"]) if data is None else None,
            prefix=STAGES,
            form_kwargs=given | {"stages": stages, "before": by_key(values["stages"])},
        )
        self.channels = ChannelRows(
            data,
            initial=channel_values(values["inputs"], self.number) if data is None else None,
            prefix=CHANNELS,
            form_kwargs=given | {"months": self.number, "before": by_key(values["inputs"])},
        )

    def chosen_map(self, data: QueryDict | None, values: Mapping[str, Any]) -> int | None:
        text = data.get("map", "") if data is not None else str(values.get("map") or "")
        return named_id(text)

    @property
    def stale(self) -> bool:
        return self.main.stale

    @property
    def all(self) -> list[forms.Form]:
        return [self.main, *self.stages.forms, *self.channels.forms]

    @property
    def month_names(self) -> list[str]:
        start = self.main["start"].value() or ""
        wrong = months.start_wrong(start)
        return (
            [_now("Month %(number)s") % {"number": n + 1} for n in range(self.number)]
            if wrong
            else list(months.names(start, self.number))
        )

    @property
    def grid(self) -> Iterator[tuple[str, list[tuple[forms.Form, forms.BoundField, forms.BoundField]]]]:
        """By month, of each channel the fields of what comes in and of what it costs."""
        for number, name in enumerate(self.month_names):
            yield name, [(row, *row.cells[number]) for row in self.channels.forms]

    @property
    def rows_wrong(self) -> list[tuple[str, forms.BoundField, str]]:
        """The fields of rows with errors: the row in words, the field, its label."""
        rows = [*self.stages.forms, *self.channels.forms]
        return [(row.label(), field, row.field_label(field.name)) for row in rows for field in row if field.errors]

    def is_valid(self) -> bool:
        valid = not [form for form in self.all if not form.is_valid()]  # each is asked, so that all errors show
        for rows, sentence in (
            (self.stages, _("A projection needs at least one stage.")),
            (self.channels, _("A projection needs at least one channel.")),
        ):
            if valid and not rows.kept:
                rows.wrong.append(str(sentence))
                valid = False
        return valid

    def fields_given(self) -> dict[str, Any]:
        return {name: self.main.cleaned_data[name] for name in FIELDS}

    def document(self) -> dict[str, Any]:
        """What was typed, as a draft of the document; the scenarios stay as they are."""
        said = self.main.cleaned_data
        return {
            **{name: said[name] for name in ("start", "months", "value", "retention", "draws", "seed")},
            "sources": {
                name: draft_of(said[f"{name}_source"], said[name], self.main.initial.get(name))
                for name in ("value", "retention")
            },
            "stages": [form.draft() for form in self.stages.kept],
            "inputs": [form.draft(said["months"]) for form in self.channels.kept],
        }

    def refuse(self, error: ValidationError) -> None:
        """Put what the service refused at its fields, and what has none above them."""
        for place, errors in error.update_error_dict({}).items():
            part, _dot, rest = place.partition(".")
            rows = {STAGES: self.stages, CHANNELS: self.channels}.get(part)
            if rows is not None and rest:
                number, _dot, field = rest.partition(".")
                rows.refuse(f"{number}.{row_field(rows, int(number), field)}", errors)
            elif part == "scenarios":
                self.main.add_error(
                    None, [f"{scenario_place(rest)}: {text}" for one in errors for text in one.messages]
                )
            else:
                name = f"{part}_source" if rest == "source" else part
                self.main.add_error(name if name in self.main.fields else None, errors)

    def show_theirs(self, fresh: "ProjectionForms") -> None:
        """Somebody was faster: what differs is shown beside one's own."""
        self.main.show_theirs(fresh.main)
        self.theirs = [
            *self.main.theirs,
            *row_differences(self.stages.forms, fresh.stages.forms),
            *row_differences(self.channels.forms, fresh.channels.forms),
        ]


def by_key(rows: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {row["key"]: row for row in rows if row.get("key")}


def row_field(rows: Any, number: int, field: str) -> str:
    """The field of a row's form for a way in the document, such as `volumes.3.low`."""
    form = rows.kept[number] if number < len(rows.kept) else None
    return form.field_for(field) if form is not None else ""


def scenario_place(rest: str) -> str:
    number = rest.partition(".")[0]
    return _now("Scenario %(number)s") % {"number": int(number) + 1 if number.isdigit() else ""}


def row_differences(mine: list[Any], theirs: list[Any]) -> list[Difference]:
    """Rows that differ, each as one line of text; by key, so that another order is no difference."""
    here, there = ({form.identity: form for form in forms} for forms in (mine, theirs))
    found = []
    for identity in {**there, **here}:
        texts = [forms[identity].as_line() if identity in forms else "" for forms in (there, here)]
        if texts[0] != texts[1]:
            label = (here.get(identity) or there[identity]).label()
            found.append(Difference(label, *texts))
    return found


def values_of(projection: Projection, document: Mapping[str, Any]) -> dict[str, Any]:
    own = {"title": projection.title, "note": projection.note, "seen": projection.version}
    linked = {"map": projection.map_id, "campaign": projection.campaign_id}
    linked |= {"owner": projection.owner_id, "team": projection.team_id}
    sources = {f"{name}_source": Sources.value(document["sources"].get(name)) for name in ("value", "retention")}
    return {**document, **own, **linked, **sources}


def first_values(actor: Actor, journey: Map | None, channels: list[str], number: int, start: str) -> dict[str, Any]:
    """What the form of a new projection begins with: the stages of the map, and the channels that were chosen."""
    stages = [{"name": stage.name, "stage": stage.pk} for stage in journey.stages.all()] if journey else []
    return {
        "title": "",
        "map": journey.pk if journey else None,
        "owner": actor.pk if isinstance(actor, Membership) else None,
        "start": start or next_month(),
        "months": number,
        "draws": limits.DRAWS,
        "seed": 1,
        "stages": stages or [{"name": ""}, {"name": ""}, {"name": ""}],
        "inputs": [{"channel": name} for name in channels] or [{"channel": ""}, {"channel": ""}],
        "sources": {},
    }


def next_month() -> str:
    return name_of(later(timezone.localdate(), 1))
