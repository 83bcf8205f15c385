"""The persona library."""

from functools import partial

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from journeys.forms.personas import PersonaForm
from journeys.models import Persona
from journeys.queries.personas import library, maps_for, personas_of, removed_personas_of
from journeys.services import personas as services
from teams.door import WorkspaceRequest, page
from teams.permissions import Permission, can
from teams.seen import posted, refuse, save

PERSONAS_A_PAGE = 48
LONGEST_SEARCH = 200
YEAR_SECONDS = 365 * 24 * 60 * 60


@page("GET")
def personas(request: WorkspaceRequest) -> HttpResponse:
    text = request.GET.get("q", "").replace("\x00", "")[:LONGEST_SEARCH].strip()
    found = library(request.membership, text=text)
    context = {
        "page": Paginator(found, PERSONAS_A_PAGE).get_page(request.GET.get("page")),
        "text": text,
        "may_write": can(request.membership, Permission.PERSONA_EDIT),
    }
    template = "journeys/_personas.html" if request.htmx else "journeys/personas.html"
    return render(request, template, context)


@page("GET")
def persona(request: WorkspaceRequest, pk: int) -> HttpResponse:
    shown = get_object_or_404(personas_of(request.membership), pk=pk)
    lists = [(Persona._meta.get_field(name).verbose_name, getattr(shown, name).splitlines()) for name in services.LISTS]
    context = {
        "persona": shown,
        "lists": [(label, entries) for label, entries in lists if entries],
        "scenarios": shown.scenarios.all(),
        "maps": maps_for(shown),
        "may_write": can(request.membership, Permission.PERSONA_EDIT, shown),
    }
    return render(request, "journeys/persona.html", context)


@page("GET", "POST", permission=Permission.PERSONA_EDIT)
def persona_new(request: WorkspaceRequest) -> HttpResponse:
    form = PersonaForm(posted(request), request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = services.create_persona(by=request.membership, **form.fields_given())
        except ValidationError as error:
            refuse(form, error)
        else:
            messages.success(request, _("%(name)s is in the library.") % {"name": made.name})
            return redirect(address(request, made))
    return render(request, "journeys/persona_form.html", {"form": form}, status=422 if form.errors else 200)


@page("GET", "POST", permission=Permission.PERSONA_EDIT)
def persona_edit(request: WorkspaceRequest, pk: int) -> HttpResponse:
    shown = get_object_or_404(personas_of(request.membership), pk=pk)
    edited = get_object_or_404(personas_of(request.membership), pk=pk)
    form = PersonaForm(posted(request), request.FILES or None, instance=edited)
    status = 200
    if request.method == "POST":
        status = save(
            form,
            partial(services.edit_persona, by=request.membership, persona=shown),
            lambda current: PersonaForm(instance=current),
        )
        if status == 302:
            messages.success(request, _("Saved."))
            return redirect(address(request, shown))
    return render(request, "journeys/persona_form.html", {"form": form, "persona": shown}, status=status)


@page("POST", permission=Permission.PERSONA_EDIT)
def persona_remove(request: WorkspaceRequest, pk: int) -> HttpResponse:
    persona = get_object_or_404(personas_of(request.membership), pk=pk)
    try:
        services.remove_persona(by=request.membership, persona=persona)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect(address(request, persona))
    undo = reverse("journeys:persona_restore", args=[request.workspace.slug, persona.pk])
    messages.success(request, _("%(name)s is removed.") % {"name": persona.name}, extra_tags=undo)
    return redirect("journeys:personas", request.workspace.slug)


@page("POST", permission=Permission.PERSONA_EDIT)
def persona_restore(request: WorkspaceRequest, pk: int) -> HttpResponse:
    persona = get_object_or_404(removed_personas_of(request.membership), pk=pk)
    try:
        services.restore_persona(by=request.membership, persona=persona)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("journeys:personas", request.workspace.slug)
    messages.success(request, _("%(name)s is back.") % {"name": persona.name})
    return redirect(address(request, persona))


@page("GET")
def persona_picture(request: WorkspaceRequest, pk: int) -> HttpResponse:
    """The uploaded picture. A new one has a new address (`?v=`), so a browser may keep what it has."""
    persona = get_object_or_404(personas_of(request.membership), pk=pk)
    if not persona.picture:
        raise Http404
    try:
        file = persona.picture.open("rb")
    except FileNotFoundError:
        raise Http404 from None
    headers = {"Cache-Control": f"private, max-age={YEAR_SECONDS}, immutable", "X-Content-Type-Options": "nosniff"}
    with file:
        return HttpResponse(file.read(), content_type="image/webp", headers=headers)


def address(request, persona: Persona) -> str:
    return reverse("journeys:persona", args=[request.workspace.slug, persona.pk])
