"""The next step of an experiment: what must be true before it, and taking it."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from experiments.enums import Status
from experiments.forms.steps import StepForm
from experiments.models import ChecklistItem, Experiment
from experiments.queries.collisions import collisions_of
from experiments.queries.conditions import Condition, conditions, unmet
from experiments.queries.experiments import standing_decision
from experiments.sentence import sentence_of
from experiments.services import checklist
from experiments.services.steps import BACK, STEPS, take_step, unarchive
from experiments.views.frame import frame, shown
from teams.door import WorkspaceRequest, page
from teams.errors import Conflict
from teams.permissions import Permission
from teams.seen import refuse

NEXT = {Status.IDEA: Status.PLANNED, Status.PLANNED: Status.RUNNING, Status.RUNNING: Status.DECIDING}
WORDS = {
    (Status.IDEA, Status.PLANNED): gettext_lazy("Plan it"),
    (Status.PLANNED, Status.RUNNING): gettext_lazy("Start it"),
    (Status.RUNNING, Status.DECIDING): gettext_lazy("Stop it and decide"),
    (Status.PLANNED, Status.IDEA): gettext_lazy("Back to idea"),
    (Status.RUNNING, Status.PLANNED): gettext_lazy("It has not started yet"),
    (Status.DECIDING, Status.RUNNING): gettext_lazy("Let it run on"),
}
ARCHIVE = gettext_lazy("Archive it")


# Where one makes a condition true.
IN_HYPOTHESIS = frozenset({"change", "metric", "because", "place"})
IN_PLAN = frozenset({"variants", "primary", "effect", "total", "end"})


@dataclass(frozen=True)
class Way:
    to: str
    label: str


@dataclass(frozen=True)
class Point:
    """A condition with the address at which it is made true; empty where it holds, and for what has none."""

    condition: Condition
    href: str


def overview_context(request: WorkspaceRequest, experiment: Experiment, form: StepForm | None = None) -> dict[str, Any]:
    """The overview: the frame, the hypothesis, the next step with its conditions, and the other ways."""
    to = None if experiment.is_template else NEXT.get(Status(experiment.status))
    found = conditions(experiment, to) if to else []
    planned = experiment.status == Status.PLANNED
    return frame(request, experiment, "experiment") | {
        "sentence": sentence_of(experiment),
        "evidence": experiment.evidence.all(),
        "next": Way(to, str(WORDS[(Status(experiment.status), to)])) if to else None,
        "points": [Point(one, where(experiment, one)) for one in found],
        "ready": not unmet(found),
        "decided": standing_decision(experiment) if experiment.status == Status.DECIDED else None,
        "early": any(one.code == "minimum-days" and not one.met for one in found),
        "step_form": form or StepForm(initial={"to": to, "seen": experiment.version}),
        "others": other_ways(experiment, to),
        "collisions": collisions_of(experiment) if planned else [],
    }


def where(experiment: Experiment, condition: Condition) -> str:
    at = [experiment.workspace.slug, experiment.pk]
    if condition.met:
        return ""
    if condition.code in IN_HYPOTHESIS:
        return reverse("experiments:experiment_edit", args=at)
    if condition.code in IN_PLAN:
        return reverse("experiments:plan_edit", args=at)
    return reverse("experiments:results", args=at) if condition.code == "results" else ""


def other_ways(experiment: Experiment, to: str | None) -> list[Way]:
    """The steps back, and into the archive; out of it again."""
    if experiment.is_template:
        return []
    if experiment.status == Status.ARCHIVED:
        return [Way(Status.ARCHIVED, _("Bring it back"))]
    here = Status(experiment.status)
    return [
        Way(other, str(WORDS.get((here, Status(other)), ARCHIVE)))
        for other in STEPS[experiment.status]
        if other != to and ((here, other) in BACK or other == Status.ARCHIVED)
    ]


@page("POST", permission=Permission.EXPERIMENT_CREATE)
def experiment_step(request: WorkspaceRequest, pk: int) -> HttpResponse:
    """Take a step; where it is refused, the overview says why and keeps what was typed."""
    experiment = shown(request, pk)
    form = StepForm(request.POST)
    if form.is_valid() and take(request, experiment, form):
        return redirect("experiments:experiment", request.workspace.slug, pk)
    context = overview_context(request, shown(request, pk), form)
    return render(request, "experiments/experiment.html", context, status=422)


def take(request: WorkspaceRequest, experiment: Experiment, form: StepForm) -> bool:
    given = form.cleaned_data
    try:
        if experiment.status == Status.ARCHIVED:
            moved = unarchive(by=request.membership, experiment=experiment, seen=given["seen"])
        else:
            moved = take_step(
                by=request.membership,
                experiment=experiment,
                to=given["to"],
                seen=given["seen"],
                on=given["on"],
                deviation=given["deviation"],
            )
    except ValidationError as error:
        refuse(form, error)
        return False
    except Conflict as conflict:
        refuse(form, conflict)
        form.data = form.data.copy()
        form.data["seen"] = conflict.current.version  # type: ignore[attr-defined]
        return False
    said = _("“%(title)s” is now: %(status)s.")
    undo = ""
    if moved.status == Status.ARCHIVED:
        undo = reverse("experiments:experiment_unarchive", args=[request.workspace.slug, moved.pk])
    messages.success(request, said % {"title": moved.title, "status": moved.get_status_display()}, extra_tags=undo)
    return True


@page("POST", permission=Permission.EXPERIMENT_CREATE)
def experiment_unarchive(request: WorkspaceRequest, pk: int) -> HttpResponse:
    """Undo of putting it away."""
    try:
        back = unarchive(by=request.membership, experiment=shown(request, pk))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("“%(title)s” is back.") % {"title": back.title})
    return redirect("experiments:experiment", request.workspace.slug, pk)


@page("POST", permission=Permission.EXPERIMENT_CREATE)
def check_tick(request: WorkspaceRequest, pk: int, item: int) -> HttpResponse:
    """Tick a point of the launch checklist off, or take the tick back."""
    experiment = shown(request, pk)
    live = ChecklistItem.objects.filter(workspace=request.workspace, removed_at=None)
    point = get_object_or_404(live, pk=item)
    change = checklist.untick if request.POST.get("ticked") == "1" else checklist.tick
    change(by=request.membership, experiment=experiment, item=point)
    if request.htmx:
        context = overview_context(request, shown(request, pk))
        return render(request, "experiments/_next_step.html", context)
    return redirect("experiments:experiment", request.workspace.slug, pk)
