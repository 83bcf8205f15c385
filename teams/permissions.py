"""Who may do what. Services, templates and API ask the same question: `can(actor, Permission.X, target)`.

An actor is a membership (a person) or an API key (a program); both have `workspace_id`, `role` and `team_ids`.
A rule names the roles that may always, and the roles that may where they own the target: their own map, or a stage
of one of their teams.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext_lazy as _

from teams.enums import Role


class Permission(StrEnum):
    WORKSPACE_VIEW = "workspace.view"
    WORKSPACE_EDIT = "workspace.edit"
    OWNERSHIP_HAND_OVER = "workspace.hand_over"
    MEMBER_MANAGE = "member.manage"
    TEAM_MANAGE = "team.manage"
    KEY_MANAGE = "key.manage"
    CHANNEL_MANAGE = "channel.manage"
    PERSONA_EDIT = "persona.edit"
    METRIC_EDIT = "metric.edit"
    READING_ADD = "reading.add"
    MAP_CREATE = "map.create"
    MAP_EDIT = "map.edit"
    STAGE_EDIT = "stage.edit"
    COMMENT = "comment"
    COMMENT_EDIT = "comment.edit"
    COMMENT_DELETE = "comment.delete"
    COMMENT_RESOLVE = "comment.resolve"
    EXPERIMENT_CREATE = "experiment.create"
    EXPERIMENT_EDIT = "experiment.edit"
    EXPERIMENT_SCORE = "experiment.score"
    EXPERIMENT_CONFIRM = "experiment.confirm"
    EXPERIMENT_CONFIGURE = "experiment.configure"
    CAMPAIGN_CREATE = "campaign.create"
    CAMPAIGN_EDIT = "campaign.edit"
    CAMPAIGN_CONFIGURE = "campaign.configure"
    CALENDAR_SHARE = "calendar.share"
    SEGMENT_EDIT = "segment.edit"
    PROJECTION_CREATE = "projection.create"
    PROJECTION_EDIT = "projection.edit"
    PROJECTION_APPROVE = "projection.approve"
    LINK_CREATE = "link.create"
    LINK_RULES = "link.rules"


SENTENCES = {
    Permission.WORKSPACE_VIEW: _("Read everything in the workspace"),
    Permission.WORKSPACE_EDIT: _("Rename the workspace"),
    Permission.OWNERSHIP_HAND_OVER: _("Make somebody an owner, or take it back"),
    Permission.MEMBER_MANAGE: _("Invite, remove and change members"),
    Permission.TEAM_MANAGE: _("Add, change and remove teams"),
    Permission.KEY_MANAGE: _("Create and revoke API keys"),
    Permission.CHANNEL_MANAGE: _("Keep the list of channels"),
    Permission.PERSONA_EDIT: _("Write personas and scenarios"),
    Permission.METRIC_EDIT: _("Define metrics"),
    Permission.READING_ADD: _("Record readings of metrics"),
    Permission.MAP_CREATE: _("Create maps"),
    Permission.MAP_EDIT: _("Change a map: title, lanes, stages, owners, paths"),
    Permission.STAGE_EDIT: _("Edit in a stage: its cards and texts"),
    Permission.COMMENT: _("Comment"),
    Permission.COMMENT_EDIT: _("Change what a comment says"),
    Permission.COMMENT_DELETE: _("Delete comments"),
    Permission.COMMENT_RESOLVE: _("Resolve a discussion, or open it again"),
    Permission.EXPERIMENT_CREATE: _("Write ideas for experiments"),
    Permission.EXPERIMENT_EDIT: _("Change an experiment: hypothesis, plan, results, proposal of a decision"),
    Permission.EXPERIMENT_SCORE: _("Score experiments"),
    Permission.EXPERIMENT_CONFIRM: _("Confirm a decision that somebody else proposed"),
    Permission.EXPERIMENT_CONFIGURE: _("Keep the lists of experiments: reasons, checklist, score"),
    Permission.CAMPAIGN_CREATE: _("Plan campaigns"),
    Permission.CAMPAIGN_EDIT: _("Change a campaign: brief, days, messages, budget, checklist"),
    Permission.CAMPAIGN_CONFIGURE: _("Set the rules for campaigns: contact pressure, approvals, tactics"),
    Permission.CALENDAR_SHARE: _("Share views of the calendar, with the workspace or by a link"),
    Permission.SEGMENT_EDIT: _("Name segments and say how large they are"),
    Permission.PROJECTION_CREATE: _("Make projections"),
    Permission.PROJECTION_EDIT: _("Change a projection: its inputs, scenarios and actual numbers"),
    Permission.PROJECTION_APPROVE: _("Approve a projection that somebody else saved, which locks it, and unlock it"),
    Permission.LINK_CREATE: _("Build tracked links"),
    Permission.LINK_RULES: _("Set the rules for names in links"),
}


class Actor(Protocol):
    pk: int
    workspace_id: int
    role: str

    @property
    def team_ids(self) -> frozenset[int]: ...
    @property
    def label(self) -> str: ...


@dataclass(frozen=True)
class Rule:
    """`always`: roles that may everywhere. `owning`: roles that may where the target is theirs."""

    always: frozenset[Role]
    owning: frozenset[Role] = frozenset()


EVERYBODY = frozenset(Role)
NOBODY: frozenset[Role] = frozenset()
EDITORS = frozenset({Role.OWNER, Role.ADMIN, Role.EDITOR})
ADMINS = frozenset({Role.OWNER, Role.ADMIN})
OWNERS = frozenset({Role.OWNER})
EDITOR = frozenset({Role.EDITOR})

RULES: dict[Permission, Rule] = {
    Permission.WORKSPACE_VIEW: Rule(EVERYBODY),
    Permission.WORKSPACE_EDIT: Rule(ADMINS),
    Permission.OWNERSHIP_HAND_OVER: Rule(OWNERS),
    Permission.MEMBER_MANAGE: Rule(ADMINS),
    Permission.TEAM_MANAGE: Rule(ADMINS),
    Permission.KEY_MANAGE: Rule(ADMINS),
    Permission.CHANNEL_MANAGE: Rule(ADMINS),
    Permission.PERSONA_EDIT: Rule(EDITORS),
    Permission.METRIC_EDIT: Rule(EDITORS),
    Permission.READING_ADD: Rule(EDITORS),
    Permission.MAP_CREATE: Rule(EDITORS),
    Permission.MAP_EDIT: Rule(ADMINS, owning=EDITOR),
    Permission.STAGE_EDIT: Rule(ADMINS, owning=EDITOR),
    Permission.COMMENT: Rule(EVERYBODY),
    Permission.COMMENT_EDIT: Rule(NOBODY, owning=EVERYBODY),
    Permission.COMMENT_DELETE: Rule(ADMINS, owning=EVERYBODY),
    Permission.COMMENT_RESOLVE: Rule(EDITORS, owning=EVERYBODY),
    Permission.EXPERIMENT_CREATE: Rule(EDITORS),
    Permission.EXPERIMENT_EDIT: Rule(ADMINS, owning=EDITOR),
    Permission.EXPERIMENT_SCORE: Rule(EDITORS),
    Permission.EXPERIMENT_CONFIRM: Rule(EDITORS),
    Permission.EXPERIMENT_CONFIGURE: Rule(ADMINS),
    Permission.CAMPAIGN_CREATE: Rule(EDITORS),
    Permission.CAMPAIGN_EDIT: Rule(ADMINS, owning=EDITOR),
    Permission.CAMPAIGN_CONFIGURE: Rule(ADMINS),
    Permission.CALENDAR_SHARE: Rule(EDITORS),
    Permission.SEGMENT_EDIT: Rule(EDITORS),
    Permission.PROJECTION_CREATE: Rule(EDITORS),
    Permission.PROJECTION_EDIT: Rule(ADMINS, owning=EDITOR),
    Permission.PROJECTION_APPROVE: Rule(EDITORS),
    Permission.LINK_CREATE: Rule(EDITORS),
    Permission.LINK_RULES: Rule(ADMINS),
}


def can(actor: Actor, permission: Permission, target=None) -> bool:
    """Whether the actor may. A target of another workspace is never theirs.

    A permission with owners, asked without a target, answers for "everywhere".
    """
    if target is not None and target.workspace_id != actor.workspace_id:
        return False
    rule = RULES[permission]
    if actor.role in rule.always:
        return True
    return target is not None and actor.role in rule.owning and target.is_owned_by(actor)


def require(actor: Actor, permission: Permission, target=None) -> None:
    """Raise PermissionDenied, with a sentence for people, unless the actor may."""
    if not can(actor, permission, target):
        raise PermissionDenied(_("Your role does not allow this: %(what)s.") % {"what": SENTENCES[permission]})
