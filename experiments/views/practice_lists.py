"""The two lists of the practice: the reasons of experiments, and the points of the launch checklist."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from experiments.forms.practice import CheckForm, ReasonForm
from experiments.models import ChecklistItem, Reason
from experiments.queries.practice import checks_of, reasons_of, removed_checks_of, removed_reasons_of
from experiments.services import checklist
from experiments.services import reasons as reason_services
from experiments.views.practice import practice_page
from teams.door import WorkspaceRequest, page
from teams.errors import Conflict
from teams.permissions import Permission
from teams.queries import named_id
from teams.seen import posted, refuse

CONFIGURE = Permission.EXPERIMENT_CONFIGURE
Form = ReasonForm | CheckForm


@page("POST", permission=CONFIGURE)
def reason_new(request: WorkspaceRequest) -> HttpResponse:
    form = ReasonForm(request.POST, auto_id="new-reason-%s")
    if save(request, form, reason_services.add_reason) == 302:
        return back(request, "reasons")
    return practice_page(request, new_reason=form, status=422)


@page("GET", "POST", permission=CONFIGURE)
def reason_edit(request: WorkspaceRequest, pk: int) -> HttpResponse:
    reason = get_object_or_404(reasons_of(request.membership), pk=pk)
    form = ReasonForm(posted(request), instance=reason, auto_id="edit-%s")
    return edited(request, reason, form, "reasons", reason_services.edit_reason, reason=reason)


@page("POST", permission=CONFIGURE)
def reason_remove(request: WorkspaceRequest, pk: int) -> HttpResponse:
    reason = get_object_or_404(reasons_of(request.membership), pk=pk)
    reason_services.remove_reason(by=request.membership, reason=reason)
    return removed(request, reason, "reasons", "experiments:reason_restore")


@page("POST", permission=CONFIGURE)
def reason_restore(request: WorkspaceRequest, pk: int) -> HttpResponse:
    reason = get_object_or_404(removed_reasons_of(request.membership), pk=pk)
    return restored(request, "reasons", reason_services.restore_reason, reason=reason)


@page("POST", permission=CONFIGURE)
def check_new(request: WorkspaceRequest) -> HttpResponse:
    form = CheckForm(request.POST, auto_id="new-check-%s")
    if save(request, form, checklist.add_check) == 302:
        return back(request, "checklist")
    return practice_page(request, new_check=form, status=422)


@page("GET", "POST", permission=CONFIGURE)
def check_edit(request: WorkspaceRequest, pk: int) -> HttpResponse:
    item = get_object_or_404(checks_of(request.membership), pk=pk)
    form = CheckForm(posted(request), instance=item, auto_id="edit-%s")
    return edited(request, item, form, "checklist", checklist.edit_check, item=item)


@page("POST", permission=CONFIGURE)
def check_move(request: WorkspaceRequest, pk: int) -> HttpResponse:
    """To the `position` in the form, counted from 0; anything else leaves it where it is."""
    item = get_object_or_404(checks_of(request.membership), pk=pk)
    position = named_id(request.POST.get("position"))
    if position is not None:
        checklist.move_check(by=request.membership, item=item, position=position)
    return back(request, "checklist")


@page("POST", permission=CONFIGURE)
def check_remove(request: WorkspaceRequest, pk: int) -> HttpResponse:
    item = get_object_or_404(checks_of(request.membership), pk=pk)
    checklist.remove_check(by=request.membership, item=item)
    return removed(request, item, "checklist", "experiments:check_restore")


@page("POST", permission=CONFIGURE)
def check_restore(request: WorkspaceRequest, pk: int) -> HttpResponse:
    item = get_object_or_404(removed_checks_of(request.membership), pk=pk)
    return restored(request, "checklist", checklist.restore_check, item=item)


def save(request: WorkspaceRequest, form: Form, service, **given: Any) -> int:
    """Try to save; 302 where that is done, 409 where somebody was faster, 422 where something is wrong."""
    if not form.is_valid():
        return 422
    if given:
        given["seen"] = form.seen_version()
    try:
        service(by=request.membership, **form.fields_given(), **given)
    except ValidationError as error:
        refuse(form, error)
        return 422
    except Conflict as conflict:
        form.show_theirs(type(form)(instance=conflict.current))
        return 409
    messages.success(request, _("Saved."))
    return 302


def edited(
    request: WorkspaceRequest, thing: Reason | ChecklistItem, form: Form, place: str, service, **given: Any
) -> HttpResponse:
    """The page with the thing's form in its row, or back to its list once that is saved."""
    status = save(request, form, service, **given) if request.method == "POST" else 200
    if status == 302:
        return back(request, place)
    return practice_page(request, editing=thing, edit_form=form, edited_list=place, status=status)


def removed(request: WorkspaceRequest, thing: Reason | ChecklistItem, place: str, undo: str) -> HttpResponse:
    address = reverse(undo, args=[request.workspace.slug, thing.pk])
    messages.success(request, _("“%(name)s” is removed.") % {"name": thing}, extra_tags=address)
    return back(request, place)


def restored(request: WorkspaceRequest, place: str, service, **given: Any) -> HttpResponse:
    try:
        thing = service(by=request.membership, **given)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("“%(name)s” is back.") % {"name": thing})
    return back(request, place)


def back(request: WorkspaceRequest, place: str) -> HttpResponse:
    return redirect(f"{reverse('experiments:practice', args=[request.workspace.slug])}#{place}")
