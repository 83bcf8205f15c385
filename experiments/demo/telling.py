"""Tells the experiments: what happened, in the order in which it happened, through the services, then dated back."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

from experiments.demo import hawser, houses, shop, shop_after
from experiments.demo.dating import date_back, date_learning, day_of, read_what_is_old
from experiments.demo.numbers import cells
from experiments.demo.writing import Guess, Said, Tale, Verdict, Way
from experiments.enums import Status
from experiments.models import ChecklistItem, Experiment, Score, Tick
from experiments.queries.experiments import complete
from experiments.scoring import total
from experiments.services.decisions import confirm_decision, propose_decision
from experiments.services.experiments import create_experiment
from experiments.services.learnings import accept_learning
from experiments.services.plans import set_plan
from experiments.services.results import record_results
from experiments.services.scores import keep_median
from experiments.services.steps import take_step
from insights.models import Metric
from journeys.demo import build, people
from journeys.models import Card, Persona, Stage
from teams.models import Comment, Membership

TALES = (*shop.TALES, *shop_after.TALES, *hawser.TALES, *houses.TALES)


@dataclass(frozen=True)
class Event:
    """`what` is one of `dating.STAMPS`."""

    what: str
    days: float
    happens: Callable[[], object]


class Telling:
    """One experiment of the demo while it is told."""

    def __init__(self, tale: Tale, members: dict[str, Membership], journeys: dict[str, str], today: date) -> None:
        self.tale, self.members, self.today = tale, members, today
        self.owner = members[tale.owner]
        self.journey = {"workspace": self.owner.workspace_id, "title": journeys[tale.story]} if tale.story else {}
        self.experiment = Experiment()

    def events(self) -> Iterator[Event]:
        """In the order in which they happen."""
        tale = self.tale
        yield Event("begun", tale.begun, self.write_down)
        if tale.guesses:
            yield Event("scored", tale.begun - 1.6, self.score)
        if tale.planned is not None and (way := tale.way):
            yield Event("planned", tale.planned, lambda: self.plan(way))
        if tale.started is not None:
            yield Event("started", tale.started, self.start)
            yield from self.entries()
        if tale.deviation:
            yield Event("deviated", tale.deviation[0], self.deviate)
        if tale.stopped is not None:
            yield Event("stopped", tale.stopped, self.stop)
        if tale.verdict:
            yield from self.verdict(tale.verdict)
        if tale.archived is not None:
            yield Event("archived", tale.archived, lambda: self.step(Status.ARCHIVED, tale.archived or 0))
        for said in tale.said:
            yield from self.talk(said)

    def write_down(self) -> None:
        tale, here = self.tale, {"workspace_id": self.owner.workspace_id}
        reasons, personas = self.owner.workspace.reasons, Persona.objects.filter(**here)
        self.experiment = create_experiment(
            by=self.owner,
            title=tale.title,
            team=self.owner.workspace.teams.get(name=tale.team),
            change=tale.change,
            audience=tale.audience,
            persona=personas.get(name=tale.persona) if tale.persona else None,
            metric=Metric.objects.get(name=tale.metric, **here),
            goal=tale.goal,
            expected_effect=tale.expected_effect,
            because=tale.because,
            reason=reasons.get(name=tale.reason),
            stage=self.at(Stage, tale.stage),
            card=self.at(Card, tale.card),
            opportunity=self.at(Card, tale.opportunity),
            evidence=[
                {"kind": kind, "text": text, "date": self.today - timedelta(days=days)}
                for kind, text, days in tale.evidence
            ],
        )

    def at(self, model: type[Stage] | type[Card], uid: str) -> Stage | Card | None:
        if not uid:
            return None
        where = {f"map__{name}": value for name, value in self.journey.items()}
        return model.objects.select_related("map").get(uid=uid, **where)

    def score(self) -> None:
        """All scores at once: what a service would do for each of them is tried elsewhere."""
        Score.objects.bulk_create(self.score_of(guess) for guess in self.tale.guesses)
        keep_median(self.experiment)

    def score_of(self, guess: Guess) -> Score:
        scorer = self.members[guess.by]
        values = dict(zip(("impact", "confidence", "ease"), map(float, guess.parts), strict=True))
        return Score(
            experiment=self.experiment,
            scorer=scorer,
            scorer_name=scorer.label,
            model="ice",
            values=values,
            total=total("ice", values),
            chance=guess.chance,
            expected_effect=guess.effect,
            note=guess.note,
        )

    def plan(self, way: Way) -> None:
        names = {counted.metric for counted in way.metrics}
        metrics = {row.name: row for row in Metric.objects.filter(workspace=self.owner.workspace, name__in=names)}
        self.experiment = set_plan(
            by=self.owner,
            experiment=self.experiment,
            unit=way.unit,
            minimum_effect=way.minimum_effect,
            daily_traffic=float(way.a_day),
            planned_total=way.a_day * way.planned_days,
            planned_start=self.first_day(),
            planned_end=max(self.last_planned_day(way), self.today),
            variants=[{"key": key, "name": name, "weight": weight} for key, name, weight in way.variants],
            metrics=[
                {
                    "metric": metrics[counted.metric],
                    "role": counted.role,
                    "kind": counted.kind,
                    "goal": counted.goal,
                    "baseline": counted.level,
                    "sd": counted.sd,
                    "minimum_effect": counted.minimum_effect,
                }
                for counted in way.metrics
            ],
            **way.plan,
        )
        self.step(Status.PLANNED, self.tale.planned or 0)
        self.tick()

    def first_day(self) -> date:
        tale = self.tale
        return day_of(tale.started) if tale.started is not None else self.today + timedelta(days=tale.starts_in or 0)

    def last_planned_day(self, way: Way) -> date:
        return self.first_day() + timedelta(days=way.planned_days - 1)

    def tick(self) -> None:
        items = ChecklistItem.objects.filter(workspace=self.owner.workspace)[: self.tale.ticked]
        Tick.objects.bulk_create(
            Tick(experiment=self.experiment, item=item, by=self.owner, by_name=self.owner.label) for item in items
        )

    def start(self) -> None:
        self.step(Status.RUNNING, self.tale.started or 0)
        plan, planned = self.experiment.plan, self.last_planned_day(self.tale.way) if self.tale.way else self.today
        # It was planned to end before today, but nobody may start what is planned so.
        frozen = plan.frozen or {}
        frozen["plan"]["planned_end"] = planned.isoformat()
        plan.planned_end = planned
        plan.save(update_fields=["planned_end", "frozen"])

    def step(self, to: str, days: float) -> None:
        self.experiment = take_step(by=self.owner, experiment=self.experiment, to=to, on=day_of(days))

    def entries(self) -> Iterator[Event]:
        """Results of what runs are entered every few days; of what is over, at once."""
        tale, way = self.tale, self.tale.way
        if way is None or not tale.entered:
            return
        oldest, newest = int(tale.started or 0), int(tale.stopped or 0)
        between = range(oldest - way.every + 1, newest, -way.every) if tale.stopped is None else ()
        since = oldest
        for last in (*between, newest):
            yield Event("entered", last + 0.1, lambda since=since, last=last: self.enter(since, last))  # type: ignore[misc]
            since = last - 1

    def enter(self, since: int, last: int) -> None:
        if self.tale.way is None:
            return
        drawn = cells(self.tale, self.tale.way, self.experiment, day_of(last))
        fresh = [cell for cell in drawn if cell.date >= day_of(since)]
        record_results(by=self.owner, experiment=self.experiment, cells=fresh)

    def deviate(self) -> None:
        _days, why, fields = self.tale.deviation or (0, "", {})
        self.experiment = set_plan(by=self.owner, experiment=self.experiment, deviation=why, **fields)

    def stop(self) -> None:
        self.step(Status.DECIDING, self.tale.stopped or 0)

    def verdict(self, verdict: Verdict) -> Iterator[Event]:
        yield Event("proposed", verdict.days, lambda: self.propose(verdict))
        if verdict.confirmed:
            name, days = verdict.confirmed
            yield Event("confirmed", days, lambda: self.confirm(self.members[name]))
        if verdict.accepted:
            accepter, later = verdict.accepted
            yield Event("accepted", later, lambda: self.accept(self.members[accepter]))

    def propose(self, verdict: Verdict) -> None:
        variants = {variant.key: variant for variant in self.experiment.variants.all()}
        look = verdict.follow_up_in
        propose_decision(
            by=self.owner,
            experiment=self.experiment,
            outcome=verdict.outcome,
            why=verdict.why,
            learned=verdict.learned,
            variant=variants.get(verdict.variant),
            follow_up_on=day_of(verdict.days) + timedelta(days=look) if look else None,
        )

    def confirm(self, by: Membership) -> None:
        self.experiment = confirm_decision(by=by, decision=self.experiment.decisions.get()).experiment

    def accept(self, by: Membership) -> None:
        accept_learning(by=by, learning=self.experiment.decisions.get().learning)

    def talk(self, said: Said, parent: Comment | None = None) -> Iterator[Event]:
        yield Event("said", said.days, lambda: self.say(said, parent))
        for answer in said.answers:
            yield Event("said", answer.days, lambda answer=answer: self.answer(said, answer))  # type: ignore[misc]

    def say(self, said: Said, parent: Comment | None) -> None:
        author = self.members[said.by]
        Comment.objects.create(
            workspace_id=author.workspace_id,
            kind="experiment",
            object_id=self.experiment.pk,
            parent=parent,
            author=author,
            author_name=author.label,
            text=said.text,
        )

    def answer(self, said: Said, answer: Said) -> None:
        thread = Comment.objects.get(kind="experiment", object_id=self.experiment.pk, text=said.text)
        self.say(answer, thread)

    def happen(self, event: Event) -> None:
        began = timezone.now()
        event.happens()
        date_back(self.experiment, event.what, event.days, since=began)
        if event.what in ("confirmed", "accepted"):
            date_learning(self.experiment, event.days)


def tell(tales: Iterable[Tale], members: dict[str, Membership], journeys: dict[str, str], today: date) -> None:
    tellings = [Telling(tale, members, journeys, today) for tale in tales]
    story = [(event, telling) for telling in tellings for event in telling.events()]
    for event, telling in sorted(story, key=lambda pair: -pair[0].days):
        telling.happen(event)


def tell_experiments(members: dict[str, Membership], today: date) -> None:
    """The chapter of the demo: all experiments of Ropewalk Group, and the template that it begins some with."""
    tell(TALES, members, {name: story.title for name, story in build.STORIES.items()}, today)
    add_template(members[people.AMARA])
    read_what_is_old(members[people.AMARA].workspace_id)


def add_template(by: Membership) -> None:
    """How the group tries other words on a page."""
    pattern = create_experiment(
        by=by,
        is_template=True,
        title="Other words on a page",
        team=by.workspace.teams.get(name=people.MARKETING),
        change="Say … instead of … on the page …",
        because="Customers say it in the words …, in … of … talks",
        reason=by.workspace.reasons.get(name="Clearer words"),
    )
    set_plan(
        by=by,
        experiment=complete(Experiment.objects.all()).get(pk=pattern.pk),
        unit="visitors",
        minimum_effect=0.05,
        minimum_days=14,
        variants=[
            {"key": "now", "name": "Words as they are", "weight": 0.5},
            {"key": "new", "name": "Words of the customers", "weight": 0.5},
        ],
    )
