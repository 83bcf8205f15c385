"""Experiments in and out as JSON documents."""

import json

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import slugify
from django.utils.translation import gettext as _

from experiments.documents.create import Imported, import_experiment
from experiments.documents.export import export_experiment
from experiments.documents.schema import FILE
from experiments.forms.documents import DocumentForm
from experiments.views.frame import shown
from journeys.documents.problems import DocumentError
from teams.door import WorkspaceRequest, page
from teams.permissions import Permission


@page("GET")
def experiment_document(request: WorkspaceRequest, pk: int) -> HttpResponse:
    experiment = shown(request, pk)
    text = json.dumps(export_experiment(experiment, to=request.membership), ensure_ascii=False, indent=2)
    name = slugify(experiment.title)[:60] or f"experiment-{experiment.pk}"
    headers = {"Content-Disposition": f'attachment; filename="{name}.json"', "X-Content-Type-Options": "nosniff"}
    return HttpResponse(text + "\n", content_type="application/json", headers=headers)


@page("GET", "POST", permission=Permission.EXPERIMENT_CREATE)
def experiment_import(request: WorkspaceRequest) -> HttpResponse:
    form = DocumentForm(request.POST, request.FILES) if request.method == "POST" else DocumentForm()
    if form.is_valid():
        try:
            imported = import_experiment(by=request.membership, document=form.cleaned_data["document"])
        except DocumentError as error:
            form.refuse(error)
        else:
            tell(request, imported)
            return redirect("experiments:experiment", request.workspace.slug, imported.experiment.pk)
    return render(request, "experiments/import.html", {"form": form}, status=422 if form.is_bound else 200)


def tell(request: WorkspaceRequest, imported: Imported) -> None:
    messages.success(request, _("“%(title)s” is imported.") % {"title": imported.experiment.title})
    if imported.left_out:
        places = " ".join(str(place) for place in imported.left_out)
        messages.warning(request, _("Left out: %(places)s") % {"places": places})


@page("GET")
def experiment_schema(request: WorkspaceRequest) -> HttpResponse:
    """What a document of an experiment may hold, for editors and programs."""
    headers = {"Content-Disposition": f'inline; filename="{FILE.name}"'}
    return HttpResponse(FILE.read_bytes(), content_type="application/schema+json", headers=headers)
