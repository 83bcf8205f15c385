"""The frame of an experiment's pages: its head, its steps, its status line."""

import pytest

from experiments.templatetags.experiment_words import percent, signal_line, signal_reasons, signed_percent
from experiments.views.frame import WAY
from teams.tabs import way
from tests.experiments.made import enter_shares, make_idea, make_running

pytestmark = pytest.mark.django_db


def test_page_shows_head_and_status(cast, client_of):
    experiment = make_running(cast.product)
    enter_shares(cast.product, experiment, (10_000, 1000), (10_000, 1200))
    page = client_of(cast.viewer).get(f"/w/here/experiments/{experiment.pk}/").content.decode()
    assert f"<h1>{experiment.title}</h1>" in page
    assert "Ready to decide" in page
    assert "Delivery date first is better in" in page


def test_way_says_how_far(cast):
    assert [point.state for point in way(WAY, make_running(cast.product).status)] == [
        "past",
        "past",
        "current",
        "to come",
        "to come",
    ]


def test_line_before_results(cast):
    assert signal_line(make_idea(cast.product)) == ""
    running = make_running(cast.product)
    assert signal_line(running) == "Needs data"
    assert signal_reasons(running) == ["No results have been entered yet."]


def test_numbers_in_words():
    assert percent(0.0423) == "4.23\u00a0%"
    assert percent(0.0423, 0) == "4\u00a0%"
    assert percent(0.00001234) == "0.00123\u00a0%"
    assert percent(None) == "–"
    assert [signed_percent(value) for value in (0.5, -0.031, 0)] == ["+50\u00a0%", "−3.1\u00a0%", "0\u00a0%"]
