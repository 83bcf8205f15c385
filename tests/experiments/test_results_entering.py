"""The grid of results and its history."""

import re
from datetime import timedelta

import pytest

from experiments.models import Entry
from tests.experiments.made import enter_shares, make_idea, make_planned, make_running

pytestmark = pytest.mark.django_db


def url(experiment, what="enter"):
    return f"/w/here/experiments/{experiment.pk}/results/{what}/"


def fields(page: str) -> dict[str, str]:
    """What the browser would post: the fields of the grid."""
    found = re.findall(r'<input[^>]*name="((?:c|seen)-[^"]+)"[^>]*?value="([^"]*)"', page)
    return dict(found)


def spot(experiment, variant, day, name):
    row = experiment.variants.all()[variant]
    return f"c-{row.pk}-{(experiment.started_on + timedelta(day)).isoformat()}-{name}"


def test_only_what_was_changed_is_entered(cast, client_of):
    experiment, client = make_running(cast.product, days=3), client_of(cast.product)
    enter_shares(cast.product, experiment, (1000, 100), (1000, 150))
    address = f"{url(experiment)}?from={experiment.started_on}"
    given = fields(client.get(address).content.decode())
    assert given[spot(experiment, 0, 0, "n")] == "1000"
    given |= {spot(experiment, 0, 0, "successes"): "101", spot(experiment, 0, 1, "n"): "1,200"}
    given |= {spot(experiment, 0, 1, "successes"): "120"}
    given |= {spot(experiment, 1, 0, name): "" for name in ("n", "successes")}
    answer = client.post(address, given, follow=True)
    page = answer.content.decode()
    assert "3 results entered." in page
    current = Entry.objects.filter(experiment=experiment, current=True)
    assert sorted((row.variant.key, row.n, row.successes) for row in current if not row.withdrawn) == [
        ("control", 1000, 101),
        ("control", 1200, 120),
    ]
    history = client.get(url(experiment, "history")).content.decode()
    assert history.count("corrected since") == 2
    undo = re.search(r'action="(/w/here/experiments/\d+/results/taken-back/\d+/\d+/)"', page)
    assert undo
    assert "3 results are as before." in client.post(undo[1], follow=True).content.decode()
    standing = Entry.objects.filter(experiment=experiment, current=True, withdrawn=False)
    assert sorted((row.n, row.successes) for row in standing) == [(1000, 100), (1000, 150)]
    assert (
        "Nothing was changed"
        in client.post(address, fields(client.get(address).content.decode()), follow=True).content.decode()
    )


def test_wrong_cells_keep_what_was_typed(cast, client_of):
    experiment, client = make_running(cast.product, days=2), client_of(cast.product)
    given = fields(client.get(url(experiment)).content.decode())
    given |= {
        spot(experiment, 0, 0, "n"): "ten",
        spot(experiment, 1, 0, "n"): "10",
        spot(experiment, 1, 0, "successes"): "11",
    }
    answer = client.post(url(experiment), given)
    assert answer.status_code == 422
    assert "“ten” is not a number" in answer.content.decode()
    given[spot(experiment, 0, 0, "n")] = ""
    answer = client.post(url(experiment), given)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert f'<a href="#{spot(experiment, 1, 0, "n")}"' in page
    assert fields(page)[spot(experiment, 1, 0, "successes")] == "11"
    assert not experiment.entries.exists()


def test_conflict_of_one_cell_shows_both(cast, client_of):
    experiment, client = make_running(cast.product, days=2), client_of(cast.product)
    enter_shares(cast.product, experiment, (100, 10), (100, 12))
    address = f"{url(experiment)}?from={experiment.started_on}"
    given = fields(client.get(address).content.decode())
    enter_shares(cast.admin, experiment, (100, 20), (100, 30))
    given[spot(experiment, 0, 0, "successes")] = "15"
    answer = client.post(address, given)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Theirs (Adam Admin)" in page
    again = fields(page)
    assert again[spot(experiment, 0, 0, "successes")] == "15"
    assert again[spot(experiment, 1, 0, "successes")] == "30"
    assert client.post(address, again).status_code == 302
    standing = Entry.objects.filter(experiment=experiment, current=True)
    assert sorted(row.successes for row in standing) == [15, 30]


def test_block_is_put_into_the_grid_without_scripts(cast, client_of):
    experiment, client = make_running(cast.product, days=2), client_of(cast.product)
    block = "100\t10\t110\t12\n101\t11\t111\t13"
    page = client.post(url(experiment), {"do": "paste", "block": block}).content.decode()
    filled = fields(page)
    assert [filled[spot(experiment, 1, day, "successes")] for day in (0, 1, 2)] == ["12", "13", ""]
    assert not experiment.entries.exists()
    dated = f"{experiment.started_on}\t1\t1\t1\t1\t9"
    refused = client.post(url(experiment), {"do": "paste", "block": dated})
    assert refused.status_code == 422
    assert "has 5 cells; the grid has 4 columns" in refused.content.decode()


def test_grid_teaches_where_it_is_closed(cast, client_of):
    client = client_of(cast.product)
    assert "Results are closed" in client.get(url(make_planned(cast.product))).content.decode()
    assert "No metric yet" in client.get(url(make_idea(cast.product))).content.decode()
    running = make_running(cast.product)
    assert client_of(cast.viewer).get(url(running)).status_code == 403
    assert client_of(cast.viewer).get(url(running, "history")).status_code == 200
    for odd in ["?from=banana", "?from=2026-99-99&to=x", "?metric=0", "?to=1970-01-01", "?from=9999-12-31"]:
        assert client.get(url(running) + odd).status_code == 200
