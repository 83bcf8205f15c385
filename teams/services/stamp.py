"""The workspace's stamp: grows when something that maps show changes, so that what was drawn before is drawn anew."""

from django.db.models import F

from teams.models import Workspace


def touch(workspace_id: int) -> None:
    Workspace.objects.filter(pk=workspace_id).update(stamp=F("stamp") + 1)
