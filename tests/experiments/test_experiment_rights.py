"""Who may do what with experiments: every service, asked by everybody."""

from functools import partial

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from experiments.models import ChecklistItem, Experiment, Learning, Reason, Score
from experiments.services.checklist import add_check, edit_check, move_check, remove_check, restore_check, tick, untick
from experiments.services.copies import copy_experiment, follow_up, save_as_template
from experiments.services.decisions import confirm_decision, propose_decision, return_decision
from experiments.services.experiments import (
    create_experiment,
    edit_experiment,
    remove_experiment,
    restore_experiment,
)
from experiments.services.learnings import accept_learning, refuse_learning
from experiments.services.plans import set_plan
from experiments.services.practice import edit_practice
from experiments.services.reasons import add_reason, edit_reason, remove_reason, restore_reason
from experiments.services.results import Cell, record_results
from experiments.services.scores import give_score, withdraw_score
from experiments.services.steps import take_step, unarchive
from experiments.services.undo_results import take_back
from journeys.models import Card, Change
from teams.enums import Role
from teams.errors import Gone
from teams.models import Activity, Membership
from tests.experiments.made import (
    enter_shares,
    make_check,
    make_deciding,
    make_idea,
    make_planned,
    make_proposed,
    make_reason,
    make_running,
)
from tests.factories import make_key, make_map, make_member

ADMINS = {"owner", "admin", "owner key", "admin key"}
EDITORS = ADMINS | {"owner of the experiment", "its team", "another team", "no team", "its team's key", "another key"}
OWNING = ADMINS | {"owner of the experiment", "its team", "its team's key"}
PEOPLE = {"owner", "admin", "owner of the experiment", "its team", "another team", "no team"}
STRANGERS = {"stranger", "stranger's key"}


@pytest.fixture
def keeper(cast):
    """Owns the experiments. They belong to the team Sales; the maps are the administrator's."""
    return make_member(cast.workspace, name="Kim Keeper")


@pytest.fixture
def actors(cast, keeper) -> dict:
    return {
        "owner": cast.owner,
        "admin": cast.admin,
        "owner of the experiment": keeper,
        "its team": cast.sales,
        "another team": cast.product,
        "no team": make_member(cast.workspace),
        "viewer": cast.viewer,
        "viewer in its team": make_member(cast.workspace, Role.VIEWER, team="Sales"),
        "owner key": make_key(cast.workspace, Role.OWNER),
        "admin key": make_key(cast.workspace, Role.ADMIN),
        "its team's key": make_key(cast.workspace, team="Sales"),
        "another key": make_key(cast.workspace),
        "viewer key": make_key(cast.workspace, Role.VIEWER, team="Sales"),
        "stranger": cast.stranger,
        "stranger's key": make_key(cast.elsewhere, Role.OWNER, team="Sales"),
    }


@pytest.fixture
def given(cast, keeper):
    """What an experiment of the keeper's is made with."""
    team = cast.sales.teams.get()
    return {"journey": make_map(cast.admin), "team": team}


def state() -> dict:
    """All that the services of experiments write to."""
    models = [Experiment, Score, Reason, ChecklistItem, Learning, Card, Change, Activity]
    return {model: list(model.objects.order_by("pk").values()) for model in models}


def who_may(actors, act) -> set[str]:
    """The names of those for whom the act works; others must be refused, and write nothing."""
    allowed, before = set(), state()
    for name, actor in actors.items():
        actor = type(actor).objects.get(pk=actor.pk)
        try:
            with transaction.atomic():
                act(actor)
                allowed.add(name)
                transaction.set_rollback(True)
        except (PermissionDenied, Gone):
            pass
    assert state() == before
    return allowed


ON_AN_IDEA = {
    "edit": lambda by, e: edit_experiment(by=by, experiment=e, title="New"),
    "edit without a difference": lambda by, e: edit_experiment(by=by, experiment=e),
    "remove": lambda by, e: remove_experiment(by=by, experiment=e),
    "plan": lambda by, e: set_plan(by=by, experiment=e, alpha=0.1),
    "move on": lambda by, e: take_step(by=by, experiment=e, to="planned"),
    "tick off": lambda by, e: tick(by=by, experiment=e, item=ChecklistItem.objects.get()),
    "take a tick back": lambda by, e: untick(by=by, experiment=e, item=ChecklistItem.objects.get()),
}


@pytest.mark.parametrize("act", ON_AN_IDEA.values(), ids=ON_AN_IDEA)
def test_owner_team_and_administrators_edit_an_idea(cast, keeper, actors, given, act):
    make_check(cast.workspace)
    idea = make_idea(keeper, **given)

    assert who_may(actors, lambda by: act(by, idea)) == OWNING


def test_owner_team_and_administrators_restore(keeper, actors, given):
    idea = remove_experiment(by=keeper, experiment=make_idea(keeper, **given))

    assert who_may(actors, lambda by: restore_experiment(by=by, experiment=idea)) == OWNING


