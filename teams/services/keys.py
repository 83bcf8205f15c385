"""API keys. A secret of 240 random bits is shown once; what is kept is its hash."""

import secrets
from collections.abc import Collection
from datetime import datetime, timedelta

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from teams.enums import Role
from teams.models import ApiKey, Membership, Team, Workspace
from teams.permissions import Actor, Permission, require
from teams.services.digest import digest
from teams.services.members import check_role, check_teams

PREFIX = "tl_"
BYTES = 30  # 40 characters
USED_AT_MOST = timedelta(minutes=1)
RANK = {Role.VIEWER: 0, Role.EDITOR: 1, Role.ADMIN: 2, Role.OWNER: 3}


@transaction.atomic
def create_key(
    *,
    by: Actor | None,
    workspace: Workspace,
    name: str,
    role: str,
    teams: Collection[Team] = (),
    expires_at: datetime | None = None,
) -> tuple[ApiKey, str]:
    """The new key and its secret, which nobody can read again. `by=None` is the operator at the command line."""
    check_role(role)
    check_teams(workspace.pk, teams)
    if by is not None:
        check_may_create(by, workspace, role)
    if expires_at is not None and expires_at <= timezone.now():
        raise ValidationError({"expires_at": [_("This moment is in the past.")]})
    secret = PREFIX + secrets.token_urlsafe(BYTES)
    key = ApiKey(workspace=workspace, name=name.strip(), role=role, expires_at=expires_at)
    key.start, key.key_hash = secret[:10], digest(secret)
    key.created_by = by if isinstance(by, Membership) else None
    key.full_clean()
    key.save()
    key.teams.set(teams)
    return key, secret


def check_may_create(by: Actor, workspace: Workspace, role: str) -> None:
    """A key may do at most what its maker may: nobody makes a program their superior."""
    require(by, Permission.KEY_MANAGE)
    if by.workspace_id != workspace.pk:
        raise PermissionDenied
    if RANK[Role(role)] > RANK[Role(by.role)]:
        raise ValidationError({"role": [_("A key cannot have a higher role than yours.")]})


@transaction.atomic
def revoke_key(*, by: Actor, key: ApiKey) -> ApiKey:
    """Stop a key for good; its row stays, so that the log still names it. Revoking twice changes nothing."""
    require(by, Permission.KEY_MANAGE, key)
    ApiKey.objects.filter(pk=key.pk, revoked_at=None).update(revoked_at=timezone.now())
    key.refresh_from_db()
    return key


def find_key(secret: str) -> ApiKey | None:
    """The active key with this secret, with its workspace loaded; notes its use, at most once a minute.

    The search goes by the hash's unique index, so its time says nothing about the secret.
    """
    now = timezone.now()
    active = Q(revoked_at=None) & (Q(expires_at=None) | Q(expires_at__gt=now))
    key = ApiKey.objects.select_related("workspace").filter(active, key_hash=digest(secret)).first()
    if key is not None and (key.last_used_at is None or key.last_used_at <= now - USED_AT_MOST):
        ApiKey.objects.filter(pk=key.pk).update(last_used_at=now)
        key.last_used_at = now
    return key
