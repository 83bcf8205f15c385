"""The rules for names in links: one set in each workspace, which is there as soon as somebody needs it."""

from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from campaigns.models import DestinationRule, LinkRule
from campaigns.naming.rules import Rules, in_order
from campaigns.services.link_telling import record_edit, state
from teams.errors import check_seen
from teams.models import Membership
from teams.permissions import Actor, Permission, require
from teams.services.activity import record

FIELDS = frozenset({"parameter", "required", "allowed", "blocked", "lowercase", "separator", "longest"})
DESTINATION_FIELDS = frozenset({"https", "allowed_hosts", "blocked_hosts"})
DEFAULTS = {
    "utm_source": True,
    "utm_medium": True,
    "utm_campaign": True,
    "utm_id": False,
    "utm_term": False,
    "utm_content": False,
}
MOST_RULES = 30


@transaction.atomic
def furnish(workspace_id: int) -> DestinationRule:
    """The workspace's rule for destinations. Where there is none, it is made, with the usual rules for parameters:
    source, medium and campaign required, small letters, hyphens for spaces."""
    destination, made = DestinationRule.objects.get_or_create(workspace_id=workspace_id)
    if made:
        usual = [LinkRule(workspace_id=workspace_id, parameter=name, required=DEFAULTS[name]) for name in DEFAULTS]
        LinkRule.objects.bulk_create(usual, ignore_conflicts=True)
    return destination


def for_new_workspace(owner: Membership) -> None:
    furnish(owner.workspace_id)


def rules_for(workspace_id: int) -> Rules:
    """The rules of the workspace as `campaigns.naming.check` takes them, in two queries."""
    destination = DestinationRule.objects.filter(workspace_id=workspace_id).first() or furnish(workspace_id)
    return Rules(
        in_order([rule.as_rule() for rule in live_rules(workspace_id)]),
        https=destination.https,
        allowed_hosts=tuple(destination.allowed_hosts.splitlines()),
        blocked_hosts=tuple(destination.blocked_hosts.splitlines()),
    )


def live_rules(workspace_id: int) -> QuerySet[LinkRule]:
    return LinkRule.objects.filter(workspace_id=workspace_id, removed_at=None)


@transaction.atomic
def add_rule(*, by: Actor, **fields: Any) -> LinkRule:
    """Track a parameter, by a rule. `allowed` and `blocked` have an entry a line, see `LinkRule` for the others."""
    require(by, Permission.LINK_RULES)
    furnish(by.workspace_id)
    check_room(by.workspace_id)
    rule = LinkRule(workspace_id=by.workspace_id)
    fill(rule, fields, FIELDS)
    keep(rule)
    record(rule, by=by, verb="created")
    return rule


@transaction.atomic
def edit_rule(*, by: Actor, rule: LinkRule, seen: int | None = None, **fields: Any) -> LinkRule:
    """Change the given fields. Links that were built before stay as they are."""
    require(by, Permission.LINK_RULES, rule)
    return edit(live(rule), by, seen, fields, FIELDS)


@transaction.atomic
def edit_destination(*, by: Actor, seen: int | None = None, **fields: Any) -> DestinationRule:
    """Change where links may lead: `https`, `allowed_hosts` and `blocked_hosts`, an entry a line."""
    require(by, Permission.LINK_RULES)
    rule = DestinationRule.objects.select_for_update().get(pk=furnish(by.workspace_id).pk)
    return edit(rule, by, seen, fields, DESTINATION_FIELDS)


@transaction.atomic
def remove_rule(*, by: Actor, rule: LinkRule, seen: int | None = None) -> LinkRule:
    """Stop to track the parameter: links may have it, or not, as any other."""
    require(by, Permission.LINK_RULES, rule)
    rule = live(rule)
    check_seen(rule, seen)
    rule.removed_at = timezone.now()
    rule.version += 1
    rule.save(update_fields=["removed_at", "version"])
    record(rule, by=by, verb="removed")
    return rule


@transaction.atomic
def restore_rule(*, by: Actor, rule: LinkRule) -> LinkRule:
    """Bring a removed rule back, unless the parameter has another one meanwhile."""
    require(by, Permission.LINK_RULES, rule)
    rule = LinkRule.objects.select_for_update().get(pk=rule.pk)
    if rule.removed_at is not None:
        check_room(by.workspace_id)
        rule.removed_at = None
        rule.version += 1
        keep(rule)
        record(rule, by=by, verb="restored")
    return rule


def live(rule: LinkRule) -> LinkRule:
    rule = LinkRule.objects.select_for_update().get(pk=rule.pk)
    if rule.removed_at is not None:
        raise ValidationError(_("This rule has been removed."), code="removed")
    return rule


def check_room(workspace_id: int) -> None:
    if live_rules(workspace_id).count() >= MOST_RULES:
        raise ValidationError(_("A workspace has at most %(most)d rules.") % {"most": MOST_RULES}, code="too_many")


def edit(rule, by: Actor, seen: int | None, fields: dict[str, Any], known: frozenset[str]):
    check_seen(rule, seen)
    before = state(rule)
    fill(rule, fields, known)
    check(rule)
    if state(rule) == before:
        return rule
    rule.version += 1
    keep(rule)
    record_edit(rule, by=by, before=before)
    return rule


def fill(rule: LinkRule | DestinationRule, fields: dict[str, Any], known: frozenset[str]) -> None:
    unknown = fields.keys() - known
    if unknown:
        raise TypeError(f"A {rule._meta.verbose_name} has no {sorted(unknown)}")
    for name, value in fields.items():
        setattr(rule, name, value.strip() if isinstance(value, str) else value)


def keep(rule: LinkRule | DestinationRule) -> None:
    """Check and save. Of two people who add a rule for one parameter at the same moment, the second is told so."""
    check(rule)
    try:
        with transaction.atomic():
            rule.save()
    except IntegrityError:
        check(rule)
        raise


def check(rule: LinkRule | DestinationRule) -> None:
    """Full validation; that there is a rule for the parameter is said at the field `parameter`."""
    try:
        rule.full_clean()
    except ValidationError as error:
        errors = error.update_error_dict({})
        for taken in errors.pop(NON_FIELD_ERRORS, []):
            errors.setdefault("parameter", []).append(taken)
        raise ValidationError(errors) from None
