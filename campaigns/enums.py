from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Separator(TextChoices):
    """What replaces spaces in the values of a tracking parameter."""

    HYPHEN = "-", _("become - (spring-sale)")
    UNDERSCORE = "_", _("become _ (spring_sale)")
    DOT = ".", _("become . (spring.sale)")
    PLUS = "+", _("become + (spring+sale)")
    KEEP = "keep", _("may stay")


class CampaignStatus(TextChoices):
    """Where a campaign stands; `services/campaign_steps.py` says which way it may go from where."""

    IDEA = "idea", _("Idea")
    PLANNED = "planned", _("Planned")
    APPROVAL = "approval", _("In approval")
    APPROVED = "approved", _("Approved")
    RUNNING = "running", _("Running")
    DONE = "done", _("Done")
    CANCELLED = "cancelled", _("Cancelled")


OVER = (CampaignStatus.DONE, CampaignStatus.CANCELLED)


class Cadence(TextChoices):
    """How often a message goes between its first and its last day; the same words as in `pressure`."""

    ONCE = "once", _("Once")
    DAILY = "daily", _("Every day")
    EVERY = "every", _("Every few days")
    WEEKDAYS = "weekdays", _("On weekdays")


class Position(TextChoices):
    """The part of the funnel that something is meant for, or in which people are."""

    TOP = "top", _("Top: notices a need")
    MIDDLE = "middle", _("Middle: compares")
    BOTTOM = "bottom", _("Bottom: is or becomes a customer")


class StageKind(TextChoices):
    """What a stage is for, whatever a map calls it; `matching/kinds.py` tells it from a stage."""

    AWARENESS = "awareness", _("Awareness")
    CONSIDERATION = "consideration", _("Consideration")
    DECISION = "decision", _("Decision")
    PURCHASE = "purchase", _("Purchase")
    SERVICE = "service", _("Evaluation and service")
    RETENTION = "retention", _("Retention")
    ADVOCACY = "advocacy", _("Advocacy")


class Lifecycle(TextChoices):
    """How well company and contact know one another: acquisition, nurture, growth."""

    UNKNOWN = "unknown-visitor", _("Unknown visitor")
    KNOWN = "known-contact", _("Known contact")
    UNQUALIFIED = "unqualified-lead", _("Unqualified lead")
    QUALIFIED = "qualified-lead", _("Qualified lead")
    CUSTOMER = "customer", _("Customer")
    NOT_CONVERTING = "not-converting", _("Lead that does not convert")
    NURTURED = "nurtured", _("Added to nurture")
    SCORED = "scored", _("Engaged and scored")
    HANDED_BACK = "handed-back", _("Handed back to sales")
    WELCOME = "welcome", _("Welcome")
    ACTIVATED = "activated", _("Activated")
    EXPANDING = "expanding", _("Expanding")
    REFERRING = "referring", _("Referring")


class Follow(TextChoices):
    """What a campaign's messages do when the campaign moves."""

    ALONG = "along", _("Move along, by as many days")
    KEEP = "keep", _("Keep their days")
    GAP = "gap", _("Keep the gap to the end")


class Measure(TextChoices):
    """What the actual numbers of a month count."""

    ENTERED = "entered", _("came in")
    PASSED = "passed", _("passed the stage")
    REVENUE = "revenue", _("revenue")
    SPEND = "spend", _("spend")


class ActualSource(TextChoices):
    """How an actual number came here."""

    PAGE = "page", _("typed")
    CSV = "csv", _("from a file")
    API = "api", _("by a program")
    METRIC = "metric", _("from a metric")


class Assumed(TextChoices):
    """What is taken for people in two segments whose overlap nobody has counted; the same words as in `pressure`."""

    DISJOINT = "disjoint", _("Nobody is in both")
    INDEPENDENT = "independent", _("Being in one says nothing about the other")
    NESTED = "nested", _("The smaller lies within the larger")


class PolicyKind(TextChoices):
    """What a policy on contact pressure says; the same words as in `pressure`."""

    CAP = "cap", _("Cap")
    GAP = "gap", _("Minimum gap")
    QUIET_HOURS = "quiet-hours", _("Quiet hours")
    QUIET_WEEKDAYS = "quiet-weekdays", _("Quiet weekdays")
    BLACKOUT = "blackout", _("Blackout days")
    HELD_OUT = "held-out", _("Held-out share")


class PolicyScope(TextChoices):
    """Over which messages a policy reaches; the same words as in `pressure`."""

    ALL = "all", _("All messages together")
    CHANNEL = "channel", _("Messages of a channel")
    STAGE = "stage", _("Messages for a stage")


class Per(TextChoices):
    """A period in which a cap counts: calendar days, weeks from Monday, calendar months."""

    DAY = "day", _("day")
    WEEK = "week", _("week")
    MONTH = "month", _("month")


class ClashCode(TextChoices):
    """How a campaign collides with another one or with an experiment; the same words as in `pressure`."""

    SAME_OFFER = "same-offer", _("the same offer")
    RIVAL_OFFERS = "rival-offers", _("different offers to the same people")
    SAME_CHANNEL = "same-channel", _("the same people by the same channel")
    SAME_STAGE = "same-stage", _("the same people at the same stage")
    SAME_PEOPLE = "same-people", _("the same people")
    MOVES_THE_METRIC = "moves-the-metric", _("moves what the experiment measures")
    GIVES_THE_OFFER = "gives-the-offer", _("gives what the experiment tries out")
    CHANGES_WHO_ARRIVES = "changes-who-arrives", _("changes who arrives where the experiment runs")
    REACHES_ITS_PEOPLE = "reaches-its-people", _("reaches people of the experiment")


class AskedPeople(TextChoices):
    """Whom a rule on approvals asks."""

    STAGE_OWNERS = "stage-owners", _("The owner of each stage that it speaks at")
    TEAM = "team", _("Somebody of a team")
    MEMBER = "member", _("One person")
    ADMIN = "admin", _("An administrator")


class Applies(TextChoices):
    """To which campaigns a rule on approvals applies."""

    ALWAYS = "always", _("To every campaign")
    ABOVE = "above", _("Where more money is planned than …")
    CHANNEL = "channel", _("Where it uses the channel …")


class ApprovalState(TextChoices):
    WAITING = "waiting", _("Waits")
    APPROVED = "approved", _("Approved")
    REFUSED = "refused", _("Sent back")
    WITHDRAWN = "withdrawn", _("Withdrawn")
