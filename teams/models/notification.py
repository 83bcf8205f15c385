from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.translation import gettext_lazy as _

from teams.models.base import Versioned
from teams.models.membership import Membership
from teams.models.workspace import Workspace


class Notification(Versioned):
    """Something that a member should know. The sentence is made when it is shown, of `verb` and `params`.

    `path` leads there, from the workspace's address on. An unread one is refreshed when the same happens to the same
    thing again; `times` counts how often.
    """

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="+")
    recipient = models.ForeignKey(Membership, models.CASCADE, related_name="notifications")
    verb = models.CharField(max_length=40)
    kind = models.CharField(max_length=20)
    object_id = models.BigIntegerField()
    label = models.CharField(max_length=200)
    actor = models.ForeignKey(Membership, models.SET_NULL, null=True, related_name="+")
    actor_name = models.CharField(max_length=254)
    path = models.CharField(max_length=300)
    params = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    times = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    mailed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("notification")
        verbose_name_plural = _("notifications")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["recipient", "verb", "kind", "object_id"],
                condition=models.Q(read_at__isnull=True),
                name="notification_unread_once",
            )
        ]
        indexes = [
            models.Index(fields=["recipient", "read_at", "-created_at"], name="notification_unread_newest"),
            models.Index(fields=["kind", "object_id"], name="notification_of_thing"),
        ]

    def __str__(self) -> str:
        return f"{self.verb} → {self.recipient_id}"
