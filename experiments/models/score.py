from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from experiments.enums import ScoreModel
from experiments.models.experiment import Experiment
from insights.models import finite
from teams.models import Membership, Versioned, storable


class Score(Versioned):
    """What one person expects of an experiment. `values` are the parts of the score model, `total` what they make.

    `chance` (0 to 1): that the treatment turns out better. `expected_effect`: relative. Both are held against the
    result after the decision.
    """

    experiment = models.ForeignKey(Experiment, models.CASCADE, related_name="scores")
    scorer = models.ForeignKey(Membership, models.SET_NULL, null=True, related_name="scores")
    scorer_name = models.CharField(max_length=254)
    model = models.CharField(_("score"), max_length=4, choices=ScoreModel)
    values = models.JSONField(default=dict)
    total = models.FloatField()
    chance = models.FloatField(
        _("chance that it is better"),
        null=True,
        blank=True,
        validators=[finite, MinValueValidator(0), MaxValueValidator(1)],
    )
    expected_effect = models.FloatField(
        _("expected size"), null=True, blank=True, validators=[finite, MinValueValidator(-1), MaxValueValidator(100)]
    )
    note = models.CharField(_("note"), max_length=300, blank=True, validators=[storable])
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("score")
        verbose_name_plural = _("scores")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["experiment", "scorer"], condition=Q(scorer__isnull=False), name="score_once"
            ),
            models.CheckConstraint(condition=Q(model__in=ScoreModel.values), name="score_model_known"),
            models.CheckConstraint(
                condition=Q(chance__isnull=True) | Q(chance__gte=0, chance__lte=1), name="score_chance_fraction"
            ),
        ]

    def __str__(self) -> str:
        return self.scorer_name

    @property
    def workspace_id(self) -> int:
        return self.experiment.workspace_id
