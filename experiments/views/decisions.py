"""The decision about an experiment: proposed, confirmed or sent back, and what it leaves on the map."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from experiments.enums import LearningState, Outcome, Status
from experiments.forms.decisions import DecisionForm, ReasonedForm, RefusalForm, ReturnForm
from experiments.models import Decision, Experiment, Learning
from experiments.queries.decisions import decisions_of, learnings_of
from experiments.services import decisions as services
from experiments.services import learnings
from experiments.views.frame import frame, shown
from teams.door import WorkspaceRequest, page
from teams.errors import Conflict
from teams.permissions import Permission, can, require
from teams.queries import named_id
from teams.seen import refuse, why


@page("GET", "POST")
def decision(request: WorkspaceRequest, pk: int) -> HttpResponse:
    """The decision's page; a POST proposes."""
    experiment = shown(request, pk)
    if request.method == "POST":
        form = DecisionForm(request.POST, experiment=experiment)
        require(request.membership, Permission.EXPERIMENT_EDIT, experiment)
        if form.is_valid() and propose(request, experiment, form):
            return redirect("experiments:decision", request.workspace.slug, pk)
        return show(request, experiment, status=409 if form.stale else 422, form=form)
    return show(request, experiment, form=DecisionForm(experiment=experiment, initial=advised(experiment)))


def propose(request: WorkspaceRequest, experiment: Experiment, form: DecisionForm) -> bool:
    given = dict(form.cleaned_data)
    try:
        services.propose_decision(by=request.membership, experiment=experiment, **given)
    except ValidationError as error:
        refuse(form, error)
        return False
    except Conflict as conflict:
        refuse(form, conflict)
        form.see(conflict.current.version)  # type: ignore[attr-defined]
        return False
    messages.success(request, _("Proposed. Now somebody else confirms it or sends it back."))
    return True


def advised(experiment: Experiment) -> dict[str, Any]:
    """What the numbers advise, to begin with: the last returned proposal, or the computed advice."""
    last = experiment.decisions.first()
    if last is not None and last.returned_at is not None:
        return {name: getattr(last, name) for name in DecisionForm.Meta.fields}
    facts = experiment.signal_facts
    advice = facts.get("advice")
    variant = experiment.variants.filter(key=facts.get("variant") or "").first()
    effect = services.estimate(experiment, variant) if experiment.status == Status.DECIDING else None
    return {
        "outcome": advice if advice in Outcome.values else None,
        "variant": variant,
        "result": (effect or {}).get("result"),
    }


def show(request: WorkspaceRequest, experiment: Experiment, *, status: int = 200, **forms: Any) -> HttpResponse:
    placed = experiment.decisions.select_related("learning__stage__map", "learning__card__stage__map")
    standing = placed.filter(returned_at=None).first()
    member = request.membership
    context = frame(request, experiment, "decision") | {
        "standing": standing,
        "returned": [row for row in experiment.decisions.all() if row.returned_at],
        "deciding": experiment.status == Status.DECIDING,
        "may_confirm": can(member, Permission.EXPERIMENT_CONFIRM, experiment),
        "own": standing is not None and member.pk in services.proposers(standing),
        "return_form": ReturnForm(initial={"seen": standing and standing.version}, prefix="return"),
        **learning_context(request, experiment, standing),
    }
    return render(request, "experiments/decision.html", context | forms, status=status)


def learning_context(request: WorkspaceRequest, experiment: Experiment, standing: Decision | None) -> dict[str, Any]:
    learning: Learning | None = getattr(standing, "learning", None)
    place = learning and learnings.place_of(learning)
    may = learning is not None and place is not None and can(request.membership, Permission.STAGE_EDIT, place)
    return {
        "learning": learning,
        "may_answer": may and learning is not None and learning.state == LearningState.SUGGESTED,
        "refusal_form": RefusalForm(initial={"seen": learning and learning.version}, prefix="refuse"),
    }


@page("POST", permission=Permission.EXPERIMENT_CONFIRM)
def decision_confirm(request: WorkspaceRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(decisions_of(request.membership), pk=pk)
    said = _("Decided. What was learned is on its way to the map.")
    try:
        press(request, services.confirm_decision, said, decision=found)
    except PermissionDenied as error:
        messages.error(request, str(error))
    return redirect("experiments:decision", request.workspace.slug, found.experiment_id)


@page("POST", permission=Permission.EXPERIMENT_CONFIRM)
def decision_return(request: WorkspaceRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(decisions_of(request.membership), pk=pk)
    form = ReturnForm(request.POST, prefix="return")
    if answer(request, form, services.return_decision, decision=found):
        messages.success(request, _("Sent back. Another decision can be proposed."))
        return redirect("experiments:decision", request.workspace.slug, found.experiment_id)
    return show_again(request, found.experiment_id, return_form=form)


@page("POST", permission=Permission.EXPERIMENT_CREATE)
def learning_accept(request: WorkspaceRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(learnings_of(request.membership), pk=pk)
    press(request, learnings.accept_learning, _("The learning is on the map."), learning=found)
    return redirect("experiments:decision", request.workspace.slug, found.decision.experiment_id)


@page("POST", permission=Permission.EXPERIMENT_CREATE)
def learning_refuse(request: WorkspaceRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(learnings_of(request.membership), pk=pk)
    form = RefusalForm(request.POST, prefix="refuse")
    if answer(request, form, learnings.refuse_learning, learning=found):
        messages.success(request, _("Refused. The reason is kept with the experiment."))
        return redirect("experiments:decision", request.workspace.slug, found.decision.experiment_id)
    return show_again(request, found.decision.experiment_id, refusal_form=form)


def press(request: WorkspaceRequest, service: Callable[..., Any], said: str, **about: Any) -> None:
    """Do what a button asks for, on the version that it was pressed on, and say so, or why not."""
    try:
        service(by=request.membership, seen=named_id(request.POST.get("seen")), **about)
    except (ValidationError, Conflict) as error:
        messages.error(request, why(error))
    else:
        messages.success(request, said)


def answer(request: WorkspaceRequest, form: ReasonedForm, service: Callable[..., Any], **about: Any) -> bool:
    """Do what a form with a reason asks for; where that is refused, the form says why."""
    if not form.is_valid():
        return False
    try:
        service(by=request.membership, **about, **form.cleaned_data)
    except (ValidationError, Conflict) as error:
        refuse(form, error)
    return not form.errors


def show_again(request: WorkspaceRequest, pk: int, **forms: Any) -> HttpResponse:
    experiment = shown(request, pk)
    return show(request, experiment, status=422, form=DecisionForm(experiment=experiment), **forms)
