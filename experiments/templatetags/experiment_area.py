"""The pages about all experiments of a workspace, as the tabs above them."""

from django import template
from django.utils.translation import gettext_lazy as _

from teams.tabs import Tab, tabs

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


@register.simple_tag(takes_context=True)
def area_links(context) -> list[Tab]:
    request = context["request"]
    return tabs("experiments", AREA, request.workspace.slug, current=request.resolver_match.url_name)
