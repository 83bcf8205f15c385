from insights.models.metric import Metric, Reading, finite

__all__ = ["Metric", "Reading", "finite"]
