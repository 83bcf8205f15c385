"""Policies on contact pressure: everybody reads them, administrators set them."""

from functools import partial

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaigns.enums import PolicyKind
from campaigns.forms.policies import PolicyForm
from campaigns.models import Policy
from campaigns.queries import policies as queries
from campaigns.services import policies as services
from teams.door import WorkspaceRequest, page
from teams.permissions import Permission, can
from teams.seen import posted, refuse, save

CONFIGURE = Permission.CAMPAIGN_CONFIGURE
ABOUT = {
    PolicyKind.CAP: gettext_lazy(
        "So many messages per person and day, week or month: of all, by a channel, for a stage."
    ),
    PolicyKind.GAP: gettext_lazy("So many hours between two messages to one person."),
    PolicyKind.QUIET_HOURS: gettext_lazy("Nothing at night, on each person’s own clock."),
    PolicyKind.QUIET_WEEKDAYS: gettext_lazy("Nothing on Sundays, or on any other day of the week."),
    PolicyKind.BLACKOUT: gettext_lazy("Nothing on these days: holidays, an outage, a day of mourning."),
    PolicyKind.HELD_OUT: gettext_lazy("A share of everybody gets nothing, so that you see what messages are worth."),
}


@page("GET")
def policies(request: WorkspaceRequest) -> HttpResponse:
    rows = queries.listed(queries.policies_of(request.membership))
    context = {"policies": rows, "may_configure": can(request.membership, CONFIGURE)}
    return render(request, "campaigns/policies.html", context)


@page("POST", permission=CONFIGURE)
def policy_starters(request: WorkspaceRequest) -> HttpResponse:
    try:
        services.add_starters(by=request.membership)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("These policies are in force. Change what does not fit you."))
    return redirect("campaigns:policies", request.workspace.slug)


@page("GET", "POST", permission=CONFIGURE)
def policy_new(request: WorkspaceRequest) -> HttpResponse:
    """Of the kind in `?kind=`; without one, what kinds there are."""
    given = request.POST if request.method == "POST" else request.GET
    kind = given.get("kind", "")
    if kind not in PolicyKind.values:
        kinds = [(value, PolicyKind(value).label, ABOUT[PolicyKind(value)]) for value in PolicyKind.values]
        status = 422 if request.method == "POST" else 200
        return render(request, "campaigns/policy_kinds.html", {"kinds": kinds}, status=status)
    form = PolicyForm(posted(request), actor=request.membership, kind=kind)
    if request.method == "POST" and form.is_valid():
        try:
            services.add_policy(by=request.membership, kind=kind, **form.fields_given())
        except ValidationError as error:
            refuse(form, error)
        else:
            messages.success(request, _("The policy is there."))
            return redirect("campaigns:policies", request.workspace.slug)
    context = {"form": form, "kind": PolicyKind(kind).label, "about": ABOUT[PolicyKind(kind)]}
    return render(request, "campaigns/policy_form.html", context, status=422 if form.errors else 200)


@page("GET", "POST", permission=CONFIGURE)
def policy_edit(request: WorkspaceRequest, pk: int) -> HttpResponse:
    policy = named_policy(request, pk)
    form = filled(request, policy, bound=True)
    status = 200
    if request.method == "POST":
        status = save(
            form,
            partial(services.edit_policy, by=request.membership, policy=policy),
            lambda current: filled(request, current),
        )
        if status == 302:
            messages.success(request, _("Saved."))
            return redirect("campaigns:policies", request.workspace.slug)
    kind = PolicyKind(policy.kind)
    context = {"form": form, "policy": policy, "kind": kind.label, "about": ABOUT[kind]}
    return render(request, "campaigns/policy_form.html", context, status=status)


def named_policy(request: WorkspaceRequest, pk: int) -> Policy:
    found = queries.listed(queries.policies_of(request.membership).filter(pk=pk))
    if not found:
        raise Http404
    return found[0]


def filled(request: WorkspaceRequest, policy: Policy, *, bound: bool = False) -> PolicyForm:
    data = posted(request) if bound else None
    return PolicyForm(data, actor=request.membership, kind=policy.kind, policy=policy)


@page("POST", permission=CONFIGURE)
def policy_remove(request: WorkspaceRequest, pk: int) -> HttpResponse:
    policy = named_policy(request, pk)
    services.remove_policy(by=request.membership, policy=policy)
    undo = reverse("campaigns:policy_restore", args=[request.workspace.slug, pk])
    messages.success(request, _("Removed: %(policy)s") % {"policy": policy}, extra_tags=undo)
    return redirect("campaigns:policies", request.workspace.slug)


@page("POST", permission=CONFIGURE)
def policy_restore(request: WorkspaceRequest, pk: int) -> HttpResponse:
    policy = get_object_or_404(queries.removed_policies_of(request.membership), pk=pk)
    try:
        services.restore_policy(by=request.membership, policy=policy)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("The policy is back."))
    return redirect("campaigns:policies", request.workspace.slug)
