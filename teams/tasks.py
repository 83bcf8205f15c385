"""Work in the background. A task takes ids, may run twice, and leaves the deciding to services."""

from teams.models import Invitation
from teams.services.mails import mail_invitation


def send_invitation(invitation_id: int, site: str) -> None:
    """Send the invitation's mail, unless it was accepted or revoked while the task waited."""
    rows = Invitation.objects.select_related("workspace", "invited_by__user").filter(accepted_at=None)
    invitation = rows.filter(pk=invitation_id).first()
    if invitation is not None:
        mail_invitation(invitation, site=site)