def test_owner_team_and_administrators_take_out_of_the_archive(keeper, actors, given):
    archived = take_step(by=keeper, experiment=make_idea(keeper, **given), to="archived")

    assert who_may(actors, lambda by: unarchive(by=by, experiment=archived)) == OWNING


def test_owner_team_and_administrators_start(keeper, actors, given):
    planned = make_planned(keeper, **given)

    assert who_may(actors, lambda by: take_step(by=by, experiment=planned, to="running")) == OWNING


def test_owner_team_and_administrators_enter_results(keeper, actors, given):
    running = make_running(keeper, **given)
    variant, metric = running.variants.all()[0], running.planned_metrics.all()[0]
    cell = Cell(variant, metric, running.started_on, {"n": 10, "successes": 1})

    assert who_may(actors, lambda by: record_results(by=by, experiment=running, cells=[cell])) == OWNING


def test_owner_team_and_administrators_take_results_back(keeper, actors, given):
    running = make_running(keeper, **given)
    made = enter_shares(keeper, running, (10, 1), (10, 2))
    first, last = made[0].pk, made[-1].pk

    assert who_may(actors, lambda by: take_back(by=by, experiment=running, first=first, last=last)) == OWNING


def test_owner_team_and_administrators_propose(keeper, actors, given):
    deciding = make_deciding(keeper, **given)
    propose = partial(propose_decision, experiment=deciding, outcome="keep", why="No need", learned="Nothing moves")

    assert who_may(actors, lambda by: propose(by=by)) == OWNING


def test_editors_write_ideas_down(actors, keeper):
    """Strangers too, in their own workspace. A program says whose idea it is."""

    def create(by):
        owner = {} if isinstance(by, Membership) else {"owner": keeper}
        create_experiment(by=by, title="New", **owner)

    del actors["stranger's key"]
    assert who_may(actors, create) == EDITORS | {"stranger"}


@pytest.mark.parametrize("act", [copy_experiment, follow_up, save_as_template])
def test_editors_copy(keeper, actors, given, act):
    idea = make_idea(keeper, **given)

    assert who_may(actors, lambda by: act(by=by, experiment=idea)) == EDITORS


def test_people_who_edit_score(keeper, actors, given):
    idea = make_idea(keeper, **given)
    score = partial(give_score, experiment=idea, values={"impact": 5, "confidence": 5, "ease": 5})

    def give(by):
        try:
            score(by=by)
        except ValidationError as error:
            raise PermissionDenied from error

    assert who_may(actors, give) == PEOPLE


def test_people_who_edit_take_their_scores_back(keeper, actors, given):
    idea = make_idea(keeper, **given)

    def withdraw(by):
        try:
            withdraw_score(by=by, experiment=idea)
        except ValidationError as error:
            raise PermissionDenied from error

    assert who_may(actors, withdraw) == PEOPLE


def test_people_but_the_proposer_confirm(keeper, actors, given):
    decision = make_proposed(keeper, **given)

    assert who_may(actors, lambda by: confirm_decision(by=by, decision=decision)) == PEOPLE - {
        "owner of the experiment"
    }


def test_editors_send_a_decision_back(keeper, actors, given):
    decision = make_proposed(keeper, **given)

    assert who_may(actors, lambda by: return_decision(by=by, decision=decision, why="Wait")) == EDITORS


@pytest.mark.parametrize("answer", [accept_learning, partial(refuse_learning, why="Known already")])
def test_who_owns_the_stage_answers_what_is_suggested(cast, keeper, actors, given, answer):
    """The map is the administrator's, and its stage has no owner: so only administrators."""
    decision = make_proposed(keeper, **given)
    confirm_decision(by=cast.product, decision=decision)
    learning = Learning.objects.get(state="suggested")

    assert who_may(actors, lambda by: answer(by=by, learning=learning)) == ADMINS


LISTS = {
    "add a reason": lambda by, r, c: add_reason(by=by, name="New"),
    "edit a reason": lambda by, r, c: edit_reason(by=by, reason=r, name="New"),
    "remove a reason": lambda by, r, c: remove_reason(by=by, reason=r),
    "restore a reason": lambda by, r, c: restore_reason(by=by, reason=r),
    "add a point": lambda by, r, c: add_check(by=by, text="New"),
    "edit a point": lambda by, r, c: edit_check(by=by, item=c, text="New"),
    "move a point": lambda by, r, c: move_check(by=by, item=c, position=0),
    "remove a point": lambda by, r, c: remove_check(by=by, item=c),
    "restore a point": lambda by, r, c: restore_check(by=by, item=c),
    "set the practice": lambda by, r, c: edit_practice(by=by, alpha=0.1),
}


@pytest.mark.parametrize("act", LISTS.values(), ids=LISTS)
def test_administrators_keep_the_lists(cast, actors, act):
    reason, check = make_reason(cast.workspace), make_check(cast.workspace)

    assert who_may(actors, lambda by: act(by, reason, check)) - STRANGERS == ADMINS
