import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from insights.enums import MetricKind
from insights.models import Metric
from insights.services.metrics import create_metric, edit_metric, remove_metric, restore_metric
from insights.services.readings import record_reading
from journeys.services.maps import remove_map
from journeys.services.stages import edit_stage
from teams.errors import Conflict
from teams.models import Workspace
from teams.services import handover, search
from tests.factories import make_key, make_map, make_metric, make_workspace, stage_of


def refused(field: str, call, **arguments) -> str:
    with pytest.raises(ValidationError) as error:
        call(**arguments)
    return " ".join(error.value.message_dict[field])


def stamp(workspace) -> int:
    return Workspace.objects.get(pk=workspace.pk).stamp


def test_create(cast):
    before = stamp(cast.workspace)
    metric = create_metric(
        by=cast.sales, name=" NPS ", kind="score", definition="Promoters less detractors", target=40, owner=cast.sales
    )
    metric.refresh_from_db()
    assert (metric.name, metric.kind, metric.target, metric.owner, metric.version) == (
        "NPS",
        "score",
        40,
        cast.sales,
        1,
    )
    assert stamp(cast.workspace) > before
    assert search.find(workspace_id=cast.workspace.pk, kind="metric", text="promo") == [metric.pk]


def test_create_by_a_program(cast):
    assert create_metric(by=make_key(cast.workspace), name="NPS", kind="score").workspace == cast.workspace


def test_create_without_the_right(cast):
    with pytest.raises(PermissionDenied):
        create_metric(by=cast.viewer, name="NPS")
    assert not Metric.objects.exists()


@pytest.mark.parametrize(
    ("field", "fields"),
    [
        ("name", {"name": ""}),
        ("name", {"name": "x" * 121}),
        ("name", {"name": "a\x00b"}),
        ("definition", {"definition": "\ud800"}),
        ("kind", {"kind": "percentage"}),
        ("direction", {"direction": "sideways"}),
        ("unit", {"kind": "share", "unit": "d"}),
        ("unit", {"kind": "duration"}),
        ("unit", {"kind": "mean", "unit": "x" * 21}),
        ("target", {"kind": "share", "target": 48.0}),
        ("target", {"kind": "count", "target": 1.5}),
        ("target", {"kind": "score", "target": float("nan")}),
    ],
)
def test_create_refused(cast, field, fields):
    assert refused(field, create_metric, by=cast.sales, **({"name": "Metric"} | fields))
    assert not Metric.objects.exists()


def test_name_is_taken_whatever_its_case(cast):
    create_metric(by=cast.sales, name="Churn")
    assert "already" in refused("name", create_metric, by=cast.sales, name="churn")
    create_metric(by=cast.stranger, name="churn")


def test_share_written_in_per_cent_needs_no_unit(cast):
    assert create_metric(by=cast.sales, name="Churn", unit="%").unit == ""


def test_owner_of_another_workspace_or_a_viewer(cast):
    assert "not in the workspace" in refused("owner", create_metric, by=cast.sales, name="A", owner=cast.stranger)
    assert "viewer" in refused("owner", create_metric, by=cast.sales, name="A", owner=cast.viewer)


def test_edit(cast):
    metric = create_metric(by=cast.sales, name="Churn", definition="Lost")
    edited = edit_metric(by=cast.product, metric=metric, seen=1, name="Churn rate")
    assert (edited.name, edited.definition, edited.version) == ("Churn rate", "Lost", 2)
    assert search.find(workspace_id=cast.workspace.pk, kind="metric", text="rate") == [metric.pk]


def test_edit_that_changes_nothing_is_no_edit(cast):
    metric = create_metric(by=cast.sales, name="Churn")
    before = stamp(cast.workspace)
    assert edit_metric(by=cast.sales, metric=metric, seen=1, name="Churn").version == 1
    assert stamp(cast.workspace) == before


def test_edit_of_what_somebody_else_edited(cast):
    metric = create_metric(by=cast.sales, name="Churn")
    edit_metric(by=cast.product, metric=metric, seen=1, name="Churn rate")
    with pytest.raises(Conflict) as conflict:
        edit_metric(by=cast.sales, metric=metric, seen=1, name="Loss")
    assert conflict.value.current.name == "Churn rate"
    assert edit_metric(by=cast.sales, metric=metric, name="Loss").version == 3


@pytest.mark.parametrize("who", ["viewer", "stranger"])
def test_edit_without_the_right(cast, who):
    metric = make_metric(cast.workspace, "Churn")
    with pytest.raises(PermissionDenied):
        edit_metric(by=getattr(cast, who), metric=metric, name="Mine")


def test_kind_stays_once_there_are_readings(cast, yesterday):
    metric = create_metric(by=cast.sales, name="Basket", kind="mean")
    record_reading(by=cast.sales, metric=metric, date=yesterday, value=48.2)
    assert "readings" in refused("kind", edit_metric, by=cast.sales, metric=metric, kind="share")
    assert edit_metric(by=cast.sales, metric=metric, kind="ratio").kind == MetricKind.RATIO


def test_remove_and_restore(cast):
    metric = create_metric(by=cast.sales, name="Churn")
    removed = remove_metric(by=cast.sales, metric=metric)
    assert removed.removed_at is not None
    assert search.find(workspace_id=cast.workspace.pk, kind="metric", text="churn") == []
    assert restore_metric(by=cast.sales, metric=metric).removed_at is None
    assert search.find(workspace_id=cast.workspace.pk, kind="metric", text="churn") == [metric.pk]


def test_restore_when_the_name_is_given_away(cast):
    metric = remove_metric(by=cast.sales, metric=create_metric(by=cast.sales, name="Churn"))
    create_metric(by=cast.sales, name="CHURN")
    assert "already" in refused("name", restore_metric, by=cast.sales, metric=metric)


def test_removed_metric_is_not_edited(cast):
    metric = remove_metric(by=cast.sales, metric=create_metric(by=cast.sales, name="Churn"))
    with pytest.raises(ValidationError, match="removed"):
        edit_metric(by=cast.sales, metric=metric, name="Again")


def test_remove_while_a_stage_shows_it(cast):
    metric = create_metric(by=cast.owner, name="Churn")
    journey = make_map(cast.owner)
    edit_stage(by=cast.owner, stage=stage_of(journey), seen=None, metric=metric)
    with pytest.raises(ValidationError, match="still used: stage “Try”"):
        remove_metric(by=cast.owner, metric=metric)
    remove_map(by=cast.owner, map=journey, seen=None)
    assert remove_metric(by=cast.owner, metric=metric).removed_at is not None


def test_hand_over_with_the_rest_of_what_a_member_owns(cast):
    metric = create_metric(by=cast.sales, name="Churn", owner=cast.sales)
    assert "1 metric" in handover.owned_by(cast.sales)
    handover.hand_over(by=cast.admin, giver=cast.sales, receiver=cast.product)
    metric.refresh_from_db()
    assert (metric.owner, metric.version) == (cast.product, 2)


def test_metrics_of_two_workspaces_do_not_meet(cast):
    other = make_workspace()
    make_metric(other, "Churn")
    assert create_metric(by=cast.sales, name="Churn").workspace == cast.workspace
