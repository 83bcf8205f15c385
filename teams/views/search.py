from django.http import HttpResponse
from django.shortcuts import render

from teams.door import WorkspaceRequest, page
from teams.services.findable import find_everything, kinds


@page("GET")
def search(request: WorkspaceRequest) -> HttpResponse:
    """Everything that the workspace keeps, by words; for the palette only the list of links."""
    text = request.GET.get("q", "").replace("\x00", "")[:200]
    context = {
        "text": text,
        "found": find_everything(request.workspace, text) if text.strip() else [],
        "kinds": ", ".join(str(kind.label) for kind in kinds()),
    }
    return render(request, "teams/search_found.html" if request.htmx else "teams/search.html", context)
