"""Follow-ups: decisions that somebody wanted to look at again on a day."""

from django.db import transaction
from django.utils import timezone

from experiments.models import Decision
from experiments.services.notices import follow_up_due

AT_ONCE = 500


@transaction.atomic
def remind() -> int:
    """Tell of each decision once its day has come, and only once; how many those were."""
    due = Decision.objects.select_for_update(of=("self",), no_key=True).filter(
        follow_up_on__lte=timezone.localdate(),
        reminded_at=None,
        confirmed_at__isnull=False,
        experiment__removed_at=None,
    )
    loaded = due.select_related("experiment__owner__user", "experiment__team", "experiment__workspace")
    decisions = list(loaded.order_by("follow_up_on", "pk")[:AT_ONCE])
    for decision in decisions:
        follow_up_due(decision)
    Decision.objects.filter(pk__in=[decision.pk for decision in decisions]).update(reminded_at=timezone.now())
    return len(decisions)
