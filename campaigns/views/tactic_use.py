"""A tactic becomes the draft of a message: by a form, or dropped onto a day of a calendar."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from campaigns.forms.tactics import UseForm
from campaigns.models import Message
from campaigns.queries.editable import editable_campaigns
from campaigns.services.tactics import use_tactic
from teams.door import WorkspaceRequest, page
from teams.permissions import Permission
from teams.seen import posted, refuse


@page("GET", "POST", permission=Permission.CAMPAIGN_CREATE)
def tactic_use(request: WorkspaceRequest) -> HttpResponse:
    """POST {tactic, campaign, starts_on}. A form is led to the new message. Htmx gets 201 with the toast that can undo
    it; who accepts JSON gets 201 with its address, the undo's and what to say. 422 names what is wrong."""
    campaigns = editable_campaigns(request.membership)
    form = UseForm(posted(request), actor=request.membership, campaigns=campaigns, initial=request.GET.dict())
    made = try_use(request, form) if request.method == "POST" else None
    if made is not None:
        return answer(request, made)
    status = 422 if form.errors else 200
    if request.method == "POST" and wants_json(request):
        return JsonResponse({"errors": form.errors}, status=status)
    return render(request, "campaigns/tactic_use.html", {"form": form, "campaigns": campaigns}, status=status)


def wants_json(request: WorkspaceRequest) -> bool:
    return request.get_preferred_type(["text/html", "application/json"]) == "application/json"


def try_use(request: WorkspaceRequest, form: UseForm) -> Message | None:
    if not form.is_valid():
        return None
    given = form.cleaned_data
    try:
        return use_tactic(
            by=request.membership, tactic=given["tactic"], campaign=given["campaign"], starts_on=given["starts_on"]
        )
    except ValidationError as error:
        refuse(form, error)
        return None


def answer(request: WorkspaceRequest, made: Message) -> HttpResponse:
    slug = request.workspace.slug
    said = _("“%(title)s” is added to “%(campaign)s” as a draft.")
    said %= {"title": made.title, "campaign": made.campaign.title}
    address = reverse("campaigns:message", args=[slug, made.pk])
    undo = reverse("campaigns:message_remove", args=[slug, made.pk])
    if wants_json(request):
        body = {"id": made.pk, "href": address, "undo": undo, "said": said}
        return JsonResponse(body, status=201, headers={"Location": address})
    messages.success(request, said, extra_tags=undo)
    if request.htmx:
        response = render(request, "components/toasts.html", {"oob": True}, status=201)
        response["Location"] = address
        return response
    return redirect("campaigns:message_edit", slug, made.pk)
