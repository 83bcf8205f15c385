from insights.models.metric import Metric, Reading

__all__ = ["Metric", "Reading"]
