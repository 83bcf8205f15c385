from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from campaigns.models.saved_view import SavedView
from teams.models import Membership


class Feed(models.Model):
    """A private address at which a calendar program reads a view; without one, the whole calendar.

    The address holds a token that is shown once and kept as its hash. `state` is a digest of what was last read there,
    `state_at` when it first was.
    """

    member = models.ForeignKey(Membership, models.CASCADE, related_name="feeds")
    view = models.ForeignKey(SavedView, models.CASCADE, null=True, blank=True, related_name="feeds")
    start = models.CharField(max_length=12, editable=False, help_text="The first characters, to tell feeds apart.")
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    state = models.CharField(max_length=64, blank=True, editable=False)
    state_at = models.DateTimeField(null=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    last_used_at = models.DateTimeField(null=True, editable=False)
    revoked_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        verbose_name = _("feed of the calendar")
        verbose_name_plural = _("feeds of the calendar")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["member", "view"], condition=Q(revoked_at__isnull=True), name="feed_of_view_unique"
            ),
            models.UniqueConstraint(
                fields=["member"], condition=Q(revoked_at__isnull=True, view__isnull=True), name="feed_of_all_unique"
            ),
        ]

    def __str__(self) -> str:
        return str(self.view) if self.view else str(_("Whole calendar"))

    @property
    def workspace_id(self) -> int:
        return self.member.workspace_id
