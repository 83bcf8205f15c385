from django.shortcuts import render

from journeys.queries.search import find_everything
from teams.door import page


@page("GET")
def search(request):
    """Everything that the workspace keeps, by words; for the palette only the list of links."""
    text = request.GET.get("q", "").replace("\x00", "")[:200]
    context = {"text": text, "found": find_everything(request.workspace, text) if text.strip() else []}
    return render(request, "journeys/search_found.html" if request.htmx else "journeys/search.html", context)
