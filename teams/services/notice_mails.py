"""Notifications by e-mail: at once, or gathered in the morning. Each is mailed at most once."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.db.models import Min, QuerySet
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import ngettext

from teams.enums import MailChoice
from teams.models import Membership, Notification
from teams.services.notifications import sentence
from teams.services.site import site_address
from teams.zones import zone_of

MORNING = 7
MOST_LISTED = 50


def waiting() -> QuerySet[Notification]:
    """What nobody has read nor mailed yet, of people who may sign in."""
    return Notification.objects.filter(read_at=None, mailed_at=None, recipient__user__is_active=True)


def due_this_morning(now: datetime) -> list[int]:
    """The members who want mails daily and have news from before their last seven o'clock that wait."""
    daily = waiting().filter(recipient__mail=MailChoice.DAILY).order_by()
    oldest = daily.values_list("recipient", "recipient__user__timezone").annotate(Min("created_at"))
    return [member_id for member_id, zone, since in oldest if since < last_morning(now, zone)]


def last_morning(now: datetime, zone: str) -> datetime:
    """The latest seven o'clock in the zone that is not after `now`."""
    local = now.astimezone(zone_of(zone))
    morning = local.replace(hour=MORNING, minute=0, second=0, microsecond=0)
    return morning if morning <= local else morning - timedelta(days=1)


def mail_waiting(member_id: int, choice: str) -> int:
    """Mail a member all that waits, while their choice is still this one; how many news the mail tells.

    They are claimed first, so that a task that runs twice sends one mail. When the sending fails they wait again.
    """
    member = Membership.objects.select_related("user", "workspace").filter(pk=member_id, mail=choice).first()
    claimed, moment = claim(member_id) if member else ([], timezone.now())
    if not claimed or member is None:
        return 0
    try:
        send(member, claimed)
    except Exception:
        Notification.objects.filter(recipient=member, mailed_at=moment).update(mailed_at=None)
        raise
    return len(claimed)


@transaction.atomic
def claim(member_id: int) -> tuple[list[Notification], datetime]:
    """The member's waiting news, newest first, marked as mailed at the moment that is returned beside them."""
    moment = timezone.now()
    rows = list(waiting().filter(recipient=member_id).select_for_update(of=["self"]).order_by("-created_at", "-pk"))
    Notification.objects.filter(pk__in=[row.pk for row in rows]).update(mailed_at=moment)
    return rows, moment


def send(member: Membership, news: Sequence[Notification]) -> None:
    """One mail in the reader's language: its subject is the news, or how many there are."""
    with translation.override(member.user.language), timezone.override(zone_of(member.user.timezone)):
        about = {
            "member": member,
            "workspace": member.workspace,
            "news": [line(member, one) for one in news[:MOST_LISTED]],
            "more": max(0, len(news) - MOST_LISTED),
            "inbox": site_address() + reverse("teams:inbox", args=[member.workspace.slug]),
            "language": member.user.language,
        }
        mail = EmailMultiAlternatives(
            subject=" ".join(subject(member, news).split()),
            body=render_to_string("teams/mail/news.txt", about),
            to=[member.user.email],
        )
        mail.attach_alternative(render_to_string("teams/mail/news.html", about), "text/html")
        mail.send()


def subject(member: Membership, news: Sequence[Notification]) -> str:
    if len(news) == 1:
        return sentence(news[0])
    told = ngettext("%(count)s message in %(workspace)s", "%(count)s messages in %(workspace)s", len(news))
    return told % {"count": len(news), "workspace": member.workspace.name}


def line(member: Membership, one: Notification) -> dict[str, str]:
    link = site_address() + reverse("teams:inbox_open", args=[member.workspace.slug, one.pk])
    return {"sentence": sentence(one), "quote": one.params.get("quote", ""), "link": link}


@transaction.atomic
def choose_mails(*, by: Membership, choice: str) -> Membership:
    """Set when one gets mails. What had been waiting while one wanted none is not sent afterwards."""
    member = Membership.objects.select_for_update(of=["self"]).get(pk=by.pk)
    if member.mail == MailChoice.NEVER:
        Notification.objects.filter(recipient=member, mailed_at=None).update(mailed_at=timezone.now())
    member.mail = choice
    member.clean_fields(exclude={field.name for field in Membership._meta.fields} - {"mail"})
    member.version += 1
    member.save(update_fields=["mail", "version"])
    return member
