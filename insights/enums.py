from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class MetricKind(TextChoices):
    SHARE = "share", _("Share")
    MEAN = "mean", _("Mean")
    COUNT = "count", _("Count")
    RATIO = "ratio", _("Ratio")
    DURATION = "duration", _("Duration")
    SCORE = "score", _("Score")


class Direction(TextChoices):
    UP = "up", _("Higher is better")
    DOWN = "down", _("Lower is better")
