from campaigns.models.actual import Actual, ForecastScore
from campaigns.models.approval import Approval, ApprovalRequest, ApprovalRule
from campaigns.models.campaign import Attachment, BudgetLine, Campaign, CampaignStage, Task
from campaigns.models.clash import Clash
from campaigns.models.feed import Feed
from campaigns.models.link import Link, LinkUpload
from campaigns.models.link_rule import DestinationRule, LinkRule
from campaigns.models.message import Message, MessageText
from campaigns.models.overlap import AudienceAssumption, SegmentOverlap
from campaigns.models.policy import Policy
from campaigns.models.projection import DeclinedOffer, FrozenVersion, Projection, ProjectionUse, ProjectionVersion
from campaigns.models.saved_view import SavedView
from campaigns.models.segment import Segment
from campaigns.models.shared_link import SharedLink
from campaigns.models.tactic import HiddenTactic, Tactic

__all__ = [
    "Actual",
    "Approval",
    "ApprovalRequest",
    "ApprovalRule",
    "Attachment",
    "AudienceAssumption",
    "BudgetLine",
    "Campaign",
    "CampaignStage",
    "Clash",
    "DeclinedOffer",
    "DestinationRule",
    "Feed",
    "ForecastScore",
    "FrozenVersion",
    "HiddenTactic",
    "Link",
    "LinkRule",
    "LinkUpload",
    "Message",
    "MessageText",
    "Policy",
    "Projection",
    "ProjectionUse",
    "ProjectionVersion",
    "SavedView",
    "Segment",
    "SegmentOverlap",
    "SharedLink",
    "Tactic",
    "Task",
]
