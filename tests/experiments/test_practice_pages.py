"""The practice: everybody reads it, administrators keep it."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from experiments.models import ChecklistItem, Practice, Reason
from experiments.services import checklist, reasons
from experiments.services.experiments import create_experiment
from experiments.services.practice import edit_practice
from experiments.services.steps import take_step
from teams.enums import Role
from teams.errors import Conflict, Gone
from tests.experiments.made import make_check, make_idea, make_planned, make_reason
from tests.factories import make_key
from tests.journeys.pages import HTMX, TEXTS, said, undo_of

pytestmark = pytest.mark.django_db
PRACTICE = "/w/here/experiments/practice/"
GIVEN = {
    "score_model": "rice",
    "rule": "do-no-harm",
    "correction": "none",
    "alpha": "10 %",
    "power": "90",
    "minimum_days": "21",
    "seen": "1",
}


def checks(cast) -> list[str]:
    live = ChecklistItem.objects.filter(workspace=cast.workspace, removed_at=None)
    return [item.text for item in live.order_by("position")]


def add_checks(cast, *texts: str) -> list[ChecklistItem]:
    return [checklist.add_check(by=cast.admin, text=text) for text in texts]


def test_new_plans_begin_with_the_practice(cast, client_of):
    client = client_of(cast.admin)
    assert 'value="5 %"' in client.get(PRACTICE).text
    assert client.post(PRACTICE, GIVEN).url == PRACTICE
    practice = Practice.objects.get()
    assert (practice.score_model, practice.alpha, practice.power, practice.version) == ("rice", 0.1, 0.9, 2)
    plan = create_experiment(by=cast.product, title="New").plan
    assert (plan.rule, plan.correction, plan.alpha, plan.power, plan.minimum_days) == (
        "do-no-harm",
        "none",
        0.1,
        0.9,
        21,
    )
    reader = client_of(cast.viewer).get(PRACTICE)
    for text in ["RICE", "Do no harm", "10\xa0%", "21 days"]:
        assert text.replace("\xa0", " ") in reader.text.replace("\xa0", " ")
    assert "<input" not in reader.text.split('class="practice"')[1].split("</main>")[0]


def test_wrong_practice_is_said_at_its_field(cast, client_of):
    client = client_of(cast.admin)
    for name, text in {
        "alpha": "50",
        "power": "x",
        "minimum_days": "0",
        "rule": "coin",
        "score_model": "",
        "correction": "\x00",
    }.items():
        page = client.post(PRACTICE, GIVEN | {name: text})
        assert (page.status_code, list(page.context["form"].errors)) == (422, [name])
        assert 'value="21"' in page.text or name == "minimum_days"
    assert not Practice.objects.exists()
    edit_practice(by=cast.owner, minimum_days=28)
    stale = client.post(PRACTICE, GIVEN)
    assert stale.status_code == 409
    assert "28" in [row.theirs for row in stale.context["form"].theirs]
    assert Practice.objects.get().minimum_days == 28


def test_reasons_are_added_renamed_and_removed(cast, client_of):
    client = client_of(cast.admin)
    assert client.post(f"{PRACTICE}reasons/", {"name": " More trust "}).url == f"{PRACTICE}#reasons"
    reason = Reason.objects.get()
    make_idea(cast.product, reason=reason)
    page = client_of(cast.viewer).get(PRACTICE)
    assert f'href="/w/here/experiments/?reason={reason.pk}">1 experiment</a>' in page.text
    assert "Rename" not in page.text

    again = client.post(f"{PRACTICE}reasons/", {"name": "MORE TRUST"})
    assert (again.status_code, "already a reason" in again.text, 'value="MORE TRUST"' in again.text) == (
        422,
        True,
        True,
    )
    address = f"{PRACTICE}reasons/{reason.pk}/"
    assert 'value="More trust"' in client.get(address).text
    assert client.post(address, {"name": "Trust", "seen": "1"}).status_code == 302
    stale = client.post(address, {"name": "Faith", "seen": "1"})
    assert (stale.status_code, 'value="Faith"' in stale.text, "Save mine" in stale.text) == (409, True, True)

    removed = client.post(f"{address}remove/")
    assert said(removed)[-1] == "“Trust” is removed."
    assert client.get(address).status_code == 404
    make_reason(cast.workspace, "trust")
    refused = client.post(undo_of(removed))
    assert "already a reason" in said(refused)[-1]
    Reason.objects.get(name="trust").delete()
    assert client.post(f"{address}restore/").status_code == 302
    assert Reason.objects.get().removed_at is None


def test_checklist_is_added_edited_moved_and_removed(cast, client_of):
    client = client_of(cast.admin)
    for text in ["One", "Two", "Three"]:
        client.post(f"{PRACTICE}checklist/", {"text": text})
    first, second, third = ChecklistItem.objects.order_by("position")

    def move(item, position) -> None:
        answer = client.post(f"{PRACTICE}checklist/{item.pk}/move/", {"position": position}, headers=HTMX)
        assert answer.status_code == 302

    move(third, 0)
    assert checks(cast) == ["Three", "One", "Two"]
    move(first, 2)
    assert checks(cast) == ["Three", "Two", "One"]
    for nonsense in ["-1", "x", "", "\x00", "9" * 30]:
        move(second, nonsense)
    move(second, "9" * 18)
    assert checks(cast) == ["Three", "One", "Two"]

    address = f"{PRACTICE}checklist/{first.pk}/"
    assert 'value="One"' in client.get(address).text
    assert client.post(address, {"text": "two", "seen": "1"}).status_code == 422
    assert client.post(address, {"text": "First", "seen": "1"}).status_code == 302
    assert client.post(address, {"text": "Late", "seen": "1"}).status_code == 409
    removed = client.post(f"{address}remove/")
    assert checks(cast) == ["Three", "Two"]
    client.post(undo_of(removed))
    assert checks(cast) == ["Three", "First", "Two"]
    order = [row["text"] for row in client_of(cast.viewer).get(PRACTICE).context["checks"].values("text")]
    assert order == ["Three", "First", "Two"]


def test_empty_lists_say_what_to_do(cast, client_of):
    assert "Add what has gone wrong once" in client_of(cast.admin).get(PRACTICE).text
    assert "Add what has gone wrong once" not in client_of(cast.viewer).get(PRACTICE).text


def test_unkind_texts_are_shown_as_text(cast, client_of):
    client = client_of(cast.admin)
    for text in TEXTS.values():
        client.post(f"{PRACTICE}reasons/", {"name": text})
        client.post(f"{PRACTICE}checklist/", {"text": text})
    page = client.get(PRACTICE).text
    assert ("<script>alert" in page, "<img src=x" in page, "&lt;script&gt;alert" in page) == (False, False, True)


def test_lists_cost_the_same_however_long(cast, client_of, django_assert_num_queries):
    client = client_of(cast.admin)
    client.get(PRACTICE)
    with django_assert_num_queries(6):  # session, person, membership; practice, checks, reasons
        client.get(PRACTICE)
    for _number in range(8):
        make_idea(cast.product, reason=make_reason(cast.workspace))
        make_check(cast.workspace)
    with django_assert_num_queries(6):
        client.get(PRACTICE)


def test_only_administrators_keep_the_lists(cast):
    reason, item = make_reason(cast.workspace), make_check(cast.workspace)
    acts = {
        "practice": lambda by: edit_practice(by=by, alpha=0.1),
        "add a reason": lambda by: reasons.add_reason(by=by, name="New"),
        "rename a reason": lambda by: reasons.edit_reason(by=by, reason=reason, name="New"),
        "remove a reason": lambda by: reasons.remove_reason(by=by, reason=reason),
        "restore a reason": lambda by: reasons.restore_reason(by=by, reason=reason),
        "add a point": lambda by: checklist.add_check(by=by, text="New"),
        "edit a point": lambda by: checklist.edit_check(by=by, item=item, text="New"),
        "move a point": lambda by: checklist.move_check(by=by, item=item, position=0),
        "remove a point": lambda by: checklist.remove_check(by=by, item=item),
        "restore a point": lambda by: checklist.restore_check(by=by, item=item),
    }
    actors = {
        "owner": cast.owner,
        "admin": cast.admin,
        "admin key": make_key(cast.workspace, Role.ADMIN),
        "editor": cast.product,
        "editor key": make_key(cast.workspace),
        "viewer": cast.viewer,
        "stranger": cast.stranger,
    }
    own = {"practice", "add a reason", "add a point"}  # what a stranger does in their own workspace
    for name, act in acts.items():
        allowed = {who for who, actor in actors.items() if may(act, actor)}
        assert (name, allowed) == (name, {"owner", "admin", "admin key"} | ({"stranger"} if name in own else set()))


def may(act, actor) -> bool:
    try:
        with transaction.atomic():
            act(actor)
            transaction.set_rollback(True)
    except PermissionDenied:
        return False
    return True


def test_checklist_ends_somewhere(cast):
    removed = make_check(cast.workspace, "Removed")
    checklist.remove_check(by=cast.admin, item=removed)
    add_checks(cast, *[f"Point {number}" for number in range(checklist.MOST_CHECKS)])
    for act in (lambda: add_checks(cast, "One more"), lambda: checklist.restore_check(by=cast.admin, item=removed)):
        with pytest.raises(ValidationError) as refused:
            act()
        assert "at most 30" in refused.value.message_dict["text"][0]


def test_points_are_moved_while_they_are_there(cast):
    first, second = add_checks(cast, "One", "Two")
    foreign = make_check(cast.elsewhere, "Theirs")
    checklist.remove_check(by=cast.admin, item=first)
    with pytest.raises(Gone):
        checklist.move_check(by=cast.admin, item=first, position=1)
    with pytest.raises(PermissionDenied):
        checklist.move_check(by=cast.admin, item=foreign, position=0)
    with pytest.raises(Conflict):
        checklist.remove_check(by=cast.admin, item=second, seen=7)
    moved = checklist.move_check(by=cast.admin, item=second, position=5)
    assert (moved.position, moved.version) == (0, 1)


def test_ticks_open_the_start_and_follow_the_checklist(cast):
    first, second = add_checks(cast, "Tried on a phone", "Support knows")
    experiment = make_planned(cast.product)
    for item in (first, second):
        with pytest.raises(ValidationError) as refused:
            take_step(by=cast.product, experiment=experiment, to="running")
        assert item.text in refused.value.message_dict["status"]
        experiment = checklist.tick(by=cast.product, experiment=experiment, item=item)
    assert checklist.tick(by=cast.owner, experiment=experiment, item=first).ticks.get(item=first).by == cast.product
    checklist.untick(by=cast.product, experiment=experiment, item=second)
    checklist.remove_check(by=cast.admin, item=second)
    with pytest.raises(ValidationError):
        checklist.tick(by=cast.product, experiment=experiment, item=ChecklistItem.objects.get(pk=second.pk))
    with pytest.raises(PermissionDenied):
        checklist.tick(by=cast.sales, experiment=experiment, item=first)
    with pytest.raises(ValidationError):
        checklist.tick(by=cast.product, experiment=experiment, item=make_check(cast.elsewhere))
    assert take_step(by=cast.product, experiment=experiment, to="running").status == "running"
