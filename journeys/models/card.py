from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from insights.models import Metric
from journeys.enums import Grade, Level, SourceKind
from journeys.models.channel import Channel
from journeys.models.map import Lane, Map, Recorded, Stage, new_uid, valid_uid
from journeys.models.persona import Persona
from teams.models import Membership, Versioned, storable


class Card(Recorded, Versioned):
    """An entry in a cell (stage × lane). A card may reach over `span` stages to the right.

    A card with a `moment` (its name, such as “First value”) is a moment that matters: the database refuses one without
    its accountable person and its metric, and refuses either on a card that is no moment.
    """

    map = models.ForeignKey(Map, models.CASCADE, related_name="cards")
    stage = models.ForeignKey(Stage, models.CASCADE, related_name="cards")
    lane = models.ForeignKey(Lane, models.CASCADE, related_name="cards")
    uid = models.CharField(max_length=40, default=new_uid, editable=False, validators=[valid_uid])
    position = models.PositiveIntegerField(editable=False)
    span = models.PositiveSmallIntegerField(_("reaches over"), default=1, validators=[MinValueValidator(1)])
    title = models.CharField(_("text"), max_length=200, validators=[storable])
    body = models.TextField(_("details"), max_length=5000, blank=True, validators=[storable])
    grade = models.CharField(_("evidence"), max_length=8, choices=Grade, default=Grade.ASSUMED)
    channel = models.ForeignKey(
        Channel, models.RESTRICT, verbose_name=_("channel"), null=True, blank=True, related_name="cards"
    )
    moment = models.CharField(_("moment that matters"), max_length=80, blank=True, validators=[storable])
    accountable = models.ForeignKey(
        Membership, models.RESTRICT, verbose_name=_("accountable person"), null=True, blank=True, related_name="moments"
    )
    metric = models.ForeignKey(
        Metric, models.RESTRICT, verbose_name=_("metric"), null=True, blank=True, related_name="moments"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("card")
        verbose_name_plural = _("cards")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["map", "uid"], name="card_uid_unique"),
            models.CheckConstraint(condition=Q(grade__in=Grade.values), name="card_grade_known"),
            models.CheckConstraint(condition=Q(span__gte=1), name="card_span_positive"),
            models.CheckConstraint(
                condition=Q(moment="", accountable__isnull=True, metric__isnull=True)
                | (~Q(moment="") & Q(accountable__isnull=False, metric__isnull=False)),
                name="card_moment_owned_and_measured",
            ),
        ]
        indexes = [models.Index(fields=["map", "lane", "stage", "position"], name="card_in_cell")]

    def __str__(self) -> str:
        return self.title

    @property
    def workspace_id(self) -> int:
        return self.map.workspace_id


class Source(models.Model):
    """What a card's evidence rests on: where it was seen, when, in whose words."""

    card = models.ForeignKey(Card, models.CASCADE, related_name="sources")
    kind = models.CharField(_("kind"), max_length=20, choices=SourceKind)
    text = models.CharField(_("what it says"), max_length=500, blank=True, validators=[storable])
    url = models.URLField(_("link"), max_length=500, blank=True, validators=[storable])
    date = models.DateField(_("date"), null=True, blank=True)

    class Meta:
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        ordering = ["pk"]
        constraints = [models.CheckConstraint(condition=Q(kind__in=SourceKind.values), name="source_kind_known")]


class Emotion(models.Model):
    """How a persona feels at a card: a level from −2 to +2 and a word."""

    card = models.ForeignKey(Card, models.CASCADE, related_name="emotions")
    persona = models.ForeignKey(Persona, models.RESTRICT, related_name="+")
    level = models.SmallIntegerField(
        _("level"), choices=Level, validators=[MinValueValidator(-2), MaxValueValidator(2)]
    )
    word = models.CharField(_("word"), max_length=40, blank=True, validators=[storable])

    class Meta:
        verbose_name = _("emotion")
        verbose_name_plural = _("emotions")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["card", "persona"], name="emotion_persona_unique"),
            models.CheckConstraint(condition=Q(level__gte=-2, level__lte=2), name="emotion_level_in_scale"),
        ]
