from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from campaigns.models.saved_view import SavedView
from teams.models import Membership
from teams.zones import zone_of


class SharedLink(models.Model):
    """An address at which whoever has it looks at a view, without a sign-in. The token in it is kept as its hash.

    `show_owners`: whether the names of campaigns' owners are seen. `expires_on` is its last day, in the workspace's
    zone; None is until it is revoked.
    """

    view = models.ForeignKey(SavedView, models.CASCADE, related_name="shared_links")
    made_by = models.ForeignKey(Membership, models.SET_NULL, null=True, editable=False, related_name="+")
    start = models.CharField(max_length=12, editable=False, help_text="The first characters, to tell links apart.")
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    show_owners = models.BooleanField(_("show who owns the campaigns"), default=False)
    expires_on = models.DateField(_("last day"), null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    last_used_at = models.DateTimeField(null=True, editable=False)
    revoked_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        verbose_name = _("shared link of the calendar")
        verbose_name_plural = _("shared links of the calendar")
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return str(self.view)

    @property
    def workspace_id(self) -> int:
        return self.view.workspace_id

    @property
    def expired(self) -> bool:
        today = timezone.localdate(timezone=zone_of(self.view.workspace.timezone))
        return self.expires_on is not None and self.expires_on < today
