"""The API's root: which noun lives where."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.urls import include, path, re_path
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.defaults import server_error
from rest_framework.routers import SimpleRouter

from teams.api import problems
from teams.api.document import SchemaView, docs
from teams.api.members import Members
from teams.api.teams import Teams
from teams.api.workspace import WorkspaceView

PREFIX = "/api/"

router = SimpleRouter()
router.register("teams", Teams, basename="team")
router.register("members", Members, basename="member")


@csrf_exempt
def nothing_here(request: HttpRequest) -> HttpResponse:
    return problems.plain(request, HTTPStatus.NOT_FOUND, _("There is nothing here. Addresses end with a slash."))


def failed(request: HttpRequest) -> HttpResponse:
    """The site's `handler500`: programs get a problem, people a page."""
    if request.path.startswith(PREFIX):
        return problems.plain(request, HTTPStatus.INTERNAL_SERVER_ERROR, _("Something went wrong. It is in the log."))
    return server_error(request)


app_name = "api"
urlpatterns = [
    path("v1/workspace/", WorkspaceView.as_view(), name="workspace"),
    path("v1/", include(router.urls)),
    path("v1/schema/", SchemaView.as_view(), name="schema"),
    path("v1/docs/", docs, name="docs"),
    re_path("", nothing_here),
]
