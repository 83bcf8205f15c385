import django_filters
from django.db import transaction
from django.db.models import QuerySet
from rest_framework import serializers

from teams import queries
from teams.api.fields import BIGGEST, MISSING, Flag, Ref, Text, Whole
from teams.api.filters import FlagFilter, IdFilter
from teams.api.objects import CanAdd, CanChange, CanRemove
from teams.api.serializers import ObjectSerializer
from teams.models import Comment
from teams.permissions import Permission
from teams.services import subjects
from teams.services.comments import add_comment, delete_comment, edit_comment, reopen_thread, resolve_thread


class ResolvedField(Flag):
    """Whether the thread that the comment began is resolved."""

    def get_attribute(self, instance: Comment) -> bool:
        return instance.resolved_at is not None


class MentionedField(serializers.ListField):
    """The members whom the text names: `@` and a full name or an e-mail address."""

    child = serializers.IntegerField()

    def get_attribute(self, instance: Comment) -> list[int]:
        return list(dict.fromkeys(mention.member_id for mention in instance.mentions.all()))


class CommentSerializer(ObjectSerializer):
    object = Whole(source="object_id", read_only=True)
    mentions = MentionedField(read_only=True)
    resolved = ResolvedField(required=False)

    class Meta:
        model = Comment
        fields = [
            "id",
            "kind",
            "object",
            "parent",
            "author",
            "author_name",
            "text",
            "mentions",
            "resolved",
            "resolved_by",
            "created_at",
            "edited_at",
            "version",
        ]
        read_only_fields = ["kind", "parent", "author", "author_name", "resolved_by", "created_at", "edited_at"]


class NewCommentSerializer(CommentSerializer):
    kind = Text(max_length=20, help_text="What it is about, such as `metric`.")
    object = Whole(source="object_id", min_value=1, max_value=BIGGEST, help_text="The id of what it is about.")
    parent = Ref(scope=queries.comments_of, required=False, allow_null=True, help_text="The comment that it answers.")
    resolved = ResolvedField(read_only=True)


class CommentFilters(django_filters.FilterSet):
    kind = django_filters.ChoiceFilter(choices=subjects.choices, help_text="What the comments are about.")
    object = IdFilter(field_name="object_id", help_text="The id of what they are about.")
    resolved = FlagFilter(method="is_resolved", help_text="Whether the thread is resolved; answers go with theirs.")

    def is_resolved(self, comments: QuerySet[Comment], name: str, value: str) -> QuerySet[Comment]:
        threads = Comment.objects.filter(resolved_at__isnull=value == "false")
        return comments.filter(parent=None, pk__in=threads) | comments.filter(parent__in=threads)


class Comments(CanAdd, CanChange, CanRemove):
    """Comments: what people and programs say about metrics and other things; answers name their `parent`."""

    needs = Permission.COMMENT
    serializer_class = CommentSerializer
    new_serializer_class = NewCommentSerializer
    filterset_class = CommentFilters

    def objects(self) -> QuerySet[Comment]:
        return queries.comments_of(self.actor)

    def add(self, *, kind: str, object_id: int, text: str, parent: Comment | None = None) -> Comment:
        return add_comment(by=self.actor, thing=self.thing(kind, object_id), text=text, parent=parent)

    @transaction.atomic
    def change(self, comment: Comment, seen: int | None, /, **fields) -> Comment:
        """Both or neither: what it says, by its author, and whether its thread is resolved."""
        resolved = fields.pop("resolved", None)
        if fields or resolved is None:
            text = fields.get("text", comment.text)
            thing = self.thing(comment.kind, comment.object_id)
            edited = edit_comment(by=self.actor, comment=comment, thing=thing, text=text, seen=seen)
            seen = None if seen is None else edited.version
        if resolved is True:
            thing = self.thing(comment.kind, comment.object_id)
            resolve_thread(by=self.actor, comment=comment, thing=thing, seen=seen)
        elif resolved is False:
            reopen_thread(by=self.actor, comment=comment, seen=seen)
        return comment

    def remove(self, comment: Comment, seen: int | None) -> None:
        delete_comment(by=self.actor, comment=comment, seen=seen)

    def thing(self, kind: str, object_id: int):
        """What the comment is about; 400 at `kind` or `object` where there is no such thing."""
        if kind not in subjects.kinds():
            raise serializers.ValidationError({"kind": [MISSING]})
        thing = subjects.find(self.actor, kind, object_id)
        if thing is None:
            raise serializers.ValidationError({"object": [MISSING]})
        return thing
