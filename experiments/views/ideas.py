"""Ideas: write one down, and change what it says."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from experiments.content.templates import TEMPLATES, Template
from experiments.forms.evidence import with_one_more
from experiments.forms.ideas import IdeaForm, IdeaForms
from experiments.models import Experiment
from experiments.queries.experiments import any_experiment_of, complete, templates_of
from experiments.queries.map_places import named
from experiments.services import experiments as services
from experiments.services.copies import start_from
from teams.door import WorkspaceRequest, page
from teams.errors import Conflict, Gone
from teams.permissions import Permission, require
from teams.queries import named_id

# Buttons that ask for another form, not for saving what is in this one.
UNFINISHED = ("more", "look")


@page("GET", "POST", permission=Permission.EXPERIMENT_CREATE)
def experiment_new(request: WorkspaceRequest) -> HttpResponse:
    if request.method != "POST":
        forms = IdeaForms(request.membership, initial=begun(request))
        return form_page(request, forms)
    forms = IdeaForms(request.membership, data=sent(request))
    if unfinished(request):
        forms.forgive()
        return form_page(request, forms)
    if forms.is_valid() and (made := try_create(request, forms)):
        messages.success(request, _("“%(title)s” is written down.") % {"title": made.title})
        return redirect(address(request, made))
    return form_page(request, forms, status=422)


@page("GET", "POST")
def experiment_edit(request: WorkspaceRequest, pk: int) -> HttpResponse:
    experiment = get_object_or_404(complete(any_experiment_of(request.membership)), pk=pk)
    require(request.membership, Permission.EXPERIMENT_EDIT, experiment)
    if request.method != "POST":
        if experiment.removed_at:
            raise Http404
        return form_page(request, IdeaForms(request.membership, experiment=experiment), experiment)
    if experiment.removed_at and "restore" in request.POST:
        return bring_back(request, experiment)
    forms = IdeaForms(request.membership, experiment=experiment, data=sent(request))
    if unfinished(request):
        forms.forgive()
        return form_page(request, forms, experiment)
    status = save(request, experiment, forms)
    return redirect(address(request, experiment)) if status == 302 else form_page(request, forms, experiment, status)


def begun(request: WorkspaceRequest) -> dict[str, Any]:
    """What a new idea begins with: the writer, the place it was called from, the texts of a template."""
    actor = request.membership
    teams = list(actor.team_ids)
    initial: dict[str, Any] = {"owner": actor.pk, "team": teams[0] if len(teams) == 1 else None}
    initial |= named(actor, card=request.GET.get("card", ""), stage=request.GET.get("stage", ""))
    template = template_of(request, request.GET.get("template", ""))
    if template is not None:
        texts = ("title", "change", "audience", "because", "goal")
        initial |= {name: str(getattr(template, name)) for name in texts}
        initial["template"] = request.GET["template"]
    if isinstance(template, Experiment):
        more = ("persona", "metric", "reason", "expected_effect")
        initial |= {name: found for name in more if (found := getattr(template, name))}
    return initial


def template_of(request: WorkspaceRequest, name: str) -> Template | Experiment | None:
    """A built-in template by its name, or one of the workspace by its number."""
    if (pk := named_id(name)) is not None:
        return complete(templates_of(request.membership)).filter(pk=pk).first()
    return TEMPLATES.get(name)


def sent(request: WorkspaceRequest):
    return with_one_more(request.POST) if "more" in request.POST else request.POST


def unfinished(request: WorkspaceRequest) -> bool:
    return any(name in request.POST for name in UNFINISHED)


def bring_back(request: WorkspaceRequest, experiment: Experiment) -> HttpResponse:
    """Somebody removed it meanwhile: it comes back, and what was typed stays in the form to be saved."""
    back = services.restore_experiment(by=request.membership, experiment=experiment)
    data = request.POST.copy()
    if named_id(data.get("seen")) == experiment.version - 1:  # nothing but the removal happened since
        data["seen"] = str(back.version)
    messages.success(request, _("“%(title)s” is back. Your text is not saved yet.") % {"title": back.title})
    forms = IdeaForms(request.membership, experiment=back, data=data)
    forms.forgive()
    return form_page(request, forms, back)


def try_create(request: WorkspaceRequest, forms: IdeaForms) -> Experiment | None:
    template = template_of(request, forms.main.cleaned_data["template"])
    try:
        if template is not None:
            return start_from(by=request.membership, template=template, **forms.service_fields())
        return services.create_experiment(by=request.membership, **forms.service_fields())
    except ValidationError as error:
        forms.refuse(error)
        return None


def save(request: WorkspaceRequest, experiment: Experiment, forms: IdeaForms) -> int:
    """Try to save; 302 where that is done, 409 where somebody was faster, 422 where something is wrong."""
    if not forms.is_valid():
        return 422
    given = forms.service_fields() | {"seen": forms.main.seen_version()}
    try:
        services.edit_experiment(by=request.membership, experiment=experiment, **given)
    except ValidationError as error:
        forms.refuse(error)
        return 422
    except Conflict as conflict:
        forms.show_theirs(complete(any_experiment_of(request.membership)).get(pk=conflict.current.pk))
        return 409
    except Gone:
        experiment.refresh_from_db(fields=["removed_at"])
        return 409
    messages.success(request, _("Saved."))
    return 302


def form_page(
    request: WorkspaceRequest, forms: IdeaForms, experiment: Experiment | None = None, status: int = 200
) -> HttpResponse:
    removed = experiment is not None and experiment.removed_at is not None
    context = {"forms": forms, "form": forms.main, "experiment": experiment, "removed": removed}
    return render(request, "experiments/idea_form.html", context, status=status)


@page("POST", permission=Permission.EXPERIMENT_CREATE)
def sentence(request: WorkspaceRequest) -> HttpResponse:
    """The sentence that the parts make so far, for whoever is writing them."""
    return render(request, "experiments/_sentence.html", {"form": IdeaForm(request.POST, actor=request.membership)})


@page("POST", permission=Permission.EXPERIMENT_CREATE)
def place_choices(request: WorkspaceRequest) -> HttpResponse:
    """The fields for the place, with the stages of the chosen map and the cards of the chosen stage."""
    form = IdeaForm(request.POST, actor=request.membership)
    form.errors.clear()
    return render(request, "experiments/_idea_place.html", {"form": form})


def address(request: WorkspaceRequest, experiment: Experiment) -> str:
    return reverse("experiments:experiment", args=[request.workspace.slug, experiment.pk])
