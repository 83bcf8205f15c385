"""From the first value to the renewal."""

from journeys.demo import metrics
from journeys.demo.people import ANDREI, DESI, JANA, MARKETING, PRIYA, PRODUCT, SALES, SUCCESS
from journeys.demo.personas import JONAS, NADIA
from journeys.demo.writing import (
    Column,
    Moment,
    analytics,
    crm,
    guess,
    interview,
    measured,
    recording,
    studied,
    survey,
    told,
    verbatim,
)

VALUE = Column(
    uid="value",
    name="First value",
    about="The first report that somebody else opens. Before it they try a tool; after it they have one.",
    team=SUCCESS,
    person=JANA,
    metric=metrics.FIRST_VALUE,
    responsible=(PRODUCT,),
    informed=(SALES,),
    questions=(
        "Who opened the first report, and what did that person answer?",
        "What did they correct before they dared to send it?",
    ),
    channels=("In-app", "E-mail", "Messaging"),
    actions=(
        measured("Opens it on Monday before the stand-up", analytics("Peak at ten to nine.", 10)),
        studied(
            "Changes one color and one title, then sends it to the boss",
            interview("Ten of twelve sent the first report upwards.", 48),
        ),
    ),
    touchpoints=(
        measured(
            "The first report goes out on Monday at eight",
            analytics("Half get here within 5.2 days; a third never do.", 9),
            channel="E-mail",
            feels={NADIA: (2, "proud"), JONAS: (1, "checks the sums")},
            moment=Moment("First value", JANA, metrics.FIRST_VALUE),
        ),
        told(
            "The boss's answer, often a single word",
            interview("“Good.” She framed it.", 48),
            channel="Messaging",
            feels={NADIA: (2, "seen"), JONAS: (0, "unmoved")},
        ),
        measured(
            "Tip “bring a second pair of eyes”",
            analytics("Shown before the first report it does nothing, after it one in four invites.", 33),
            channel="In-app",
            feels={NADIA: (1, "good idea"), JONAS: (0, "no need")},
        ),
    ),
    thoughts=(
        studied("I can finally show this to somebody.", verbatim("In nine of 31 comments with a ten.", 20)),
        guess("Is the figure right? I would rather be late than wrong."),
    ),
    pains=(measured("The second person opens it once and never again", analytics("64 % of invited colleagues.", 33)),),
    opportunities=(
        told(
            "Let the second person answer with a comment, without an account", recording("Asked for in nine chats.", 40)
        ),
    ),
    metrics=(
        measured(
            "Median days to the first report shared; those who are not there yet are counted apart",
            analytics("5.2 d, n about 105.", 9),
        ),
    ),
)

BUY = Column(
    uid="buy",
    name="Buy",
    about="The trial ends on a weekday. What follows is signatures, an invoice, and nine working days.",
    team=SALES,
    person=DESI,
    metric=metrics.TRIAL_TO_PAID,
    responsible=(SUCCESS,),
    consulted=(MARKETING,),
    questions=(
        "Who signs, and what does that person know about us?",
        "What do they do on the day after the trial has ended?",
    ),
    channels=("Phone", "E-mail", "Web page"),
    actions=(
        studied("Asks for an invoice instead of a card", interview("Eight of twelve may not use a card.", 48)),
        measured("Asks for a longer trial on the last evening", recording("41 chats a month, nearly all granted.", 16)),
    ),
    touchpoints=(
        studied(
            "A call of fifteen minutes, with both of them",
            crm("Paid within 30 days: 44 % with a call, 17 % without one.", 25),
            channel="Phone",
            feels={NADIA: (0, "to the point"), JONAS: (1, "an engineer answers")},
        ),
        measured(
            "Order form with a field for the purchase number",
            analytics("Since the field exists, orders take six days instead of nine.", 41),
            channel="Web page",
            feels={NADIA: (1, "thought of"), JONAS: (1, "done")},
        ),
    ),
    thoughts=(told("Who signs this on our side?", interview("Nobody knew before the trial ended.", 48)),),
    pains=(
        studied(
            "The report stops on the last day of the trial, a Thursday", recording("“On Friday the board meets.”", 16)
        ),
        guess("Sellers do not see whether a report was ever shared"),
    ),
    opportunities=(
        guess("Let the reports go on for a week and say so on each of them"),
        told(
            "A page for the person who signs: price, data, the way out",
            crm("Andrei sends such a page from his own folder.", 50),
        ),
    ),
    moments=(
        measured(
            "A second person shares a report",
            analytics("Trials with two active people pay three times as often.", 33),
            moment=Moment("The second person", ANDREI, metrics.TRIAL_TO_PAID),
        ),
    ),
    metrics=(measured("Trials that pay within 30 days", crm("22 %, n about 1,200.", 20)),),
)

RENEW = Column(
    uid="renew",
    name="Use and renew",
    about="Habit, new colleagues, a quiet quarter, and a mail thirty days before the year is over.",
    team=SUCCESS,
    person=JANA,
    metric=metrics.RENEWAL,
    consulted=(PRODUCT, SALES),
    informed=(MARKETING,),
    questions=(
        "What do they hold the bill against?",
        "Which quiet customer is content, and which one has left already?",
    ),
    channels=("E-mail", "Phone", "In-app", "Event"),
    actions=(
        guess("Holds the bill against the seats that are used"),
        studied(
            "Hands the tool to a successor with a single sentence",
            interview("“It comes on Mondays. Don't touch it.”", 300),
        ),
    ),
    touchpoints=(
        measured(
            "Mail about the renewal, thirty days before",
            analytics("Opened by 81 %, answered by 6 %.", 27),
            channel="E-mail",
            feels={NADIA: (0, "is it a year already?"), JONAS: (-1, "braced")},
        ),
        told(
            "A page with what the year brought: 51 reports, 9 readers",
            recording("Made by hand for twenty customers; nineteen renewed.", 90),
            channel="E-mail",
            feels={NADIA: (1, "confirmed"), JONAS: (1, "appeased")},
        ),
    ),
    thoughts=(
        guess("Do we use half of it?"),
        told("Nothing broke. That is the best I can say of a tool.", verbatim("A nine from Jonas.", 20)),
    ),
    pains=(
        studied(
            "The person who bought it has left and nobody knows the password",
            crm("11 of 15 lost renewals of the last quarter.", 27),
        ),
        told("The first word in eleven months is a bill", verbatim("“Hello again, I see you want money.”", 100)),
    ),
    opportunities=(
        studied(
            "Name the renewal's owner on day 90 and write to two people from then on",
            crm("Kept 9 of 10 in a trial.", 60),
        ),
        guess("Ask for a talk at the users' day after the second renewal, not before"),
    ),
    moments=(
        measured(
            "The decision falls about six weeks before the mail",
            survey("Asked of 64 customers afterwards.", 75),
            moment=Moment("Renewal", PRIYA, metrics.RENEWAL),
        ),
    ),
    metrics=(measured("Yearly subscriptions renewed by their last day", crm("91 %, n about 175.", 20)),),
)
