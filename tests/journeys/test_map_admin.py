"""Maps in the admin site: found and read, never written past the services."""

import pytest
from django.urls import reverse

from tests.factories import lane_of, make_card, make_map, make_metric, make_path, make_user, stage_of
from tests.journeys.pictures import last_change, untouched

KINDS = ["map", "stage", "lane", "card", "path", "change"]


@pytest.fixture
def operator(client, db):
    client.force_login(make_user(is_staff=True, is_superuser=True), backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def things(journey, keeper) -> dict:
    metric = make_metric(keeper.workspace)
    return {
        "card": make_card(keeper, journey, title="Paid", moment="First value", accountable=keeper, metric=metric),
        "path": make_path(keeper, journey),
        "map": journey,
        "stage": stage_of(journey),
        "lane": lane_of(journey),
        "change": last_change(journey),
    }


def place(kind: str, page: str, *args) -> str:
    return reverse(f"admin:journeys_{kind}_{page}", args=args)


@pytest.mark.parametrize("kind", KINDS)
def test_list_is_searched_and_filtered(operator, things, journey, kind):
    here = {
        "q": "trial",
        ("workspace__id__exact" if kind == "map" else "map__workspace__id__exact"): journey.workspace_id,
    }

    found = operator.get(place(kind, "changelist"), here)

    assert found.status_code == 200
    assert things[kind] in found.context["cl"].queryset
    assert not operator.get(place(kind, "changelist"), {"q": "nowhere"}).context["cl"].queryset.exists()


@pytest.mark.parametrize("kind", KINDS)
def test_single_page_shows_and_changes_nothing(operator, things, journey, kind):
    page = operator.get(place(kind, "change", things[kind].pk))

    assert (page.status_code, page.context["has_change_permission"]) == (200, False)
    with untouched(journey):
        assert operator.post(place(kind, "change", things[kind].pk), {"title": "Other"}).status_code == 403
        assert operator.post(place(kind, "delete", things[kind].pk), {"post": "yes"}).status_code == 403
        assert operator.get(place(kind, "add")).status_code == 403


def test_moment_keeps_its_person_and_metric(operator, things, journey):
    form = {"title": "Paid", "moment": "First value", "accountable": "", "metric": ""}

    with untouched(journey):
        assert operator.post(place("card", "change", things["card"].pk), form).status_code == 403


@pytest.mark.parametrize("kind", KINDS)
def test_list_takes_the_same_queries_for_one_and_many(
    operator, things, keeper, kind, django_assert_num_queries, django_assert_max_num_queries
):
    with django_assert_max_num_queries(10) as few:
        operator.get(place(kind, "changelist"))
    for _number in range(3):
        make_card(keeper, journey := make_map(keeper))
        make_path(keeper, journey)
    with django_assert_num_queries(len(few)):
        operator.get(place(kind, "changelist"))
