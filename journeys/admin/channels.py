from django.contrib import admin
from django.forms import ChoiceField

from journeys.forms.channels import icon_choices
from journeys.models import Channel
from teams.services.stamp import touch


@admin.register(Channel)
class ChannelAdmin(admin.ModelAdmin):
    list_display = ["name", "workspace", "icon", "form", "hold"]
    list_filter = ["form", "hold", "workspace"]
    list_select_related = ["workspace"]
    search_fields = ["name"]
    raw_id_fields = ["workspace"]
    readonly_fields = ["version"]

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if db_field.name == "icon":
            return ChoiceField(choices=icon_choices)
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def save_model(self, request, obj, form, change) -> None:
        obj.version += change
        super().save_model(request, obj, form, change)
        touch(obj.workspace_id)
