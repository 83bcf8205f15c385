from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.translation import gettext_lazy as _

from journeys.enums import Verb
from journeys.models.map import Map
from teams.models import ApiKey, Membership


class Change(models.Model):
    """One recorded edit of a map. `before` and `after` hold what differs, in the terms of the map's document.

    Never edited and never deleted while the map exists; undo, feeds and diffs are readings of it.
    """

    map = models.ForeignKey(Map, models.CASCADE, related_name="changes")
    revision = models.PositiveBigIntegerField()
    at = models.DateTimeField(auto_now_add=True)
    actor = models.ForeignKey(Membership, models.SET_NULL, null=True, related_name="+")
    key = models.ForeignKey(ApiKey, models.SET_NULL, null=True, related_name="+")
    actor_name = models.CharField(max_length=254)
    verb = models.CharField(max_length=10, choices=Verb)
    target_kind = models.CharField(max_length=8)
    target_uid = models.CharField(max_length=40)
    target_label = models.CharField(max_length=200)
    target_version = models.PositiveIntegerField(null=True)
    before = models.JSONField(null=True, encoder=DjangoJSONEncoder)
    after = models.JSONField(null=True, encoder=DjangoJSONEncoder)

    class Meta:
        verbose_name = _("change")
        verbose_name_plural = _("changes")
        ordering = ["revision"]
        constraints = [
            models.UniqueConstraint(fields=["map", "revision"], name="change_revision_unique"),
            models.CheckConstraint(condition=models.Q(verb__in=Verb.values), name="change_verb_known"),
        ]

    def __str__(self) -> str:
        return f"{self.map_id}#{self.revision} {self.verb} {self.target_kind}"
