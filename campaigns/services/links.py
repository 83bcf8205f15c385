"""Tracked links: built under the workspace's rules, archived, brought back. A link never changes."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from campaigns.link_words import in_words
from campaigns.models import Link
from campaigns.naming.check import NOTHING, check
from campaigns.naming.problems import Checked
from campaigns.services.link_rules import rules_for
from teams.errors import check_seen
from teams.models import ApiKey, Membership
from teams.permissions import Actor, Permission, require
from teams.services.activity import record


class Built(NamedTuple):
    """`new` is false where the same link was there already: then it is that one."""

    link: Link
    new: bool


@transaction.atomic
def build_link(*, by: Actor, url: str, parameters: Mapping[str, str] = NOTHING, replaces: Link | None = None) -> Built:
    """Build a link from an address and what its tracking parameters say.

    What breaks a rule is refused: ValidationError at `url` or `parameters.NAME`, its code the rule's name.
    """
    require(by, Permission.LINK_CREATE)
    if replaces is not None:
        require(by, Permission.LINK_CREATE, replaces)
    checked = check(url, rules_for(by.workspace_id), parameters)
    if not checked.ok:
        raise ValidationError(refusals(checked))
    same = Link.objects.filter(workspace_id=by.workspace_id, url=checked.url, removed_at=None)
    if there := same.first():
        return Built(there, new=False)
    link = Link(**fields_of(checked), **built_now(by), replaces=replaces)
    try:
        with transaction.atomic():
            link.save()
    except IntegrityError:  # somebody built the same at the same moment
        return Built(same.get(), new=False)
    return Built(link, new=True)


@transaction.atomic
def archive_link(*, by: Actor, link: Link, seen: int | None = None) -> Link:
    """Take a link out of the list. Whoever follows it still arrives."""
    require(by, Permission.LINK_CREATE, link)
    link = Link.objects.select_for_update().get(pk=link.pk)
    check_seen(link, seen)
    if link.removed_at is None:
        set_removed(link, timezone.now())
        record(link, by=by, verb="removed")
    return link


@transaction.atomic
def restore_link(*, by: Actor, link: Link) -> Link:
    """Bring an archived link back, unless the same one was built meanwhile."""
    require(by, Permission.LINK_CREATE, link)
    link = Link.objects.select_for_update().get(pk=link.pk)
    if link.removed_at is None:
        return link
    if Link.objects.filter(workspace_id=link.workspace_id, url=link.url, removed_at=None).exists():
        raise ValidationError(_("The same link has been built again meanwhile."), code="built")
    set_removed(link, None)
    record(link, by=by, verb="restored")
    return link


def set_removed(link: Link, when: Any) -> None:
    link.removed_at = when
    link.version += 1
    link.save(update_fields=["removed_at", "version"])


def fields_of(checked: Checked) -> dict[str, Any]:
    """What a new link is."""
    said = dict(checked.parameters)
    return {
        "url": checked.url,
        "destination": checked.destination,
        "parameters": said,
        "source": said.get("utm_source", ""),
        "medium": said.get("utm_medium", ""),
        "campaign": said.get("utm_campaign", ""),
    }


def built_now(by: Actor) -> dict[str, Any]:
    """In which workspace, by whom and when."""
    return {
        "workspace_id": by.workspace_id,
        "built_by_id": by.pk if isinstance(by, Membership) else None,
        "built_by_key_id": by.pk if isinstance(by, ApiKey) else None,
        "built_by_name": by.label,
        "built_at": timezone.now(),
    }


def refusals(checked: Checked) -> dict[str, list[ValidationError]]:
    """Each problem at its field, with the rule's name as its code."""
    errors: dict[str, list[ValidationError]] = {}
    for problem in checked.problems:
        field = f"parameters.{problem.parameter}" if problem.parameter else "url"
        errors.setdefault(field, []).append(ValidationError(in_words(problem), code=problem.rule.value))
    return errors
