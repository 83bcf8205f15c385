from django.db.models import QuerySet

from teams import queries
from teams.api.objects import CanAdd, CanChange, CanRemove
from teams.api.serializers import ObjectSerializer
from teams.models import Team
from teams.permissions import Permission
from teams.services.teams import create_team, delete_team, edit_team


class TeamSerializer(ObjectSerializer):
    class Meta:
        model = Team
        fields = ["id", "name", "function", "color", "version"]


class Teams(CanAdd, CanChange, CanRemove):
    """Teams: people with a function."""

    needs = Permission.TEAM_MANAGE
    serializer_class = TeamSerializer

    def objects(self) -> QuerySet[Team]:
        return queries.teams_of(self.actor)

    def add(self, **fields) -> Team:
        return create_team(by=self.actor, **fields)

    def change(self, team: Team, seen: int | None, /, **fields) -> Team:
        return edit_team(by=self.actor, team=team, seen=seen, **fields)

    def remove(self, team: Team, seen: int | None) -> None:
        delete_team(by=self.actor, team=team, seen=seen)
