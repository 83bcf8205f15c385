"""Who comes by a screen: teams that subscribe to Hawser and people who order at Skein."""

from journeys.demo.personas import AIKO, JONAS, NADIA, SOFIA, Character, Situation, lines
from teams.enums import Color

SUBSCRIBERS = (
    Character(
        name=NADIA,
        color=Color.INDIGO,
        summary="Leads a team of twenty and has promised her boss a report that draws itself.",
        quote="Show me my own numbers. Then we can talk.",
        goals=lines(
            "A weekly report without a lost Friday",
            "A tool that the team opens without being told",
            "A cost that she can sign herself",
        ),
        jobs=lines(
            "Bring figures from four places onto one page",
            "Explain to people above her what changed and why",
            "Bring twenty people along without a training day",
        ),
        obstacles=lines(
            "Has no administrator's rights to the company's data",
            "Tried two tools last year that nobody used after a month",
            "Purchasing takes nine working days",
        ),
        success_markers=lines("Her boss forwards the report", "A colleague corrects a number in it by himself"),
        deviations=lines(
            "Invites a colleague before anything works, and loses both",
            "Pauses the trial for a quarter's end and comes back by the price page",
        ),
        channels=lines("Search", "Comparison articles", "E-mail", "Calls, if short"),
        behavior="Tests on a Tuesday evening with real figures. Reads the price page twice and the security page once. "
        "Does not write to support; she leaves.",
        needs=lines("Something true on the screen within an hour", "A price for twenty to fifty people", "An invoice"),
        scenarios=(
            Situation(
                "Buying for a team of twenty",
                "The half-year review is in five weeks. The present report is a sheet with eleven tabs "
                "that only one person understands, and he is leaving.",
            ),
            Situation("First time with such a tool", "A new team lead who has inherited a folder and a deadline."),
        ),
    ),
    Character(
        name=JONAS,
        color=Color.AMBER,
        summary="Knows the competitor's product in and out, is angry at its new price, and wants his data out.",
        quote="I am not looking for features. I am looking for the door.",
        goals=lines("Move before the old contract renews itself", "Lose none of three years of figures"),
        jobs=lines("Prove to finance that changing pays", "Rebuild nine reports without anybody noticing a gap"),
        obstacles=lines(
            "The old tool exports in a form that nobody reads",
            "Colleagues have learned the old keys by heart",
            "Thirty days' notice, of which eleven are left",
        ),
        success_markers=lines("Both tools show the same figure for one month", "The old invoice stops"),
        deviations=lines(
            "Skips the trial and asks for the import on the first call", "Goes back if one report differs by a cent"
        ),
        channels=lines("Forums", "Chat", "Documentation", "Calls with engineers"),
        behavior="Reads documentation before the home page. Writes long, exact messages and expects the same. "
        "Tells the whole forum how it went, either way.",
        needs=lines("An import that says what it could not read", "A person who knows the old tool", "A date"),
        scenarios=(
            Situation(
                "Switching from a competitor", "The price was doubled by letter. The contract renews in eleven days."
            ),
            Situation(
                "A second department follows",
                "The first move worked, and now finance wants the same by the quarter's end.",
            ),
        ),
    ),
)

SHOPPERS = (
    Character(
        name=SOFIA,
        color=Color.ROSE,
        summary="Has never ordered at Skein and was burned once by a shop that kept her money for six weeks.",
        quote="It is not the price. It is not knowing what happens after I press the button.",
        goals=lines("A warm blanket that looks like the picture", "To have it before her mother's visit"),
        jobs=lines("Find out whether wool scratches, without touching it", "Be at home when the parcel comes"),
        obstacles=lines(
            "Works in an office that takes no parcels", "Does not want one more account", "Reads return rules first"
        ),
        success_markers=lines("It arrives on the day that was named", "The color is right in daylight"),
        deviations=lines(
            "Leaves the basket overnight and comes back from the reminder, or does not",
            "Orders two sizes and returns one, with a bad conscience",
        ),
        channels=lines("Search on the telephone", "Social network", "E-mail", "Parcel locker"),
        behavior="Trusts other customers' pictures more than ours. Pays late at night. Looks up a parcel often.",
        needs=lines(
            "A date that holds, or a word before it breaks", "A return without a printer", "Payment as a guest"
        ),
        scenarios=(
            Situation("A first order before a visit", "Her mother comes on Friday week; the guest bed has no blanket."),
            Situation("Something that did not fit", "The pullover is a size too large and the tag is still on."),
        ),
    ),
    Character(
        name=AIKO,
        color=Color.GREEN,
        summary="Gives wool to everybody who has a child, a birthday or a cold, and has done so for three years.",
        quote="I write the card myself. You just have to be on time.",
        goals=lines(
            "A present that looks like a present when it is opened", "To order in five minutes, between two meetings"
        ),
        jobs=lines(
            "Remember eleven birthdays", "Send to addresses that are not her own", "Hide the price from who opens it"
        ),
        obstacles=lines(
            "Cannot see what she sent to whom last year", "The gift note is lost when two parcels are packed as one"
        ),
        success_markers=lines("A photograph of a baby in a hat", "A friend asks where it is from"),
        deviations=lines("Skips the search and orders from an old e-mail", "Gives her code to a whole prenatal class"),
        channels=lines("E-mail", "Messaging", "Catalogue at Christmas", "Referral code"),
        behavior="Orders every seven weeks, mostly at noon on working days. Sends nothing back. Complains in detail.",
        needs=lines("Her list of people and dates", "One date per parcel", "Thanks that are not a discount"),
        scenarios=(
            Situation(
                "A birth in the family",
                "The message came at six in the morning; the parcel should be there by the weekend.",
            ),
            Situation("Christmas for eleven people", "Eleven parcels, eleven addresses, one afternoon."),
        ),
    ),
)
