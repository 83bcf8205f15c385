from django.http import HttpResponse
from django.shortcuts import render

from teams.door import WorkspaceRequest, page


@page("GET")
def sample_size(request: WorkspaceRequest) -> HttpResponse:
    return render(request, "experiments/sample_size.html")
