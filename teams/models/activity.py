from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.translation import gettext_lazy as _

from teams.models.key import ApiKey
from teams.models.membership import Membership
from teams.models.workspace import Workspace


class Activity(models.Model):
    """What an actor did to a thing that keeps no log of its own. Written by services, never edited.

    `kind` is the thing's model name, `version` its version after it was done; `before` and `after` hold what differs.
    Without actor and key, it is what Throughline found out by itself.
    """

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=20)
    object_id = models.BigIntegerField()
    version = models.PositiveIntegerField()
    at = models.DateTimeField(auto_now_add=True)
    actor = models.ForeignKey(Membership, models.SET_NULL, null=True, related_name="+")
    key = models.ForeignKey(ApiKey, models.SET_NULL, null=True, related_name="+")
    actor_name = models.CharField(max_length=254)
    verb = models.CharField(max_length=20)
    label = models.CharField(max_length=200)
    before = models.JSONField(null=True, encoder=DjangoJSONEncoder)
    after = models.JSONField(null=True, encoder=DjangoJSONEncoder)

    class Meta:
        verbose_name = _("activity")
        verbose_name_plural = _("activities")
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["workspace", "-id"], name="activity_recent"),
            models.Index(fields=["kind", "object_id", "-id"], name="activity_of_thing"),
        ]

    def __str__(self) -> str:
        return f"{self.actor_name} {self.verb} {self.kind} {self.object_id}"
