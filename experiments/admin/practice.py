"""How workspaces experiment: the lists and defaults that their administrators keep."""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from experiments.models import ChecklistItem, Practice, Reason
from insights.services.naming import save_named


class ListedForm(forms.ModelForm):
    """A name is given once among those that are not removed, which the form itself does not ask about."""

    def validate_unique(self) -> None:
        super().validate_unique()
        if not self.errors:
            try:
                self.instance.validate_constraints()
            except ValidationError as error:
                self.add_error(None, error)


class Listed(admin.ModelAdmin):
    """Entries are taken off their list rather than deleted: experiments refer to them."""

    form = ListedForm
    list_filter = [("removed_at", admin.EmptyFieldListFilter), "workspace"]
    list_select_related = ["workspace"]
    raw_id_fields = ["workspace"]
    readonly_fields = ["version", "removed_at"]
    actions = ["bring_back"]

    def has_delete_permission(self, request, obj=None) -> bool:
        return False

    @admin.action(description=_("Bring back what was removed"), permissions=["change"])
    def bring_back(self, request, queryset) -> None:
        for entry in queryset.filter(removed_at__isnull=False):
            entry.removed_at = None
            entry.version += 1
            try:
                save_named(entry)
            except ValidationError as error:
                self.message_user(request, f"{entry}: {' '.join(error.messages)}", messages.ERROR)

    def save_model(self, request, obj, form, change) -> None:
        obj.version += change
        super().save_model(request, obj, form, change)


@admin.register(Reason)
class ReasonAdmin(Listed):
    list_display = ["name", "workspace", "removed_at"]
    search_fields = ["name"]


@admin.register(ChecklistItem)
class ChecklistItemAdmin(Listed):
    list_display = ["text", "workspace", "position", "removed_at"]
    search_fields = ["text"]


@admin.register(Practice)
class PracticeAdmin(admin.ModelAdmin):
    list_display = ["workspace", "score_model", "rule", "correction", "alpha", "power", "minimum_days"]
    list_select_related = ["workspace"]
    raw_id_fields = ["workspace"]
    readonly_fields = ["version"]

    def save_model(self, request, obj, form, change) -> None:
        obj.version += change
        super().save_model(request, obj, form, change)
