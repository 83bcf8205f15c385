"""How a workspace experiments: the lists that its administrators keep."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from experiments.enums import Correction, DecisionRule, ScoreModel
from experiments.models.experiment import Experiment
from experiments.models.reason import Reason
from insights.models import finite
from teams.models import Membership, Removable, Versioned, Workspace, storable

__all__ = ["ChecklistItem", "Practice", "Reason", "Tick"]


class Practice(Versioned):
    """What new experiments of a workspace begin with. A workspace without one has the defaults of the fields."""

    workspace = models.OneToOneField(Workspace, models.CASCADE, related_name="practice")
    score_model = models.CharField(_("score"), max_length=4, choices=ScoreModel, default=ScoreModel.ICE)
    rule = models.CharField(_("decision rule"), max_length=16, choices=DecisionRule, default=DecisionRule.CLEAR_SIGNALS)
    correction = models.CharField(_("correction"), max_length=20, choices=Correction, default=Correction.HOLM)
    alpha = models.FloatField(
        _("alpha"), default=0.05, validators=[finite, MinValueValidator(0.001), MaxValueValidator(0.2)]
    )
    power = models.FloatField(
        _("power"), default=0.8, validators=[finite, MinValueValidator(0.5), MaxValueValidator(0.99)]
    )
    minimum_days = models.PositiveSmallIntegerField(
        _("minimum run time"), default=14, validators=[MinValueValidator(1), MaxValueValidator(365)]
    )

    class Meta:
        verbose_name = _("practice")
        verbose_name_plural = _("practices")
        constraints = [
            models.CheckConstraint(condition=Q(score_model__in=ScoreModel.values), name="practice_score_model_known"),
            models.CheckConstraint(condition=Q(rule__in=DecisionRule.values), name="practice_rule_known"),
            models.CheckConstraint(condition=Q(correction__in=Correction.values), name="practice_correction_known"),
        ]

    def __str__(self) -> str:
        return str(self.workspace)


class ChecklistItem(Versioned, Removable):
    """What somebody ticks off before an experiment starts."""

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="checklist")
    text = models.CharField(_("what must be true"), max_length=200, validators=[storable])
    position = models.PositiveSmallIntegerField(default=0, editable=False)

    class Meta:
        verbose_name = _("point of the launch checklist")
        verbose_name_plural = _("launch checklist")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                "workspace",
                Lower("text"),
                condition=Q(removed_at__isnull=True),
                name="checklist_text_unique",
                violation_error_message=_("This point is on the checklist already."),
            )
        ]

    def __str__(self) -> str:
        return self.text


class Tick(models.Model):
    """A point of the checklist that somebody ticked off for an experiment."""

    experiment = models.ForeignKey(Experiment, models.CASCADE, related_name="ticks")
    item = models.ForeignKey(ChecklistItem, models.CASCADE, related_name="ticks")
    by = models.ForeignKey(Membership, models.SET_NULL, null=True, related_name="+")
    by_name = models.CharField(max_length=254)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("tick")
        verbose_name_plural = _("ticks")
        constraints = [models.UniqueConstraint(fields=["experiment", "item"], name="tick_unique")]
