"""The rules for names in links: everybody reads and tries them, administrators change them."""

from functools import partial

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from campaigns.forms.link_rules import DestinationRuleForm, LinkRuleForm, TrialForm
from campaigns.naming.rules import KNOWN
from campaigns.queries import links as queries
from campaigns.services import link_rules as services
from teams.door import WorkspaceRequest, page
from teams.permissions import Permission, can
from teams.seen import posted, refuse, save


@page("GET")
def link_rules(request: WorkspaceRequest) -> HttpResponse:
    """All rules with their order, and a field to try a value: `?parameter=utm_campaign&value=Spring Sale`."""
    rules = services.rules_for(request.workspace.pk)
    trial = TrialForm(request.GET if "parameter" in request.GET else None, rules=rules)
    if request.htmx:
        return render(request, "campaigns/_trial.html", {"trial": trial})
    breaking, looked_at = queries.breaking_links(request.membership, rules)
    places = {rule.parameter: place for place, rule in enumerate(rules.parameters)}
    context = {
        "destination": services.furnish(request.workspace.pk),
        "rules": sorted(queries.rules_of(request.membership), key=lambda rule: places.get(rule.parameter, 0)),
        "trial": trial,
        "breaking": len(breaking),
        "looked_at": looked_at,
        "may_change": can(request.membership, Permission.LINK_RULES),
    }
    return render(request, "campaigns/link_rules.html", context)


@page("GET", "POST", permission=Permission.LINK_RULES)
def link_rule_new(request: WorkspaceRequest) -> HttpResponse:
    form = LinkRuleForm(posted(request), initial={"parameter": first_free(request)})
    if request.method == "POST" and form.is_valid():
        try:
            services.add_rule(by=request.membership, **form.fields_given())
        except ValidationError as error:
            refuse(form, error)
        else:
            return done(request, _("The rule is added."))
    return render(request, "campaigns/link_rule_form.html", {"form": form}, status=422 if form.errors else 200)


def first_free(request) -> str:
    """A usual parameter that has no rule yet."""
    there = set(queries.rules_of(request.membership).values_list("parameter", flat=True))
    return next((name for name in KNOWN if name not in there), "")


@page("GET", "POST", permission=Permission.LINK_RULES)
def link_rule_edit(request: WorkspaceRequest, pk: int) -> HttpResponse:
    rule = get_object_or_404(queries.rules_of(request.membership), pk=pk)
    form = LinkRuleForm(posted(request), instance=rule)
    status = 200
    if request.method == "POST":
        status = save(
            form,
            partial(services.edit_rule, by=request.membership, rule=rule),
            lambda current: LinkRuleForm(instance=current),
        )
        if status == 302:
            return done(request, _("Saved."))
    named = get_object_or_404(queries.rules_of(request.membership), pk=pk)
    return render(request, "campaigns/link_rule_form.html", {"form": form, "rule": named}, status=status)


@page("GET", "POST", permission=Permission.LINK_RULES)
def destination_rule_edit(request: WorkspaceRequest) -> HttpResponse:
    form = DestinationRuleForm(posted(request), instance=services.furnish(request.workspace.pk))
    status = 200
    if request.method == "POST":
        status = save(
            form,
            partial(services.edit_destination, by=request.membership),
            lambda current: DestinationRuleForm(instance=current),
        )
        if status == 302:
            return done(request, _("Saved."))
    return render(request, "campaigns/destination_rule_form.html", {"form": form}, status=status)


@page("POST", permission=Permission.LINK_RULES)
def link_rule_remove(request: WorkspaceRequest, pk: int) -> HttpResponse:
    rule = get_object_or_404(queries.rules_of(request.membership), pk=pk)
    services.remove_rule(by=request.membership, rule=rule)
    undo = reverse("campaigns:link_rule_restore", args=[request.workspace.slug, rule.pk])
    return done(request, _("The rule for %(name)s is removed.") % {"name": rule.parameter}, undo)


@page("POST", permission=Permission.LINK_RULES)
def link_rule_restore(request: WorkspaceRequest, pk: int) -> HttpResponse:
    rule = get_object_or_404(queries.removed_rules_of(request.membership), pk=pk)
    try:
        services.restore_rule(by=request.membership, rule=rule)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("campaigns:link_rules", request.workspace.slug)
    return done(request, _("The rule for %(name)s is back.") % {"name": rule.parameter})


def done(request, sentence: str, undo: str = "") -> HttpResponse:
    """Back to the rules, with what they mean for the links that are there."""
    breaking, looked_at = queries.breaking_links(request.membership, services.rules_for(request.workspace.pk))
    consequence = ngettext(
        "%(sentence)s %(number)d of the latest %(all)d links would be refused today; it stays as it is.",
        "%(sentence)s %(number)d of the latest %(all)d links would be refused today; they stay as they are.",
        len(breaking),
    ) % {"sentence": sentence, "number": len(breaking), "all": looked_at}
    messages.success(request, consequence if breaking else sentence, extra_tags=undo)
    return redirect("campaigns:link_rules", request.workspace.slug)
