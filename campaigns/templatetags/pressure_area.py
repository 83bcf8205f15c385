"""The pages about contact pressure, as the tabs above them."""

from django import template
from django.utils.translation import gettext_lazy as _

from teams.tabs import Tab, tabs

register = template.Library()
AREA = {
    "pressure": _("Replay"),
    "policies": _("Policies"),
    "segments": _("Segments"),
    "overlaps": _("Overlaps"),
}


@register.simple_tag(takes_context=True)
def pressure_links(context) -> list[Tab]:
    request = context["request"]
    return tabs("campaigns", AREA, request.workspace.slug, current=request.resolver_match.url_name)
