"""From the search to the fourth step of the set-up."""

from journeys.demo import metrics
from journeys.demo.people import AMARA, LUCIA, MARKETING, MATEUS, OKSANA, PRODUCT, SALES, SUCCESS
from journeys.demo.personas import JONAS, NADIA
from journeys.demo.writing import (
    Column,
    Moment,
    analytics,
    crm,
    guess,
    interview,
    measured,
    post,
    recording,
    replay,
    studied,
    survey,
    told,
)

DISCOVER = Column(
    uid="discover",
    name="Discover",
    about="A Friday lost to a sheet, a letter with a doubled price. They search for a way out rather than for a tool.",
    team=MARKETING,
    person=AMARA,
    metric=metrics.VISIT_TO_TRIAL,
    informed=(SALES,),
    questions=("What did they type, word for word?", "Who sent them the link, and with which sentence?"),
    channels=("Web page", "Forum and blog", "Referral"),
    actions=(
        studied("Asks two other team leads what they use", interview("Nine of twelve asked before they searched.", 48)),
        measured(
            "Searches for “weekly report without a sheet”", analytics("Among the five most frequent ways in.", 10)
        ),
    ),
    touchpoints=(
        measured(
            "Article: seven ways to lose a Friday",
            analytics("One reader in nineteen starts a trial within a week.", 10),
            channel="Web page",
            feels={NADIA: (1, "understood"), JONAS: (0, "skims")},
        ),
        told(
            "Thread: “where to go after the new price?”",
            post("We are named in the third answer, by a customer.", 64),
            channel="Forum and blog",
            feels={NADIA: (0, "neutral"), JONAS: (1, "hopeful")},
        ),
    ),
    thoughts=(
        studied(
            "Is this for teams like ours, or for companies with a data department?",
            interview("In eight of twelve talks.", 48),
        ),
    ),
    pains=(guess("The home page shows a chart that no team lead has ever needed"),),
    opportunities=(
        told(
            "Let customers say in a sentence what their Friday looks like now",
            interview("Four offered it unasked.", 48),
        ),
    ),
    metrics=(measured("Visitors who start a trial in the same week", analytics("4.1 %, n about 7,200 a week.", 9)),),
)

COMPARE = Column(
    uid="compare",
    name="Compare",
    about="Four tools in one sheet, price first. The security page is read once, by somebody else.",
    team=MARKETING,
    person=LUCIA,
    metric=metrics.PRICE_TWICE,
    responsible=(SALES,),
    consulted=(PRODUCT,),
    questions=(
        "Which column of their sheet do we leave empty?",
        "Who reads the security page, and what stops that person?",
    ),
    channels=("Web page", "Marketplace", "E-mail", "Chat"),
    actions=(
        measured("Reads the price page twice, four days apart", analytics("31 % of later trials do.", 10)),
        studied(
            "Keeps four tools in a sheet, with a column “what my boss will ask”",
            interview("Seen on five of twelve screens.", 48),
        ),
    ),
    touchpoints=(
        measured(
            "Price page with three plans",
            analytics("The slider stops at 19 people; 44 % drag it to the end and leave.", 10),
            channel="Web page",
            feels={NADIA: (-1, "left out"), JONAS: (1, "calculating")},
        ),
        studied(
            "Reviews at the marketplace",
            post("4.4 of 5; the critical ones speak of the set-up.", 31),
            channel="Marketplace",
            feels={NADIA: (0, "warned"), JONAS: (0, "counts the stars")},
        ),
        told(
            "Answers to eleven security questions",
            recording("Median of two days; the best offer came within an hour from elsewhere.", 72),
            channel="E-mail",
            feels={NADIA: (-1, "waiting"), JONAS: (1, "taken seriously")},
        ),
    ),
    thoughts=(studied("What does it cost when we are twenty-five?", interview("Asked in seven of twelve talks.", 48)),),
    pains=(
        measured("No price between 20 and 50 people", recording("23 questions in 90 days.", 17)),
        told("Security answers sit in one seller's mailbox", crm("Three were answered twice, differently.", 72)),
    ),
    opportunities=(
        studied(
            "Show the price up to 50 without a talk", survey("61 of 80 trial users would have started sooner.", 55)
        ),
    ),
    metrics=(measured("Those who see the price page twice", analytics("31 % of all who start a trial.", 10)),),
)

