"""The admin site of the ground floor: for configuration, under the same rules as the pages.

Who joins, leaves or gets a key is decided by services that know who asks; here those things are only read.
"""

from allauth.account.decorators import secure_admin_login
from django import forms
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import Group
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from teams.enums import Role
from teams.models import ApiKey, Comment, Invitation, Membership, Team, User, Workspace
from teams.services.members import check_owner_remains
from teams.services.people import touch_workspaces
from teams.services.stamp import touch
from teams.services.workspaces import lock

admin.site.site_header = admin.site.site_title = "Throughline"
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]
admin.site.unregister(Group)


class NoAdding:
    """Comes into being elsewhere: by a service that asks for more than a form of fields can."""

    def has_add_permission(self, request, *args) -> bool:
        return False


class NoDeleting:
    def has_delete_permission(self, request, obj=None) -> bool:
        return False


class NoWriting(NoAdding):
    """Neither added nor changed: services write it, which keep rules and log."""

    def has_change_permission(self, request, obj=None) -> bool:
        return False


class ReadOnly(NoWriting, NoDeleting, admin.ModelAdmin):
    """To look things up in."""


class OfWorkspace(admin.ModelAdmin):
    """Something that maps show: each write touches the workspace's stamp and counts the version up."""

    list_select_related = ["workspace"]
    autocomplete_fields = ["workspace"]

    def save_model(self, request, obj, form, change):
        obj.version += int(change)
        super().save_model(request, obj, form, change)
        touch(obj.workspace_id)

    def delete_model(self, request, obj):
        super().delete_model(request, obj)
        touch(obj.workspace_id)

    def delete_queryset(self, request, queryset):
        workspaces = set(queryset.values_list("workspace_id", flat=True))
        super().delete_queryset(request, queryset)
        for workspace in workspaces:
            touch(workspace)


@admin.register(User)
class PersonAdmin(NoDeleting, UserAdmin):
    """Accounts are not deleted but made inactive: what a person wrote keeps its author."""

    ordering = ["email"]
    list_display = ["email", "name", "is_active", "is_staff", "last_login"]
    list_filter = ["is_active", "is_staff", "language"]
    search_fields = ["email", "name"]
    readonly_fields = ["last_login", "date_joined"]
    filter_horizontal = []
    fieldsets = [
        (None, {"fields": ["email", "password", "name", "timezone", "language"]}),
        (_("May"), {"fields": ["is_active", "is_staff", "is_superuser"]}),
        (_("When"), {"fields": ["last_login", "date_joined"]}),
    ]
    add_fieldsets = [(None, {"fields": ["email", "name", "usable_password", "password1", "password2"]})]

    def get_readonly_fields(self, request, obj=None):
        """An address is changed where it can be confirmed: among the person's e-mail addresses."""
        return ["email", *self.readonly_fields] if obj else self.readonly_fields

    def save_model(self, request, obj, form, change):
        obj.email = obj.email.strip().lower()
        super().save_model(request, obj, form, change)
        touch_workspaces(obj)


@admin.register(Comment)
class CommentAdmin(NoAdding, NoDeleting, admin.ModelAdmin):
    """What people said is read here; its authors change it, administrators of the workspace delete it on its page."""

    list_display = ["text_start", "kind", "object_id", "author_name", "workspace", "created_at", "removed_at"]
    list_filter = ["kind", ("resolved_at", admin.EmptyFieldListFilter), "workspace"]
    list_select_related = ["workspace"]
    search_fields = ["text", "author_name", "workspace__name"]
    date_hierarchy = "created_at"

    @admin.display(description=_("comment"))
    def text_start(self, comment: Comment) -> str:
        return str(comment)

    def has_change_permission(self, request, obj=None) -> bool:
        return False


@admin.register(Workspace)
class WorkspaceAdmin(NoAdding, admin.ModelAdmin):
    list_display = ["name", "slug", "created_at"]
    search_fields = ["name", "slug"]
    readonly_fields = ["created_at"]

    def get_deleted_objects(self, objs, request):
        """Whoever may delete a workspace deletes all that is in it, also what cannot go alone."""
        listed, counts, _needed, protected = super().get_deleted_objects(objs, request)
        return listed, counts, set(), protected

    def save_model(self, request, obj, form, change):
        obj.version += 1
        super().save_model(request, obj, form, change)
        touch(obj.pk)


class MembershipForm(forms.ModelForm):
    def clean(self):
        """The last owner stays one; the site saves in the transaction that holds the lock."""
        cleaned = super().clean()
        if cleaned.get("role") != Role.OWNER:
            lock(self.instance.workspace_id)
            check_owner_remains(Membership.objects.get(pk=self.instance.pk))
        return cleaned


@admin.register(Membership)
class MembershipAdmin(NoAdding, NoDeleting, OfWorkspace):
    form = MembershipForm
    list_display = ["user", "workspace", "role", "created_at"]
    list_filter = ["role", "workspace"]
    list_select_related = ["user", "workspace"]
    search_fields = ["user__email", "user__name", "workspace__name"]
    autocomplete_fields = []
    fields = ["user", "workspace", "role", "teams", "created_at"]
    readonly_fields = ["user", "workspace", "created_at"]

    def get_form(self, request, obj=None, **kwargs):
        form = super().get_form(request, obj, **kwargs)
        if obj is not None and "teams" in form.base_fields:
            form.base_fields["teams"].queryset = Team.objects.filter(workspace=obj.workspace_id)
        return form


@admin.register(Team)
class TeamAdmin(OfWorkspace):
    list_display = ["name", "function", "color", "workspace"]
    list_filter = ["function", "workspace"]
    search_fields = ["name", "workspace__name"]

    def get_readonly_fields(self, request, obj=None):
        return ["workspace"] if obj else []


@admin.register(Invitation)
class InvitationAdmin(NoAdding, admin.ModelAdmin):
    """Deleting one takes it back."""

    list_display = ["email", "workspace", "role", "expires_at", "accepted_at"]
    list_filter = ["role", ("accepted_at", admin.EmptyFieldListFilter), "workspace"]
    list_select_related = ["workspace"]
    search_fields = ["email", "workspace__name"]
    exclude = ["token_hash"]

    def has_change_permission(self, request, obj=None) -> bool:
        return False


@admin.register(ApiKey)
class ApiKeyAdmin(NoAdding, NoDeleting, admin.ModelAdmin):
    list_display = ["name", "workspace", "role", "start", "rate", "last_used_at", "expires_at", "revoked_at"]
    list_filter = ["role", ("revoked_at", admin.EmptyFieldListFilter), "workspace"]
    list_select_related = ["workspace"]
    search_fields = ["name", "start", "workspace__name"]
    fields = [
        "name",
        "workspace",
        "role",
        "teams",
        "start",
        "rate",
        "expires_at",
        "created_by",
        "created_at",
        "last_used_at",
        "revoked_at",
    ]
    readonly_fields = ["workspace", "role", "teams", "start", "created_by", "created_at", "last_used_at", "revoked_at"]
    actions = ["revoke"]

    @admin.action(description=_("Revoke the chosen keys"), permissions=["change"])
    def revoke(self, request, queryset):
        with transaction.atomic():
            queryset.filter(revoked_at=None).update(revoked_at=timezone.now())
