from teams.models.activity import Activity
from teams.models.base import Removable, Versioned, forget_prefetched, storable
from teams.models.comment import Comment, Mention
from teams.models.invitation import Invitation
from teams.models.key import ApiKey
from teams.models.membership import Membership
from teams.models.notification import Notification
from teams.models.search import SearchWord
from teams.models.team import Team
from teams.models.user import User
from teams.models.workspace import Workspace

__all__ = [
    "Activity",
    "ApiKey",
    "Comment",
    "Invitation",
    "Membership",
    "Mention",
    "Notification",
    "Removable",
    "SearchWord",
    "Team",
    "User",
    "Versioned",
    "Workspace",
    "forget_prefetched",
    "storable",
]
