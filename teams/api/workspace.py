"""The one workspace that the caller's key or session opens."""

from rest_framework.response import Response

from teams.api.etags import seen_version
from teams.api.objects import Single
from teams.api.serializers import ObjectSerializer
from teams.models import Workspace
from teams.permissions import Permission
from teams.services.workspaces import edit_workspace


class WorkspaceSerializer(ObjectSerializer):
    class Meta:
        model = Workspace
        fields = ["id", "name", "slug", "timezone", "version", "created_at"]


class WorkspaceView(Single):
    """The workspace: its name, its address on the site, and the time zone that new members begin with."""

    needs = Permission.WORKSPACE_EDIT
    serializer_class = WorkspaceSerializer

    def get_object(self) -> Workspace:
        return Workspace.objects.get(pk=self.actor.workspace_id)

    def get(self, request) -> Response:
        return self.answer(self.get_object())

    def patch(self, request) -> Response:
        workspace = self.get_object()
        seen = seen_version(request, workspace.version)
        fields = self.body(instance=workspace, partial=True)
        return self.answer(edit_workspace(by=self.actor, seen=seen, **fields))
