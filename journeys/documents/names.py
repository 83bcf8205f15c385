"""From the names in a document to the objects of a workspace. Each kind is read once, when it is first asked for."""

from functools import cached_property

from django.utils.translation import gettext_lazy as _

from insights.models import Metric
from journeys.models import Channel, Persona
from teams.models import Membership, Team


class Unknown(Exception):
    """Nothing in the workspace has this name. `reason` is a sentence for people, `path` where the name stands."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason
        self.path: tuple[str, ...] = ()


class Names:
    """Lookups by exact name within one workspace."""

    def __init__(self, workspace_id: int) -> None:
        self.workspace_id = workspace_id

    @cached_property
    def teams(self) -> dict[str, Team]:
        return {team.name: team for team in Team.objects.filter(workspace_id=self.workspace_id)}

    @cached_property
    def people(self) -> dict[str, Membership]:
        members = Membership.objects.filter(workspace_id=self.workspace_id).select_related("user")
        return {member.user.email: member for member in members}

    @cached_property
    def metrics(self) -> dict[str, Metric]:
        return {m.name: m for m in Metric.objects.filter(workspace_id=self.workspace_id, removed_at=None)}

    @cached_property
    def channels(self) -> dict[str, Channel]:
        return {channel.name: channel for channel in Channel.objects.filter(workspace_id=self.workspace_id)}

    @cached_property
    def personas(self) -> dict[str, Persona]:
        return {p.name: p for p in Persona.objects.filter(workspace_id=self.workspace_id, removed_at=None)}

    def team(self, name: str) -> Team:
        return found(self.teams, name, _("There is no team “%s” in this workspace."))

    def person(self, email: str) -> Membership:
        return found(self.people, email, _("Nobody in this workspace has the address “%s”."))

    def metric(self, name: str) -> Metric:
        return found(self.metrics, name, _("There is no metric “%s” in this workspace."))

    def channel(self, name: str) -> Channel:
        return found(self.channels, name, _("There is no channel “%s” in this workspace."))

    def persona(self, name: str) -> Persona:
        return found(self.personas, name, _("There is no persona “%s” in this workspace."))


def found(known: dict, name: str, sentence):
    if name not in known:
        raise Unknown(sentence % name)
    return known[name]
