"""Policies on contact pressure: add one, change it, put it out of force, remove it and bring it back."""

import datetime
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from campaigns.enums import Per, PolicyKind
from campaigns.models import Policy
from campaigns.models.policy import BY_CALENDAR, FIELDS, OWN_FIELDS
from campaigns.pressure.limits import MOST_POLICIES
from campaigns.queries.policies import name_stages, policies_of
from campaigns.services.campaign_states import named
from experiments.services.states import difference, plain
from teams.errors import Gone, check_seen
from teams.permissions import Actor, Permission, require
from teams.services.activity import record

SHARED = ("enabled", "note", "scope", "channel", "stage", "binds_transactional")
EMPTY = {name: "" if name == "per" else None for name in OWN_FIELDS}


@transaction.atomic
def add_policy(*, by: Actor, kind: str, **fields: Any) -> Policy:
    """Add a policy. Fields: those of its kind (see `Policy`), enabled, note, scope, channel, stage,
    binds_transactional."""
    require(by, Permission.CAMPAIGN_CONFIGURE)
    check_room(by)
    policy = Policy(workspace_id=by.workspace_id, kind=kind)
    fill(policy, fields)
    keep(policy)
    record(policy, by=by, verb="created", after=policy_state(policy))
    return policy


@transaction.atomic
def edit_policy(*, by: Actor, policy: Policy, seen: int | None = None, **fields: Any) -> Policy:
    """Change the given fields. Its kind stays."""
    policy = lock(policy, by=by, seen=seen)
    before = policy_state(policy)
    fill(policy, fields)
    check(policy)
    was, now = difference(before, policy_state(policy))
    if now:
        policy.version += 1
        policy.save()
        record(policy, by=by, verb="edited", before=was, after=now)
    return policy


@transaction.atomic
def remove_policy(*, by: Actor, policy: Policy, seen: int | None = None) -> Policy:
    policy = lock(policy, by=by, seen=seen)
    policy.removed_at = timezone.now()
    policy.version += 1
    policy.save()
    record(policy, by=by, verb="removed")
    return policy


@transaction.atomic
def restore_policy(*, by: Actor, policy: Policy) -> Policy:
    policy = lock(policy, by=by, removed=True)
    if policy.removed_at is not None:
        check_room(by)
        policy.removed_at = None
        policy.version += 1
        keep(policy)
        record(policy, by=by, verb="restored")
    return policy


STARTERS: tuple[dict[str, Any], ...] = (
    {"kind": PolicyKind.CAP, "n": 2, "per": Per.WEEK},
    {"kind": PolicyKind.GAP, "hours": 24.0},
    {"kind": PolicyKind.QUIET_HOURS, "quiet_from": datetime.time(21), "quiet_until": datetime.time(8)},
    {"kind": PolicyKind.QUIET_WEEKDAYS, "weekdays": 0b1000000},
)


@transaction.atomic
def add_starters(*, by: Actor) -> list[Policy]:
    """What most teams begin with, where there is no policy yet: two a week and person, a day between two, nothing at
    night, nothing on Sundays."""
    require(by, Permission.CAMPAIGN_CONFIGURE)
    if policies_of(by).exists():
        raise ValidationError(_("There are policies already."), code="there")
    return [add_policy(by=by, **starter) for starter in STARTERS]


def lock(policy: Policy, *, by: Actor, seen: int | None = None, removed: bool = False) -> Policy:
    rows = Policy.objects.select_for_update(of=("self",), no_key=True).select_related("channel")
    held = rows.filter(pk=policy.pk, workspace_id=by.workspace_id).first()
    if held is None or (held.removed_at is not None and not removed):
        raise Gone
    require(by, Permission.CAMPAIGN_CONFIGURE, held)
    check_seen(held, seen)
    name_stages([held])
    return held


def check_room(by: Actor) -> None:
    if policies_of(by).count() >= MOST_POLICIES:
        raise ValidationError(_("A workspace has at most %(most)d policies.") % {"most": MOST_POLICIES})


def fill(policy: Policy, fields: dict[str, Any]) -> None:
    """Set the given fields; those of other kinds are empty."""
    own = FIELDS.get(policy.kind, ())
    unknown = fields.keys() - {*SHARED, *OWN_FIELDS}
    if unknown:
        raise TypeError(f"A policy has no {sorted(unknown)}")
    foreign = {name for name in fields.keys() & set(OWN_FIELDS) - set(own) if fields[name] != EMPTY[name]}
    if foreign:
        raise ValidationError({name: [_("This kind of policy has no such field.")] for name in foreign})
    for name, value in fields.items():
        setattr(policy, name, value.strip() if isinstance(value, str) else value)
    if isinstance(policy.days, list) and all(isinstance(day, str) for day in policy.days):
        policy.days = sorted(set(policy.days))
    name_stages([policy])


def keep(policy: Policy) -> None:
    check(policy)
    policy.save()


def check(policy: Policy) -> None:
    """Raises ValidationError at the fields that are wrong."""
    own = FIELDS.get(policy.kind, ())
    missing = [name for name in own if getattr(policy, name) in (EMPTY[name], [])]
    if missing:
        raise ValidationError({name: [_("This field is required.")] for name in missing})
    if policy.binds_transactional and policy.kind not in BY_CALENDAR:
        raise ValidationError({"binds_transactional": [_("Only hours and days bind transactional messages.")]})
    check_target(policy)
    try:
        policy.full_clean()
    except ValidationError as error:
        errors = error.update_error_dict({})
        loose = errors.pop(NON_FIELD_ERRORS, [])
        if loose:
            errors.setdefault(own[-1] if own else "kind", []).extend(loose)
        raise ValidationError(errors) from None


def check_target(policy: Policy) -> None:
    for name in ("channel", "stage"):
        thing = getattr(policy, f"{name}_id")
        if thing is not None and policy.scope != name:
            raise ValidationError({name: [_("Choose first that it counts messages of that kind.")]})
    if policy.channel is not None and policy.channel.workspace_id != policy.workspace_id:
        raise ValidationError({"channel": [_("This does not exist in the workspace.")]})
    stage = policy.__dict__.get("named_stage")
    if stage is not None and stage.workspace_id != policy.workspace_id:
        raise ValidationError({"stage": [_("This does not exist in the workspace.")]})


def policy_state(policy: Policy) -> dict[str, Any]:
    """What the log says of it: without the fields of other kinds."""
    names = ("enabled", "note", "scope", *FIELDS[policy.kind], "binds_transactional")
    state = {name: plain(getattr(policy, name)) for name in names}
    return state | {"channel": named(policy.channel), "stage": named(policy.__dict__.get("named_stage"))}
