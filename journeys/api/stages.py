from collections.abc import Callable, Iterator
from contextlib import contextmanager

import django_filters
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from rest_framework import serializers

from insights.queries import metrics_of
from journeys.api.scopes import stages_of
from journeys.enums import TeamPart
from journeys.models import Stage
from journeys.queries.maps import maps_of
from journeys.services.stages import add_stage, delete_stage, edit_stage, move_stage
from teams.api.fields import Ref, Refs, Texts, Whole
from teams.api.filters import IdFilter
from teams.api.objects import CanAdd, CanChange, CanRemove
from teams.api.serializers import ObjectSerializer
from teams.models import Team
from teams.permissions import Permission
from teams.queries import members_of, teams_of

LAST_PLACE = 10_000


def with_part(part: TeamPart) -> Callable[[Stage], list[int]]:
    return lambda stage: [row.team_id for row in stage.stage_teams.all() if row.part == part]


class StageSerializer(ObjectSerializer):
    position = Whole(min_value=0, max_value=LAST_PLACE, required=False, help_text="0 is the first.")
    questions = Texts(help_text="Guiding questions.")
    example_channels = Texts()
    accountable_team = Ref(scope=teams_of, required=False, allow_null=True)
    accountable_person = Ref(scope=members_of, required=False, allow_null=True)
    responsible = Refs(scope=teams_of, ids=with_part(TeamPart.RESPONSIBLE), help_text="Teams.")
    consulted = Refs(scope=teams_of, ids=with_part(TeamPart.CONSULTED), help_text="Teams.")
    informed = Refs(scope=teams_of, ids=with_part(TeamPart.INFORMED), help_text="Teams.")
    metric = Ref(scope=metrics_of, required=False, allow_null=True)

    class Meta:
        model = Stage
        fields = [
            "id",
            "uid",
            "map",
            "position",
            "name",
            "description",
            "questions",
            "example_channels",
            "accountable_team",
            "accountable_person",
            "responsible",
            "consulted",
            "informed",
            "metric",
            "version",
        ]
        read_only_fields = ["map"]

    def validate(self, attrs: dict) -> dict:
        """Join the three lists of teams into `parts`; a list that is not given stays as it is."""
        if attrs.keys() & {str(part) for part in TeamPart}:
            attrs["parts"] = self.joined(attrs)
        return attrs

    def joined(self, attrs: dict) -> dict[Team, str]:
        kept = list(self.instance.stage_teams.all()) if self.instance else []
        parts: dict[Team, str] = {}
        for part in TeamPart:
            rest = [row.team for row in kept if row.part == part]
            for team in attrs.pop(part.value, rest):
                if team in parts:
                    message = _("“%(team)s” has one part in a stage only.") % {"team": team}
                    raise serializers.ValidationError({part.value: [message]})
                parts[team] = part.value
        return parts


class NewStageSerializer(StageSerializer):
    map = Ref(scope=maps_of)

    class Meta(StageSerializer.Meta):
        read_only_fields: list[str] = []


class StageFilters(django_filters.FilterSet):
    map = IdFilter()
    team = IdFilter(field_name="accountable_team")


@contextmanager
def parts_named_as_sent() -> Iterator[None]:
    """The service knows one field, `parts`, where a body has three lists."""
    try:
        yield
    except ValidationError as error:
        errors = error.update_error_dict({})
        if "parts" in errors:
            errors[TeamPart.RESPONSIBLE.value] = errors.pop("parts")
        raise ValidationError(errors) from error


class Stages(CanAdd, CanChange, CanRemove):
    """Stages: the columns of maps, with who is accountable, responsible, consulted and informed."""

    needs = Permission.STAGE_EDIT
    serializer_class = StageSerializer
    new_serializer_class = NewStageSerializer
    filterset_class = StageFilters

    def objects(self) -> QuerySet[Stage]:
        return stages_of(self.actor)

    def add(self, **fields) -> Stage:
        with parts_named_as_sent():
            return add_stage(by=self.actor, **fields)

    @transaction.atomic
    def change(self, stage: Stage, seen: int | None, /, *, position: int | None = None, **fields) -> Stage:
        if fields:
            with parts_named_as_sent():
                stage = edit_stage(by=self.actor, stage=stage, seen=seen, **fields)
            seen = stage.version
        if position is not None:
            stage = move_stage(by=self.actor, stage=stage, seen=seen, position=position)
        return stage

    def remove(self, stage: Stage, seen: int | None) -> None:
        delete_stage(by=self.actor, stage=stage, seen=seen)
