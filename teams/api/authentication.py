"""Who asks: a program by its key, or a signed-in person by the session. Both leave an actor on the request."""

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext as _
from rest_framework.authentication import BaseAuthentication, SessionAuthentication
from rest_framework.exceptions import AuthenticationFailed, ValidationError
from rest_framework.request import Request

from teams.models import Membership, User
from teams.services.keys import find_key

HEADER = "X-Workspace"


class KeyAuthentication(BaseAuthentication):
    """`Authorization: Bearer tl_…`. The key says which workspace it opens."""

    def authenticate(self, request: Request):
        scheme, _space, secret = request.headers.get("Authorization", "").partition(" ")
        if scheme.lower() != "bearer":
            return None
        key = find_key(secret.strip())
        if key is None:
            raise AuthenticationFailed(_("This key is unknown, revoked or expired."))
        request.actor = key  # type: ignore[attr-defined]
        return AnonymousUser(), key

    def authenticate_header(self, request: Request) -> str:
        return 'Bearer realm="api"'


class PersonAuthentication(SessionAuthentication):
    """The session of somebody who is signed in on the site; writes need the CSRF token."""

    def authenticate(self, request: Request):
        found = super().authenticate(request)
        if found is not None:
            request.actor = membership_for(found[0], request.headers.get(HEADER, ""))  # type: ignore[attr-defined]
        return found


def membership_for(user: User, slug: str) -> Membership:
    """The membership in the workspace that the header names, or the only one there is."""
    memberships = Membership.objects.select_related("workspace").filter(user=user)
    if slug:
        membership = memberships.filter(workspace__slug=slug).first()
        if membership is None:
            raise ValidationError({HEADER: [_("You have no workspace with this address.")]})
        return membership
    found = list(memberships[:2])
    if len(found) != 1:
        raise ValidationError({HEADER: [_("Name the workspace by its address in this header.")]})
    return found[0]
