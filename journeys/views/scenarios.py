"""Scenarios of a persona."""

from functools import partial

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from journeys.forms.personas import ScenarioForm
from journeys.models import Persona
from journeys.queries.personas import personas_of, scenarios_of
from journeys.services import scenarios as services
from journeys.views.personas import address
from teams.door import WorkspaceRequest, page
from teams.permissions import Permission
from teams.seen import posted, refuse, save

# A scenario is deleted for good; what it held waits in the session of whoever deleted it, for their undo.
DELETED = "deleted_scenario"


@page("GET", "POST", permission=Permission.PERSONA_EDIT)
def scenario_new(request: WorkspaceRequest, persona: int) -> HttpResponse:
    about = get_object_or_404(personas_of(request.membership), pk=persona)
    form = ScenarioForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            services.add_scenario(by=request.membership, persona=about, **form.fields_given())
        except ValidationError as error:
            refuse(form, error)
        else:
            messages.success(request, _("The scenario is added."))
            return redirect(address(request, about))
    return answer(request, about, form, status=422 if form.errors else 200)


@page("GET", "POST", permission=Permission.PERSONA_EDIT)
def scenario_edit(request: WorkspaceRequest, pk: int) -> HttpResponse:
    scenario = get_object_or_404(scenarios_of(request.membership), pk=pk)
    about = scenario.persona
    form = ScenarioForm(posted(request), instance=scenario)
    status = 200
    if request.method == "POST":
        status = save(
            form,
            partial(services.edit_scenario, by=request.membership, scenario=scenario),
            lambda current: ScenarioForm(instance=current),
        )
        if status == 302:
            messages.success(request, _("Saved."))
            return redirect(address(request, about))
    return answer(request, about, form, status=status)


def answer(request, persona: Persona, form: ScenarioForm, *, status: int) -> HttpResponse:
    context = {"form": form, "persona": persona, "scenario": form.instance if form.instance.pk else None}
    return render(request, "journeys/scenario_form.html", context, status=status)


@page("POST", permission=Permission.PERSONA_EDIT)
def scenario_delete(request: WorkspaceRequest, pk: int) -> HttpResponse:
    scenario = get_object_or_404(scenarios_of(request.membership), pk=pk)
    held = {"persona": scenario.persona_id, "name": scenario.name, "description": scenario.description}
    try:
        services.delete_scenario(by=request.membership, scenario=scenario)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        request.session[DELETED] = held
        undo = reverse("journeys:scenario_restore", args=[request.workspace.slug])
        messages.success(request, _("“%(name)s” is deleted.") % {"name": held["name"]}, extra_tags=undo)
    return redirect(address(request, scenario.persona))


@page("POST", permission=Permission.PERSONA_EDIT)
def scenario_restore(request: WorkspaceRequest) -> HttpResponse:
    """Add again what this person deleted last."""
    held = request.session.pop(DELETED, None)
    if held is None:
        raise Http404
    persona = get_object_or_404(personas_of(request.membership), pk=held["persona"])
    try:
        services.add_scenario(
            by=request.membership, persona=persona, name=held["name"], description=held["description"]
        )
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("“%(name)s” is back.") % {"name": held["name"]})
    return redirect(address(request, persona))
