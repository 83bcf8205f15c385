from django.db.models import QuerySet

from experiments.api.scopes import reasons_of
from experiments.models import Reason
from experiments.services.reasons import add_reason, edit_reason, remove_reason
from teams.api.objects import CanAdd, CanChange, CanRemove
from teams.api.serializers import ObjectSerializer
from teams.permissions import Permission


class ReasonSerializer(ObjectSerializer):
    class Meta:
        model = Reason
        fields = ["id", "name", "version"]


class Reasons(CanAdd, CanChange, CanRemove):
    """Reasons: why experiments are made, as a list that the workspace keeps."""

    needs = Permission.EXPERIMENT_CONFIGURE
    serializer_class = ReasonSerializer

    def objects(self) -> QuerySet[Reason]:
        return reasons_of(self.actor)

    def add(self, **fields) -> Reason:
        return add_reason(by=self.actor, **fields)

    def change(self, reason: Reason, seen: int | None, /, **fields) -> Reason:
        return edit_reason(by=self.actor, reason=reason, seen=seen, **{"name": reason.name} | fields)

    def remove(self, reason: Reason, seen: int | None) -> None:
        remove_reason(by=self.actor, reason=reason, seen=seen)
