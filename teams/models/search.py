from django.db import models

from teams.models.workspace import Workspace


class SearchWord(models.Model):
    """One word of one findable thing. A search for the beginning of a word is a range on the index.

    Words are compared by their code points: on PostgreSQL a migration gives the column the collation "C".
    `weight` 0 is a word of the title, 1 of the text below it.
    """

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="+")
    word = models.CharField(max_length=40)
    kind = models.CharField(max_length=16)
    object_id = models.BigIntegerField()
    weight = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["workspace", "word", "kind", "object_id"], name="search_word_unique")
        ]
        indexes = [
            models.Index(fields=["kind", "object_id"], name="search_word_target"),
            models.Index(fields=["workspace", "kind", "weight", "word", "-object_id"], name="search_word_found"),
        ]
