from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _


class MapKind(TextChoices):
    AS_IS = "as-is", _("As-is")
    TO_BE = "to-be", _("To-be")


class MapStatus(TextChoices):
    DRAFT = "draft", _("Draft")
    IN_REVIEW = "in-review", _("In review")
    LIVE = "live", _("Live")
    ARCHIVED = "archived", _("Archived")


class LaneKind(TextChoices):
    ACTIONS = "actions", _("Customer actions")
    TOUCHPOINTS = "touchpoints", _("Touchpoints")
    THOUGHTS = "thoughts", _("Thoughts and questions")
    EMOTION = "emotion", _("Emotion")
    PAINS = "pains", _("Pains")
    OPPORTUNITIES = "opportunities", _("Opportunities")
    MOMENTS = "moments", _("Moments")
    METRICS = "metrics", _("Metrics")
    FREE = "free", _("Free")


class Grade(TextChoices):
    """What a card rests on, from a guess to a number."""

    ASSUMED = "assumed", _("Assumed")
    ANECDOTE = "anecdote", _("Anecdote")
    RESEARCH = "research", _("Research")
    MEASURED = "measured", _("Measured")


class SourceKind(TextChoices):
    INTERVIEW = "interview", _("Interview")
    SERVICE_RECORDING = "service-recording", _("Service recording")
    SESSION_REPLAY = "session-replay", _("Session replay")
    ANALYTICS = "analytics", _("Analytics")
    CRM = "crm", _("CRM")
    NPS_VERBATIM = "nps-verbatim", _("NPS verbatim")
    SURVEY = "survey", _("Survey")
    COMMUNITY_POST = "community-post", _("Community post")


class PathKind(TextChoices):
    FORWARD = "forward", _("Forward")
    SKIP = "skip", _("Skip")
    BACK = "back", _("Back")
    PAUSE = "pause", _("Pause")
    RETURN = "return", _("Return")


class TeamPart(TextChoices):
    """The part of a team in a stage besides the accountable one."""

    RESPONSIBLE = "responsible", _("Responsible")
    CONSULTED = "consulted", _("Consulted")
    INFORMED = "informed", _("Informed")


class Level(IntegerChoices):
    VERY_BAD = -2, _("Very bad")
    BAD = -1, _("Bad")
    NEUTRAL = 0, _("Neutral")
    GOOD = 1, _("Good")
    VERY_GOOD = 2, _("Very good")


class ChannelForm(TextChoices):
    DIGITAL = "digital", _("Digital")
    PHYSICAL = "physical", _("Physical")


class ChannelHold(TextChoices):
    """Whose channel it is: ours, or other people's."""

    OWNED = "owned", _("Owned")
    EARNED = "earned", _("Earned")


class Verb(TextChoices):
    """What happened in a change of a map. The sentence is made at display."""

    CREATED = "created", _("created")
    EDITED = "edited", _("edited")
    ADDED = "added", _("added")
    MOVED = "moved", _("moved")
    DELETED = "deleted", _("deleted")
    RESTORED = "restored", _("restored")
