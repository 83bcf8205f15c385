from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from experiments.enums import Goal, Signal, Status
from experiments.models.reason import Reason
from insights.models import Metric, finite
from journeys.enums import SourceKind
from journeys.models import Card, Persona, Stage
from teams.models import ApiKey, Membership, Removable, Team, Versioned, Workspace, storable


class Experiment(Versioned, Removable):
    """A hypothesis with its place on the map, its plan, results and decision.

    `card` and `stage` say where on the map it changes something; with a card, the stage is the card's. Both, and the
    `opportunity`, may point at what has been deleted from the map: undo there brings the same row back.
    `expected_effect` is relative and goes in the direction of `goal`: 0.05 with a decrease is 5 % less. `signal` is
    computed from the results by `services/signals.py`; `score` is the median that `queries/scores.py` speaks of.
    """

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="experiments")
    title = models.CharField(_("title"), max_length=160, validators=[storable])
    status = models.CharField(_("status"), max_length=8, choices=Status, default=Status.IDEA, editable=False)
    owner = models.ForeignKey(Membership, models.RESTRICT, verbose_name=_("owner"), related_name="owned_experiments")
    team = models.ForeignKey(
        Team, models.SET_NULL, verbose_name=_("team"), null=True, blank=True, related_name="experiments"
    )
    created_by_key = models.ForeignKey(ApiKey, models.SET_NULL, null=True, editable=False, related_name="+")

    change = models.TextField(_("change"), max_length=1000, blank=True, validators=[storable])
    audience = models.CharField(_("for whom"), max_length=200, blank=True, validators=[storable])
    persona = models.ForeignKey(
        Persona, models.SET_NULL, verbose_name=_("persona"), null=True, blank=True, related_name="experiments"
    )
    metric = models.ForeignKey(
        Metric, models.RESTRICT, verbose_name=_("metric"), null=True, blank=True, related_name="experiments"
    )
    goal = models.CharField(_("direction"), max_length=8, choices=Goal, default=Goal.INCREASE)
    expected_effect = models.FloatField(
        _("expected size"), null=True, blank=True, validators=[finite, MinValueValidator(1e-6), MaxValueValidator(100)]
    )
    because = models.TextField(_("because"), max_length=2000, blank=True, validators=[storable])
    reason = models.ForeignKey(
        Reason, models.RESTRICT, verbose_name=_("reason"), null=True, blank=True, related_name="experiments"
    )

    stage = models.ForeignKey(
        Stage,
        models.DO_NOTHING,
        verbose_name=_("stage"),
        null=True,
        blank=True,
        db_constraint=False,
        related_name="experiments",
    )
    card = models.ForeignKey(
        Card,
        models.DO_NOTHING,
        verbose_name=_("card"),
        null=True,
        blank=True,
        db_constraint=False,
        related_name="experiments",
    )
    opportunity = models.ForeignKey(
        Card,
        models.DO_NOTHING,
        verbose_name=_("opportunity"),
        null=True,
        blank=True,
        db_constraint=False,
        related_name="opportunity_experiments",
    )

    is_template = models.BooleanField(default=False, editable=False)
    copied_from = models.ForeignKey("self", models.SET_NULL, null=True, editable=False, related_name="copies")
    started_on = models.DateField(_("started"), null=True, editable=False)
    ended_on = models.DateField(_("ended"), null=True, editable=False)
    score = models.FloatField(null=True, editable=False)
    signal = models.CharField(max_length=16, choices=Signal, blank=True, editable=False)
    signal_facts = models.JSONField(default=dict, editable=False)
    signal_at = models.DateTimeField(null=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("experiment")
        verbose_name_plural = _("experiments")
        ordering = ["-changed_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(status__in=Status.values), name="experiment_status_known"),
            models.CheckConstraint(condition=Q(goal__in=Goal.values), name="experiment_goal_known"),
            models.CheckConstraint(condition=Q(signal__in=["", *Signal.values]), name="experiment_signal_known"),
            models.CheckConstraint(condition=Q(card__isnull=True) | Q(stage__isnull=True), name="experiment_one_place"),
            models.CheckConstraint(
                condition=Q(started_on__isnull=False) | Q(ended_on__isnull=True), name="experiment_ends_after_start"
            ),
        ]
        indexes = [
            models.Index(
                fields=["workspace", "-changed_at", "-id"],
                condition=Q(is_template=False, removed_at__isnull=True),
                name="experiment_recent",
            ),
            models.Index(fields=["workspace", "status", "-changed_at", "-id"], name="experiment_by_status"),
            models.Index(fields=["workspace", "started_on"], name="experiment_by_start"),
            models.Index(fields=["workspace", "score"], name="experiment_by_score"),
        ]

    def __str__(self) -> str:
        return self.title

    def is_owned_by(self, actor) -> bool:
        """Its owner's, its team's, or the program's that wrote it down."""
        if isinstance(actor, ApiKey) and self.created_by_key_id == actor.pk:
            return True
        if isinstance(actor, Membership) and self.owner_id == actor.pk:
            return True
        return self.team_id is not None and self.team_id in actor.team_ids

    @property
    def place(self) -> Stage | None:
        """The stage at which it changes something; None where that has been deleted or was never said."""
        return self.card.stage if self.card else self.stage


class Evidence(models.Model):
    """What the hypothesis rests on: where it was seen, when, in whose words."""

    experiment = models.ForeignKey(Experiment, models.CASCADE, related_name="evidence")
    kind = models.CharField(_("kind"), max_length=20, choices=SourceKind)
    text = models.CharField(_("what it says"), max_length=500, blank=True, validators=[storable])
    url = models.URLField(_("link"), max_length=500, blank=True, validators=[storable])
    date = models.DateField(_("date"), null=True, blank=True)

    class Meta:
        verbose_name = _("evidence")
        verbose_name_plural = _("evidence")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=SourceKind.values), name="evidence_kind_known"),
        ]
