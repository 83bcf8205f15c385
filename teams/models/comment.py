from django.db import models
from django.utils.translation import gettext_lazy as _

from teams.models.base import Removable, Versioned, storable
from teams.models.key import ApiKey
from teams.models.membership import Membership
from teams.models.workspace import Workspace

LONGEST_TEXT = 5000


class Comment(Versioned, Removable):
    """What somebody says about a thing: a comment begins a thread, its `answers` are one level below.

    `kind` and `object_id` name the thing as `teams.services.subjects` knows it. When the author leaves, the name stays.
    """

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=20)
    object_id = models.BigIntegerField()
    parent = models.ForeignKey("self", models.CASCADE, null=True, blank=True, related_name="answers")
    author = models.ForeignKey(Membership, models.SET_NULL, null=True, blank=True, related_name="+")
    key = models.ForeignKey(ApiKey, models.SET_NULL, null=True, blank=True, related_name="+")
    author_name = models.CharField(max_length=254)
    text = models.TextField(_("comment"), max_length=LONGEST_TEXT, validators=[storable])
    created_at = models.DateTimeField(auto_now_add=True)
    edited_at = models.DateTimeField(null=True, blank=True, editable=False)
    resolved_at = models.DateTimeField(null=True, blank=True, editable=False)
    resolved_by = models.CharField(max_length=254, blank=True, editable=False)

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(parent__isnull=True) | models.Q(resolved_at__isnull=True),
                name="comment_answer_not_resolved",
            ),
            models.CheckConstraint(
                condition=models.Q(resolved_at__isnull=True, resolved_by="")
                | models.Q(resolved_at__isnull=False) & ~models.Q(resolved_by=""),
                name="comment_resolved_by_somebody",
            ),
        ]
        indexes = [models.Index(fields=["workspace", "kind", "object_id", "-id"], name="comment_of_thing")]

    def __str__(self) -> str:
        return self.text[:80]

    def is_owned_by(self, actor) -> bool:
        """Whether the actor wrote it. What was written by somebody who has left is nobody's."""
        owner_id = self.key_id if isinstance(actor, ApiKey) else self.author_id
        return owner_id is not None and owner_id == actor.pk


class Mention(models.Model):
    """Where in a comment's text a member is named: `start` and `length` count characters, the @ included."""

    comment = models.ForeignKey(Comment, models.CASCADE, related_name="mentions")
    member = models.ForeignKey(Membership, models.CASCADE, related_name="+")
    start = models.PositiveIntegerField()
    length = models.PositiveIntegerField()

    class Meta:
        ordering = ["start"]
        constraints = [models.UniqueConstraint(fields=["comment", "start"], name="mention_place_unique")]
