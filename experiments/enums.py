from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Status(TextChoices):
    """Where an experiment stands. It goes forward step by step, and some steps back; `services/steps.py` says which."""

    IDEA = "idea", _("Idea")
    PLANNED = "planned", _("Planned")
    RUNNING = "running", _("Running")
    DECIDING = "deciding", _("Deciding")
    DECIDED = "decided", _("Decided")
    ARCHIVED = "archived", _("Archived")


class Goal(TextChoices):
    """The direction in which a metric is meant to go."""

    INCREASE = "increase", _("Increase")
    DECREASE = "decrease", _("Decrease")


class MetricRole(TextChoices):
    """What a metric is for in an experiment: to decide by, to understand, not to be harmed."""

    PRIMARY = "primary", _("Primary")
    SECONDARY = "secondary", _("Secondary")
    GUARDRAIL = "guardrail", _("Guardrail")


class SummaryKind(TextChoices):
    """What is summed up of each user, and so which sums are entered."""

    PROPORTION = "proportion", _("Share of users")
    MEAN = "mean", _("Mean per user")
    RATIO = "ratio", _("Ratio of two sums")


class DecisionRule(TextChoices):
    CLEAR_SIGNALS = "clear-signals", _("Clear signals")
    DO_NO_HARM = "do-no-harm", _("Do no harm")


class Correction(TextChoices):
    """For several comparisons in one experiment."""

    NONE = "none", _("None")
    HOLM = "holm", _("Holm")
    BENJAMINI_HOCHBERG = "benjamini-hochberg", _("Benjamini–Hochberg")


class Counting(TextChoices):
    """What an entry of a day says: the users who came on that day, or all since the start."""

    DAILY = "daily", _("Each day by itself")
    TO_DATE = "to-date", _("Totals to date")


class ScoreModel(TextChoices):
    ICE = "ice", _("ICE")
    PIE = "pie", _("PIE")
    RICE = "rice", _("RICE")


class Outcome(TextChoices):
    """What is done after the experiment."""

    SHIP = "ship", _("Ship")
    KEEP = "keep", _("Keep as it was")
    ROLL_BACK = "roll-back", _("Roll back")
    ITERATE = "iterate", _("Iterate")


class Result(TextChoices):
    """What the experiment showed. Neutral: no difference that matters; inconclusive: we do not know yet."""

    WIN = "win", _("Win")
    LOSS = "loss", _("Loss")
    NEUTRAL = "neutral", _("Neutral")
    INCONCLUSIVE = "inconclusive", _("Inconclusive")


class Signal(TextChoices):
    """The computed status of a running experiment."""

    NEEDS_DATA = "needs-data", _("Needs data")
    UNHEALTHY = "unhealthy", _("Unhealthy")
    GUARDRAIL_HARMED = "guardrail-harmed", _("Guardrail harmed")
    RUNNING = "running", _("Collecting")
    READY = "ready-to-decide", _("Ready to decide")


class LearningState(TextChoices):
    """Where a learning stands on its way onto the map."""

    SUGGESTED = "suggested", _("Suggested")
    WRITTEN = "written", _("Written")
    REFUSED = "refused", _("Refused")


class EntrySource(TextChoices):
    PAGE = "page", _("Typed")
    CSV = "csv", _("From CSV")
    API = "api", _("By a program")
    DOCUMENT = "document", _("From a document")
