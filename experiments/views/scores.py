"""What several people expect of an experiment."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from experiments.forms.scores import ScoreForm
from experiments.models import Experiment
from experiments.queries.scores import BEFORE_START, scores_of
from experiments.scoring import PARTS
from experiments.services import scores as services
from experiments.services.practice import practice_of
from experiments.views.frame import frame, shown
from teams.door import WorkspaceRequest, page
from teams.errors import Conflict
from teams.permissions import Permission, can, require
from teams.seen import posted, refuse


@page("GET", "POST")
def scores(request: WorkspaceRequest, pk: int) -> HttpResponse:
    experiment = shown(request, pk)
    found = scores_of(experiment, to=request.membership)
    model = practice_of(request.workspace.pk).score_model
    form = ScoreForm(posted(request), model=model, mine=found.mine)
    status = 200
    if request.method == "POST":
        require(request.membership, Permission.EXPERIMENT_SCORE, experiment)
        status = save(request, experiment, form)
        if status == 302:
            return redirect("experiments:scores", request.workspace.slug, pk)
    context = frame(request, experiment, "scores") | {
        "form": form,
        "scores": found,
        "parts": PARTS[found.shown[0].model if found.shown else model],
        "open": experiment.status in BEFORE_START,
        "may_score": can(request.membership, Permission.EXPERIMENT_SCORE, experiment),
    }
    return render(request, "experiments/scores.html", context, status=status)


def save(request: WorkspaceRequest, experiment: Experiment, form: ScoreForm) -> int:
    """Try to save; 302 where that is done, 409 where another window was faster, 422 where something is wrong."""
    if not form.is_valid():
        return 422
    try:
        services.give_score(by=request.membership, experiment=experiment, **form.service_fields())
    except ValidationError as error:
        refuse(form, error)
        return 422
    except Conflict as conflict:
        form.show_theirs(ScoreForm(model=conflict.current.model, mine=conflict.current))
        return 409
    messages.success(request, _("Your score counts. You see those of the others now."))
    return 302


@page("POST", permission=Permission.EXPERIMENT_SCORE)
def score_withdraw(request: WorkspaceRequest, pk: int) -> HttpResponse:
    experiment = shown(request, pk)
    try:
        services.withdraw_score(by=request.membership, experiment=experiment)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("Your score is taken back."))
    return redirect("experiments:scores", request.workspace.slug, pk)
