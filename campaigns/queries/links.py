"""Reads of links and their rules, all through the workspace."""

from collections import Counter
from collections.abc import Collection

from django.db.models import Q, QuerySet

from campaigns.models import Link, LinkRule, LinkUpload
from campaigns.naming.check import Checker
from campaigns.naming.rules import Rules
from teams.models import Membership
from teams.permissions import Actor

MOST_WORDS = 6
RECENT = 200
LOOKED_AT = 1000
MOST_SUGGESTED = 20


def any_links_of(actor: Actor) -> QuerySet[Link]:
    """All links of the actor's workspace, archived ones too, with who built them."""
    return Link.objects.filter(workspace_id=actor.workspace_id).select_related("built_by__user")


def links_of(actor: Actor) -> QuerySet[Link]:
    return any_links_of(actor).filter(removed_at=None)


def archived_links_of(actor: Actor) -> QuerySet[Link]:
    return any_links_of(actor).filter(removed_at__isnull=False)


def having_words(links: QuerySet[Link], text: str) -> QuerySet[Link]:
    """The links in which each word of the text occurs: in the link, or in source, medium or campaign.

    The newest are shown, so reading stops when a page is full; a rare word makes it look at all of the workspace.
    """
    for word in text.split()[:MOST_WORDS]:
        fields = ("url", "source", "medium", "campaign")
        condition = Q()
        for name in fields:
            condition |= Q(**{f"{name}__icontains": word})
        links = links.filter(condition)
    return links


def rules_of(actor: Actor) -> QuerySet[LinkRule]:
    return LinkRule.objects.filter(workspace_id=actor.workspace_id, removed_at=None)


def removed_rules_of(actor: Actor) -> QuerySet[LinkRule]:
    return LinkRule.objects.filter(workspace_id=actor.workspace_id, removed_at__isnull=False)


def upload_of(member: Membership) -> LinkUpload | None:
    return LinkUpload.objects.select_related("member").filter(member=member).first()


def used_values(actor: Actor, names: Collection[str]) -> dict[str, list[str]]:
    """What the latest links say, by parameter, the most used first. One query."""
    said: dict[str, Counter[str]] = {name: Counter() for name in names}
    for parameters in links_of(actor).order_by("-pk").values_list("parameters", flat=True)[:RECENT]:
        for name in said.keys() & parameters.keys():
            said[name][parameters[name]] += 1
    return {name: [value for value, _times in counter.most_common(MOST_SUGGESTED)] for name, counter in said.items()}


def breaking_links(actor: Actor, rules: Rules) -> tuple[list[int], int]:
    """Of the latest links the ids of those that the rules would refuse today, and how many were looked at.

    One query for at most a thousand.
    """
    rows = list(links_of(actor).order_by("-pk").values_list("pk", "url")[:LOOKED_AT])
    checker = Checker(rules)
    return [pk for pk, url in rows if not checker.check(url).ok], len(rows)
