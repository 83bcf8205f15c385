"""What happened on a map, and taking a change back."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from journeys.queries.maps import any_map_of, maps_of
from journeys.services.undo import undo as take_back
from journeys.views.answers import answer, changed_board, map_address
from teams.door import page
from teams.errors import Conflict

PER_PAGE = 50


@page("GET")
def changes(request, map_id):
    journey = get_object_or_404(maps_of(request.membership), pk=map_id)
    listed = journey.changes.select_related("actor__user").order_by("-revision")
    context = {"journey": journey, "page": Paginator(listed, PER_PAGE).get_page(request.GET.get("page"))}
    return render(request, "journeys/changes.html", context)


@page("POST")
def undo(request, map_id, revision):
    journey = get_object_or_404(any_map_of(request.membership), pk=map_id)
    change = get_object_or_404(journey.changes, revision=revision)
    try:
        take_back(by=request.membership, change=change)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    except Conflict:
        messages.error(request, _("It was changed again since. Nothing was undone."))
    else:
        messages.success(request, _("Undone."))
    if not request.htmx:
        return redirect(map_address(journey, request))
    return answer(request, journey, [changed_board(request, journey)])
