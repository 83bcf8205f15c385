from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from campaigns.models.campaign import Campaign
from experiments.models import Experiment
from insights.models import Metric
from journeys.models import Map, Stage
from teams.models import ApiKey, Membership, Removable, Team, Versioned, Workspace, storable

MOST_MONTHS = 36
FROZEN = frozenset({"projection", "number", "document", "digest", "answer", "made_by", "made_by_key", "made_by_name"})


class Projection(Versioned, Removable):
    """A forecast along the stages of a map. What it says is in its versions, of which `number` is the latest.

    `headline` repeats what lists show of that version's answer: intervals as [p10, p50, p90], None where there is none.
    `start` is the first day of its first month. While `locked`, nothing of it changes but its actual numbers.
    """

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="projections")
    title = models.CharField(_("title"), max_length=160, validators=[storable])
    map = models.ForeignKey(
        Map, models.SET_NULL, verbose_name=_("map"), null=True, blank=True, related_name="projections"
    )
    campaign = models.ForeignKey(
        Campaign, models.SET_NULL, verbose_name=_("campaign"), null=True, blank=True, related_name="projections"
    )
    owner = models.ForeignKey(Membership, models.RESTRICT, verbose_name=_("owner"), related_name="owned_projections")
    team = models.ForeignKey(
        Team, models.SET_NULL, verbose_name=_("team"), null=True, blank=True, related_name="projections"
    )
    created_by_key = models.ForeignKey(ApiKey, models.SET_NULL, null=True, editable=False, related_name="+")
    note = models.TextField(_("note"), max_length=2000, blank=True, validators=[storable])
    start = models.DateField(_("first month"), editable=False)
    months = models.PositiveSmallIntegerField(
        _("months"), editable=False, validators=[MinValueValidator(1), MaxValueValidator(MOST_MONTHS)]
    )
    number = models.PositiveIntegerField(_("version"), default=1, editable=False)
    locked = models.BooleanField(_("locked"), default=False, editable=False)
    headline = models.JSONField(default=dict, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("projection")
        verbose_name_plural = _("projections")
        ordering = ["-changed_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(months__range=(1, MOST_MONTHS)), name="projection_months_in_range"),
            models.CheckConstraint(condition=Q(start__day=1), name="projection_starts_with_a_month"),
            models.CheckConstraint(condition=Q(number__gte=1), name="projection_has_a_version"),
        ]
        indexes = [
            models.Index(
                fields=["workspace", "-changed_at", "-id"],
                condition=Q(removed_at__isnull=True),
                name="projection_recent",
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def document(self) -> dict[str, Any]:
        """What its latest version says; loaded by `queries.projections.with_document`."""
        return self.latest[0].document  # type: ignore[attr-defined]

    def is_owned_by(self, actor: Any) -> bool:
        """Its owner's, its team's, or the program's that wrote it down."""
        if isinstance(actor, ApiKey) and self.created_by_key_id == actor.pk:
            return True
        if isinstance(actor, Membership) and self.owner_id == actor.pk:
            return True
        return self.team_id is not None and self.team_id in actor.team_ids


class FrozenVersion(Exception):
    """Somebody tried to change what a version says."""


class ProjectionVersion(models.Model):
    """What a projection said and what came out of it, frozen: only whether it is locked changes.

    `document` is what was asked, in the terms of the API; `answer` what was computed of it, see
    `services/projection_answers.py`. `digest` is of what the answer depends on.
    """

    projection = models.ForeignKey(Projection, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    document = models.JSONField()
    digest = models.CharField(max_length=64, editable=False)
    answer = models.JSONField()
    made_by = models.ForeignKey(Membership, models.SET_NULL, null=True, related_name="+", editable=False)
    made_by_key = models.ForeignKey(ApiKey, models.SET_NULL, null=True, related_name="+", editable=False)
    made_by_name = models.CharField(max_length=254, editable=False)
    made_at = models.DateTimeField(editable=False)
    locked_by = models.ForeignKey(Membership, models.SET_NULL, null=True, related_name="+", editable=False)
    locker_name = models.CharField(max_length=254, blank=True, editable=False)
    locked_at = models.DateTimeField(null=True, editable=False)
    unlocked_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        verbose_name = _("version of a projection")
        verbose_name_plural = _("versions of projections")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["projection", "number"], name="projectionversion_number_unique"),
            models.CheckConstraint(
                condition=Q(locked_at__isnull=True, locker_name="") | (Q(locked_at__isnull=False) & ~Q(locker_name="")),
                name="projectionversion_locked_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(unlocked_at__isnull=True) | Q(locked_at__isnull=False, unlocked_at__gte=F("locked_at")),
                name="projectionversion_unlocked_after_lock",
            ),
            models.CheckConstraint(
                condition=Q(locked_by__isnull=True) | Q(made_by__isnull=True) | ~Q(locked_by=F("made_by")),
                name="projectionversion_locked_by_another",
            ),
            models.UniqueConstraint(
                fields=["projection"],
                condition=Q(locked_at__isnull=False, unlocked_at__isnull=True),
                name="projectionversion_one_lock",
            ),
        ]
        indexes = [models.Index(fields=["projection", "made_at"], name="projectionversion_by_moment")]

    def __str__(self) -> str:
        return f"{self.projection} {self.number}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        named = set(kwargs.get("update_fields") or FROZEN)
        if not self._state.adding and named & FROZEN:
            raise FrozenVersion("A version of a projection is frozen: save another one.")
        super().save(*args, **kwargs)

    @property
    def workspace_id(self) -> int:
        return self.projection.workspace_id


class ProjectionUse(models.Model):
    """What the latest version of a projection speaks of: a stage of a map, a metric or an experiment as a source.

    A stage may have been deleted from its map: undo there brings the same row back.
    """

    projection = models.ForeignKey(Projection, models.CASCADE, related_name="uses")
    stage = models.ForeignKey(Stage, models.DO_NOTHING, null=True, db_constraint=False, related_name="+")
    metric = models.ForeignKey(Metric, models.CASCADE, null=True, related_name="+")
    experiment = models.ForeignKey(Experiment, models.CASCADE, null=True, related_name="+")

    class Meta:
        verbose_name = _("use in a projection")
        verbose_name_plural = _("uses in projections")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(stage__isnull=False, metric__isnull=True, experiment__isnull=True)
                | Q(stage__isnull=True, metric__isnull=False, experiment__isnull=True)
                | Q(stage__isnull=True, metric__isnull=True, experiment__isnull=False),
                name="projectionuse_of_one_thing",
            )
        ]


class DeclinedOffer(models.Model):
    """Somebody said "not now" to what an experiment offered: a decision is offered once, unless taken up again."""

    projection = models.ForeignKey(Projection, models.CASCADE, related_name="declined")
    experiment = models.ForeignKey(Experiment, models.CASCADE, related_name="+")
    by = models.ForeignKey(Membership, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("declined offer")
        verbose_name_plural = _("declined offers")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["projection", "experiment"], name="declinedoffer_unique")]
