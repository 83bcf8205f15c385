"""Hawser as it should be: set-up in three steps, value before rights. Nearly all of it still is a guess."""

from journeys.demo import metrics
from journeys.demo.people import (
    AMARA,
    DESI,
    JANA,
    LUCIA,
    MARKETING,
    MATEUS,
    OKSANA,
    PRIYA,
    PRODUCT,
    SALES,
    SUCCESS,
)
from journeys.demo.personas import JONAS, NADIA
from journeys.demo.writing import Column, Moment, Story, Way, guess, interview, recording, studied, survey, told
from journeys.enums import MapKind, MapStatus, PathKind

DISCOVER = Column(
    uid="discover",
    name="Discover",
    about="They find a sentence that could be their own, and a report that somebody like them sends on Mondays.",
    team=MARKETING,
    person=AMARA,
    metric=metrics.VISIT_TO_TRIAL,
    actions=(guess("Opens a real report of another team, with the names taken out"),),
    touchpoints=(
        told(
            "Page “what your Monday could look like”, told by customers",
            interview("Four customers offered their words.", 48),
            channel="Web page",
            feels={NADIA: (1, "understood"), JONAS: (1, "curious")},
        ),
    ),
    thoughts=(guess("That is our size. And that is our mess."),),
)

COMPARE = Column(
    uid="compare",
    name="Compare",
    about="Price, security and the way out stand on one page each, up to fifty people, without a talk.",
    team=MARKETING,
    person=LUCIA,
    metric=metrics.PRICE_TWICE,
    responsible=(SALES,),
    actions=(guess("Sends the page for whoever signs on to that person"),),
    touchpoints=(
        studied(
            "Price page that goes up to fifty people",
            survey("61 of 80 trial users would have started sooner.", 55),
            channel="Web page",
            feels={NADIA: (1, "can reckon"), JONAS: (1, "calculating")},
        ),
        guess(
            "Security answers as a page with a date",
            channel="Web page",
            feels={NADIA: (0, "passes it on"), JONAS: (1, "reads it all")},
        ),
    ),
    thoughts=(guess("I know what it costs when we are thirty."),),
)

TRY = Column(
    uid="try",
    name="Start the trial",
    about="One file, dropped on the page, becomes a chart before anybody has typed an address.",
    team=PRODUCT,
    person=OKSANA,
    metric=metrics.ACTIVATION,
    actions=(guess("Drops last week's sheet on the page and sees her own numbers"),),
    touchpoints=(
        told(
            "Chart from one file, then the sign-up to keep it",
            recording("Three customers tried a sketch; all three asked to keep the chart.", 23),
            channel="In-app",
            feels={NADIA: (2, "amazed"), JONAS: (1, "tests it with a broken file")},
        ),
    ),
    thoughts=(guess("It is mine already. Now I want it on Mondays."),),
    moments=(
        guess(
            "The first own figure on the screen, in the first minute",
            moment=Moment("Own numbers", OKSANA, metrics.ACTIVATION),
        ),
    ),
)

SET_UP = Column(
    uid="set-up",
    name="Set up",
    about="Three steps: purpose, reading rights for one source, schedule. Colleagues come later.",
    team=PRODUCT,
    person=MATEUS,
    metric=metrics.SET_UP,
    responsible=(SUCCESS,),
    consulted=(SALES,),
    questions=("What is the least that we need to draw the next chart?", "Who may say yes to reading rights alone?"),
    actions=(guess("Allows reading of one folder and goes on within a minute"),),
    touchpoints=(
        guess(
            "Step one: what is the report for?",
            channel="In-app",
            feels={NADIA: (1, "in good hands"), JONAS: (0, "fine")},
        ),
        studied(
            "Step two: connect one source, for reading only",
            survey("Paper trial with 14 people: 13 went on.", 30),
            channel="In-app",
            feels={NADIA: (1, "safe"), JONAS: (1, "sensible")},
            moment=Moment("The loss that we mean to end", MATEUS, metrics.SET_UP),
        ),
        told(
            "After ten minutes at a step a person offers help",
            recording("Tried by hand on 25 trials: 14 finished.", 24),
            channel="Chat",
            feels={NADIA: (1, "not alone"), JONAS: (0, "no need")},
        ),
        guess("Step three: when should it come?", channel="In-app", feels={NADIA: (1, "done"), JONAS: (1, "done")}),
    ),
    thoughts=(guess("It asks for what it needs, and says why."),),
    opportunities=(guess("Let IT approve by a link, without an account, and see what was approved"),),
)

