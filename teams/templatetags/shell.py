"""What the frame of every page asks for: where one can go, initials, the address of another page of a list."""

from dataclasses import dataclass
from functools import lru_cache

from django import forms, template
from django.templatetags.static import static
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from teams.permissions import Permission, can

register = template.Library()


@dataclass(frozen=True)
class Place:
    """A link of the navigation; `permission` hides it from those who could only be refused.

    The pages named in `also` belong to the place, too, though their address does not begin with its own. `unread` says
    that the link tells how many notifications wait, `tab` that it stands in the bar of a phone, beside search and menu.
    """

    url_name: str
    label: str
    icon: str
    permission: Permission = Permission.WORKSPACE_VIEW
    also: tuple[str, ...] = ()
    unread: bool = False
    tab: bool = False


@dataclass(frozen=True)
class Link:
    href: str
    label: str
    icon: str
    current: bool
    unread: int | None = None


MAIN = [
    Place("teams:inbox", _("Inbox"), "inbox", unread=True, tab=True),
    Place("journeys:maps", _("Maps"), "map", tab=True),
    Place("experiments:log", _("Experiments"), "experiment", tab=True),
    Place("campaigns:calendar", _("Calendar"), "calendar"),
    Place(
        "campaigns:campaigns",
        _("Campaigns"),
        "campaign",
        also=("campaigns:messages", "campaigns:matrix", "campaigns:tactics"),
    ),
    Place("journeys:personas", _("Personas"), "persona"),
    Place("insights:metrics", _("Metrics"), "metric"),
    Place("campaigns:projections", _("Projections"), "projection"),
    Place("campaigns:pressure", _("Contact pressure"), "pressure", also=("campaigns:segments",)),
    Place("campaigns:links", _("Links"), "link"),
]
WORKSPACE = [
    Place("teams:members", _("People"), "people", also=("teams:invitations",)),
    Place("teams:teams", _("Teams"), "team"),
    Place("journeys:channels", _("Channels"), "channel"),
    Place("teams:permissions", _("Roles"), "role"),
    Place("teams:keys", _("API keys"), "key", Permission.KEY_MANAGE),
    Place("teams:settings", _("Settings"), "settings", Permission.WORKSPACE_EDIT),
]
ACCOUNT = [
    Place("teams:profile", _("Profile"), "persona"),
    Place("account_email", _("E-mail addresses"), "mail"),
    Place("account_change_password", _("Password"), "lock"),
    Place("mfa_index", _("Second factor"), "phone"),
    Place("usersessions_list", _("Sessions"), "device"),
]


def address(url_name: str, **arguments) -> str:
    """The address of a named page, empty when this installation has none of that name."""
    try:
        return reverse(url_name, kwargs=arguments)
    except NoReverseMatch:
        return ""


def links(places: list[Place], path: str, unread: int = 0, **arguments) -> list[Link]:
    """The places as links; current are those whose address leads to `path`. `unread` notifications wait."""
    found = [(place, address(place.url_name, **arguments)) for place in places]
    return [
        Link(
            href,
            str(place.label),
            place.icon,
            path.startswith((href, *_also(place, arguments))),
            unread if place.unread else None,
        )
        for place, href in found
        if href
    ]


@register.simple_tag(takes_context=True)
def main_links(context) -> list[Link]:
    return _of_workspace(context, MAIN)


@register.simple_tag(takes_context=True)
def tab_links(context) -> list[Link]:
    return _of_workspace(context, [place for place in MAIN if place.tab])


@register.simple_tag(takes_context=True)
def workspace_links(context) -> list[Link]:
    return _of_workspace(context, WORKSPACE)


@register.simple_tag(takes_context=True)
def account_links(context) -> list[Link]:
    return links(ACCOUNT, context["request"].path)


@register.simple_tag(takes_context=True)
def search_address(context) -> str:
    membership = context.get("membership")
    return address("teams:search", workspace=membership.workspace.slug) if membership else ""


@register.simple_tag(takes_context=True)
def page_address(context, number: int) -> str:
    """The address of another page of this list, with its filters."""
    query = context["request"].GET.copy()
    query["page"] = number
    return f"?{query.urlencode()}"


@register.simple_tag
def icon(name: str) -> SafeString:
    """A picture of the sprite, for decoration beside words."""
    return drawn(name)


@lru_cache(maxsize=200)
def drawn(name: str) -> SafeString:
    sprite = static("icons/sprite.svg")
    return format_html('<svg class="icon" aria-hidden="true"><use href="{}#{}"/></svg>', sprite, name)


@register.filter
def initials(name: str) -> str:
    """Two letters that stand for a name: of the first and the last word, or the first two of a single one."""
    words = str(name).split("@")[0].split()
    if not words:
        return "?"
    return words[0][0] + words[-1][0] if len(words) > 1 else words[0][:2]


@register.filter
def is_undo(tags: str) -> bool:
    """Whether a message's tags are an address of ours that undoes what the message tells of."""
    return (tags or "").startswith("/") and not tags.startswith("//")


@register.filter
def is_tick(field) -> bool:
    """Whether the field is a single box to tick, which stands before its label."""
    return isinstance(field.field.widget, forms.CheckboxInput)


def _also(place: Place, arguments: dict) -> list[str]:
    return [found for name in place.also if (found := address(name, **arguments))]


def _of_workspace(context, places: list[Place]) -> list[Link]:
    membership = context.get("membership")
    if membership is None:
        return []
    allowed = [place for place in places if can(membership, place.permission)]
    unread = getattr(membership, "unread", 0)  # counted at the door
    return links(allowed, context["request"].path, unread, workspace=membership.workspace.slug)
