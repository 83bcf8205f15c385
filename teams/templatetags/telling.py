"""What was said, told and done, as it is shown: comments with links and names, sentences made of what was kept."""

from django import template
from django.utils.html import format_html, linebreaks, urlize
from django.utils.safestring import SafeString, mark_safe

from teams.models import Activity, Comment, Notification
from teams.services import activity, notifications

register = template.Library()


@register.filter
def told(notification: Notification) -> str:
    return notifications.sentence(notification)


@register.filter
def sentence(row: Activity) -> str:
    return activity.sentence(row)


@register.filter
def differences(row: Activity) -> list[str]:
    return activity.differences(row)


@register.filter
def said(comment: Comment, reader_id: int) -> SafeString:
    """The comment's text in paragraphs: addresses are links, members who are named stand out, the reader more so."""
    pieces, at = [], 0
    for mention in comment.mentions.all():
        end = mention.start + mention.length
        mark = "mention me" if mention.member_id == reader_id else "mention"
        pieces.append(linked(comment.text[at : mention.start]))
        pieces.append(format_html('<b class="{}">{}</b>', mark, comment.text[mention.start : end]))
        at = end
    pieces.append(linked(comment.text[at:]))
    return mark_safe(linebreaks("".join(pieces)))  # noqa: S308 - each piece is escaped


def linked(text: str) -> str:
    return urlize(text, nofollow=True, autoescape=True)
