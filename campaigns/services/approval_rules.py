"""Rules on approvals: add one, change it, remove it and bring it back.

They count for what is asked from then on: an approval keeps whom it asks, whatever becomes of its rule.
"""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from campaigns.enums import Applies, AskedPeople
from campaigns.models import ApprovalRule
from campaigns.queries.approvals import rules_of
from campaigns.services.campaign_states import named
from campaigns.services.locks import locked
from experiments.services.states import difference
from teams.errors import Gone
from teams.models import Team
from teams.permissions import EDITORS, Actor, Permission, require
from teams.services.activity import record

REFERENCES = ("team", "member", "channel")
FIELDS = ("asks", "team", "member", "applies", "amount", "channel")
MOST_RULES = 50
NEEDS: dict[str, str] = {
    AskedPeople.TEAM: "team",
    AskedPeople.MEMBER: "member",
    Applies.ABOVE: "amount",
    Applies.CHANNEL: "channel",
}


@transaction.atomic
def add_rule(*, by: Actor, **fields: Any) -> ApprovalRule:
    """Add a rule. Fields: asks, with team or member; applies, with amount or channel. What does not belong to the
    chosen ones is left out."""
    require(by, Permission.CAMPAIGN_CONFIGURE)
    if rules_of(by).count() >= MOST_RULES:
        raise ValidationError(_("At most %(most)d rules.") % {"most": MOST_RULES})
    rule = ApprovalRule(workspace_id=by.workspace_id, **fields)
    check(rule)
    rule.save()
    record(rule, by=by, verb="created")
    return rule


@transaction.atomic
def edit_rule(*, by: Actor, rule: ApprovalRule, seen: int | None = None, **fields: Any) -> ApprovalRule:
    """Change the given fields. What has been asked by it stays asked, and what was answered answered."""
    rule = locked(rule, Permission.CAMPAIGN_CONFIGURE, by=by, seen=seen)
    if rule.removed_at is not None:
        raise Gone
    before, referred = rule_state(rule), references(rule)
    for name, value in fields.items():
        if name not in FIELDS:
            raise TypeError(f"An approval rule has no {name}")
        setattr(rule, name, value)
    check(rule)
    also = [name for name, pk in references(rule).items() if pk != referred[name]]
    was, now = difference(before, rule_state(rule), also=also)
    if now:
        rule.version += 1
        rule.save()
        record(rule, by=by, verb="edited", before=was, after=now)
    return rule


@transaction.atomic
def remove_rule(*, by: Actor, rule: ApprovalRule, seen: int | None = None) -> ApprovalRule:
    """Take a rule away. What has been asked by it stays asked."""
    rule = locked(rule, Permission.CAMPAIGN_CONFIGURE, by=by, seen=seen)
    if rule.removed_at is None:
        rule.removed_at = timezone.now()
        rule.version += 1
        rule.save(update_fields=["removed_at", "version"])
        record(rule, by=by, verb="removed")
    return rule


@transaction.atomic
def restore_rule(*, by: Actor, rule: ApprovalRule) -> ApprovalRule:
    rule = locked(rule, Permission.CAMPAIGN_CONFIGURE, by=by)
    if rule.removed_at is not None:
        rule.removed_at = None
        rule.version += 1
        rule.save(update_fields=["removed_at", "version"])
        record(rule, by=by, verb="restored")
    return rule


def rule_state(rule: ApprovalRule) -> dict[str, Any]:
    """As the log tells it: what it refers to by name."""
    state: dict[str, Any] = {name: getattr(rule, name) for name in ("asks", "applies", "amount")}
    return state | {name: named(getattr(rule, name)) for name in REFERENCES}


def references(rule: ApprovalRule) -> dict[str, int | None]:
    return {name: getattr(rule, f"{name}_id") for name in REFERENCES}


def check(rule: ApprovalRule) -> None:
    """Leave out what does not belong; raise ValidationError naming what is missing or of another workspace."""
    needed = {NEEDS.get(rule.asks), NEEDS.get(rule.applies)}
    errors: dict[str, list[str]] = {}
    for name in ("team", "member", "amount", "channel"):
        if name not in needed:
            setattr(rule, name, None)
        elif getattr(rule, name) is None:
            errors[name] = [_("Say which one.") if name != "amount" else _("Say how much.")]
    for name in REFERENCES:
        thing = getattr(rule, name)
        if thing is not None and thing.workspace_id != rule.workspace_id:
            errors[name] = [_("This is not in the workspace.")]
    if rule.member and rule.member.role not in EDITORS:
        errors["member"] = [_("Viewers approve nothing. Choose an editor.")]
    if isinstance(rule.team, Team) and not rule.team.memberships.filter(role__in=list(EDITORS)).exists():
        errors.setdefault("team", []).append(_("Nobody in this team could approve."))
    if errors:
        raise ValidationError(errors)
    rule.full_clean(exclude=["workspace"])
