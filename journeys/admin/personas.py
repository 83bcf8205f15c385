from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from journeys.models import Persona, Scenario
from journeys.services.personas import forget, keep
from teams.services.stamp import touch


@admin.register(Persona)
class PersonaAdmin(admin.ModelAdmin):
    """Pictures are uploaded on the persona's page, where they are drawn anew without their metadata."""

    list_display = ["name", "workspace", "summary", "removed_at"]
    list_filter = ["workspace"]
    list_select_related = ["workspace"]
    search_fields = ["name", "summary"]
    raw_id_fields = ["workspace"]
    readonly_fields = ["picture", "version", "removed_at", "created_at"]
    actions = ["bring_back"]

    @admin.action(description=_("Bring back what was removed"), permissions=["change"])
    def bring_back(self, request, queryset) -> None:
        for persona in queryset.filter(removed_at__isnull=False):
            persona.removed_at = None
            persona.version += 1
            try:
                keep(persona)
            except ValidationError as error:
                self.message_user(request, f"{persona}: {' '.join(error.messages)}", messages.ERROR)

    def save_model(self, request, obj, form, change) -> None:
        obj.version += change
        keep(obj)

    def delete_model(self, request, obj) -> None:
        forget(obj)
        super().delete_model(request, obj)

    def delete_queryset(self, request, queryset) -> None:
        for persona in queryset:
            self.delete_model(request, persona)


@admin.register(Scenario)
class ScenarioAdmin(admin.ModelAdmin):
    list_display = ["name", "persona"]
    list_filter = ["persona__workspace"]
    list_select_related = ["persona"]
    search_fields = ["name"]
    raw_id_fields = ["persona"]
    readonly_fields = ["version"]

    def save_model(self, request, obj, form, change) -> None:
        obj.version += change
        super().save_model(request, obj, form, change)
        touch(obj.workspace_id)
