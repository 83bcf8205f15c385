"""What every page of a workspace needs around its content."""

from teams.permissions import Permission


def workspace(request):
    membership = getattr(request, "membership", None)
    if membership is None:
        return {}
    return {"membership": membership, "workspace": membership.workspace, "Permission": Permission}
