"""Mails in our words: plain text, with the same as simple HTML beside it."""

from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from teams.models import Invitation
from teams.services.invitations import token_of
from teams.zones import zone_of


def mail_invitation(invitation: Invitation, *, site: str) -> None:
    """Send the link, in the inviter's language and time zone: of the reader nothing is known yet."""
    inviter = invitation.invited_by.user if invitation.invited_by else None
    language, zone = (inviter.language, inviter.timezone) if inviter else ("en", invitation.workspace.timezone)
    with translation.override(language), timezone.override(zone_of(zone)):
        link = site.rstrip("/") + reverse("teams:invitation", args=[token_of(invitation)])
        about = {"invitation": invitation, "workspace": invitation.workspace, "inviter": inviter, "link": link}
        about["language"] = language
        subject = _("Join %(workspace)s on Throughline") % {"workspace": invitation.workspace.name}
        mail = EmailMultiAlternatives(
            subject=" ".join(subject.split()),
            body=render_to_string("teams/mail/invitation.txt", about),
            to=[invitation.email],
            reply_to=[inviter.email] if inviter else None,
        )
        mail.attach_alternative(render_to_string("teams/mail/invitation.html", about), "text/html")
        mail.send()
