"""What projections and contact pressure say is marked, and said in the language of the reader."""

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override

from campaigns import forecast, matching, naming, pressure
from campaigns.pressure.audience import Segment
from campaigns.pressure.limits import InvalidInput
from campaigns.services.projections import create_projection
from teams.spoken import spoken
from tests.api import errors_of, program
from tests.campaigns.projecting import document
from tests.campaigns.test_api_pressure import CHECK
from tests.wording import unmarked_in

CZECH = {
    "Give %(months)s numbers, one a month; these are %(given)s.": "Čísel má být %(months)s; je jich %(given)s.",
    "Give a number from %(least)s to %(most)s.": "Číslo od %(least)s do %(most)s.",
    "Low must be at most likely.": "Dolní mez nad pravděpodobnou.",
    "There is no zone “%(zone)s”.": "Pásmo „%(zone)s“ není.",
    "The shares of all zones together must be 1; these are %(total)s.": "Podíly musí dát 1; dávají %(total)s.",
}


@pytest.mark.parametrize("package", [forecast, pressure, matching, naming])
def test_sentences_of_campaigns_are_marked_for_translators(package):
    assert unmarked_in(package) == []


@pytest.mark.django_db
def test_what_a_calculation_refuses_is_said_in_the_language_of_the_reader(czech, cast):
    czech(CZECH)
    caller, stage = program(cast.workspace), {"name": "Try", "rate": 0.2, "lag_days": 0}
    asked = {"start": "2027-01", "months": 2, "value": 7, "draws": 200, "seed": 7, "stages": [stage]}
    search = {"channel": "Search", "volumes": [1, 2], "cost": [3]}

    def refused(**changes) -> dict[str, str]:
        return errors_of(caller.post("projections/calculate/", asked | changes, **{"Accept-Language": "cs"}))

    assert refused(inputs=[search]) == {"inputs.0.cost": "Čísel má být 2; je jich 1."}
    low = {"name": "Try", "rate": {"low": 0.3, "likely": 0.2, "high": 0.4}}
    assert set(refused(inputs=[search | {"cost": [3, 4]}], stages=[low]).values()) == {"Dolní mez nad pravděpodobnou."}


@pytest.mark.django_db
def test_what_a_kept_projection_refuses_is_said_in_the_language_of_the_reader(czech, cast):
    czech(CZECH)
    wrong = document(inputs=[{"channel": "Search", "volumes": [1, 2]}], scenarios=[])
    with override("cs"), pytest.raises(ValidationError) as refused:
        create_projection(by=cast.marketing, title="New", document=wrong)
    assert refused.value.message_dict == {"inputs.0.volumes": ["Čísel má být 3; je jich 2."]}


@pytest.mark.django_db
def test_what_a_replay_refuses_is_said_in_the_language_of_the_reader(czech, cast):
    czech(CZECH)
    asked = CHECK | {"segments": [{"id": "all", "size": 1, "zones": {"Nowhere/Land": 1}}]}
    answer = program(cast.workspace).post("pressure/check/", asked, **{"Accept-Language": "cs"})
    assert set(errors_of(answer).values()) == {"Pásmo „Nowhere/Land“ není."}


def test_shares_of_zones_in_another_language(czech):
    czech(CZECH)
    with pytest.raises(InvalidInput) as refused:
        Segment("all", 10, (("UTC", 0.5), ("Europe/Prague", 0.25)))
    with override("cs"):
        assert spoken(refused.value.errors["zones"]) == "Podíly musí dát 1; dávají 0.75."
