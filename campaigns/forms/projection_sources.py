"""Where a number of a form comes from: assumed, a metric's latest reading, or what an experiment found."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from campaigns.forecast.ranges import SourceKind
from campaigns.queries.projections import metrics_with_reading
from campaigns.services.projection_sources import guess_from
from insights.display import display, display_n
from insights.enums import MetricKind
from insights.models import Metric
from journeys.models import Stage
from teams.permissions import Actor

ASSUMED = "assumed"


class Sources:
    """What one may choose from, loaded once for a whole form: two queries."""

    def __init__(self, actor: Actor) -> None:
        self.metrics = {metric.pk: metric for metric in metrics_with_reading(actor)}
        self.workspace_id = actor.workspace_id

    def stages_of(self, map_id: int | None) -> list[Stage]:
        if map_id is None:
            return []
        rows = Stage.objects.filter(map=map_id, map__workspace_id=self.workspace_id, map__removed_at=None)
        return list(rows.only("name", "map"))

    @staticmethod
    def value(source: Mapping[str, Any] | None) -> str:
        """A kept source as the choice of a field."""
        kind = source["kind"] if source else ASSUMED
        if source and kind == SourceKind.MEASURED:
            return f"metric-{source['metric']}"
        return f"experiment-{source['experiment']}" if source and kind == SourceKind.EXPERIMENT else ASSUMED

    def choices(self, current: Mapping[str, Any] | None, *, shares: bool) -> list[tuple[str, str]]:
        """Shares alone can be a rate; anything else can be a number."""
        found = [(ASSUMED, _("assumed"))]
        if current and current["kind"] == SourceKind.EXPERIMENT:
            found.append((self.value(current), _("experiment: %(name)s") % {"name": current["of"]}))
        fitting = [metric for metric in self.metrics.values() if (metric.kind == MetricKind.SHARE) == shares]
        found += [(f"metric-{metric.pk}", worded(metric)) for metric in fitting]
        if current and current["kind"] == SourceKind.MEASURED and self.value(current) not in dict(found):
            found.append((self.value(current), current["of"]))
        return found

    def take(self, form: forms.Form, name: str, source: str) -> None:
        """Where a metric was chosen and no number typed, the number is its latest reading."""
        metric = self.metric(form.cleaned_data.get(source))
        if metric is None or name in form.errors or form.cleaned_data.get(name) is not None:
            return
        if getattr(metric, "latest_date", None) is None:
            form.add_error(source, _("“%(name)s” has no reading yet.") % {"name": metric.name})
        else:
            form.cleaned_data[name] = guess_from(metric)

    def metric(self, text: str | None) -> Metric | None:
        kind, _dash, pk = (text or "").partition("-")
        return self.metrics.get(int(pk)) if kind == "metric" and pk.isdigit() else None


def draft_of(text: str | None, value: Any, before: Any) -> dict[str, Any]:
    """The same where whoever types another number over what an experiment found assumes it."""
    found = draft(text)
    return draft(None) if "experiment" in found and value != before else found


def draft(text: str | None) -> dict[str, Any]:
    """A chosen source as a draft of the document has it."""
    kind, _dash, pk = (text or ASSUMED).partition("-")
    if kind == "metric":
        return {"kind": SourceKind.MEASURED.value, "metric": int(pk)}
    if kind == "experiment":
        return {"kind": SourceKind.EXPERIMENT.value, "experiment": int(pk)}
    return {"kind": SourceKind.ASSUMED.value}


def worded(metric: Metric) -> str:
    """“Trial to paid: 12.4 %, n 1,204, 31 Oct 2026”."""
    found: Any = metric
    if found.latest_date is None:
        return _("%(name)s: no reading yet") % {"name": metric.name}
    parts = [display(metric, found.latest_value), display_n(found.latest_n), date_format(found.latest_date, "j M Y")]
    return f"{metric.name}: {', '.join(part for part in parts if part)}"


def lines(values: Iterable[Any]) -> str:
    return " · ".join(str(value) for value in values if value not in (None, ""))
