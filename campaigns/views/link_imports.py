"""Links from CSV: a file is taken in, looked through with a preview, and imported or left."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from campaigns.models import LinkUpload
from campaigns.queries.links import upload_of
from campaigns.services import link_imports as services
from campaigns.services.link_rules import rules_for
from campaigns.services.link_tables import table_of_lines
from campaigns.views.links import download
from insights.forms.uploads import UploadForm
from teams.door import WorkspaceRequest, page
from teams.permissions import Permission
from teams.seen import posted, refuse


@page("GET", "POST", permission=Permission.LINK_CREATE)
def links_import(request: WorkspaceRequest) -> HttpResponse:
    """Take in a file. It waits at the preview, so the page can be left and come back to."""
    form = UploadForm(posted(request), request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.keep_upload(by=request.membership, text=form.cleaned_data["text"], name=form.name())
        except ValidationError as error:
            refuse(form, error)
        else:
            return redirect("campaigns:links_preview", request.workspace.slug)
    names = [rule.parameter for rule in rules_for(request.workspace.pk).parameters]
    context = {"form": form, "names": names, "waiting": upload_of(request.membership)}
    return render(request, "campaigns/links_import.html", context, status=422 if form.errors else 200)


@page("GET", "POST", permission=Permission.LINK_CREATE)
def links_preview(request: WorkspaceRequest) -> HttpResponse:
    """What would be imported, by today's rules. POST imports (`confirm` is `all` or `right`), or drops the file."""
    upload = upload_of(request.membership)
    if upload is None:
        return redirect("campaigns:links_import", request.workspace.slug)
    if request.method == "POST":
        return decide(request, upload, request.POST.get("confirm", ""))
    try:
        preview = services.preview_upload(upload)
    except ValidationError as error:  # the rules it was read with are others now
        messages.error(request, " ".join(error.messages))
        return redirect("campaigns:links_import", request.workspace.slug)
    return render(request, "campaigns/links_preview.html", {"upload": upload, "preview": preview})


def decide(request, upload: LinkUpload, wanted: str) -> HttpResponse:
    if wanted not in {"all", "right"}:
        services.drop_upload(by=request.membership)
        messages.success(request, _("Nothing was imported."))
        return redirect("campaigns:links_import", request.workspace.slug)
    try:
        done = services.import_upload(by=request.membership, upload=upload, only_right=wanted == "right")
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("campaigns:links_preview", request.workspace.slug)
    numbers = {"new": done.new, "before": done.there_before}
    messages.success(request, _("Imported: %(new)d new links, %(before)d were there before.") % numbers)
    return redirect("campaigns:links", request.workspace.slug)


@page("GET", permission=Permission.LINK_CREATE)
def links_checked(request: WorkspaceRequest) -> HttpResponse:
    """The waiting file with the proposals taken, and what was wrong beside them."""
    upload = upload_of(request.membership)
    if upload is None:
        return redirect("campaigns:links_import", request.workspace.slug)
    try:
        _sheet, lines = services.judged_lines(upload)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("campaigns:links_import", request.workspace.slug)
    names = [rule.parameter for rule in rules_for(request.workspace.pk).parameters]
    return download(table_of_lines(lines, names), "links-checked.csv")
