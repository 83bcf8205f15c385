"""The form of a message: add one to a campaign, change it, build its link right there."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from campaigns.forms.message_forms import MessageForms, worked_on
from campaigns.forms.message_texts import offered_languages
from campaigns.lengths import LENGTHS
from campaigns.models import Campaign, Link, Message
from campaigns.queries import links as link_queries
from campaigns.queries.campaigns import STAGES, kept_campaigns_of
from campaigns.queries.messages import any_message_of, complete
from campaigns.queries.tactics import find_tactic
from campaigns.services import messages as services
from campaigns.services.link_rules import rules_for
from campaigns.services.links import build_link
from teams.door import WorkspaceRequest, page
from teams.errors import Conflict, Gone
from teams.permissions import Permission, require

# Buttons that ask for another form, not for saving what is in this one.
UNFINISHED = ("do", "take", "build", "restore")
BEGINNING = ("title", "channel", "stage", "persona", "starts_on", "ends_on", "position", "lifecycle", "segments")


@page("GET", "POST", permission=Permission.CAMPAIGN_CREATE)
def message_new(request: WorkspaceRequest, pk: int) -> HttpResponse:
    """Add a message; the address may say where: `?stage=1&persona=2&channel=3&starts_on=2027-03-01`."""
    campaign = campaign_to_edit(request, pk)
    if request.method != "POST":
        initial: dict[str, Any] = {name: request.GET[name] for name in BEGINNING if name in request.GET}
        return form_page(request, forms_of(request, campaign, initial=initial), campaign)
    if any(name in request.POST for name in UNFINISHED):
        return unfinished(request, campaign)
    forms = forms_of(request, campaign, data=request.POST)
    if forms.is_valid() and linked(request, forms):
        try:
            made = services.add_message(by=request.membership, campaign=campaign, **forms.service_fields())
        except ValidationError as error:
            forms.refuse(error)
        else:
            messages.success(request, _("“%(title)s” is added.") % {"title": made.title})
            return redirect("campaigns:message", request.workspace.slug, made.pk)
    return form_page(request, forms, campaign, status=422)


@page("GET", "POST", permission=Permission.CAMPAIGN_CREATE)
def message_edit(request: WorkspaceRequest, pk: int) -> HttpResponse:
    message = get_object_or_404(complete(any_message_of(request.membership)), pk=pk)
    campaign = campaign_to_edit(request, message.campaign_id)
    if request.method != "POST":
        if message.removed_at:
            raise Http404
        return form_page(request, forms_of(request, campaign, message), campaign, message)
    if message.removed_at and "restore" in request.POST:
        message = bring_back(request, message)
    if any(name in request.POST for name in UNFINISHED):
        return unfinished(request, campaign, message)
    forms = forms_of(request, campaign, message, request.POST)
    status = save(request, message, forms)
    if status == 302:
        return redirect("campaigns:message", request.workspace.slug, message.pk)
    return form_page(request, forms, campaign, message, status)


def campaign_to_edit(request: WorkspaceRequest, pk: int) -> Campaign:
    rows = kept_campaigns_of(request.membership).select_related("workspace", "owner__user").prefetch_related(STAGES)
    campaign = get_object_or_404(rows, pk=pk)
    require(request.membership, Permission.CAMPAIGN_EDIT, campaign)
    return campaign


def forms_of(
    request: WorkspaceRequest,
    campaign: Campaign,
    message: Message | None = None,
    data: QueryDict | None = None,
    initial: dict[str, Any] | None = None,
) -> MessageForms:
    rules = rules_for(request.workspace.pk)
    return MessageForms(request.membership, campaign, rules, message=message, data=data, initial=initial)


def bring_back(request: WorkspaceRequest, message: Message) -> Message:
    """Somebody removed it meanwhile: it comes back, and what was typed stays in the form to be saved."""
    services.restore_message(by=request.membership, message=message)
    messages.success(request, _("“%(title)s” is back. Your text is not saved yet.") % {"title": message.title})
    return complete(any_message_of(request.membership)).get(pk=message.pk)


def unfinished(request: WorkspaceRequest, campaign: Campaign, message: Message | None = None) -> HttpResponse:
    """The form after a button inside it; nothing of the message is saved."""
    data = worked_on(request.POST, rules_for(request.workspace.pk))
    if "restore" in data and message is not None and str(message.version - 2) == data.get("seen"):
        data["seen"] = str(message.version)  # nothing but the removal happened since
    forms = forms_of(request, campaign, message, data)
    if "build" in data and (link := try_build(request, forms)):
        data["link"], data["url"] = str(link.pk), ""
        messages.success(request, _("The link is built and chosen. Save the message to keep it."))
        del data["build"]
        forms = forms_of(request, campaign, message, data)
    status = 422 if "build" in data else 200
    forms.forgive()
    return form_page(request, forms, campaign, message, status)


def try_build(request: WorkspaceRequest, forms: MessageForms) -> Link | None:
    """Build the link that was typed; None where it breaks a rule, which the draft names."""
    if not forms.draft.checked.ok:
        return None
    try:
        return build_link(by=request.membership, url=forms.draft.url, parameters=forms.draft.given).link
    except ValidationError as error:  # somebody changed the rules a moment ago
        messages.error(request, " ".join(error.messages))
        return None


def linked(request: WorkspaceRequest, forms: MessageForms) -> bool:
    """Build and choose what was typed into the builder, if anything was; false where that is refused."""
    if not forms.draft.url:
        return True
    link = try_build(request, forms)
    if link is not None:
        forms.main.cleaned_data["link"] = link
    return link is not None


def save(request: WorkspaceRequest, message: Message, forms: MessageForms) -> int:
    """Try to save; 302 where that is done, 409 where somebody was faster, 422 where something is wrong."""
    if not (forms.is_valid() and linked(request, forms)):
        return 422
    given = forms.service_fields() | {"seen": forms.main.seen_version()}
    try:
        services.edit_message(by=request.membership, message=message, **given)
    except ValidationError as error:
        forms.refuse(error)
        return 422
    except Conflict:
        forms.show_theirs(complete(any_message_of(request.membership)).get(pk=message.pk))
        return 409
    except Gone:
        message.refresh_from_db(fields=["removed_at"])
        return 409
    messages.success(request, _("Saved."))
    return 302


def form_page(
    request: WorkspaceRequest,
    forms: MessageForms,
    campaign: Campaign,
    message: Message | None = None,
    status: int = 200,
) -> HttpResponse:
    names = [rule.parameter for rule in forms.rules.parameters if not rule.allowed]
    forms.draft.suggestions = link_queries.used_values(request.membership, names)
    icons = {str(channel.pk): channel.icon for channel in forms.main.fields["channel"].queryset}
    context = {
        "forms": forms,
        "form": forms.main,
        "draft": forms.draft,
        "campaign": campaign,
        "message": message,
        "removed": message is not None and message.removed_at is not None,
        "typed": request.method == "POST",
        "languages": offered_languages(),
        "tactic": find_tactic(request.membership, message.tactic) if message and message.tactic else None,
        "lengths": {pk: LENGTHS[icon]._asdict() for pk, icon in icons.items() if icon in LENGTHS},
    }
    return render(request, "campaigns/message_form.html", context, status=status)
