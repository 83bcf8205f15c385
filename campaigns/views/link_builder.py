"""The builder: what is wrong is said while one types, with a proposal that one click or Enter takes."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from campaigns.forms.links import LinkDraft, typed_of
from campaigns.models import Link
from campaigns.naming.check import check
from campaigns.naming.rules import Rules
from campaigns.queries import links as queries
from campaigns.services.link_rules import rules_for
from campaigns.services.links import build_link
from teams.door import WorkspaceRequest, page
from teams.permissions import Permission
from teams.queries import named_id


@page("GET", "POST", permission=Permission.LINK_CREATE)
def link_new(request: WorkspaceRequest) -> HttpResponse:
    """Build a link; `?from=ID` begins with another one that the new one replaces, `?like=ID` with one it resembles."""
    rules = rules_for(request.workspace.pk)
    if request.method != "POST":
        return answer(request, LinkDraft(rules, beginning(request, rules)), replaced(request, request.GET.get("from")))
    draft = LinkDraft(rules, request.POST, strict=True)
    replaces = replaced(request, request.POST.get("replaces"))
    if "take" in request.POST:
        return answer(request, draft.taking(request.POST["take"]), replaces)
    if not draft.checked.ok:
        return answer(request, draft, replaces, status=422)
    try:
        built = build_link(by=request.membership, url=draft.url, parameters=draft.given, replaces=replaces)
    except ValidationError as error:  # somebody changed the rules a moment ago
        messages.error(request, " ".join(error.messages))
        return answer(
            request, LinkDraft(rules_for(request.workspace.pk), request.POST, strict=True), replaces, status=422
        )
    said = _("The link is built.") if built.new else _("This link was built before: here it is.")
    messages.success(request, said)
    return redirect(reverse("campaigns:link", args=[request.workspace.slug, built.link.pk]))


@page("POST", permission=Permission.LINK_CREATE)
def link_check(request: WorkspaceRequest) -> HttpResponse:
    """What the checker says of the draft: the result, and for each field what is wrong. Nothing is kept."""
    draft = LinkDraft(rules_for(request.workspace.pk), request.POST)
    return render(request, "campaigns/_builder_live.html", {"draft": draft, "oob": True})


def answer(request, draft: LinkDraft, replaces: Link | None, *, status: int = 200) -> HttpResponse:
    names = [rule.parameter for rule in draft.rules.parameters if not rule.allowed]
    draft.suggestions = queries.used_values(request.membership, names)
    return render(request, "campaigns/link_new.html", {"draft": draft, "replaces": replaces}, status=status)


def beginning(request, rules: Rules) -> dict[str, str]:
    """What the fields begin with: a link that the address names, or what it gives for them."""
    other = replaced(request, request.GET.get("from") or request.GET.get("like"))
    return typed_of(check(other.url, rules)) if other else request.GET.dict()


def replaced(request, text: str | None) -> Link | None:
    return queries.any_links_of(request.membership).filter(pk=named_id(text)).first() if named_id(text) else None
