import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from campaigns.models import SavedView
from campaigns.queries.saved_views import normal, views_of
from campaigns.services.saved_views import edit_view, remove_view, restore_view, save_view
from teams.enums import Role
from teams.errors import Conflict, Gone
from teams.models import Activity
from teams.services.members import remove_member
from tests.factories import make_key

pytestmark = pytest.mark.django_db


def names(actor) -> list[str]:
    return [view.name for view in views_of(actor)]


def test_view_keeps_what_the_address_says_in_one_order_without_the_day():
    assert normal("on=2027-03-01&team=4&view=timeline&rows=stage&team=2&colour=red&full=1&status=nonsense") == (
        "view=timeline&rows=stage&team=2&team=4"
    )
    assert normal("") == normal("on=never") == ""


def test_own_views_are_seen_by_their_owner_alone(cast):
    own = save_view(by=cast.marketing, name=" Mine ", query="team=7&on=2027-03-01")
    save_view(by=cast.marketing, name="Ours", query="view=agenda", shared=True)

    assert (own.name, own.query, own.version, own.owner) == ("Mine", "team=7", 1, cast.marketing)
    assert names(cast.marketing) == ["Mine", "Ours"]
    assert names(cast.owner) == names(make_key(cast.workspace)) == ["Ours"]
    assert names(cast.stranger) == []


def test_viewer_keeps_views_but_shares_none(cast):
    own = save_view(by=cast.viewer, name="Mine")
    with pytest.raises(PermissionDenied):
        save_view(by=cast.viewer, name="Ours", shared=True)
    with pytest.raises(PermissionDenied):
        edit_view(by=cast.viewer, view=own, shared=True)


@pytest.mark.parametrize("name", ["", "  ", "x" * 81, "a\x00b"])
def test_view_has_a_name_that_can_be_kept(cast, name):
    with pytest.raises(ValidationError) as refused:
        save_view(by=cast.owner, name=name)
    assert list(refused.value.message_dict) == ["name"]


def test_view_that_is_too_long_is_refused(cast):
    ids = [10**17 + number for number in range(50)]
    query = "&".join(f"{name}={pk}" for name in ("team", "channel", "stage", "persona") for pk in ids)
    with pytest.raises(ValidationError) as refused:
        save_view(by=cast.owner, name="Spring", query=query)
    assert list(refused.value.message_dict) == ["query"]


def test_name_is_there_once_for_everybody_and_once_for_each_person(cast):
    save_view(by=cast.owner, name="Spring", shared=True)
    save_view(by=cast.owner, name="spring")
    save_view(by=cast.sales, name="SPRING")
    for by, shared in [(cast.sales, True), (cast.sales, False), (cast.owner, False)]:
        with pytest.raises(ValidationError) as refused:
            save_view(by=by, name="Spring", shared=shared)
        assert list(refused.value.message_dict) == ["name"]
    save_view(by=cast.stranger, name="Spring", shared=True)


@pytest.mark.parametrize("shared", [True, False])
def test_database_refuses_the_same_name_twice(cast, shared):
    made = {"workspace": cast.workspace, "owner": cast.owner, "shared": shared}
    SavedView.objects.create(name="Spring", **made)
    with pytest.raises(IntegrityError), transaction.atomic():
        SavedView.objects.create(name="spring", **made)


def test_database_refuses_a_private_view_of_nobody(cast):
    with pytest.raises(IntegrityError), transaction.atomic():
        SavedView.objects.create(workspace=cast.workspace, name="Spring")


def test_edit_changes_name_and_filters_and_tells(cast):
    view = save_view(by=cast.sales, name="Spring", query="team=1", shared=True)
    edited = edit_view(by=cast.sales, view=view, seen=1, name="Summer", query="team=2&on=2027-03-01")

    assert (edited.name, edited.query, edited.version) == ("Summer", "team=2", 2)
    row = Activity.objects.latest("pk")
    assert (row.verb, row.before, row.after) == (
        "edited",
        {"name": "Spring", "query": "team=1"},
        {"name": "Summer", "query": "team=2"},
    )
    with pytest.raises(Conflict):
        edit_view(by=cast.sales, view=view, seen=1, name="Autumn")
    assert edit_view(by=cast.sales, view=view, seen=2, name="Summer").version == 2


def test_shared_view_is_changed_by_its_owner_and_administrators(cast):
    view = save_view(by=cast.sales, name="Spring", shared=True)
    for by in (cast.marketing, cast.viewer):
        with pytest.raises(PermissionDenied):
            edit_view(by=by, view=view, name="Mine")
        with pytest.raises(PermissionDenied):
            remove_view(by=by, view=view)
    edit_view(by=cast.admin, view=view, name="Ours")
    with pytest.raises(ValidationError) as refused:
        edit_view(by=cast.admin, view=view, shared=False)
    assert list(refused.value.message_dict) == ["shared"]
    assert edit_view(by=cast.sales, view=view, shared=False).shared is False
    with pytest.raises(Gone):
        edit_view(by=cast.admin, view=view, name="Still ours")


def test_view_of_a_program_belongs_to_everybody(cast):
    key = make_key(cast.workspace)
    with pytest.raises(ValidationError) as refused:
        save_view(by=key, name="Spring")
    assert list(refused.value.message_dict) == ["shared"]
    view = save_view(by=key, name="Spring", shared=True)
    assert (view.owner, edit_view(by=cast.marketing, view=view, name="Summer").name) == (None, "Summer")


def test_removed_view_comes_back_unless_its_name_is_taken(cast):
    view = save_view(by=cast.sales, name="Spring", shared=True)
    remove_view(by=cast.sales, view=view)
    assert names(cast.sales) == []
    with pytest.raises(Gone):
        edit_view(by=cast.sales, view=view, name="Summer")

    back = restore_view(by=cast.sales, view=view)
    assert (names(cast.sales), back.version) == (["Spring"], 3)

    remove_view(by=cast.sales, view=view)
    save_view(by=cast.owner, name="Spring", shared=True)
    with pytest.raises(ValidationError) as refused:
        restore_view(by=cast.sales, view=view)
    assert list(refused.value.message_dict) == ["name"]


def test_view_of_another_workspace_is_not_there(cast):
    view = save_view(by=cast.sales, name="Spring", shared=True)
    for change in (edit_view, remove_view, restore_view):
        with pytest.raises(Gone):
            change(by=cast.stranger, view=view)


def test_shared_views_are_handed_over_and_own_ones_go(cast):
    save_view(by=cast.sales, name="Ours", shared=True)
    save_view(by=cast.sales, name="Mine")
    with pytest.raises(ValidationError):
        remove_member(by=cast.owner, member=cast.sales)
    remove_member(by=cast.owner, member=cast.sales, receiver=cast.marketing)

    assert [(view.name, view.owner, view.version) for view in SavedView.objects.all()] == [("Ours", cast.marketing, 2)]


def test_roles_of_keys(cast):
    with pytest.raises(PermissionDenied):
        save_view(by=make_key(cast.workspace, Role.VIEWER), name="Spring", shared=True)
