"""The plan's tab and its form: rows, known values, the computed size, errors at their fields, conflicts."""

import datetime
import re

import pytest
from django.utils import timezone

from experiments.models import Experiment
from experiments.services.plans import set_plan
from insights.models import Reading
from tests.experiments.made import make_idea, make_running
from tests.factories import make_metric

pytestmark = pytest.mark.django_db


def url(experiment, edit=True):
    return f"/w/here/experiments/{experiment.pk}/plan/{'edit/' if edit else ''}"


def typed(experiment, variants=(), metrics=(), **fields):
    """What a browser posts: the form's usual values, the given rows, and the given fields."""
    usual = {
        "seen": experiment.version,
        "minimum_effect": "5 %",
        "daily_traffic": "",
        "planned_total": "",
        "planned_start": "",
        "planned_end": "",
        "minimum_days": "14",
        "rule": "clear-signals",
        "counting": "daily",
        "unit": "users",
        "alpha": "5",
        "power": "80 %",
        "correction": "holm",
        "share_successes": "1",
        "share_failures": "1",
        "prior_mean": "0",
        "prior_sd": "",
    }
    for prefix, rows in {"variants": variants, "metrics": metrics}.items():
        usual |= {f"{prefix}-TOTAL_FORMS": len(rows), f"{prefix}-INITIAL_FORMS": 0}
        usual |= {f"{prefix}-{number}-{name}": value for number, row in enumerate(rows) for name, value in row.items()}
    return usual | fields


TWO = ({"name": "As it is", "weight": "50"}, {"name": "Срок на доставка", "weight": "50 %"})


def values(page: str, name: str) -> list[str]:
    """What stands in the fields of this name."""
    found = re.search(rf'<(?:input|textarea)[^>]*name="{name}"[^>]*>', page)
    return re.findall(r'value="([^"]*)"', found[0]) if found else []


