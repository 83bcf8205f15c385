"""The budget of a campaign: read it as a table, fill it in year by year."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from campaigns.forms.budgets import BudgetForm, years_of
from campaigns.models import Campaign
from campaigns.queries.budgets import budget_of
from campaigns.services.campaigns import edit_campaign
from campaigns.views.frame import frame, shown
from teams.door import WorkspaceRequest, page
from teams.errors import Conflict
from teams.permissions import Permission, can, require
from teams.queries import named_id
from teams.seen import posted, refuse


@page("GET", "POST")
def campaign_budget(request: WorkspaceRequest, pk: int) -> HttpResponse:
    """Everybody reads it; who may edit the campaign fills it in."""
    campaign = shown(request, pk)
    status, form = 200, form_of(request, campaign)
    if request.method == "POST":
        require(request.membership, Permission.CAMPAIGN_EDIT, campaign)
        status = save(request, campaign, form)
        if status == 302:
            return redirect(f"{request.path}?year={form.year}")
    may_edit = can(request.membership, Permission.CAMPAIGN_EDIT, campaign)
    context = frame(request, campaign, "campaign_budget") | {
        "budget": budget_of(campaign),
        "form": form if may_edit else None,
        "years": years_of(campaign, timezone.localdate()),
        "whole": len(form.months) == 12,
    }
    return render(request, "campaigns/budget.html", context, status=status)


def form_of(request: WorkspaceRequest, campaign: Campaign) -> BudgetForm:
    today = timezone.localdate()
    years = years_of(campaign, today)
    asked = named_id(request.GET.get("year"))
    usual = today.year if today.year in years else years[0]
    year = asked if asked in years else usual
    return BudgetForm(posted(request), campaign=campaign, year=year, whole=request.GET.get("whole") == "1")


def save(request: WorkspaceRequest, campaign: Campaign, form: BudgetForm) -> int:
    """Try to save; 302 where that is done, 409 where somebody was faster, 422 where something is wrong."""
    if not form.is_valid():
        return 422
    try:
        edit_campaign(by=request.membership, campaign=campaign, seen=form.seen_version(), budget=form.budget())
    except ValidationError as error:
        refuse(form, error)
        return 422
    except Conflict:
        form.show_theirs(form_of_now(request, form))
        return 409
    messages.success(request, _("Saved."))
    return 302


def form_of_now(request: WorkspaceRequest, form: BudgetForm) -> BudgetForm:
    """Filled from the campaign as it is now, with the places of the form that was sent."""
    current = shown(request, form.campaign.pk)
    return BudgetForm(campaign=current, year=form.year, whole=len(form.months) == 12)
