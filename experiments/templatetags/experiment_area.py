"""The pages about all experiments of a workspace, as the tabs above them."""

from dataclasses import dataclass

from django import template
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

register = template.Library()
AREA = {
    "log": _("Log"),
    "timeline": _("Timeline"),
    "learned": _("Learnings"),
    "forecasters": _("Forecasts"),
    "templates": _("Templates"),
    "sample_size": _("Sample size"),
    "practice": _("Practice"),
}


@dataclass(frozen=True)
class Link:
    href: str
    label: str
    current: bool


@register.simple_tag(takes_context=True)
def area_links(context) -> list[Link]:
    request = context["request"]
    here = request.resolver_match.url_name
    return [
        Link(reverse(f"experiments:{name}", args=[request.workspace.slug]), str(label), name == here)
        for name, label in AREA.items()
    ]