def test_ordinary_plan_needs_five_fields(cast, client_of):
    experiment = make_idea(cast.product)
    Reading.objects.create(metric=experiment.metric, date=timezone.localdate(), value=0.312)
    client = client_of(cast.product)
    page = client.get(url(experiment)).content.decode()
    assert values(page, "metrics-0-baseline") == ["31.2 %"]
    assert values(page, "variants-1-weight") == ["50 %"]

    one = {"metric": experiment.metric.pk, "role": "primary", "baseline": "31.2 %"}
    given = typed(experiment, TWO, [one], daily_traffic="2000", planned_start="2027-01-04")
    computed = client.post(url(experiment), given | {"do": "compute"}).content.decode()
    total, end = values(computed, "planned_total")[0], values(computed, "planned_end")[0]
    assert int(total) == 53_734
    assert end == (datetime.date(2027, 1, 4) + datetime.timedelta(-(-int(total) // 2000) - 1)).isoformat()
    assert not Experiment.objects.get(pk=experiment.pk).variants.exists()

    saved = client.post(url(experiment), given | {"planned_total": total, "planned_end": end}, follow=True)
    assert saved.redirect_chain == [(url(experiment, edit=False), 302)]
    experiment = Experiment.objects.get(pk=experiment.pk)
    assert [(row.key, row.weight) for row in experiment.variants.all()] == [("as-it-is", 0.5), ("treatment-1", 0.5)]
    planned = experiment.planned_metrics.get()
    assert (planned.kind, planned.goal, planned.baseline) == ("proportion", "increase", 0.312)
    assert experiment.plan.planned_total == int(total)
    text = saved.content.decode()
    assert "Срок на доставка" in text
    assert "Ship a treatment that is better in a primary metric" in text


def test_buttons_work_on_the_rows_without_scripts(cast, client_of):
    experiment, client = make_idea(cast.product), client_of(cast.product)
    three = [*TWO, {"name": "Third", "weight": ""}]
    speed = make_metric(cast.workspace, "Speed", kind="duration", unit="s", direction="down")
    Reading.objects.create(metric=speed, date=timezone.localdate(), value=5.25)

    def press(what, **fields):
        return client.post(url(experiment), typed(experiment, three, [{"metric": speed.pk}], **fields) | {"do": what})

    equal = press("variants.equal").content.decode()
    assert [values(equal, f"variants-{row}-weight") for row in range(3)] == [["33.34 %"], ["33.33 %"], ["33.33 %"]]
    gone = press("variants.remove.1").content.decode()
    assert [values(gone, f"variants-{row}-name") for row in range(3)] == [["As it is"], ["Third"], []]
    more = press("metrics.add").content.decode()
    assert 'name="metrics-1-metric"' in more
    assert 'class="summary"' not in more
    chosen = press("metrics.choose.0").content.decode()
    assert values(chosen, "metrics-0-baseline") == ["5.25"]
    assert '<option value="mean" selected>' in chosen
    assert '<option value="decrease" selected>' in chosen
    for odd in ["variants.remove.99", "metrics.choose.-1", "nothing", "variants.", "x.y.z"]:
        assert press(odd).status_code == 200
    assert 'class="summary"' in press("compute").content.decode()


def test_errors_stand_at_the_field_of_their_row(cast, client_of):
    experiment, client = make_idea(cast.product), client_of(cast.product)
    rows = [TWO[0], {"name": "", "weight": ""}, {"name": "Other", "weight": "1500"}]
    metric = {"metric": experiment.metric.pk, "role": "guardrail", "baseline": "12,5,1"}
    answer = client.post(url(experiment), typed(experiment, rows, [metric], alpha="banana"))
    page = answer.content.decode()
    assert answer.status_code == 422
    for field in ["id_variants-2-weight", "id_metrics-0-baseline", "id_alpha"]:
        assert f'<a href="#{field}"' in page
    assert values(page, "alpha") == ["banana"]

    rows[2]["weight"] = "20"
    metric["baseline"] = ""
    answer = client.post(url(experiment), typed(experiment, rows, [metric]))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "The shares of the variants are 70 % together" in page
    assert "Choose at least one primary metric" in page
    twice = client.post(
        url(experiment), typed(experiment, TWO, [{"metric": experiment.metric.pk, "role": "primary"}] * 2)
    )
    assert '<a href="#id_metrics-1-metric"' in twice.content.decode()
    assert Experiment.objects.get(pk=experiment.pk).version == experiment.version


def test_change_after_the_start_asks_for_its_reason(cast, client_of):
    experiment, client = make_running(cast.product), client_of(cast.product)
    assert "with your reason" in client.get(url(experiment)).content.decode()
    keys = [{"key": row.key, "name": row.name, "weight": "50"} for row in experiment.variants.all()]
    given = typed(experiment, keys, [{"metric": experiment.metric.pk, "role": "primary"}], planned_total="30,000")
    refused = client.post(url(experiment), given)
    assert refused.status_code == 422
    assert '<a href="#id_deviation"' in refused.content.decode()
    client.post(url(experiment), given | {"deviation": "Less traffic than thought"})
    page = client.get(url(experiment, edit=False)).content.decode()
    for words in ["Less traffic than thought", "Product Editor", "20,000", "30,000"]:
        assert words in page


def test_conflict_shows_both_plans(cast, client_of):
    experiment, client = make_idea(cast.product), client_of(cast.product)
    mine = typed(experiment, TWO, [{"metric": experiment.metric.pk, "role": "primary"}])
    theirs = set_plan(by=cast.admin, experiment=experiment, minimum_effect=0.2)
    answer = client.post(url(experiment), mine)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert values(page, "seen") == [str(theirs.version)]
    assert re.search(r"Smallest effect that matters</dt>.*?20\s%.*?5\s%", page, re.DOTALL)
    assert client.post(url(experiment), mine | {"seen": theirs.version}).status_code == 302
    assert Experiment.objects.get(pk=experiment.pk).plan.minimum_effect == 0.05


def test_pages_cost_the_same_for_many_rows(cast, client_of, django_assert_num_queries):
    experiment, client = make_running(cast.product), client_of(cast.product)
    client.get(url(experiment))
    with django_assert_num_queries(11) as plan:
        client.get(url(experiment, edit=False))
    with django_assert_num_queries(13) as edit:
        client.get(url(experiment))
    metrics = [{"metric": experiment.metric}, *({"metric": make_metric(cast.workspace)} for _ in range(8))]
    set_plan(by=cast.product, experiment=experiment, metrics=metrics, deviation="More to know")
    with django_assert_num_queries(len(plan)):
        client.get(url(experiment, edit=False))
    with django_assert_num_queries(len(edit)):
        client.get(url(experiment))


def test_only_its_people_edit_the_plan(cast, client_of):
    experiment = make_idea(cast.product)
    assert "No plan yet" in client_of(cast.viewer).get(url(experiment, edit=False)).content.decode()
    assert client_of(cast.viewer).get(url(experiment)).status_code == 403
    assert client_of(cast.sales).post(url(experiment), {}).status_code == 403
    assert client_of(cast.stranger).get(url(experiment)).status_code == 404


def test_activity_tells_what_changed_in_a_plan(cast, client_of):
    experiment = make_running(cast.product)
    variants = [
        {"key": "control", "name": "As it is", "weight": 0.3},
        {"key": "treatment", "name": "New", "weight": 0.7},
    ]
    fields = {"minimum_effect": 0.2, "rule": "do-no-harm", "variants": variants}
    set_plan(by=cast.product, experiment=experiment, deviation="Less traffic", **fields)
    page = client_of(cast.viewer).get(f"/w/here/activity/experiment/{experiment.pk}/").content.decode()
    for line in [
        "Smallest effect that matters: 5\u00a0% → 20\u00a0%",
        "Decision rule: Clear signals → Do no harm",
        "Variant “As it is”, share of users: 50\u00a0% → 30\u00a0%",
        "Variant “New”, name: Delivery date first → New",
    ]:
        assert line in page
