"""The report on paper: an experiment of the usual size is one page of A4."""

import datetime
import re

import pytest
from django.utils import timezone

from experiments.enums import Outcome
from experiments.models import Experiment
from experiments.services.decisions import confirm_decision, propose_decision
from experiments.services.experiments import edit_experiment
from experiments.services.plans import set_plan
from experiments.services.results import Cell, record_results
from experiments.services.steps import take_step
from tests.browser.checks import assert_accessible, assert_fits_phone
from tests.experiments.made import make_running
from tests.factories import make_metric

VARIANTS = [
    {"key": "control", "name": "Date after payment", "weight": 0.34},
    {"key": "date", "name": "Date before payment", "weight": 0.33},
    {"key": "range", "name": "Range of days before payment", "weight": 0.33},
]
LONG = (
    "A promised date before payment takes the doubt away for those who buy a present; a range of days does not, as "
    "nobody plans a birthday by a range. Support was asked less often about parcels in all variants."
)


@pytest.fixture
def large(cast) -> Experiment:
    """Three variants, three metrics, four weeks of results, evidence, a deviation, and a decision by two people."""
    names = [("Basket to paid order", "primary"), ("Orders returned within a month", "guardrail")]
    names.append(("Questions to support about delivery", "secondary"))
    metrics = [{"metric": make_metric(cast.workspace, name), "role": role} for name, role in names]
    end = timezone.localdate()
    plan = {"variants": VARIANTS, "metrics": metrics, "planned_end": end}
    experiment = make_running(
        cast.product, days=28, metric=metrics[0]["metric"], plan=plan, title="Show the delivery date before payment"
    )
    evidence = [
        {"kind": "interview", "text": "Seven of nine buyers said they would have left without knowing the day"},
        {"kind": "interview", "text": "Every fifth question before an order is about the day of delivery"},
    ]
    experiment = edit_experiment(
        by=cast.product, experiment=experiment, evidence=evidence, deviation="Heard since then"
    )
    experiment = set_plan(by=cast.product, experiment=experiment, planned_total=60_000, deviation="More traffic came")
    shares = {"control": (600, 60), "date": (590, 80), "range": (595, 62)}
    cells = [
        Cell(variant, planned, experiment.started_on + datetime.timedelta(day), {"n": n, "successes": did + day % 5})
        for day in range(28)
        for planned in experiment.planned_metrics.all()
        for variant in experiment.variants.all()
        for n, did in [shares[variant.key]]
    ]
    record_results(by=cast.product, experiment=experiment, cells=cells)
    experiment = take_step(by=cast.product, experiment=experiment, to="deciding")
    ships = experiment.variants.get(key="date")
    words = {"outcome": Outcome.SHIP, "variant": ships, "why": LONG, "learned": LONG}
    decision = propose_decision(by=cast.product, experiment=experiment, **words)
    return confirm_decision(by=cast.sales, decision=decision).experiment


def pages(printed: bytes) -> int:
    return len(re.findall(rb"/Type\s*/Page\b(?!s)", printed))


def test_report_is_one_page_of_paper(cast, page, sign_in, large):
    sign_in(cast.viewer).goto(f"/w/here/experiments/{large.pk}/report/")
    assert pages(page.pdf(prefer_css_page_size=True, print_background=True)) == 1


def test_report_is_accessible_and_fits_a_phone(cast, page, sign_in, large):
    sign_in(cast.viewer).goto(f"/w/here/experiments/{large.pk}/report/")
    assert_accessible(page)
    assert_fits_phone(page)
