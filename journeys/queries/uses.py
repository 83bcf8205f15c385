"""Where a metric is shown on maps."""

from dataclasses import dataclass

from insights.models import Metric
from journeys.models import Card, Stage


@dataclass(frozen=True)
class Uses:
    stages: list[Stage]
    moments: list[Card]


def uses_of(metric: Metric) -> Uses:
    """The stages and moments of live maps that show the metric, by map. Two queries."""
    stages = Stage.objects.filter(metric=metric, map__removed_at=None).select_related("map")
    moments = Card.objects.filter(metric=metric, map__removed_at=None).select_related("map", "stage")
    return Uses(
        list(stages.order_by("map__title", "map_id", "position")),
        list(moments.order_by("map__title", "map_id", "stage__position", "position")),
    )
