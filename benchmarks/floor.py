"""The floor: bare views behind the same middleware and sign-in as the pages they are held against."""

from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpResponse
from django.urls import include, path

from journeys.models import Map
from teams.models import Workspace

READY: dict[str, bytes] = {}


@login_required
def ready(request):
    """Answers a string that was made before, of the size of the page that it is held against."""
    return HttpResponse(READY["page"])


@login_required
def write(request, map_id):
    """Updates one row and inserts one, in a transaction."""
    with transaction.atomic():
        Map.objects.filter(pk=map_id).update(description="floor")
        Workspace.objects.create(name="Floor", slug=request.GET["slug"])
    return HttpResponse("done")


urlpatterns = [
    path("floor/ready/", ready),
    path("floor/write/<int:map_id>/", write),
    path("", include("config.urls")),
]
