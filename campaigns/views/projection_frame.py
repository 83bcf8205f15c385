"""What the pages of one projection share: the projection in scope, its head and its tabs."""

from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _

from campaigns.models import Projection, ProjectionVersion
from campaigns.queries.projections import projections_of
from teams.door import WorkspaceRequest
from teams.permissions import Permission, can
from teams.queries import named_id
from teams.tabs import tabs

TABS = {
    "projection": _("Result"),
    "projection_scenarios": _("Scenarios"),
    "projection_actuals": _("Plan and actual"),
    "projection_versions": _("Versions"),
}


def shown(request: WorkspaceRequest, pk: int) -> Projection:
    return get_object_or_404(projections_of(request.membership), pk=pk)


def asked_version(request: WorkspaceRequest, projection: Projection) -> ProjectionVersion:
    """The version that the address names, or the latest; 404 for one that there is not."""
    text = request.GET.get("version")
    number = projection.number if text is None else named_id(text)
    if number is None:
        raise Http404
    return get_object_or_404(projection.versions.select_related("made_by_key"), number=number)


def frame(request: WorkspaceRequest, projection: Projection, tab: str) -> dict[str, Any]:
    """The context of `campaigns/projections/frame.html`. `tab` is the name of the page's address."""
    actor = request.membership
    may_edit = can(actor, Permission.PROJECTION_EDIT, projection)
    return {
        "projection": projection,
        "may_edit": may_edit and not projection.locked,
        "may_record": may_edit,
        "may_copy": can(actor, Permission.PROJECTION_CREATE),
        "may_approve": can(actor, Permission.PROJECTION_APPROVE, projection),
        "tabs": tabs("campaigns", TABS, request.workspace.slug, projection.pk, current=tab),
    }
