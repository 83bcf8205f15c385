from datetime import timedelta

import pytest
from django.utils import timezone

from insights.services.readings import record_reading
from tests.factories import make_card, make_metric


@pytest.fixture
def moment(cast, journey, keeper):
    metric = make_metric(cast.workspace, target=0.6)
    for days, value in [(30, 0.45), (0, 0.48)]:
        record_reading(by=keeper, metric=metric, date=timezone.localdate() - timedelta(days=days), value=value, n=1912)
    return make_card(keeper, journey, moment="First value", accountable=keeper, metric=metric)


def panel_of(client, card) -> str:
    answer = client.get(f"/w/here/cards/{card.pk}/", headers={"HX-Request": "true"})
    return answer.content.decode().replace("\xa0", " ")


def test_moment_shows_its_metric_with_trend_and_target(client_of, cast, moment):
    panel = panel_of(client_of(cast.viewer), moment)
    assert "48 %" in panel
    assert "+3 points" in panel
    assert "target 60 %" in panel


def test_moment_takes_one_query_more_than_a_plain_card(
    client_of, cast, journey, keeper, moment, django_assert_num_queries
):
    plain, client = make_card(keeper, journey), client_of(cast.viewer)
    panel_of(client, plain)
    with django_assert_num_queries(6):  # session, person, membership, card, sources, feelings
        panel_of(client, plain)
    with django_assert_num_queries(7):  # and the readings of the last year
        panel_of(client, moment)
