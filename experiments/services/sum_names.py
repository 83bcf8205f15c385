"""Which sums are entered for a metric, and what each is called."""

from django.utils.translation import gettext_lazy as _

from experiments.models import PlannedMetric
from experiments.stats.kinds import Kind
from experiments.stats.sums import COVARIATE, NEEDED

LABELS = {
    "n": _("Users"),
    "successes": _("Did it"),
    "sum": _("Sum"),
    "sum_squares": _("Sum of squares"),
    "sum_numerator": _("Numerator"),
    "sum_denominator": _("Denominator"),
    "sum_numerator_squares": _("Numerator squared"),
    "sum_denominator_squares": _("Denominator squared"),
    "sum_covariate": _("Covariate"),
    "sum_covariate_squares": _("Covariate squared"),
    "sum_product": _("Product"),
}


def names_of(planned: PlannedMetric) -> tuple[str, ...]:
    """The sums that an entry of this metric has; with a covariate those that belong to it."""
    kind = Kind(planned.kind)
    with_covariate = bool(planned.covariate) and kind is not Kind.RATIO
    return NEEDED[kind] + (COVARIATE if with_covariate else ())
