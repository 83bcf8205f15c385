from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from experiments.enums import EntrySource
from experiments.models.experiment import Experiment
from experiments.models.plan import PlannedMetric, Variant
from teams.models import ApiKey, Membership

SUMS = (
    "n",
    "successes",
    "sum",
    "sum_squares",
    "sum_numerator",
    "sum_denominator",
    "sum_numerator_squares",
    "sum_denominator_squares",
    "sum_covariate",
    "sum_covariate_squares",
    "sum_product",
)


class Entry(models.Model):
    """Sums of one variant and metric on one day. A correction is a new entry; the old one stays and is not `current`.

    Which sums are there depends on the metric's kind (`experiments.stats.sums`). `withdrawn`: the correction says that
    there is nothing for this day; such an entry has no sums.
    """

    experiment = models.ForeignKey(Experiment, models.CASCADE, related_name="entries")
    variant = models.ForeignKey(Variant, models.CASCADE, related_name="entries")
    metric = models.ForeignKey(PlannedMetric, models.CASCADE, related_name="entries")
    date = models.DateField(_("date"))
    n = models.PositiveBigIntegerField(_("n"), null=True)
    successes = models.PositiveBigIntegerField(_("successes"), null=True)
    sum = models.FloatField(_("sum"), null=True)
    sum_squares = models.FloatField(_("sum of squares"), null=True)
    sum_numerator = models.FloatField(_("sum of the numerator"), null=True)
    sum_denominator = models.FloatField(_("sum of the denominator"), null=True)
    sum_numerator_squares = models.FloatField(_("sum of squares of the numerator"), null=True)
    sum_denominator_squares = models.FloatField(_("sum of squares of the denominator"), null=True)
    sum_covariate = models.FloatField(_("sum of the covariate"), null=True)
    sum_covariate_squares = models.FloatField(_("sum of squares of the covariate"), null=True)
    sum_product = models.FloatField(_("sum of products"), null=True)
    withdrawn = models.BooleanField(default=False)
    current = models.BooleanField(default=True)
    source = models.CharField(max_length=8, choices=EntrySource, default=EntrySource.PAGE)
    at = models.DateTimeField(auto_now_add=True)
    actor = models.ForeignKey(Membership, models.SET_NULL, null=True, related_name="+")
    key = models.ForeignKey(ApiKey, models.SET_NULL, null=True, related_name="+")
    actor_name = models.CharField(max_length=254)

    class Meta:
        verbose_name = _("result")
        verbose_name_plural = _("results")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["variant", "metric", "date"], condition=Q(current=True), name="entry_current_unique"
            ),
            models.CheckConstraint(condition=Q(source__in=EntrySource.values), name="entry_source_known"),
            models.CheckConstraint(
                condition=Q(withdrawn=True, n__isnull=True) | Q(withdrawn=False, n__isnull=False),
                name="entry_says_something",
            ),
            models.CheckConstraint(
                condition=Q(successes__isnull=True) | Q(successes__lte=F("n")), name="entry_successes_within_n"
            ),
        ]
        indexes = [
            models.Index(fields=["experiment", "date"], condition=Q(current=True), name="entry_current"),
            models.Index(fields=["experiment", "-id"], name="entry_history"),
        ]

    def __str__(self) -> str:
        return f"{self.variant_id} {self.metric_id} {self.date}"

    @property
    def workspace_id(self) -> int:
        return self.experiment.workspace_id

    @property
    def sums(self) -> dict[str, float]:
        """The sums that it has, by name."""
        return {name: value for name in SUMS if (value := getattr(self, name)) is not None}
