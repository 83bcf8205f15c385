"""Work in the background. A task takes ids, may run twice, and leaves the deciding to services."""

from django.utils import timezone
from django_q.tasks import async_task

from teams.enums import MailChoice
from teams.models import Invitation
from teams.services import notifications
from teams.services.mails import mail_invitation
from teams.services.notice_mails import due_this_morning, mail_waiting


def send_invitation(invitation_id: int, site: str) -> None:
    """Send the invitation's mail, unless it was accepted or revoked while the task waited."""
    rows = Invitation.objects.select_related("workspace", "invited_by__user").filter(accepted_at=None)
    invitation = rows.filter(pk=invitation_id).first()
    if invitation is not None:
        mail_invitation(invitation, site=site)


def mail_news(member_id: int) -> None:
    """Mail a member at once what waits, unless they have read it or chosen otherwise meanwhile."""
    mail_waiting(member_id, MailChoice.AT_ONCE)


def mail_mornings() -> None:
    """Queue the morning's mail of each member for whom it is morning, or was since the worker last looked."""
    for member_id in due_this_morning(timezone.now()):
        async_task("teams.tasks.mail_morning", member_id)


def mail_morning(member_id: int) -> None:
    mail_waiting(member_id, MailChoice.DAILY)


def clear_notifications() -> None:
    """Delete what was read long ago."""
    notifications.clear_old()