VALUE = Column(
    uid="value",
    name="First value",
    about="The first report goes out on the next Monday at the latest; the second person answers with one word.",
    team=SUCCESS,
    person=JANA,
    metric=metrics.FIRST_VALUE,
    responsible=(PRODUCT,),
    actions=(guess("Sends it to the boss on the third day"),),
    touchpoints=(
        guess(
            "First report on Monday at eight",
            channel="E-mail",
            feels={NADIA: (2, "proud"), JONAS: (2, "to the cent")},
            moment=Moment("First value", JANA, metrics.FIRST_VALUE),
        ),
        guess(
            "Answer under the report, without an account",
            channel="E-mail",
            feels={NADIA: (2, "seen"), JONAS: (1, "useful")},
        ),
    ),
    thoughts=(guess("They ask for it on Mondays now."),),
)

BUY = Column(
    uid="buy",
    name="Buy",
    about="The trial ends gently: reports go on for a week while papers go round.",
    team=SALES,
    person=DESI,
    metric=metrics.TRIAL_TO_PAID,
    actions=(guess("Forwards one page to the person who signs"),),
    touchpoints=(
        guess(
            "A page for the person who signs: price, data, the way out",
            channel="Web page",
            feels={NADIA: (1, "prepared"), JONAS: (1, "complete")},
        ),
    ),
    thoughts=(guess("Nothing stops while we wait for a signature."),),
)

RENEW = Column(
    uid="renew",
    name="Use and renew",
    about="Every quarter a page with what it brought; the renewal is no surprise to anybody.",
    team=SUCCESS,
    person=JANA,
    metric=metrics.RENEWAL,
    actions=(guess("Shows the year on one page when the bill comes"),),
    touchpoints=(
        told(
            "What the quarter brought: reports, readers, hours",
            recording("Made by hand for twenty customers; nineteen renewed.", 90),
            channel="E-mail",
            feels={NADIA: (1, "confirmed"), JONAS: (1, "appeased")},
        ),
    ),
    thoughts=(guess("Of course we go on."),),
    moments=(guess("Two people know why they stay, on day 300", moment=Moment("Renewal", PRIYA, metrics.RENEWAL)),),
)

STORY = Story(
    title="Hawser, to be: value first, set-up in three steps",
    description="What the way should be by next year. Drawn by product and success after the second step "
    "had lost every third trial; each card here waits for its experiment.",
    owner=MATEUS,
    personas=(NADIA, JONAS),
    scenario="Buying for a team of twenty",
    kind=MapKind.TO_BE,
    status=MapStatus.DRAFT,
    columns=(DISCOVER, COMPARE, TRY, SET_UP, VALUE, BUY, RENEW),
    ways=(
        Way("discover", "compare", PathKind.FORWARD),
        Way("discover", "try", PathKind.SKIP, label="Drop a file at once"),
        Way("compare", "try", PathKind.FORWARD),
        Way("try", "set-up", PathKind.FORWARD, 0.85),
        Way("set-up", "value", PathKind.FORWARD, 0.65),
        Way("set-up", "set-up", PathKind.PAUSE, 0.12, "IT says yes by a link"),
        Way("value", "buy", PathKind.FORWARD, 0.6),
        Way("buy", "renew", PathKind.FORWARD, 0.93),
        Way("renew", "discover", PathKind.RETURN, label="A report travels on"),
    ),
)
