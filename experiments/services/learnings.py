"""Learnings: what a decision leaves on the map, written there or suggested to the stage's owner."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from experiments.enums import LearningState, Result
from experiments.models import Decision, Learning
from experiments.services.notices import learning_answered, learning_suggested
from journeys.enums import Grade, LaneKind, SourceKind
from journeys.models import Card, Lane, Stage
from journeys.queries.maps import cards_of
from journeys.services.cards import add_card, edit_card
from teams.errors import Gone, check_seen
from teams.models import Membership
from teams.permissions import Actor, Permission, can, require
from teams.services.activity import record

LONGEST_SOURCE = 500
LONGEST_TITLE = 200
# Where a learning about a stage as a whole stands, if the map has such a lane; otherwise in its last lane.
LANES = (LaneKind.OPPORTUNITIES, LaneKind.THOUGHTS)


def leave_learning(decision: Decision, *, by: Membership) -> Learning | None:
    """Write the learning onto the map, or suggest it where the experiment's owner does not own the stage.

    None where the experiment has no place on a map. Runs in the transaction of the confirmation.
    """
    experiment = decision.experiment
    place = experiment.place
    if place is None or place.map.removed_at is not None:
        return None
    learning = Learning.objects.create(decision=decision, stage=place, card=experiment.card)
    if can(experiment.owner, Permission.STAGE_EDIT, place):
        try:
            with transaction.atomic():
                write(learning, experiment.owner)
            return learning
        except (ValidationError, Gone):  # the map is full, the card has all its sources, or it was deleted meanwhile
            learning.refresh_from_db()
    learning_suggested(learning, by=by)
    return learning


@transaction.atomic
def accept_learning(*, by: Actor, learning: Learning, seen: int | None = None) -> Learning:
    """Write a suggested learning onto the map. Raises ValidationError where its place is gone."""
    learning = lock_suggested(learning, by=by, seen=seen)
    write(learning, by)
    learning_answered(learning, by=by)
    return learning


@transaction.atomic
def refuse_learning(*, by: Actor, learning: Learning, why: str, seen: int | None = None) -> Learning:
    """Keep a suggested learning off the map, with a reason. It stays with the experiment."""
    learning = lock_suggested(learning, by=by, seen=seen)
    if not why.strip():
        raise ValidationError({"why": [_("Say why it does not go onto the map.")]})
    answer(learning, by, LearningState.REFUSED, why.strip())
    learning_answered(learning, by=by)
    return learning


def lock_suggested(learning: Learning, *, by: Actor, seen: int | None) -> Learning:
    rows = Learning.objects.select_for_update(of=("self",), no_key=True).select_related(
        "decision__experiment", "stage__map", "card__stage__map"
    )
    live = rows.filter(decision__experiment__workspace_id=by.workspace_id, decision__experiment__removed_at=None)
    held = live.filter(pk=learning.pk).first()
    if held is None:
        raise Gone
    stage = place_of(held)
    if stage is None or stage.map.removed_at is not None:
        raise ValidationError(_("Its place on the map has been deleted."), code="gone")
    require(by, Permission.STAGE_EDIT, stage)
    check_seen(held, seen)
    if held.state != LearningState.SUGGESTED:
        raise ValidationError(_("This suggestion has been answered already."), code="answered")
    return held


def place_of(learning: Learning) -> Stage | None:
    """The stage whose owner answers: the card's, wherever it is now; None where both have been deleted."""
    return learning.card.stage if learning.card else learning.stage


def write(learning: Learning, by: Actor) -> None:
    """As a measured source of the card, or as a new card of the stage."""
    if learning.card is not None:
        write_on_card(learning, learning.card, by)
    elif learning.stage is not None:
        learning.card = write_on_stage(learning, learning.stage, by)
    answer(learning, by, LearningState.WRITTEN, "")


def write_on_card(learning: Learning, card: Card, by: Actor) -> Card:
    found = cards_of(by).filter(pk=card.pk).first()
    if found is None:
        raise Gone
    card = found
    there = [{"kind": s.kind, "text": s.text, "url": s.url, "date": s.date} for s in card.sources.all()]
    grade = Grade.MEASURED if settles(learning.decision) else card.grade
    return edit_card(by=by, card=card, seen=None, sources=[*there, source(learning.decision)], grade=grade)


def write_on_stage(learning: Learning, stage: Stage, by: Actor) -> Card:
    grade = Grade.MEASURED if settles(learning.decision) else Grade.ANECDOTE
    learned = learning.decision.learned
    return add_card(
        by=by,
        stage=stage,
        lane=lane_for(stage),
        title=Truncator(" ".join(learned.split())).chars(LONGEST_TITLE),
        body=learned if len(learned) > LONGEST_TITLE else "",
        grade=grade,
        sources=[source(learning.decision)],
    )


def source(decision: Decision) -> dict[str, Any]:
    """What was learned as a source of a card or a hypothesis: in analytics, on the day on which it was decided."""
    text = _("Experiment “%(title)s”: %(learned)s") % {
        "title": decision.experiment.title,
        "learned": " ".join(decision.learned.split()),
    }
    day = timezone.localdate(decision.confirmed_at)
    return {"kind": SourceKind.ANALYTICS, "text": Truncator(text).chars(LONGEST_SOURCE), "url": "", "date": day}


def settles(decision: Decision) -> bool:
    return decision.result != Result.INCONCLUSIVE


def lane_for(stage: Stage) -> Lane:
    lanes = list(stage.map.lanes.all())
    if not lanes:
        raise ValidationError(_("The map has no lane for it."), code="no-lane")
    for kind in LANES:
        for lane in lanes:
            if lane.kind == kind:
                return lane
    return lanes[-1]


def answer(learning: Learning, by: Actor, state: str, why: str) -> None:
    learning.state, learning.answer = state, why
    learning.answered_by = by if isinstance(by, Membership) else None
    learning.answerer_name, learning.answered_at = by.label, timezone.now()
    learning.version += 1
    try:
        learning.full_clean(exclude=["decision", "stage", "card", "answered_by"])
    except ValidationError as error:
        raise ValidationError({"why": error.messages}) from None
    learning.save()
    record(learning.decision.experiment, by=by, verb=f"learning-{state}", after={"why": why} if why else None)
