"""The floor: bare views behind the same middleware and sign-in as the pages they are held against."""

from datetime import date
from itertools import count

from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpResponse
from django.template import Context, Template
from django.urls import include, path

from campaigns.drawing.days import Range
from campaigns.queries import calendar_rows as rows
from campaigns.queries.calendar import Filters
from journeys.enums import Verb
from journeys.models import Card, Change
from teams.models import Membership

MARCH = Range(date(2027, 3, 1), date(2027, 4, 4))  # its whole weeks
LIST = Template("<ul>{% for one in found %}<li>{{ one }}</li>{% endfor %}</ul>")
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


@login_required
def month(request, member_id):
    """Reads what the calendar shows of March 2027, by the same queries, and lists the titles."""
    actor = Membership.objects.get(pk=member_id)
    read = (rows.campaigns_between, rows.messages_between, rows.tasks_between, rows.experiments_between)
    found = [one for between in read for one in between(actor, Filters(), MARCH)]
    return HttpResponse(LIST.render(Context({"found": found})))


urlpatterns = [
    path("floor/ready/", ready),
    path("floor/month/<int:member_id>/", month),
    path("floor/write/<int:card_id>/", write),
    path("", include("config.urls")),
]
