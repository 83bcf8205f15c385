from teams.models.activity import Activity
from teams.models.base import Removable, Versioned, storable
from teams.models.invitation import Invitation
from teams.models.key import ApiKey
from teams.models.membership import Membership
from teams.models.search import SearchWord
from teams.models.team import Team
from teams.models.user import User
from teams.models.workspace import Workspace

__all__ = [
    "Activity",
    "ApiKey",
    "Invitation",
    "Membership",
    "Removable",
    "SearchWord",
    "Team",
    "User",
    "Versioned",
    "Workspace",
    "storable",
]
