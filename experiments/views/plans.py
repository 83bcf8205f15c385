"""The plan of an experiment: read, and edited as a whole."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from experiments.enums import Status
from experiments.forms.plan_actions import act, compute
from experiments.forms.plans import PlanForms
from experiments.models import Experiment
from experiments.plan_words import changes, correction_sentence, rule_sentences
from experiments.queries.collisions import Collision, collisions_of
from experiments.queries.experiments import deviations_of, earlier_deviations_of
from experiments.services.plans import set_plan, state
from experiments.stats.needed import Needed
from experiments.views.frame import frame, shown
from insights.queries import metrics_of, trends_of
from teams.door import WorkspaceRequest, page
from teams.errors import Conflict
from teams.permissions import Permission, require

AHEAD = frozenset({Status.IDEA, Status.PLANNED, Status.RUNNING})


@page("GET")
def plan(request: WorkspaceRequest, pk: int) -> HttpResponse:
    experiment = shown(request, pk)
    frozen = experiment.plan.frozen
    context = frame(request, experiment, "plan") | {
        "plan": experiment.plan,
        "planned": bool(experiment.variants.all() or experiment.planned_metrics.all()),
        "rule": rule_sentences(experiment.plan.rule),
        "correction": correction_sentence(experiment.plan.correction),
        "since_start": changes(frozen["plan"], state(experiment)) if frozen else None,
        "deviations": [(row, changes(row.before, row.after)) for row in deviations_of(experiment)],
        "earlier": [(row, changes(row.before, row.after)) for row in earlier_deviations_of(experiment)],
        "collisions": in_the_way(experiment),
    }
    return render(request, "experiments/plan.html", context)


def in_the_way(experiment: Experiment) -> list[Collision]:
    return collisions_of(experiment) if experiment.status in AHEAD and not experiment.is_template else []


@page("GET", "POST", permission=Permission.EXPERIMENT_CREATE)
def plan_edit(request: WorkspaceRequest, pk: int) -> HttpResponse:
    """The form of the plan. A button inside it names in `do` what it does to what was typed; only saving writes."""
    experiment = shown(request, pk)
    require(request.membership, Permission.EXPERIMENT_EDIT, experiment)
    if request.method != "POST":
        return show(request, experiment, forms_of(request, experiment))
    if request.POST.get("do"):
        return show(request, experiment, *worked_on(request, experiment))
    forms = forms_of(request, experiment, request.POST)
    status = save(request, experiment, forms)
    if status == 302:
        return redirect("experiments:plan", request.workspace.slug, pk)
    return show(request, experiment, forms, status=status)


def worked_on(request: WorkspaceRequest, experiment: Experiment) -> tuple[PlanForms, Needed | None, int]:
    """The form after a button inside it."""
    data = request.POST.copy()
    what = data.pop("do")[-1]
    forms = forms_of(request, experiment, data)
    if what == "compute":
        found = compute(data, forms)
        if found is None:
            return forms, None, 422
        return forms_of(request, experiment, data), found, 200
    act(what, data, forms)
    forms = forms_of(request, experiment, data)
    forms.forgive()
    return forms, None, 200


def forms_of(request: WorkspaceRequest, experiment: Experiment, data: QueryDict | None = None) -> PlanForms:
    planned = [row.metric for row in experiment.planned_metrics.all()]
    metrics = list({metric.pk: metric for metric in [*metrics_of(request.membership), *planned]}.values())
    return PlanForms(experiment, metrics=metrics, trends=trends_of([metric.pk for metric in metrics]), data=data)


def save(request: WorkspaceRequest, experiment: Experiment, forms: PlanForms) -> int:
    """Try to save; 302 where that is done, 409 where somebody was faster, 422 where something is wrong."""
    if not forms.is_valid():
        return 422
    try:
        set_plan(by=request.membership, experiment=experiment, seen=forms.main.seen_version(), **forms.service_fields())
    except ValidationError as error:
        forms.refuse(error)
        return 422
    except Conflict:
        forms.show_theirs(shown(request, experiment.pk))
        return 409
    messages.success(request, _("The plan is saved."))
    return 302


def show(
    request: WorkspaceRequest, experiment: Experiment, forms: PlanForms, found: Needed | None = None, status: int = 200
) -> HttpResponse:
    context: dict[str, Any] = {
        "forms": forms,
        "form": forms.main,
        "found": found,
        "typed": request.method == "POST",
        "started": experiment.started_on is not None,
        "collisions": in_the_way(experiment),
    }
    if request.htmx:
        return render(request, "experiments/_plan_form.html", {"experiment": experiment} | context, status=status)
    return render(request, "experiments/plan_edit.html", frame(request, experiment, "plan") | context, status=status)
