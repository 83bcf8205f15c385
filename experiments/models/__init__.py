from experiments.models.decision import Decision, Learning
from experiments.models.experiment import Evidence, Experiment
from experiments.models.plan import Deviation, Plan, PlannedMetric, Variant
from experiments.models.practice import ChecklistItem, Practice, Reason, Tick
from experiments.models.result import Entry
from experiments.models.score import Score

__all__ = [
    "ChecklistItem",
    "Decision",
    "Deviation",
    "Entry",
    "Evidence",
    "Experiment",
    "Learning",
    "Plan",
    "PlannedMetric",
    "Practice",
    "Reason",
    "Score",
    "Tick",
    "Variant",
]
