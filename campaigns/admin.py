from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from campaigns.models import (
    ApprovalRule,
    AudienceAssumption,
    Campaign,
    DestinationRule,
    Feed,
    HiddenTactic,
    Link,
    LinkRule,
    Policy,
    Projection,
    SavedView,
    Segment,
    SegmentOverlap,
    SharedLink,
    Tactic,
)
from campaigns.services.link_rules import keep
from teams.admin import NoWriting, ReadOnly
from teams.services import search, subjects


class Forgetting(admin.ModelAdmin):
    """Of things that are talked about, told of and found: deleted here, they take all of that along."""

    def delete_model(self, request, obj) -> None:
        kind = subjects.kind_of(obj)
        subjects.forget(kind, [obj.pk])
        search.forget(kind=kind, object_ids=[obj.pk])
        super().delete_model(request, obj)

    def delete_queryset(self, request, queryset) -> None:
        for thing in queryset:
            self.delete_model(request, thing)


@admin.register(LinkRule)
class LinkRuleAdmin(Forgetting):
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
class LinkAdmin(NoWriting, admin.ModelAdmin):
    """Links are built on the site and by programs, under the rules: here they are looked at."""

    list_display = ["url", "workspace", "campaign", "built_by_name", "built_at", "removed_at"]
    list_filter = ["workspace"]
    list_select_related = ["workspace"]
    search_fields = ["url", "campaign"]
    date_hierarchy = "built_at"


class CountedAdmin(admin.ModelAdmin):
    """Of things that count their versions: an edit here is one, too."""

    readonly_fields = ["version"]

    def save_model(self, request, obj, form, change) -> None:
        obj.version += change
        super().save_model(request, obj, form, change)


@admin.register(Policy)
class PolicyAdmin(CountedAdmin, Forgetting):
    list_display = ["__str__", "workspace", "kind", "enabled", "note", "removed_at"]
    list_filter = ["workspace", "kind", "enabled"]
    list_select_related = ["workspace", "channel"]
    raw_id_fields = ["workspace", "channel", "stage"]
    readonly_fields = ["version", "removed_at"]


@admin.register(Segment)
class SegmentAdmin(CountedAdmin, Forgetting):
    list_display = ["name", "workspace", "size", "size_source", "removed_at"]
    list_filter = ["workspace"]
    list_select_related = ["workspace"]
    search_fields = ["name"]
    raw_id_fields = ["workspace"]
    readonly_fields = ["version", "removed_at"]


@admin.register(SegmentOverlap)
class SegmentOverlapAdmin(CountedAdmin):
    list_display = ["__str__", "persons", "share", "assumed"]
    list_select_related = ["one", "other"]
    raw_id_fields = ["one", "other"]


@admin.register(AudienceAssumption)
class AudienceAssumptionAdmin(CountedAdmin):
    list_display = ["workspace", "assumed", "population"]
    list_select_related = ["workspace"]
    raw_id_fields = ["workspace"]


@admin.register(ApprovalRule)
class ApprovalRuleAdmin(CountedAdmin):
    """Rules are removed on the site, where that can be undone."""

    list_display = ["asks", "team", "member", "applies", "amount", "channel", "workspace", "removed_at"]
    list_filter = [("removed_at", admin.EmptyFieldListFilter), "workspace"]
    list_select_related = ["workspace", "team", "member__user", "channel"]
    raw_id_fields = ["workspace", "team", "member", "channel"]
    readonly_fields = ["version", "removed_at"]

    def has_delete_permission(self, request, obj=None) -> bool:
        return False


@admin.register(Campaign)
class CampaignAdmin(ReadOnly):
    """Campaigns are planned on the site and by programs, where changes ask for approval: here they are looked at."""

    list_display = ["title", "workspace", "status", "starts_on", "ends_on", "is_template", "removed_at"]
    list_filter = ["status", "is_template", "workspace"]
    list_select_related = ["workspace"]
    search_fields = ["title"]
    date_hierarchy = "starts_on"


@admin.register(Tactic)
class TacticAdmin(CountedAdmin, Forgetting):
    """The workspace's own tactics; the built-in ones are part of Throughline."""

    list_display = ["title", "workspace", "stage", "position", "built_in", "removed_at"]
    list_filter = ["workspace", "stage"]
    list_select_related = ["workspace"]
    search_fields = ["title", "about"]
    raw_id_fields = ["workspace", "channels"]
    readonly_fields = ["built_in", "version", "removed_at"]


@admin.register(HiddenTactic)
class HiddenTacticAdmin(admin.ModelAdmin):
    list_display = ["slug", "workspace"]
    list_filter = ["workspace"]
    list_select_related = ["workspace"]
    raw_id_fields = ["workspace"]


@admin.register(SavedView)
class SavedViewAdmin(NoWriting, Forgetting):
    """Views are kept on the site and by programs, in their own words: here they are looked at, and removed for good."""

    list_display = ["name", "workspace", "owner", "shared", "query", "removed_at"]
    list_filter = ["workspace", "shared"]
    list_select_related = ["workspace", "owner__user"]
    search_fields = ["name"]


class SecretAddressAdmin(NoWriting, admin.ModelAdmin):
    """Addresses whose path is a key. They are made on the site, by who is to have them; here they are revoked."""

    actions = ["revoke"]
    exclude = ["token_hash"]

    @admin.action(description=_("Revoke for good"), permissions=["view"])
    def revoke(self, request, queryset) -> None:
        queryset.filter(revoked_at=None).update(revoked_at=timezone.now())


@admin.register(Feed)
class FeedAdmin(SecretAddressAdmin):
    list_display = ["start", "member", "view", "created_at", "last_used_at", "revoked_at"]
    list_filter = ["member__workspace"]
    list_select_related = ["member__user", "view"]


@admin.register(SharedLink)
class SharedLinkAdmin(SecretAddressAdmin):
    list_display = ["start", "view", "made_by", "show_owners", "expires_on", "last_used_at", "revoked_at"]
    list_filter = ["view__workspace"]
    list_select_related = ["view", "made_by__user"]


@admin.register(Projection)
class ProjectionAdmin(NoWriting, Forgetting):
    """Projections are made on the site and by programs, in versions: here they are looked at."""

    list_display = ["title", "workspace", "owner", "start", "months", "number", "locked", "removed_at"]
    list_filter = ["workspace", "locked"]
    list_select_related = ["workspace", "owner__user"]
    search_fields = ["title"]
