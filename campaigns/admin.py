from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from campaigns.models import DestinationRule, Link, LinkRule
from campaigns.services.link_rules import keep
from teams.services import subjects


@admin.register(LinkRule)
class LinkRuleAdmin(admin.ModelAdmin):
    list_display = ["parameter", "workspace", "required", "lowercase", "separator", "longest", "removed_at"]
    list_filter = ["workspace", "required"]
    list_select_related = ["workspace"]
    search_fields = ["parameter"]
    raw_id_fields = ["workspace"]
    readonly_fields = ["version", "removed_at"]
    actions = ["bring_back"]

    @admin.action(description=_("Bring back what was removed"), permissions=["change"])
    def bring_back(self, request, queryset) -> None:
        for rule in queryset.filter(removed_at__isnull=False):
            rule.removed_at = None
            rule.version += 1
            try:
                keep(rule)
            except ValidationError as error:
                self.message_user(request, f"{rule}: {' '.join(error.messages)}", messages.ERROR)

    def save_model(self, request, obj, form, change) -> None:
        obj.version += change
        keep(obj)

    def delete_model(self, request, obj) -> None:
        subjects.forget("linkrule", [obj.pk])
        super().delete_model(request, obj)

    def delete_queryset(self, request, queryset) -> None:
        for rule in queryset:
            self.delete_model(request, rule)


@admin.register(DestinationRule)
class DestinationRuleAdmin(admin.ModelAdmin):
    list_display = ["workspace", "https", "allowed_hosts", "blocked_hosts"]
    list_select_related = ["workspace"]
    raw_id_fields = ["workspace"]
    readonly_fields = ["version"]

    def save_model(self, request, obj, form, change) -> None:
        obj.version += change
        keep(obj)


@admin.register(Link)
class LinkAdmin(admin.ModelAdmin):
    """Links are built on the site and by programs, under the rules: here they are looked at."""

    list_display = ["url", "workspace", "campaign", "built_by_name", "built_at", "removed_at"]
    list_filter = ["workspace"]
    list_select_related = ["workspace"]
    search_fields = ["url", "campaign"]
    date_hierarchy = "built_at"

    def has_add_permission(self, request) -> bool:
        return False

    def has_change_permission(self, request, obj=None) -> bool:
        return False
