import django_filters
from django.db.models import QuerySet

from journeys.api.scopes import personas_of, scenarios_of
from journeys.models import Persona, Scenario
from journeys.services.personas import LISTS, create_persona, edit_persona, remove_persona
from journeys.services.scenarios import add_scenario, delete_scenario, edit_scenario
from teams.api.fields import Lines, Ref
from teams.api.filters import IdFilter
from teams.api.objects import CanAdd, CanChange, CanRemove
from teams.api.serializers import ObjectSerializer
from teams.permissions import Permission
from teams.services import search


class PersonaSerializer(ObjectSerializer):
    goals = Lines()
    jobs = Lines(help_text="Jobs to be done.")
    obstacles = Lines()
    success_markers = Lines()
    deviations = Lines(help_text="Typical deviations.")
    channels = Lines()
    behavior = Lines()
    needs = Lines()

    class Meta:
        model = Persona
        fields = ["id", "name", "summary", "quote", *LISTS, "color", "version", "created_at"]


class PersonaFilters(django_filters.FilterSet):
    q = django_filters.CharFilter(method="search", max_length=200, help_text="Words, or how they begin.")

    def search(self, personas: QuerySet[Persona], name: str, text: str) -> QuerySet[Persona]:
        workspace_id = self.request.actor.workspace_id
        return personas.filter(search.matching(workspace_id=workspace_id, kind="persona", text=text))


class Personas(CanAdd, CanChange, CanRemove):
    """Personas: for whom maps are made. Pictures are uploaded on the site."""

    needs = Permission.PERSONA_EDIT
    serializer_class = PersonaSerializer
    filterset_class = PersonaFilters

    def objects(self) -> QuerySet[Persona]:
        return personas_of(self.actor)

    def add(self, **fields) -> Persona:
        return create_persona(by=self.actor, **fields)

    def change(self, persona: Persona, seen: int | None, /, **fields) -> Persona:
        return edit_persona(by=self.actor, persona=persona, seen=seen, **fields)

    def remove(self, persona: Persona, seen: int | None) -> None:
        remove_persona(by=self.actor, persona=persona, seen=seen)


class ScenarioSerializer(ObjectSerializer):
    class Meta:
        model = Scenario
        fields = ["id", "persona", "name", "description", "version"]
        read_only_fields = ["persona"]


class NewScenarioSerializer(ScenarioSerializer):
    persona = Ref(scope=personas_of)

    class Meta(ScenarioSerializer.Meta):
        read_only_fields: list[str] = []


class ScenarioFilters(django_filters.FilterSet):
    persona = IdFilter()


class Scenarios(CanAdd, CanChange, CanRemove):
    """Scenarios: the situations in which personas travel."""

    needs = Permission.PERSONA_EDIT
    serializer_class = ScenarioSerializer
    new_serializer_class = NewScenarioSerializer
    filterset_class = ScenarioFilters

    def objects(self) -> QuerySet[Scenario]:
        return scenarios_of(self.actor)

    def add(self, **fields) -> Scenario:
        return add_scenario(by=self.actor, **fields)

    def change(self, scenario: Scenario, seen: int | None, /, **fields) -> Scenario:
        return edit_scenario(by=self.actor, scenario=scenario, seen=seen, **fields)

    def remove(self, scenario: Scenario, seen: int | None) -> None:
        delete_scenario(by=self.actor, scenario=scenario, seen=seen)
