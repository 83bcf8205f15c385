"""Taking over what an experiment found: an input with its source, in a new version; or not now."""

from collections.abc import Callable, Iterable
from itertools import chain, count
from typing import TypeVar

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from campaigns.forecast import limits
from campaigns.forecast.ranges import SourceKind
from campaigns.models import DeclinedOffer, Projection
from campaigns.queries.projection_offers import BASE, Change, Offer, offered_by, offers_of
from campaigns.queries.projections import latest_version
from campaigns.services.projection_documents import MOST_SCENARIOS
from campaigns.services.projection_questions import Document
from campaigns.services.projection_sources import Source
from campaigns.services.projection_telling import told_of_offer
from campaigns.services.projections import edit_projection, hold
from experiments.models import Decision
from experiments.services.decisions import on_confirmed
from teams.models import Membership
from teams.permissions import Actor, Permission, require
from teams.services.activity import record

Chosen = TypeVar("Chosen")


def take_offer(
    *, by: Actor, projection: Projection, experiment: int, place: str = "", into: str = "", seen: int | None = None
) -> Projection:
    """Have an input be what the experiment says: in the base, or in a scenario of its own.

    `place` is an input that it is offered for, else the first; `into` where it may go, else the first. Raises
    ValidationError where it offers nothing any more, and Conflict where somebody saved since the projection was read.
    """
    document = latest_version(projection).document
    offer = offered(projection, document, experiment)
    change = one_of(offer.changes, lambda change: place in ("", change.input.place), "place")
    where = one_of(offer.into, lambda where: into in ("", where), "into")
    changes = (
        with_change(document, change, source_of(offer, change))
        if where == BASE
        else scenario_with(document, change, source_of(offer, change))
    )
    seen = projection.version if seen is None else seen
    saved = edit_projection(by=by, projection=projection, seen=seen, document=changes)
    record(saved, by=by, verb="offer-taken", after={"experiment": offer.decision.experiment.title})
    return saved


def one_of(choices: Iterable[Chosen], fits: Callable[[Chosen], bool], field: str) -> Chosen:
    found = next(filter(fits, choices), None)
    if found is None:
        raise ValidationError({field: ValidationError(_("This is not offered."), code="gone")})
    return found


def with_change(document: Document, change: Change, source: Source) -> Document:
    """What the base changes."""
    name = change.input.name
    if not change.input.key:
        return {name: change.after, "sources": {**document["sources"], name: source}}
    stages = [
        {**one, name: change.after, "sources": {**one["sources"], name: source}}
        if one["key"] == change.input.key
        else one
        for one in document["stages"]
    ]
    return {"stages": stages}


def scenario_with(document: Document, change: Change, source: Source) -> Document:
    """A scenario more, called after the experiment, that changes nothing else."""
    if len(document["scenarios"]) >= MOST_SCENARIOS:
        sentence = _("There are %(most)d scenarios already: take one away first.")
        raise ValidationError({"into": [sentence % {"most": MOST_SCENARIOS}]})
    name = change.input.name
    own: Document = {name: change.after, "sources": {name: source}}
    if change.input.key:
        own = {"stages": [{"key": change.input.key, **own}]}
    return {"scenarios": [*document["scenarios"], {"name": new_name(document, source["of"]), "note": "", **own}]}


def new_name(document: Document, title: str) -> str:
    """The title, with a number where a scenario has it already."""
    there = {one["name"].casefold() for one in document["scenarios"]}
    ends = chain([""], (f" {number}" for number in count(2)))
    names = (f"{title[: limits.MOST_NAME - len(end)].strip()}{end}" for end in ends)
    return next(name for name in names if name.casefold() not in there)


def offered(projection: Projection, document: Document, experiment: int) -> Offer:
    for offer in offers_of(projection, document):
        if offer.decision.experiment_id == experiment:
            return offer
    sentence = _("This experiment offers nothing to this projection any more.")
    raise ValidationError({"experiment": ValidationError(sentence, code="gone")})


def source_of(offer: Offer, change: Change) -> Source:
    decision, one = offer.decision, change.input
    found: Source = {
        "kind": SourceKind.EXPERIMENT.value,
        "of": decision.experiment.title,
        "at": timezone.localdate(decision.confirmed_at).isoformat(),
        "experiment": decision.experiment_id,
        "decision": decision.pk,
        "effect": list(offer.effect or ()),
        "before": one.before,
    }
    if change.rest:
        found["rest"] = True
    if one.metric:
        found["metric"] = one.metric
    if one.experiments:
        found["earlier"] = one.experiments
    return found


@transaction.atomic
def decline_offer(*, by: Actor, projection: Projection, experiment: int) -> None:
    """Not now: it is offered no more."""
    held = hold(projection, by=by)
    require(by, Permission.PROJECTION_EDIT, held)
    offer = offered(held, latest_version(held).document, experiment)
    member = by if isinstance(by, Membership) else None
    DeclinedOffer.objects.get_or_create(projection=held, experiment_id=experiment, defaults={"by": member})
    record(held, by=by, verb="offer-declined", after={"experiment": offer.decision.experiment.title})


@transaction.atomic
def offer_again(*, by: Actor, projection: Projection, experiment: int) -> None:
    """Undo of "not now"."""
    held = hold(projection, by=by)
    require(by, Permission.PROJECTION_EDIT, held)
    DeclinedOffer.objects.filter(projection=held, experiment_id=experiment).delete()


def hear(decision: Decision, by: Actor) -> None:
    """Tell the owners of projections that a confirmed decision has an effect for them."""
    for projection in offered_by(decision):
        told_of_offer(projection, decision.experiment.title, by=by)


def register() -> None:
    on_confirmed(hear)
