"""How the workspace experiments: what plans begin with, the reasons, the launch checklist."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from experiments.forms.practice import CheckForm, PracticeForm, ReasonForm
from experiments.models import Practice
from experiments.queries.practice import checks_of, reasons_of
from experiments.services.practice import edit_practice, practice_of
from teams.door import WorkspaceRequest, page
from teams.errors import Conflict
from teams.permissions import Permission, can, require
from teams.seen import posted, refuse


@page("GET", "POST")
def practice(request: WorkspaceRequest) -> HttpResponse:
    """Everybody reads it; who may configure sets it."""
    held = practice_of(request.workspace.pk)
    form = PracticeForm(posted(request), instance=held)
    status = 200
    if request.method == "POST":
        require(request.membership, Permission.EXPERIMENT_CONFIGURE)
        status = save(request, form)
        if status == 302:
            return redirect("experiments:practice", request.workspace.slug)
    return practice_page(request, form=form, status=status)


def save(request: WorkspaceRequest, form: PracticeForm) -> int:
    """Try to save; 302 where that is done, 409 where somebody was faster, 422 where something is wrong."""
    if not form.is_valid():
        return 422
    try:
        edit_practice(by=request.membership, seen=form.seen_version(), **form.fields_given())
    except ValidationError as error:
        refuse(form, error)
        return 422
    except Conflict as conflict:
        current = Practice.objects.get(pk=conflict.current.pk)
        form.show_theirs(PracticeForm(instance=current))
        return 409
    messages.success(request, _("Saved. New experiments begin with this."))
    return 302


def practice_page(request: WorkspaceRequest, *, status: int = 200, **other: Any) -> HttpResponse:
    """The page; `other` replaces its forms: `form`, `new_reason`, `new_check`, and `editing` with its `edit_form`."""
    context = {
        "reasons": reasons_of(request.membership),
        "checks": checks_of(request.membership),
        "new_reason": ReasonForm(auto_id="new-reason-%s"),
        "new_check": CheckForm(auto_id="new-check-%s"),
        "may_configure": can(request.membership, Permission.EXPERIMENT_CONFIGURE),
    } | other
    if "form" not in context:
        context["form"] = PracticeForm(instance=practice_of(request.workspace.pk))
    return render(request, "experiments/practice.html", context, status=status)
