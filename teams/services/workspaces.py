"""Workspaces. What upper apps put into a new one, they register with `on_create` when Django starts."""

from collections.abc import Callable

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import translation
from django.utils.text import slugify
from django.utils.translation import gettext as _

from teams.enums import FUNCTION_COLOR, Role, TeamFunction
from teams.errors import check_seen
from teams.models import Membership, Team, User, Workspace
from teams.permissions import Actor, Permission, require

FIRST_TEAMS = [TeamFunction.MARKETING, TeamFunction.SALES, TeamFunction.PRODUCT, TeamFunction.SUCCESS]
LONGEST_SLUG = 50

_defaults: list[Callable[[Membership], None]] = []


def on_create(make: Callable[[Membership], None]) -> None:
    """Have `make(membership of the first owner)` called in the transaction that creates a workspace."""
    if make not in _defaults:
        _defaults.append(make)


def lock(workspace_id: int) -> Workspace:
    """The workspace's row, locked until the transaction ends: rules over several members hold under it.

    Without its key, so that whoever adds something to the workspace meanwhile need not wait, and cannot lock it up.
    Whoever needs it and rows of the workspace takes it first, also for `touch` at the end: who leaves does it that way.
    """
    return Workspace.objects.select_for_update(no_key=True).get(pk=workspace_id)


@transaction.atomic
def create_workspace(*, user: User, name: str, slug: str | None = None) -> Membership:
    """Create a workspace with its four teams, in the user's time zone; the user becomes its owner.

    Without a slug the name gives one.
    """
    workspace = Workspace(name=name.strip(), slug=slug or free_slug(name), timezone=user.timezone or "UTC")
    save(workspace)
    for function in FIRST_TEAMS:
        Team.objects.create(
            workspace=workspace, name=english(function), function=function, color=FUNCTION_COLOR[function]
        )
    membership = Membership.objects.create(workspace=workspace, user=user, role=Role.OWNER)
    for make in _defaults:
        make(membership)
    return membership


@transaction.atomic
def edit_workspace(
    *,
    by: Actor,
    name: str | None = None,
    slug: str | None = None,
    timezone: str | None = None,
    seen: int | None = None,
) -> Workspace:
    """Rename the actor's workspace, change its address or its time zone; None leaves a field as it is."""
    require(by, Permission.WORKSPACE_EDIT)
    workspace = lock(by.workspace_id)
    check_seen(workspace, seen)
    workspace.name = workspace.name if name is None else name.strip()
    workspace.slug = workspace.slug if slug is None else slug
    workspace.timezone = workspace.timezone if timezone is None else timezone
    workspace.version += 1
    workspace.stamp += 1
    save(workspace)
    return workspace


def save(workspace: Workspace) -> None:
    """Check and save. Of a taken address no more is said than that it is taken: it may be a stranger's."""
    workspace.clean_fields()
    try:
        with transaction.atomic():
            workspace.save()
    except IntegrityError as error:
        raise ValidationError({"slug": [_("This address is taken.")]}) from error


def free_slug(name: str) -> str:
    """An address made of the name that no workspace has yet: `acme`, `acme-2`, `acme-3` …"""
    base = slugify(name)[:LONGEST_SLUG].strip("-_") or "workspace"
    taken = set(Workspace.objects.filter(slug__startswith=base[: LONGEST_SLUG - 8]).values_list("slug", flat=True))
    number, slug = 1, base
    while slug in taken:
        number += 1
        slug = f"{base[: LONGEST_SLUG - len(str(number)) - 1]}-{number}"
    return slug


def english(function: TeamFunction) -> str:
    """The function's name as a team's name: data that all members share, so not in the language of one of them."""
    with translation.override("en"):
        return str(function.label)
