"""The one door: every page of a workspace comes in here, and every fetch starts from the membership it sets.

A visitor who is not signed in goes to the sign-in page, a stranger gets 404, a wrong method 405. Whether a member has
the right is asked with `require` by the view or the service, and answers 403.
"""

from functools import wraps

from django.contrib.auth.decorators import login_required
from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed

from teams.errors import Gone
from teams.models import Membership, User, Workspace
from teams.permissions import Permission, require
from teams.queries import unread_of


class WorkspaceRequest(HttpRequest):
    """What a view behind `page` receives."""

    user: User
    membership: Membership
    workspace: Workspace


def membership_of(user, slug: str) -> Membership:
    """The user's membership in the workspace with this address, with its workspace loaded; 404 for strangers.

    `unread` is how many notifications wait, counted in the same query: every page shows it.
    """
    unread = unread_of(OuterRef("pk")).values("recipient").annotate(number=Count("pk")).values("number")
    rows = Membership.objects.select_related("workspace").annotate(unread=Coalesce(Subquery(unread), 0))
    membership = rows.filter(user=user, workspace__slug=slug).order_by("pk").first()
    if membership is None:
        raise Http404
    membership.user = user
    return membership


def page(*methods: str, permission: Permission = Permission.WORKSPACE_VIEW):
    """Decorate a view under `/w/<workspace>/`: it receives `request.membership` and `request.workspace`."""
    allowed = {"HEAD", "OPTIONS", *methods} if "GET" in methods else {"OPTIONS", *methods}

    def decorate(view):
        @wraps(view)
        @login_required
        def entered(request, workspace, *args, **kwargs):
            request.membership = membership_of(request.user, workspace)
            request.workspace = request.membership.workspace
            if request.method not in allowed:
                return HttpResponseNotAllowed(sorted(allowed))
            if request.method == "OPTIONS":  # never reaches the view: Django asks it for no token against forgery
                return HttpResponse(status=204, headers={"Allow": ", ".join(sorted(allowed))})
            require(request.membership, permission)
            if request.session.get("workspace") != workspace:
                request.session["workspace"] = workspace
            try:
                return view(request, *args, **kwargs)
            except Gone as error:  # between the fetch and the service's lock somebody deleted it
                raise Http404 from error

        # For the tests that walk all pages.
        entered.door, entered.methods, entered.permission = "workspace", allowed, permission  # type: ignore[attr-defined]
        return entered

    return decorate
