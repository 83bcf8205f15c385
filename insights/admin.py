from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from insights.models import Metric, Reading
from insights.services.metrics import forget, keep
from teams.services import subjects
from teams.services.stamp import touch


@admin.register(Metric)
class MetricAdmin(admin.ModelAdmin):
    list_display = ["name", "workspace", "kind", "unit", "direction", "target", "owner", "removed_at"]
    list_filter = ["kind", "workspace"]
    list_select_related = ["workspace", "owner__user"]
    search_fields = ["name"]
    raw_id_fields = ["workspace", "owner"]
    readonly_fields = ["version", "removed_at", "created_at"]
    actions = ["bring_back"]

    @admin.action(description=_("Bring back what was removed"), permissions=["change"])
    def bring_back(self, request, queryset) -> None:
        for metric in queryset.filter(removed_at__isnull=False):
            metric.removed_at = None
            metric.version += 1
            try:
                keep(metric)
            except ValidationError as error:
                self.message_user(request, f"{metric}: {' '.join(error.messages)}", messages.ERROR)

    def save_model(self, request, obj, form, change) -> None:
        obj.version += change
        keep(obj)

    def delete_model(self, request, obj) -> None:
        forget(obj)
        subjects.forget("metric", [obj.pk])
        super().delete_model(request, obj)

    def delete_queryset(self, request, queryset) -> None:
        for metric in queryset:
            self.delete_model(request, metric)


@admin.register(Reading)
class ReadingAdmin(admin.ModelAdmin):
    list_display = ["metric", "date", "value", "n", "recorded_by", "recorded_at"]
    list_select_related = ["metric", "recorded_by__user"]
    raw_id_fields = ["metric"]
    date_hierarchy = "date"
    readonly_fields = ["version", "recorded_by", "recorded_at"]

    def save_model(self, request, obj, form, change) -> None:
        obj.version += change
        super().save_model(request, obj, form, change)
        touch(obj.workspace_id)

    def delete_model(self, request, obj) -> None:
        super().delete_model(request, obj)
        touch(obj.workspace_id)

    def delete_queryset(self, request, queryset) -> None:
        for reading in queryset.select_related("metric"):
            self.delete_model(request, reading)
