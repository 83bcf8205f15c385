from typing import Any

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from teams.door import page
from teams.enums import Role
from teams.forms import OwnershipForm, WorkspaceForm, errors_into, status_of
from teams.models import Workspace
from teams.permissions import RULES, SENTENCES, Permission, can, require
from teams.seen import posted
from teams.services.members import hand_over_ownership
from teams.services.workspaces import edit_workspace


@page("GET", "POST")
def settings(request):
    """Everybody sees what the workspace is called; who may, changes it."""
    if request.method == "POST":
        require(request.membership, Permission.WORKSPACE_EDIT)
    form = WorkspaceForm(posted(request), initial=filled(request.workspace))
    if form.is_valid():
        with errors_into(form, stale=lambda current: form.show_theirs(WorkspaceForm(initial=filled(current)))):
            edited = edit_workspace(by=request.membership, seen=form.seen_version(), **form.fields_given())
            messages.success(request, _("Saved."))
            return redirect("teams:settings", edited.slug)
    return answer(request, form, OwnershipForm(actor=request.membership), status=status_of(form))


@page("POST", permission=Permission.OWNERSHIP_HAND_OVER)
def ownership(request):
    form = OwnershipForm(request.POST, actor=request.membership)
    if form.is_valid():
        with errors_into(form):
            owner = hand_over_ownership(by=request.membership, to=form.cleaned_data["to"])
            messages.success(request, _("%(name)s is now an owner, you are an administrator.") % {"name": owner})
            return redirect("teams:settings", request.workspace.slug)
    return answer(request, WorkspaceForm(initial=filled(request.workspace)), form, status=422)


def filled(workspace: Workspace) -> dict[str, Any]:
    return {
        "name": workspace.name,
        "slug": workspace.slug,
        "timezone": workspace.timezone,
        "seen": workspace.version,
    }


def answer(request, form, ownership_form, *, status):
    shows = {
        "form": form if can(request.membership, Permission.WORKSPACE_EDIT) else None,
        "ownership_form": ownership_form if can(request.membership, Permission.OWNERSHIP_HAND_OVER) else None,
    }
    return render(request, "teams/settings.html", shows, status=status)


@page("GET")
def permissions(request):
    """The matrix, read from the rules that the code asks."""
    rows = [(SENTENCES[permission], [(role, reach(rule, role)) for role in Role]) for permission, rule in RULES.items()]
    return render(request, "teams/permissions.html", {"roles": list(Role), "rows": rows})


def reach(rule, role: Role) -> str:
    if role in rule.always:
        return "always"
    return "owning" if role in rule.owning else "never"
