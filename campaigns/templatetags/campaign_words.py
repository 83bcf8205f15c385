"""What the pages of campaigns say in words: days, money, the tone of a status."""

import datetime
from decimal import Decimal

from django import template
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaigns.enums import Applies, AskedPeople, CampaignStatus
from campaigns.models import ApprovalRule, Campaign
from insights.display import NO_BREAK, display
from teams.tabs import Tab, tabs

register = template.Library()
TONES = {
    CampaignStatus.APPROVAL: "warn",
    CampaignStatus.APPROVED: "good",
    CampaignStatus.RUNNING: "good",
    CampaignStatus.CANCELLED: "bad",
}
# The pages about all campaigns of a workspace, as the tabs above them, by the names of their addresses.
AREA = {
    "campaigns": gettext_lazy("Campaigns"),
    "messages": gettext_lazy("Messages"),
    "matrix": gettext_lazy("Matrix"),
    "tactics": gettext_lazy("Tactics"),
    "campaign_templates": gettext_lazy("Templates"),
    "approval_rules": gettext_lazy("Approvals"),
}
# Pages beneath one of them.
BENEATH = {"approval_rule_edit": "approval_rules"}


@register.simple_tag(takes_context=True)
def area_links(context) -> list[Tab]:
    request = context["request"]
    here = request.resolver_match.url_name
    return tabs("campaigns", AREA, request.workspace.slug, current=BENEATH.get(here, here))


@register.filter
def rule_asks(thing) -> str:
    """Whom a rule or an approval asks: “Somebody of Marketing”, “The owner of Window, Kiosk”."""
    if thing.asks == AskedPeople.TEAM:
        return _("Somebody of %(team)s") % {"team": thing.team or _("a team that is gone")}
    if thing.asks == AskedPeople.MEMBER:
        return thing.member.label if thing.member else _("A person who has left")
    if thing.asks == AskedPeople.ADMIN:
        return _("An administrator")
    stages = getattr(thing, "stages", "")
    if not stages:
        return _("The owner of each stage that it speaks at")
    owner = thing.member.label if thing.member else _("A person who has left")
    return _("%(person)s, for %(stages)s") % {"person": owner, "stages": stages}


@register.filter
def rule_applies(rule: ApprovalRule) -> str:
    if rule.applies == Applies.ABOVE:
        return _("Where more than %(amount)s is planned") % {"amount": money(rule.amount)}
    if rule.applies == Applies.CHANNEL:
        return _("Where it uses %(channel)s") % {"channel": rule.channel}
    return _("Every campaign")


@register.filter
def status_tone(campaign: Campaign) -> str:
    return TONES.get(CampaignStatus(campaign.status), "")


@register.filter
def days(thing) -> str:
    """“1–14 Mar 2027” of whatever has a first and a last day; “No days yet” without them."""
    return span(thing.starts_on, thing.ends_on)


def span(first: datetime.date | None, last: datetime.date | None) -> str:
    if first is None or last is None:
        return _("No days yet")
    if first == last:
        return date_format(first, "j M Y")
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{date_format(last, 'j M Y')}"
    return f"{date_format(first, 'j M' if first.year == last.year else 'j M Y')} – {date_format(last, 'j M Y')}"


@register.filter
def money(value: Decimal | None, currency: str = "") -> str:
    """An amount, with cents where it has some: “1,200 EUR”."""
    if value is None:
        return ""
    places = 0 if value == value.to_integral_value() else 2
    shown = number_format(value, decimal_pos=places, use_l10n=True, force_grouping=True)
    return f"{shown}{NO_BREAK}{currency}" if currency else shown


@register.filter
def target_shown(campaign: Campaign) -> str:
    if campaign.metric is None or campaign.target is None:
        return ""
    return display(campaign.metric, campaign.target)


@register.filter
def whole(value: int) -> str:
    """A whole number with its digits grouped."""
    return number_format(value, decimal_pos=0, use_l10n=True, force_grouping=True)


@register.filter
def without_sign(number: int) -> int:
    return abs(number)
