"""Deviations: what was changed after the start, and why."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from experiments.models import Deviation, Experiment
from teams.models import forget_prefetched
from teams.permissions import Actor
from teams.services.authors import author_of


def record_deviation(
    experiment: Experiment, *, by: Actor, reason: str, before: dict[str, Any], after: dict[str, Any]
) -> Deviation:
    """Keep what differs from the plan, with its reason. Raises ValidationError at `deviation` without one."""
    if not reason.strip():
        raise ValidationError({"deviation": [_("The experiment has started. Say why the plan changes.")]})
    deviation = Deviation(
        experiment=experiment,
        reason=reason.strip(),
        before=before,
        after=after,
        **author_of(by),
    )
    try:
        deviation.clean_fields(exclude=["before", "after", "actor", "key"])
    except ValidationError as error:
        raise ValidationError({"deviation": error.messages}) from None
    deviation.save()
    forget_prefetched(experiment, "deviations")
    return deviation