TRY = Column(
    uid="try",
    name="Start the trial",
    about="A Tuesday evening, real figures at hand, about forty minutes of patience.",
    team=PRODUCT,
    person=OKSANA,
    metric=metrics.ACTIVATION,
    consulted=(MARKETING,),
    questions=("What do they want to see before they close the laptop?", "Which field of the form makes them think?"),
    channels=("In-app", "E-mail", "Chat"),
    actions=(
        measured(
            "Signs up after eight in the evening", analytics("57 % of trials start between eight and eleven.", 10)
        ),
        told("Clicks the sample report away at once", replay("Eleven of fifteen recordings.", 20)),
        studied(
            "Has set aside one evening, from the sign-up to the first chart",
            interview("Ten of twelve; nobody had planned a second one.", 48),
            span=2,
        ),
    ),
    touchpoints=(
        measured(
            "Sign-up: address, name, one question",
            analytics("Done in 50 seconds; 96 % of those who begin.", 10),
            channel="In-app",
            feels={NADIA: (1, "easy"), JONAS: (1, "fine so far")},
        ),
        studied(
            "Welcome mail with nine links",
            analytics("Opened by 62 %; the ninth link is never clicked.", 22),
            channel="E-mail",
            feels={NADIA: (0, "later"), JONAS: (-1, "noise")},
        ),
    ),
    thoughts=(studied("Show me my own numbers, not Acme's.", replay("The sample is closed after four seconds.", 20)),),
    pains=(studied("Two welcome mails and a call within an hour", interview("“I had not even looked yet.”", 48)),),
    opportunities=(guess("Ask for one file at once and draw the first chart from it, before any set-up"),),
    moments=(
        studied(
            "The first own figure on the screen",
            replay("Who sees one within the hour comes back next day in 71 % of cases.", 20),
            moment=Moment("Own numbers", OKSANA, metrics.ACTIVATION),
        ),
    ),
    metrics=(measured("Trials with a report shared within 14 days", analytics("34 %, n about 290 a week.", 9)),),
)

SET_UP = Column(
    uid="set-up",
    name="Set up",
    about="Four steps: purpose, data, colleagues, schedule. The second asks for rights before it has shown anything.",
    team=PRODUCT,
    person=MATEUS,
    metric=metrics.SET_UP,
    responsible=(SUCCESS,),
    consulted=(SALES, MARKETING),
    questions=(
        "What do they believe will happen when they press “allow”?",
        "Whom do they have to ask, and how long does the answer take?",
        "What could we show them before we ask for anything?",
    ),
    channels=("In-app", "Chat", "Support", "Phone"),
    actions=(
        measured("Stops at step two, opens the permission text, closes the tab", replay("In 19 of 40 recordings.", 12)),
        told(
            "Invites one colleague before anything works",
            interview("“He opened it, saw nothing, and never came back.”", 48),
        ),
        studied(
            "Writes to IT and waits for three days", interview("Median of three working days among six companies.", 48)
        ),
    ),
    touchpoints=(
        measured(
            "Step one: what is the report for?",
            analytics("93 % go on.", 12),
            channel="In-app",
            feels={NADIA: (1, "in good hands"), JONAS: (0, "impatient")},
        ),
        measured(
            "Step two: connect the data",
            analytics("31 % leave here for good, 22 % before the last release.", 12),
            interview("“It wanted administrator's rights and I shut the lid.”", 18),
            replay("Median of 74 seconds on the permission text.", 12),
            body="Since the release that moved the permission to the front, nine points fewer finish. "
            "Reading rights would be enough for the first report.",
            channel="In-app",
            feels={NADIA: (-2, "alarmed"), JONAS: (-1, "wary")},
            moment=Moment("The most painful loss", MATEUS, metrics.SET_UP),
        ),
        guess(
            "Step three: invite colleagues",
            channel="In-app",
            feels={NADIA: (-1, "not yet"), JONAS: (0, "skips it")},
        ),
        measured(
            "Step four: when should it come?",
            analytics("88 % choose Monday at eight.", 12),
            channel="In-app",
            feels={NADIA: (1, "nearly there"), JONAS: (1, "done")},
        ),
    ),
    thoughts=(
        measured(
            "Why does it want to write into our data?",
            interview("Seven of twelve, unprompted.", 18),
            recording("18 chats in 30 days.", 14),
        ),
        told("If this goes wrong, it is my name on it.", interview("Nadia, and two others in her place.", 48)),
    ),
    pains=(
        measured(
            "Rights are asked for before any value is seen",
            recording("18 chats in 30 days.", 14),
            analytics("Set-up completed fell from 57 to 48 %.", 12),
            post("“Hawser wants WHAT?” — 46 answers.", 77),
        ),
        studied(
            "An import from the old tool reads six of nine reports and is silent about three",
            interview("Jonas found out by himself.", 26),
        ),
    ),
    opportunities=(
        studied(
            "Three steps: begin with reading rights, ask for more when it is needed",
            survey("Paper trial with 14 people: 13 went on.", 30),
        ),
        told(
            "A person offers help after ten minutes at step two",
            recording("Tried by hand on 25 trials: 14 finished.", 24),
        ),
    ),
    metrics=(measured("Trials that finish all four steps within seven days", analytics("48 %, target 60 %.", 9)),),
)
