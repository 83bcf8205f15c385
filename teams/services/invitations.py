"""Invitations by e-mail.

The link's token is computed from the invitation and the site's secret key, and only its SHA-256 is kept. So it stands
neither in the database nor in the queue: the task that sends the mail takes the invitation's id and computes the token
again, as often as it has to be repeated. A new expiry makes a new token, so resending ends the old link.
"""

import secrets
from collections.abc import Collection
from datetime import UTC, timedelta

from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django_q.tasks import async_task

from teams.enums import Role
from teams.models import Invitation, Membership, Team, User, storable
from teams.permissions import Actor, Permission, require
from teams.services.digest import digest
from teams.services.members import check_role, check_teams
from teams.services.people import settle_zone
from teams.services.stamp import touch
from teams.services.workspaces import lock

DAYS = 7
LONGEST_DAYS = 90
MOST_AT_ONCE = 50
MOST_OPEN = 500


def token_of(invitation: Invitation) -> str:
    made_of = f"{invitation.pk}:{invitation.expires_at.astimezone(UTC).isoformat()}"
    return salted_hmac("teams.invitation", made_of, algorithm="sha256").hexdigest()


def find_invitation(token: str) -> Invitation | None:
    """The invitation with this link, also when it is used or expired."""
    rows = Invitation.objects.select_related("workspace", "invited_by__user").prefetch_related("teams")
    return rows.filter(token_hash=digest(token)).first()


@transaction.atomic
def invite(
    *,
    by: Actor,
    emails: list[str],
    role: str,
    site: str,
    teams: Collection[Team] = (),
    days: int = DAYS,
) -> list[Invitation]:
    """Invite each address; all or none. `site` is the address of the site in the mail's link.

    An invitation to the same address that has expired is replaced.
    """
    check_may_invite(by, role)
    check_teams(by.workspace_id, teams)
    if not 1 <= days <= LONGEST_DAYS:
        raise ValidationError({"days": [_("Choose between 1 and %(most)s days.") % {"most": LONGEST_DAYS}]})
    lock(by.workspace_id)
    addresses = check_emails(by.workspace_id, emails)
    Invitation.objects.filter(workspace_id=by.workspace_id, email__in=addresses, accepted_at=None).delete()
    return [open_invitation(by=by, email=email, role=role, teams=teams, days=days, site=site) for email in addresses]


def check_may_invite(by: Actor, role: str) -> None:
    require(by, Permission.MEMBER_MANAGE)
    if check_role(role) == Role.OWNER:
        require(by, Permission.OWNERSHIP_HAND_OVER)


def open_invitation(*, by: Actor, email: str, role: str, teams: Collection[Team], days: int, site: str) -> Invitation:
    invitation = Invitation(workspace_id=by.workspace_id, email=email, role=role)
    invitation.invited_by = by if isinstance(by, Membership) else None
    invitation.token_hash = secrets.token_hex(32)
    invitation.expires_at = timezone.now() + timedelta(days=days)
    invitation.save()
    invitation.teams.set(teams)
    issue(invitation, site)
    return invitation


def issue(invitation: Invitation, site: str) -> None:
    invitation.token_hash = digest(token_of(invitation))
    invitation.save()
    transaction.on_commit(lambda: async_task("teams.tasks.send_invitation", invitation.pk, site))


def check_emails(workspace_id: int, emails: list[str]) -> list[str]:
    """The addresses in lower case, each once. Wrong ones are named with the number of their line."""
    lines = [(number, email.strip().lower()) for number, email in enumerate(emails, 1) if email.strip()]
    addresses = list(dict.fromkeys(email for _number, email in lines))
    if not addresses:
        raise ValidationError({"emails": [_("Write at least one e-mail address.")]})
    if len(addresses) > MOST_AT_ONCE:
        raise ValidationError({"emails": [_("At most %(most)s addresses at once.") % {"most": MOST_AT_ONCE}]})
    open_ones = Invitation.objects.filter(workspace_id=workspace_id, accepted_at=None)
    if open_ones.count() + len(addresses) > MOST_OPEN:
        raise ValidationError({"emails": [_("There are too many open invitations; revoke some first.")]})
    wrong = wrong_lines(workspace_id, lines)
    if wrong:
        raise ValidationError({"emails": wrong})
    return addresses


def wrong_lines(workspace_id: int, lines: list[tuple[int, str]]) -> list[str]:
    addresses = [email for _number, email in lines if is_email(email)]
    members = User.objects.filter(memberships__workspace_id=workspace_id, email__in=addresses)
    waiting = Invitation.objects.filter(workspace_id=workspace_id, accepted_at=None, email__in=addresses)
    taken = dict.fromkeys(
        waiting.filter(expires_at__gt=timezone.now()).values_list("email", flat=True),
        _("Line %(line)s: %(email)s has been invited already; you can send it again below."),
    ) | dict.fromkeys(members.values_list("email", flat=True), _("Line %(line)s: %(email)s is a member already."))
    malformed = _("Line %(line)s: “%(email)s” is not an e-mail address.")
    found = [(number, email, taken.get(email) if is_email(email) else malformed) for number, email in lines]
    return [reason % {"line": number, "email": email[:80]} for number, email, reason in found if reason]


def is_email(text: str) -> bool:
    try:
        storable(text)
        validate_email(text)
    except ValidationError:
        return False
    return len(text) <= 254


@transaction.atomic
def resend(*, by: Actor, invitation: Invitation, site: str, days: int = DAYS) -> Invitation:
    """Send it again with a new link and a new expiry; the old link ends."""
    check_may_invite(by, invitation.role)
    require(by, Permission.MEMBER_MANAGE, invitation)
    invitation = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if invitation.accepted_at:
        raise ValidationError(_("This invitation has been used."))
    invitation.expires_at = timezone.now() + timedelta(days=days)
    issue(invitation, site)
    return invitation


@transaction.atomic
def revoke(*, by: Actor, invitation: Invitation) -> None:
    """Take an open invitation back: its link finds nothing from now on."""
    require(by, Permission.MEMBER_MANAGE, invitation)
    Invitation.objects.filter(pk=invitation.pk, accepted_at=None).delete()


def is_for(invitation: Invitation, user: User) -> bool:
    """Whether the invited address is one of the person's, and they have shown that it is."""
    return EmailAddress.objects.filter(user=user, email__iexact=invitation.email, verified=True).exists()


@transaction.atomic
def accept(*, user: User, invitation: Invitation) -> Membership:
    """Join. Somebody who is a member already keeps the role and teams they have; who has no time zone gets the
    workspace's."""
    lock(invitation.workspace_id)
    current = Invitation.objects.filter(pk=invitation.pk, token_hash=invitation.token_hash).first()
    if current is None or current.accepted_at or current.expired:
        raise ValidationError(_("This invitation is no longer open."))
    if not is_for(current, user):
        raise ValidationError(_("This invitation is for %(email)s.") % {"email": current.email})
    current.accepted_at = timezone.now()
    current.save(update_fields=["accepted_at"])
    member, added = Membership.objects.get_or_create(
        workspace_id=current.workspace_id, user=user, defaults={"role": current.role}
    )
    if added:
        member.teams.set(current.teams.all())
        touch(member.workspace_id)
        settle_zone(user, member.workspace.timezone)
    return member
