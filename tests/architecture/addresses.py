"""Every address of the site, and objects to fill it with."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils.timezone import now

from campaigns.services.feeds import make_feed
from campaigns.services.saved_views import save_view
from campaigns.services.schedule import move_campaign
from campaigns.services.shared_links import share_view
from experiments.models import Learning
from insights.models import Reading
from journeys.models import Map
from journeys.services.lanes import move_lane
from teams.models import Invitation, Membership
from teams.services.comments import add_comment
from teams.services.notifications import notify
from tests.campaigns.approving import make_rule
from tests.campaigns.made import (
    make_campaign,
    make_message,
    make_policy,
    make_segment,
    make_tactic,
    make_task,
)
from tests.campaigns.projecting import linked, make_actuals, make_projection
from tests.experiments.made import make_check, make_idea, make_proposed, make_reason
from tests.factories import (
    lane_of,
    make_card,
    make_channel,
    make_key,
    make_link,
    make_link_rule,
    make_map,
    make_member,
    make_metric,
    make_path,
    make_persona,
    make_scenario,
    stage_of,
)

KWARG = re.compile(r"<(?:\w+:)?(\w+)>")


@dataclass(frozen=True)
class Address:
    name: str
    route: str
    view: Callable[..., Any]

    @property
    def door(self) -> str:
        return getattr(self.view, "door", "")

    @property
    def methods(self) -> set[str]:
        """Those of a page behind the door that do something."""
        return self.view.methods - {"HEAD", "OPTIONS"}  # type: ignore[attr-defined]

    @property
    def kwargs(self) -> list[str]:
        """The names in the route besides the workspace's, each after the noun it belongs to: `metrics/pk`."""
        found = []
        for match in KWARG.finditer(self.route):
            before = [part for part in self.route[: match.start()].split("/") if part and not KWARG.fullmatch(part)]
            found.append(f"{before[-1] if before else ''}/{match[1]}")
        return [kwarg for kwarg in found if kwarg != "w/workspace"]


def addresses() -> list[Address]:
    return sorted(walk(get_resolver().url_patterns), key=lambda address: (address.route, address.name))


def walk(patterns: list, route: str = "", namespace: str = "") -> Iterator[Address]:
    for entry in patterns:
        place = route + str(entry.pattern).removeprefix("^")
        if isinstance(entry, URLResolver):
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from walk(entry.url_patterns, place, inner)
        elif isinstance(entry, URLPattern):
            yield Address(f"{namespace}{entry.name}", place, entry.callback)


def pages() -> list[Address]:
    """The pages of a workspace."""
    return [address for address in addresses() if address.door == "workspace"]


@dataclass(frozen=True)
class Things:
    """One object of each kind in a workspace. The map is the actor's; nobody else has a part in its stages."""

    actor: Membership
    map: Map
    values: dict[str, Any]

    def kwargs(self, page: Address) -> dict[str, Any]:
        """What fills the page's address. A name that is not in `values` is a KeyError: add it there."""
        return {kwarg.split("/")[1]: self.values[kwarg] for kwarg in page.kwargs}

    def url(self, page: Address, **other: Any) -> str:
        """The page's address in the workspace; `other` replaces some of what fills it."""
        kwargs = {"workspace": self.actor.workspace.slug} | self.kwargs(page) | other
        return reverse(page.name, kwargs=kwargs)


def tell(member: Membership, thing: Any) -> int:
    """Notify the member about the thing; the notification's id."""
    notify([member], by=None, verb="comment.added", thing=thing)
    return member.notifications.latest("pk").pk


def moved(actor: Membership) -> int:
    """The activity of a campaign that was moved by a day."""
    campaign = make_campaign(actor)
    last = campaign.ends_on + timedelta(1)
    return move_campaign(by=actor, campaign=campaign, starts_on=campaign.starts_on, ends_on=last).pk


def make_things(actor: Membership) -> Things:
    """Objects of the actor's workspace for every name that an address asks for."""
    workspace, member = actor.workspace, make_member(actor.workspace)
    member.teams.add(workspace.teams.get(name="Sales"))
    persona, metric, channel = make_persona(workspace), make_metric(workspace), make_channel(workspace)
    journey = make_map(actor, personas=[persona])
    card, path = make_card(actor, journey), make_path(actor, journey)
    move_lane(by=actor, lane=lane_of(journey), seen=None, position=1)
    reading = Reading.objects.create(metric=metric, date=now().date(), value=0.5)
    invitation = Invitation.objects.create(
        workspace=workspace, email="new@example.com", token_hash=f"hash {workspace.pk}", expires_at=now() + timedelta(1)
    )
    decision = make_proposed(actor, journey=journey)
    learning = Learning.objects.create(decision=make_proposed(actor, journey=journey), stage=stage_of(journey))
    view = save_view(by=actor, name="Everything", shared=True)
    task = make_task(actor)
    projection = make_projection(actor, map=journey, stages=linked(journey))
    [actual] = make_actuals(actor, projection, {("2026-01", "entered", ""): 900})
    values = {
        "decisions/pk": decision.pk,
        "learnings/pk": learning.pk,
        "checklist/item": make_check(workspace).pk,
        "checklist/pk": make_check(workspace).pk,
        "reasons/pk": make_reason(workspace).pk,
        "experiments/pk": make_idea(actor, journey=journey).pk,
        "taken-back/first": decision.experiment.entries.earliest("pk").pk,
        "taken-back/last": decision.experiment.entries.latest("pk").pk,
        "members/pk": member.pk,
        "members/member": member.pk,
        "teams/pk": workspace.teams.get(name="Sales").pk,
        "invitations/pk": invitation.pk,
        "keys/pk": make_key(workspace).pk,
        "undo/key": "unknown",
        "metrics/pk": metric.pk,
        "readings/reading": reading.pk,
        "maps/map_id": journey.pk,
        "changes/revision": journey.changes.count(),
        "cards/card_id": card.pk,
        "stages/stage_id": stage_of(journey).pk,
        "lanes/lane_id": lane_of(journey).pk,
        "paths/path_id": path.pk,
        "personas/pk": persona.pk,
        "personas/persona": persona.pk,
        "scenarios/pk": make_scenario(persona).pk,
        "channels/pk": channel.pk,
        "moves/pk": moved(actor),
        "messages/pk": make_message(actor).pk,
        "tactics/pk": make_tactic(actor).pk,
        "tactics/slug": "explainer",
        "campaigns/pk": task.campaign_id,
        "approvals/pk": make_rule(actor).pk,
        "tasks/task": task.pk,
        "templates/name": "launch",
        "links/pk": make_link(actor).pk,
        "calendar/day": "2027-03-02",
        "segments/pk": make_segment(actor).pk,
        "overlaps/other": make_segment(actor).pk,
        "policies/pk": make_policy(workspace).pk,
        "projections/pk": projection.pk,
        "scenarios/number": 1,
        "versions/number": 1,
        "offers/experiment": decision.experiment_id,
        "undone/first": actual.pk,
        "undone/last": actual.pk,
        "rules/pk": make_link_rule(workspace).pk,
        "day/day": "2027-03-01",
        "restore/token": "forged",
        "views/pk": view.pk,
        "feeds/pk": make_feed(by=actor, view=view)[0].pk,
        "shared/pk": share_view(by=actor, view=view)[0].pk,
        "discussion/kind": "metric",
        "discussion/object_id": metric.pk,
        "activity/kind": "metric",
        "activity/object_id": metric.pk,
        "comments/pk": add_comment(by=actor, thing=metric, text="Why so low?").pk,
        "inbox/pk": tell(actor, metric),
    }
    return Things(actor, journey, values)
