"""Scenarios side by side, and versions in words."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from campaigns.models import FrozenVersion, Projection, ProjectionUse
from campaigns.queries.projections import latest_version
from campaigns.services.projection_diffs import differences
from campaigns.services.projection_lists import copy_projection, restore_version
from campaigns.services.projection_locks import lock_projection, unlock_projection
from campaigns.services.projections import edit_projection
from teams.enums import Role
from tests.api import errors_of, program
from tests.campaigns.projecting import make_projection

pytestmark = pytest.mark.django_db


def page_of(made, name=""):
    return f"/w/here/projections/{made.pk}/{name}"


def test_scenarios_stand_side_by_side(cast, client_of):
    made = make_projection(cast.marketing)
    answer = client_of(cast.viewer).get(page_of(made, "scenarios/"), {"show": "revenue"})
    assert [column["name"] for column in answer.context["columns"]] == ["Base", "Cautious"]
    assert "Gain more than the base" in answer.text
    assert "Add a scenario" not in answer.text
    assert len(answer.context["fan"].fans) == 2


def test_paired_draws_leave_no_difference_between_equals(cast):
    made = make_projection(cast.marketing, scenarios=[{"name": "Same"}])
    same = latest_version(made).answer["scenarios"][1]
    assert same["difference"]["gain"] == {"p10": 0, "p50": 0, "p90": 0}


def test_scenario_is_written_and_changed(cast, client_of):
    made = make_projection(cast.marketing)
    client = client_of(cast.marketing)
    stage = latest_version(made).document["stages"][1]["key"]
    data = {"name": "Bold", "note": "More offers", f"rate-{stage}": "60 / 70 / 80", "value": "110"}
    client.post(page_of(made, "scenarios/new/"), data)
    made.refresh_from_db()
    bold = latest_version(made).document["scenarios"][1]
    assert bold["stages"][0]["rate"] == {"low": 0.6, "likely": 0.7, "high": 0.8}
    assert bold["value"] == 110
    answer = client.get(page_of(made, "scenarios/2/"))
    assert 'value="60 / 70 / 80 %"' in answer.text
    client.post(page_of(made, "scenarios/2/"), {"name": "Bold", "note": "", "value": "", f"rate-{stage}": "65"})
    made.refresh_from_db()
    bold = latest_version(made).document["scenarios"][1]
    assert "value" not in bold
    assert bold["stages"][0]["rate"] == 0.65


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"name": ""}, "This field is required"),
        ({"name": "cautious"}, "Another scenario has this name."),
        ({"value": "-4"}, "Give a number from 0"),
        ({"value": "1 / 2"}, "Give one number, or three"),
        ({"rate": "130"}, "Give a number from 0 to 1."),
        ({"times": "-1"}, "Give a number from 0"),
    ],
)
def test_scenario_form_names_the_field(cast, client_of, changes, words):
    made = make_projection(cast.marketing)
    document = latest_version(made).document
    keys = {"rate": f"rate-{document['stages'][0]['key']}", "times": f"times-{document['inputs'][0]['key']}"}
    data = {"name": "Bold", "note": "Keep me"} | {keys.get(name, name): value for name, value in changes.items()}
    answer = client_of(cast.marketing).post(page_of(made, "scenarios/new/"), data)
    assert answer.status_code == 422
    assert words in answer.text
    assert "Keep me" in answer.text


def test_stale_scenario_shows_both(cast, client_of):
    made = make_projection(cast.marketing)
    edit_projection(by=cast.admin, projection=made, document={"scenarios": [{"name": "Cautious", "value": 80}]})
    data = {"name": "Cautious", "note": "", "value": "70", "seen": "1"}
    answer = client_of(cast.marketing).post(page_of(made, "scenarios/1/"), data)
    assert answer.status_code == 409
    assert ("Worth of one customer", "80", "70") in [tuple(one) for one in answer.context["form"].theirs]


def test_scenario_taken_away_comes_back(cast, client_of):
    made = make_projection(cast.marketing)
    client = client_of(cast.marketing)
    answer = client.post(page_of(made, "scenarios/1/remove/"), follow=True)
    assert "The scenario is taken away." in answer.text
    assert f"{page_of(made)}versions/1/restore/" in answer.text
    client.post(page_of(made, "versions/1/restore/"))
    made.refresh_from_db()
    assert made.number == 3
    assert latest_version(made).document["scenarios"][0]["name"] == "Cautious"


@pytest.mark.parametrize(
    "again",
    [
        lambda cast, made: restore_version(by=cast.marketing, projection=made, number=1),
        lambda cast, made: unlock_projection(
            by=cast.sales, projection=lock_projection(by=cast.sales, projection=restored(cast, made))
        ),
        lambda cast, made: copy_projection(by=cast.marketing, projection=restored(cast, made)),
    ],
)
def test_kept_answer_keeps_what_it_was_computed_by(cast, again):
    """So that a version of an older release is computed anew once its numbers change, whoever took it up again."""
    made = make_projection(cast.marketing)
    made.versions.update(digest="of an older release")
    edit_projection(by=cast.marketing, projection=made, document={"value": 90})
    assert latest_version(again(cast, made)).digest == "of an older release"


def restored(cast, made):
    return restore_version(by=cast.marketing, projection=made, number=1)


def test_versions_differ_in_words(cast, client_of):
    made = make_projection(cast.marketing)
    before = latest_version(made).document
    stages = [{**before["stages"][0], "name": "Trial", "rate": 0.25}, {"name": "Renew", "rate": 0.9}]
    edit_projection(by=cast.marketing, projection=made, document={"stages": stages, "value": 120, "scenarios": []})
    made.refresh_from_db()
    found = differences(before, latest_version(made).document)
    assert found == [
        "“Try” is now called “Trial”.",
        "Trial: rate: 10\u00a0% / 20\u00a0% / 30\u00a0% → 25\u00a0%",
        "“Buy” is gone.",
        "“Renew” is new.",
        "Worth of a customer: 100 → 120",
        "The scenario “Cautious” is gone.",
    ]
    text = client_of(cast.viewer).get(page_of(made, "versions/")).text
    assert "Worth of a customer: 100 → 120" in text
    assert "Marketing Editor" in text


def test_frozen_version_cannot_be_changed(cast):
    version = latest_version(make_projection(cast.marketing))
    version.document["value"] = 1
    with pytest.raises(FrozenVersion):
        version.save()
    with pytest.raises(FrozenVersion):
        version.save(update_fields=["answer"])


@pytest.mark.parametrize(
    "wrong",
    [
        {"locked_at": timezone.now()},
        {"locker_name": "Somebody"},
        {"unlocked_at": timezone.now()},
        {"number": 1},
    ],
)
def test_database_refuses_a_lock_by_nobody(cast, wrong):
    made = make_projection(cast.marketing)
    edit_projection(by=cast.marketing, projection=made, document={"value": 1})
    with pytest.raises(IntegrityError), transaction.atomic():
        made.versions.filter(number=2).update(**wrong)


def test_database_refuses_ones_own_approval(cast):
    made = make_projection(cast.marketing)
    with pytest.raises(IntegrityError), transaction.atomic():
        made.versions.update(locked_by=cast.marketing, locker_name="x", locked_at=timezone.now())


@pytest.mark.parametrize("wrong", [{"months": 0}, {"months": 37}, {"number": 0}, {"start": "2026-01-02"}])
def test_database_refuses_impossible_projections(cast, wrong):
    make_projection(cast.marketing)
    with pytest.raises(IntegrityError), transaction.atomic():
        Projection.objects.update(**wrong)


def test_use_speaks_of_one_thing(cast):
    made = make_projection(cast.marketing)
    with pytest.raises(IntegrityError), transaction.atomic():
        ProjectionUse.objects.create(projection=made)


def test_program_enters_what_came(cast):
    made = make_projection(cast.marketing)
    caller = program(cast.workspace, Role.ADMIN)
    path = f"projections/{made.pk}/actuals/"
    rows = [
        {"month": "2026-01", "measure": "entered", "channel": "search", "value": 700},
        {"month": "2026-01", "measure": "passed", "stage": "Try", "value": 90},
    ]
    caller.post(path, {"actuals": rows})
    got = caller.get(path).json()["actuals"]
    assert got == [
        {"month": "2026-01", "measure": "entered", "stage": "", "channel": "Search", "value": 700.0},
        {"month": "2026-01", "measure": "passed", "stage": "Try", "channel": "", "value": 90.0},
    ]
    caller.post(path, {"actuals": [{**got[1], "value": None}]})
    assert len(caller.get(path).json()["actuals"]) == 1
    wrong = caller.post(path, {"actuals": [{"month": "2026-01", "measure": "passed", "stage": "No", "value": 1}]})
    assert "actuals.0.stage" in errors_of(wrong)
    wrong = caller.post(path, {"actuals": [{"month": "2026-01", "measure": "passed", "value": 1}]})
    assert "actuals.0" in errors_of(wrong)


def channel_of(made, place=0):
    return latest_version(made).document["inputs"][place]["key"]


def test_scenario_has_other_numbers_in_some_months(cast, client_of):
    made = make_projection(cast.marketing)
    client, key = client_of(cast.marketing), channel_of(made)
    page = client.get(page_of(made, "scenarios/new/")).text
    assert 'placeholder="1000"' in page
    data = {"name": "Bold", f"volumes-{key}-1": "1,200 / 1,500 / 2,000", f"cost-{key}-2": "900"}
    assert client.post(page_of(made, "scenarios/new/"), data).status_code == 302
    made.refresh_from_db()
    bold = latest_version(made).document["scenarios"][1]["inputs"][0]
    assert bold["volumes"] == [1000, {"low": 1200, "likely": 1500, "high": 2000}, 1000]
    assert bold["cost"] == [500, 500, 900]
    entered = latest_version(made).answer["scenarios"][2]["entered"]["p50"]
    assert entered[0] == latest_version(made).answer["scenarios"][0]["entered"]["p50"][0]
    assert entered[1] > 1700


def test_scenario_sent_back_as_it_was_makes_no_version(cast, client_of):
    bold = {"name": "Bold", "inputs": [{"channel": "Mail", "volumes": [200, 300, {"low": 1, "likely": 2, "high": 3}]}]}
    made = make_projection(cast.marketing, scenarios=[bold])
    client = client_of(cast.marketing)
    form = client.get(page_of(made, "scenarios/1/")).context["form"]
    data = {field.html_name: "" if field.value() is None else str(field.value()) for field in form}
    key = channel_of(made, 1)
    assert [data[f"volumes-{key}-{month}"] for month in range(3)] == ["", "300", "1 / 2 / 3"]
    assert "<details" in client.get(page_of(made, "scenarios/1/")).text
    client.post(page_of(made, "scenarios/1/"), data)
    made.refresh_from_db()
    assert made.number == 1


def test_emptied_months_are_as_in_the_base(cast, client_of):
    made = make_projection(
        cast.marketing, scenarios=[{"name": "Bold", "inputs": [{"channel": "Mail", "volumes": [1, 2, 3]}]}]
    )
    client_of(cast.marketing).post(page_of(made, "scenarios/1/"), {"name": "Bold", "value": "120"})
    made.refresh_from_db()
    assert latest_version(made).document["scenarios"][0]["inputs"] == []


@pytest.mark.parametrize(
    ("typed", "words"),
    [("-1", "Give a number from 0"), ("30 / 20 / 10", "Low must be at most likely."), ("many", "is not a number")],
)
def test_wrong_month_is_named_and_kept(cast, client_of, typed, words):
    made = make_projection(cast.marketing)
    data = {"name": "Bold", f"volumes-{channel_of(made)}-1": typed}
    answer = client_of(cast.marketing).post(page_of(made, "scenarios/new/"), data)
    assert answer.status_code == 422
    assert "Search, Feb 2026: come in</a>" in answer.text
    assert words in answer.text
    assert f'value="{typed}"' in answer.text
    assert '<details class="section" data-grid open>' in answer.text


def test_stale_scenario_whose_stage_is_gone_shows_both(cast, client_of):
    made = make_projection(cast.marketing)
    stages = latest_version(made).document["stages"]
    edit_projection(by=cast.admin, projection=made, document={"stages": stages[1:], "scenarios": [], "months": 2})
    data = {"name": "Bold", f"rate-{stages[0]['key']}": "40", "seen": "1"}
    answer = client_of(cast.marketing).post(page_of(made, "scenarios/new/"), data)
    assert answer.status_code == 409
    assert 'value="Bold"' in answer.text
