"""Links: the list of what was built, one link, the archive."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from campaigns import qr
from campaigns.forms.links import LinkFilterForm, QrForm
from campaigns.models import Link
from campaigns.naming.check import check
from campaigns.queries import links as queries
from campaigns.services import links as services
from campaigns.services.link_rules import rules_for
from campaigns.services.link_tables import table_of_links
from teams.door import WorkspaceRequest, page
from teams.permissions import Actor, Permission, can
from teams.services.activity import activity_of
from teams.slices import Slice

PER_PAGE = 50
FILTERED = ("source", "medium", "campaign")


@page("GET")
def links(request: WorkspaceRequest) -> HttpResponse:
    filters = LinkFilterForm(request.GET, actor=request.membership)
    chosen = filters.cleaned_data if filters.is_valid() else {}
    context = {
        "filters": filters,
        "filtered": any(chosen.values()) or bool(filters.errors),
        "page": Slice(found_links(request.membership, chosen), request.GET.get("page"), PER_PAGE),
        "may_build": can(request.membership, Permission.LINK_CREATE),
    }
    if request.htmx:
        return render(request, "campaigns/_link_list.html", context)
    context["used"] = queries.used_values(request.membership, [f"utm_{name}" for name in FILTERED])
    return render(request, "campaigns/links.html", context)


def found_links(actor: Actor, chosen: dict) -> QuerySet[Link]:
    """The links that the filter lets through, newest first."""
    show = chosen.get("show")
    found = queries.archived_links_of(actor) if show == "archived" else queries.links_of(actor)
    if show == "breaking":
        breaking, _looked_at = queries.breaking_links(actor, rules_for(actor.workspace_id))
        found = found.filter(pk__in=breaking)
    if chosen.get("person"):
        found = found.filter(built_by=chosen["person"])
    beginning = {f"{name}__istartswith": chosen[name] for name in FILTERED if chosen.get(name)}
    return queries.having_words(found.filter(**beginning), chosen.get("q", ""))


@page("GET")
def links_export(request: WorkspaceRequest) -> HttpResponse:
    """What the list shows, as CSV."""
    filters = LinkFilterForm(request.GET, actor=request.membership)
    found = found_links(request.membership, filters.cleaned_data if filters.is_valid() else {})
    names = [rule.parameter for rule in rules_for(request.workspace.pk).parameters]
    return download(table_of_links(found.order_by("-pk").iterator(chunk_size=2000), names), "links.csv")


def download(lines, name: str) -> HttpResponse:
    response = HttpResponse(lines, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@page("GET")
def link(request: WorkspaceRequest, pk: int) -> HttpResponse:
    links = queries.any_links_of(request.membership).select_related("replaces")
    shown = get_object_or_404(links, pk=pk)
    context = {
        "link": shown,
        "checked": check(shown.url, rules_for(request.workspace.pk)),
        "replaced_by": queries.any_links_of(request.membership).filter(replaces=shown),
        "activities": activity_of(shown)[:20],
        "qr": QrForm(),
        "may_build": can(request.membership, Permission.LINK_CREATE, shown),
    }
    return render(request, "campaigns/link.html", context)


@page("GET")
def link_svg(request: WorkspaceRequest, pk: int) -> HttpResponse:
    return picture(request, pk, "image/svg+xml", lambda url, size, quiet: qr.svg(url, size=size, quiet=quiet))


@page("GET")
def link_png(request: WorkspaceRequest, pk: int) -> HttpResponse:
    return picture(request, pk, "image/png", lambda url, size, quiet: qr.png(url, size=size, quiet=quiet))


def picture(request, pk: int, kind: str, draw: Callable[[str, int, int], str | bytes]) -> HttpResponse:
    """The QR code of a link; with `download` in the address, as a file."""
    shown = get_object_or_404(queries.any_links_of(request.membership), pk=pk)
    form = QrForm(request.GET)
    if not form.is_valid():
        wrong = "; ".join(f"{name}: {' '.join(errors)}" for name, errors in form.errors.items())
        return HttpResponse(wrong, status=400, content_type="text/plain; charset=utf-8")
    response = HttpResponse(draw(shown.url, form.cleaned_data["size"], form.cleaned_data["quiet"]), content_type=kind)
    if "download" in request.GET:
        ending = kind.partition("/")[2].partition("+")[0]
        response["Content-Disposition"] = f'attachment; filename="link-{shown.pk}.{ending}"'
    return response


@page("POST", permission=Permission.LINK_CREATE)
def link_archive(request: WorkspaceRequest, pk: int) -> HttpResponse:
    archived = get_object_or_404(queries.any_links_of(request.membership), pk=pk)
    services.archive_link(by=request.membership, link=archived)
    undo = reverse("campaigns:link_restore", args=[request.workspace.slug, archived.pk])
    messages.success(request, _("The link is archived. Who follows it still arrives."), extra_tags=undo)
    return redirect("campaigns:links", request.workspace.slug)


@page("POST", permission=Permission.LINK_CREATE)
def link_restore(request: WorkspaceRequest, pk: int) -> HttpResponse:
    archived = get_object_or_404(queries.any_links_of(request.membership), pk=pk)
    try:
        services.restore_link(by=request.membership, link=archived)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("The link is back in the list."))
    return redirect("campaigns:link", request.workspace.slug, archived.pk)
