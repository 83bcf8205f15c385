"""What the buttons inside the form of a plan do to what was typed: rows, equal shares, known values, the size.

A button posts the whole form with its act as `do`: `variants.add`, `metrics.remove.1`, `variants.equal`,
`metrics.choose.0`, `compute`.
"""

import datetime
from typing import Any

from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from experiments.enums import Correction, MetricRole, SummaryKind
from experiments.forms.plan_rows import MetricForm, equal_weights
from experiments.forms.plans import PlanForms, filled_from
from experiments.stats.limits import InvalidInput
from experiments.stats.needed import Needed, needed
from experiments.stats.size import Question
from insights.number_fields import typed_number, typed_percent
from teams.rows import add_row, count, take_row
from teams.spoken import spoken

ROWS = ("variants", "metrics")
MOST_DAYS = 3650


def act(what: str, data: QueryDict, forms: PlanForms) -> None:
    """Change `data` as the button says; what no button says changes nothing."""
    noun, _dot, rest = what.partition(".")
    verb, _dot, place = rest.partition(".")
    number = int(place) if place.isascii() and place.isdigit() and len(place) < 4 else 0
    if noun not in ROWS:
        return
    if verb == "add":
        add_row(data, noun)
    elif verb == "remove":
        take_row(data, noun, number)
    elif verb == "equal" and noun == "variants":
        share_equally(data)
    elif verb == "choose" and noun == "metrics":
        fill_metric(data, number, forms)


def share_equally(data: QueryDict) -> None:
    total = count(data, "variants")
    for number, weight in enumerate(equal_weights(total) if total else []):
        data[f"variants-{number}-weight"] = typed_percent(weight)


def fill_metric(data: QueryDict, number: int, forms: PlanForms) -> None:
    """What is known of the metric that was chosen in a row takes the place of what stood there for another."""
    metric = forms.metrics_by_pk.get(data.get(f"metrics-{number}-metric", ""))
    if metric is None:
        return
    known = filled_from(metric, forms.trends)
    for name in ("kind", "goal", "baseline"):
        data[f"metrics-{number}-{name}"] = known[name]
    data[f"metrics-{number}-sd"] = ""


def compute(data: QueryDict, forms: PlanForms) -> Needed | None:
    """Put the number of users, and with the traffic the end, into `data`. None where something is missing: the forms
    then say what."""
    primary = next((form for form in forms.metrics.kept if form.cleaned_data["role"] == MetricRole.PRIMARY), None)
    if not forms.is_valid() or primary is None or missing(forms, primary):
        if primary is None:
            forms.metrics.wrong.append(_("Choose at least one primary metric to decide by."))
        return None
    cleaned = forms.main.cleaned_data
    effect = primary.cleaned_data["minimum_effect"] or cleaned["minimum_effect"]
    try:
        found = needed(question(forms, primary), effect=effect, daily_traffic=cleaned["daily_traffic"])
    except InvalidInput as error:
        forms.main.add_error("planned_total", " ".join(spoken(sentence) for sentence in error.errors.values()))
        return None
    data["planned_total"] = typed_number(found.watched.total)
    propose_end(data, cleaned, found.watched_days)
    return found


def missing(forms: PlanForms, primary: MetricForm) -> bool:
    given, cleaned = primary.cleaned_data, forms.main.cleaned_data
    if given["baseline"] is None:
        primary.add_error("baseline", _("How many users it takes depends on today’s value."))
    elif given["baseline"] <= 0:
        primary.add_error("baseline", _("It must be above 0 to compute the number of users."))
    if given["kind"] != SummaryKind.PROPORTION and given["sd"] is None:
        primary.add_error("sd", _("Without it nobody knows how far chance reaches."))
    if primary.cleaned_data.get("minimum_effect") is None and cleaned["minimum_effect"] is None:
        forms.main.add_error("minimum_effect", _("Give the smallest effect that would change what you do."))
    if len(forms.variants.kept) < 2:
        forms.variants.wrong.append(_("Give the control and at least one treatment."))
    return forms.wrong


def question(forms: PlanForms, primary: MetricForm) -> Question:
    """As the log's own verdict asks: with a correction, all comparisons share the false alarms."""
    rows, cleaned = forms.service_fields(), forms.main.cleaned_data
    weights = tuple(row["weight"] or 0 for row in rows["variants"])
    family = (len(weights) - 1) * len(rows["metrics"]) if cleaned["correction"] != Correction.NONE else 1
    given = primary.cleaned_data
    return Question(
        baseline=given["baseline"],
        alpha=cleaned["alpha"] / family,
        power=cleaned["power"],
        allocation=weights,
        sd=None if given["kind"] == SummaryKind.PROPORTION else given["sd"],
    )


def propose_end(data: QueryDict, cleaned: dict[str, Any], days: int | None) -> None:
    if days is None or days > MOST_DAYS:
        return
    start = cleaned["planned_start"] or timezone.localdate()
    last = max(days, cleaned["minimum_days"]) - 1
    data["planned_end"] = (start + datetime.timedelta(last)).isoformat()
