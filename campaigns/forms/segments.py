"""Forms of segments, of what two of them share, and of what is assumed where nobody said it."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaigns.enums import Assumed
from campaigns.models import AudienceAssumption, Segment, SegmentOverlap
from campaigns.pressure.limits import MOST_PEOPLE
from insights.number_fields import CountField, PercentField, as_share, typed_percent
from insights.values import parse_number
from teams.seen import SeenForm
from teams.zones import names

NOT_SAID = gettext_lazy("Nobody has said: as assumed of all pairs")


class ZonesField(forms.CharField):
    """A zone a line with its share: “Europe/Sofia 60 %”. One zone alone needs no share."""

    widget = forms.Textarea(attrs={"rows": 3, "class": "mono", "spellcheck": "false"})

    def to_python(self, value: Any) -> dict[str, float] | str:  # type: ignore[override]
        lines = [line.strip() for line in str(value or "").splitlines() if line.strip()]
        found: dict[str, float] = {}
        for number, line in enumerate(lines, 1):
            zone, share = self.read(line, number, alone=len(lines) == 1)
            if zone in found:
                raise ValidationError(_("Line %(line)d: “%(zone)s” is there twice.") % {"line": number, "zone": zone})
            found[zone] = share
        return found

    def read(self, line: str, number: int, *, alone: bool) -> tuple[str, float]:
        zone, _space, said = line.partition(" ")
        if zone not in names():
            raise ValidationError(
                _("Line %(line)d: there is no time zone “%(zone)s”. Write it like Europe/Sofia.")
                % {"line": number, "zone": zone[:60]}
            )
        said = said.strip().removesuffix("%").strip()
        if alone and not said:
            return zone, 1.0
        try:
            return zone, as_share(parse_number(said))
        except ValidationError:
            raise ValidationError(
                _("Line %(line)d: write the zone, then its share, like “%(zone)s 60 %%”.")
                % {"line": number, "zone": zone}
            ) from None

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, dict):
            return "\n".join(f"{zone} {typed_percent(share)}" for zone, share in value.items())
        return value

    def has_changed(self, initial: Any, data: Any) -> bool:
        return str(self.prepare_value(initial) or "").split() != str(data or "").split()


class SegmentForm(forms.ModelForm, SeenForm):
    size = CountField(
        label=gettext_lazy("People"),
        least=0,
        most=MOST_PEOPLE,
        required=False,
        help_text=gettext_lazy("As far as anybody knows. Without it, a replay says that it does not know."),
    )
    zones = ZonesField(
        label=gettext_lazy("Time zones"),
        required=False,
        help_text=gettext_lazy("One a line with its share, such as Europe/Sofia 60 %. None: the workspace’s own."),
    )

    class Meta:
        model = Segment
        fields = ["name", "description", "size", "size_source", "zones", "position", "lifecycle"]
        widgets = {"description": forms.Textarea(attrs={"rows": 2})}
        help_texts = {"size_source": gettext_lazy("Such as: CRM, counted on 3 March.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial |= {"seen": self.instance.version, "size": self.instance.size, "zones": self.instance.zones}

    def _post_clean(self) -> None:
        """The service validates."""


class OverlapForm(SeenForm):
    """What two segments share, in one of three ways or in none."""

    persons = CountField(label=gettext_lazy("People in both"), least=0, most=MOST_PEOPLE, required=False)
    share = PercentField(
        label=gettext_lazy("or a share of the smaller one"),
        least=0,
        most=1,
        required=False,
        help_text=gettext_lazy("Such as 12 %."),
    )
    assumed = forms.ChoiceField(label=gettext_lazy("or an assumption"), required=False)

    def __init__(self, *args: Any, overlap: SegmentOverlap | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["assumed"].choices = [("", NOT_SAID), *Assumed.choices]  # type: ignore[attr-defined]
        if overlap is not None:
            self.initial |= {name: getattr(overlap, name) for name in ("persons", "share", "assumed")}
            self.initial["seen"] = overlap.version

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        said = [name for name in ("persons", "share", "assumed") if given.get(name) not in (None, "")]
        if len(said) > 1:
            self.add_error(said[-1], _("Say it in one way: people, a share, or an assumption."))
        return given


class AssumptionForm(forms.ModelForm, SeenForm):
    population = CountField(
        label=gettext_lazy("Everybody there is"),
        least=0,
        most=MOST_PEOPLE,
        required=False,
        help_text=gettext_lazy("All people that you could write to. Independent segments need it."),
    )

    class Meta:
        model = AudienceAssumption
        fields = ["assumed", "population"]
        widgets = {"assumed": forms.RadioSelect}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial |= {"population": self.instance.population, "seen": self.instance.version}

    def _post_clean(self) -> None:
        """The service validates."""
