"""How Ropewalk Group names its links, and the links that its teams built in the last weeks."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from campaigns.models import Link
from campaigns.queries.links import rules_of
from campaigns.services.link_rules import edit_destination, edit_rule, furnish
from campaigns.services.links import archive_link, build_link
from journeys.demo.people import AMARA, CHLOE, DESI, INGRID, JANA, LUCIA, OKSANA, PRIYA, YUSUF
from teams.models import Membership

RULES: dict[str, dict[str, Any]] = {
    "utm_source": {
        "allowed": "newsletter\ngoogle\ninstagram\nradio\nshowroom\nparcel-leaflet\npartner\nin-app\nservice-mail\n"
        "text-message"
    },
    "utm_medium": {"allowed": "email\ncpc\nsocial\nprint\nqr\naudio\naffiliate\napp\nsms"},
    "utm_campaign": {"blocked": "test*\n*untitled*\n*copy*", "longest": 60},
    "utm_content": {"longest": 40},
}
DESTINATIONS: dict[str, Any] = {
    "allowed_hosts": "linnet.example\n*.linnet.example\nropewalk-home.example\nhawser.example\n"
    "app.hawser.example\nskein.example",
    "blocked_hosts": "staging.*",
}


@dataclass(frozen=True)
class Built:
    """A link, who built it, and how many days ago. `replaces` is the place of another in the list."""

    by: str
    days: int
    url: str
    source: str
    medium: str
    campaign: str
    content: str = ""
    replaces: int | None = None


LINKS = (
    Built(LUCIA, 41, "https://linnet.example/offers", "radio", "audio", "linnet-spring-drive"),
    Built(
        AMARA, 36, "https://linnet.example/test-drive?model=estate", "google", "cpc", "linnet-spring-drive", "text-a"
    ),
    Built(
        AMARA, 36, "https://linnet.example/test-drive?model=estate", "google", "cpc", "linnet-spring-drive", "text-b"
    ),
    Built(CHLOE, 33, "https://linnet.example/test-drive#book", "showroom", "qr", "linnet-spring-drive", "door-sticker"),
    Built(
        LUCIA, 32, "https://linnet.example/street-without-charger", "radio", "audio", "linnet-spring-drive", replaces=0
    ),
    Built(YUSUF, 27, "https://ropewalk-home.example/saturday", "instagram", "social", "home-late-saturday", "story"),
    Built(YUSUF, 26, "https://ropewalk-home.example/saturday", "newsletter", "email", "home-late-saturday", "head"),
    Built(DESI, 19, "https://hawser.example/prices?seats=10", "partner", "affiliate", "hawser-ten-seats"),
    Built(OKSANA, 15, "https://app.hawser.example/setup/step-2", "in-app", "app", "hawser-finish-setup", "banner"),
    Built(
        JANA, 12, "https://hawser.example/guide/first-report", "service-mail", "email", "hawser-finish-setup", "day-3"
    ),
    Built(PRIYA, 8, "https://skein.example/late", "service-mail", "email", "skein-late-parcel", "before-you-ask"),
    Built(PRIYA, 6, "https://skein.example/friends", "parcel-leaflet", "qr", "skein-bring-a-friend", "leaflet-back"),
    Built(LUCIA, 57, "https://linnet.example/weekend", "newsletter", "email", "linnet-spring-drive"),
    Built(LUCIA, 54, "https://linnet.example/weekend", "instagram", "social", "linnet-spring-drive"),
    Built(YUSUF, 4, "https://ropewalk-home.example/saturday", "text-message", "sms", "home-late-saturday"),
    Built(PRIYA, 19, "https://skein.example/friends", "newsletter", "email", "skein-bring-a-friend"),
    Built(PRIYA, 18, "https://skein.example/friends", "in-app", "app", "skein-bring-a-friend"),
    Built(YUSUF, 14, "https://skein.example/friends", "instagram", "social", "skein-bring-a-friend"),
    Built(AMARA, 5, "https://skein.example/dye-lots", "newsletter", "email", "skein-second-order"),
    Built(AMARA, 5, "https://skein.example/dye-lots", "in-app", "app", "skein-second-order"),
    Built(AMARA, 5, "https://skein.example/dye-lots", "text-message", "sms", "skein-second-order"),
    Built(DESI, 3, "https://hawser.example/webinar", "newsletter", "email", "hawser-ten-seats"),
    Built(LUCIA, 2, "https://skein.example/colors/autumn?sort=new", "newsletter", "email", "skein-autumn-colors"),
)
ARCHIVED = 0


def add_links(members: dict[str, Membership], today: date) -> None:
    """The chapter: rules as the owner set them, then the links, one of them replaced and archived."""
    set_rules(members[INGRID])
    built: list[Link] = []
    for link in LINKS:
        replaces = None if link.replaces is None else built[link.replaces]
        built.append(build(members[link.by], link, replaces, today))
    archive_link(by=members[LINKS[ARCHIVED].by], link=built[ARCHIVED])


def set_rules(owner: Membership) -> None:
    furnish(owner.workspace_id)
    for rule in rules_of(owner).filter(parameter__in=RULES):
        edit_rule(by=owner, rule=rule, **RULES[rule.parameter])
    edit_destination(by=owner, **DESTINATIONS)


def build(by: Membership, link: Built, replaces: Link | None, today: date) -> Link:
    said = {"source": link.source, "medium": link.medium, "campaign": link.campaign, "content": link.content}
    parameters = {f"utm_{name}": value for name, value in said.items() if value}
    made = build_link(by=by, url=link.url, parameters=parameters, replaces=replaces).link
    moment = datetime.combine(today - timedelta(days=link.days), time(9 + made.pk % 8, 5 * (made.pk % 12)))
    made.built_at = timezone.make_aware(moment)
    made.save(update_fields=["built_at"])
    return made
