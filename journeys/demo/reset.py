"""Taking the demo away again."""

from django.db.models import Q

from journeys.demo import build, large
from teams.models import SearchWord, User, Workspace

NAMES = {build.SLUG: build.NAME, build.OTHER_SLUG: build.OTHER_NAME, large.SLUG: large.NAME}


def foreign_workspaces() -> list[str]:
    """Workspaces that have an address of the demo's and that somebody else has made."""
    ours = Q(memberships__user__email__in=[build.INGRID, build.CALLUM])
    return list(Workspace.objects.filter(slug__in=NAMES).exclude(ours).values_list("slug", flat=True))


def clear() -> None:
    """Delete the demo's workspaces with all that is in them, and its people. Addresses on `.example` are nobody's."""
    workspaces = Workspace.objects.filter(slug__in=NAMES)
    SearchWord.objects.filter(workspace__in=workspaces).delete()
    workspaces.delete()
    domains = [build.INGRID, build.CALLUM, large.email(0)]
    for domain in domains:
        User.objects.filter(email__endswith="@" + domain.partition("@")[2], memberships=None).delete()
