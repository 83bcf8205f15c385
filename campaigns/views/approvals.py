"""Answering what is asked, and the workspace's rules on who is asked."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from campaigns.forms.approvals import AnswerForm, RuleForm
from campaigns.models import Campaign
from campaigns.queries.approvals import removed_rules_of, rules_of, waiting_by
from campaigns.services.approval_rules import add_rule, edit_rule, remove_rule, restore_rule
from campaigns.services.approvals import answer
from campaigns.views.approval_context import approval_context
from campaigns.views.campaign_steps import overview_context
from campaigns.views.frame import shown
from teams.door import WorkspaceRequest, page
from teams.errors import Conflict
from teams.permissions import Permission, can, require
from teams.seen import posted, refuse, save

CONFIGURE = Permission.CAMPAIGN_CONFIGURE


@page("POST", permission=Permission.CAMPAIGN_CREATE)
def campaign_answer(request: WorkspaceRequest, pk: int) -> HttpResponse:
    """Approve a campaign or send it back, for all that one is asked at once."""
    campaign = shown(request, pk)
    form = AnswerForm(request.POST)
    if form.is_valid() and answered(request, campaign, form):
        return redirect("campaigns:campaign", request.workspace.slug, pk)
    now = shown(request, pk)
    context = overview_context(request, now) | approval_context(request, now, form)
    return render(request, "campaigns/campaign.html", context, status=422)


def answered(request: WorkspaceRequest, campaign: Campaign, form: AnswerForm) -> bool:
    given = form.cleaned_data
    approve = given["answer"] == "approve"
    try:
        answer(by=request.membership, campaign=campaign, approve=approve, comment=given["comment"], seen=form.seen())
    except (ValidationError, Conflict) as error:
        refuse(form, error)
        return False
    said = _("You approved “%(title)s”.") if approve else _("You sent “%(title)s” back.")
    messages.success(request, said % {"title": campaign.title})
    return True


@page("GET", "POST")
def approval_rules(request: WorkspaceRequest) -> HttpResponse:
    """Everybody reads the rules; who may configure adds one."""
    form, status = RuleForm(posted(request), actor=request.membership), 200
    if request.method == "POST":
        require(request.membership, CONFIGURE)
        if form.is_valid() and added(request, form):
            return redirect("campaigns:approval_rules", request.workspace.slug)
        status = 422
    context: dict[str, Any] = {
        "rules": rules_of(request.membership),
        "form": form,
        "may_configure": can(request.membership, CONFIGURE),
    }
    return render(request, "campaigns/approval_rules.html", context, status=status)


def added(request: WorkspaceRequest, form: RuleForm) -> bool:
    try:
        add_rule(by=request.membership, **form.fields_given())
    except ValidationError as error:
        refuse(form, error)
        return False
    messages.success(request, _("Added. It counts for what is asked from now on."))
    return True


@page("GET", "POST", permission=CONFIGURE)
def approval_rule_edit(request: WorkspaceRequest, pk: int) -> HttpResponse:
    """Change a rule, and see how many campaigns wait for what it has asked already."""
    rule = get_object_or_404(rules_of(request.membership), pk=pk)
    form, status = RuleForm(posted(request), instance=rule, actor=request.membership), 200
    if request.method == "POST":
        status = save(
            form,
            partial(edit_rule, by=request.membership, rule=rule),
            lambda current: RuleForm(instance=current, actor=request.membership),
        )
        if status == 302:
            messages.success(request, _("Saved. It counts for what is asked from now on."))
            return redirect("campaigns:approval_rules", request.workspace.slug)
    context = {"form": form, "rule": rule, "waiting": waiting_by(rule).count()}
    return render(request, "campaigns/approval_rule_form.html", context, status=status)


@page("POST", permission=CONFIGURE)
def approval_rule_remove(request: WorkspaceRequest, pk: int) -> HttpResponse:
    rule = get_object_or_404(rules_of(request.membership), pk=pk)
    remove_rule(by=request.membership, rule=rule)
    slug = request.workspace.slug
    undo = reverse("campaigns:approval_rule_restore", args=[slug, pk])
    messages.success(request, _("The rule is removed. What has been asked by it stays asked."), extra_tags=undo)
    return redirect("campaigns:approval_rules", slug)


@page("POST", permission=CONFIGURE)
def approval_rule_restore(request: WorkspaceRequest, pk: int) -> HttpResponse:
    rule = get_object_or_404(removed_rules_of(request.membership), pk=pk)
    restore_rule(by=request.membership, rule=rule)
    messages.success(request, _("The rule is back."))
    return redirect("campaigns:approval_rules", request.workspace.slug)
