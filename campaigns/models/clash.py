from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from campaigns.enums import ClashCode
from campaigns.models.campaign import Campaign
from experiments.models import Experiment


class Clash(models.Model):
    """That a campaign collides with another one, or with an experiment, as it was first seen. Told once, and kept, so
    that what goes and comes back is not told again. Of two campaigns, `campaign` has the smaller id."""

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="clashes")
    other = models.ForeignKey(Campaign, models.CASCADE, null=True, related_name="clashes_before")
    experiment = models.ForeignKey(Experiment, models.CASCADE, null=True, related_name="clashes")
    code = models.CharField(_("how"), max_length=19, choices=ClashCode)
    seen_at = models.DateTimeField(_("first seen"), auto_now_add=True)
    told_at = models.DateTimeField(_("told"), null=True)

    class Meta:
        verbose_name = _("clash")
        verbose_name_plural = _("clashes")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(code__in=ClashCode.values), name="clash_code_known"),
            models.CheckConstraint(
                condition=(
                    Q(other__isnull=False, experiment__isnull=True) | Q(other__isnull=True, experiment__isnull=False)
                ),
                name="clash_with_one_other",
            ),
            models.CheckConstraint(
                condition=Q(other__isnull=True) | Q(campaign__lt=F("other")), name="clash_of_two_in_order"
            ),
            models.UniqueConstraint(
                fields=["campaign", "other", "code"], condition=Q(other__isnull=False), name="clash_of_campaigns_unique"
            ),
            models.UniqueConstraint(
                fields=["campaign", "experiment", "code"],
                condition=Q(experiment__isnull=False),
                name="clash_with_experiment_unique",
            ),
        ]

    @property
    def workspace_id(self) -> int:
        return self.campaign.workspace_id
