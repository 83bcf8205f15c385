"""The floor: bare views behind the same middleware and sign-in as the pages they are held against."""

from itertools import count

from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpResponse
from django.urls import include, path

from journeys.enums import Verb
from journeys.models import Card, Change

READY: dict[str, bytes] = {}
REVISIONS = count(10**12)


@login_required
def ready(request):
    """Answers a string that was made before, of the size of the page that it is held against."""
    return HttpResponse(READY["page"])


@login_required
def write(request, card_id):
    """Saves one card and inserts one change, in a transaction; nothing is checked, asked, compared or drawn."""
    with transaction.atomic():
        card = Card.objects.get(pk=card_id)
        card.title = request.POST["title"]
        card.save()
        Change.objects.create(
            map_id=card.map_id,
            revision=next(REVISIONS),
            actor_name="floor",
            verb=Verb.EDITED,
            target_kind="card",
            target_uid=card.uid,
            target_label=card.title,
            before={"title": ""},
            after={"title": card.title},
        )
    return HttpResponse(READY["card"])


urlpatterns = [
    path("floor/ready/", ready),
    path("floor/write/<int:card_id>/", write),
    path("", include("config.urls")),
]
