"""The API's first door. Whether this actor may change this object is decided by the service behind it."""

from rest_framework.permissions import SAFE_METHODS, BasePermission

from teams.permissions import RULES, Permission, can


class InWorkspace(BasePermission):
    """Somebody of a workspace; for a write, with a role that may do such a thing at least where it owns.

    A view names in `needs` what its writes are about, so that a viewer is told 403 before their body is read.
    """

    def has_permission(self, request, view) -> bool:
        actor = getattr(request, "actor", None)
        if actor is None:
            return False
        if request.method in SAFE_METHODS:
            return can(actor, Permission.WORKSPACE_VIEW)
        rule = RULES[view.needs]
        return actor.role in rule.always | rule.owning
