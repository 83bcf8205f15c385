"""Who comes through a door: car buyers and visitors of the store."""

from journeys.demo.personas import LEYLA, MARTA, OWEN, PIET, Character, Situation, lines
from teams.enums import Color

DRIVERS = (
    Character(
        name=MARTA,
        color=Color.VIOLET,
        summary="A nurse with two children and an eleven-year-old diesel that will not pass its next inspection.",
        quote="I do not want a hobby. I want a car that starts at five in the morning.",
        goals=lines(
            "A safe car that is paid off before the older child leaves school",
            "No second thoughts about range on the night shift",
            "A price that her sister would call fair",
        ),
        jobs=lines(
            "Get two children, a dog and a week's shopping home in one go",
            "Reach the hospital before the buses run",
            "Know by heart what the car costs in a month",
        ),
        obstacles=lines(
            "Has one free Saturday in three",
            "No charger at home: she parks in the street",
            "Felt talked down to at a showroom two years ago",
        ),
        success_markers=lines(
            "The first winter without a call to the garage",
            "Her sister asks to borrow the car",
        ),
        deviations=lines(
            "Stops for weeks when a shift plan or a school matter comes between",
            "Jumps straight to a test drive when a colleague lets her sit in theirs",
            "Goes back to comparing when the offer has a line that she does not understand",
        ),
        channels=lines(
            "Television in the evening", "Video reviews on the telephone", "A forum for parents", "Showroom"
        ),
        behavior="Reads late at night, in short pieces, and keeps screenshots rather than bookmarks. "
        "Asks two people whom she trusts before she talks to a seller. Decides fast once the numbers stand still.",
        needs=lines(
            "One honest monthly figure", "A seller who answers the question that was asked", "Proof of winter range"
        ),
        scenarios=(
            Situation(
                "The old diesel gives up",
                "The garage names a sum that the car is not worth. She has about two months, "
                "one colleague who drives electric, and a television advertisement in her ear.",
            ),
            Situation(
                "A second car for the family",
                "A new job for her partner; two people now have to be in two places at seven. "
                "A small used car would do as well.",
            ),
        ),
    ),
    Character(
        name=OWEN,
        color=Color.TEAL,
        summary="A surveyor near retirement who has bought every fourth year at the same dealer.",
        quote="I know the man who sells it, and he knows my back.",
        goals=lines(
            "The next car without having to learn everything anew",
            "A good sum for the old one",
            "The same mechanic as before",
        ),
        jobs=lines(
            "Carry instruments over field tracks",
            "Sit six hours without pain",
            "Be able to say why it had to be electric",
        ),
        obstacles=lines(
            "Does not trust batteries in cold weather",
            "Finds menus on screens tiresome",
            "His seller retires next year",
        ),
        success_markers=lines(
            "Drives the first long trip without planning it", "Speaks about the car at the club, unasked"
        ),
        deviations=lines(
            "Skips comparing: he goes to the dealer first and reads afterwards",
            "Waits a whole year if the model is about to change",
        ),
        channels=lines(
            "Showroom and telephone", "Printed catalogue", "The surveyors' club", "A social network, slowly"
        ),
        behavior="Calls rather than writes. Keeps every invoice. Returns for service to the day, "
        "and recommends people rather than brands.",
        needs=lines(
            "A named person after the handover", "Time to sit in the car alone", "A fair word about the battery"
        ),
        scenarios=(
            Situation(
                "The fourth year is over",
                "His contract ends in autumn and he expects a call before he has to make one.",
            ),
            Situation(
                "First time electric", "The dealer's new models are all electric; he has driven diesel for forty years."
            ),
        ),
    ),
)

VISITORS = (
    Character(
        name=LEYLA,
        color=Color.ORANGE,
        summary="Shares a first flat and spends wet Saturdays looking at how rooms could be.",
        quote="I came for a candle and left with a shelf. Again.",
        goals=lines("A flat that looks like hers on little money", "A pleasant afternoon with a friend"),
        jobs=lines(
            "Find out what would fit before carrying it home", "Collect ideas for later", "Show a friend what she found"
        ),
        obstacles=lines("No car: whatever she buys must go on the tram", "Tires of the long way after half an hour"),
        success_markers=lines("Something small for today and one plan for payday", "A photograph that gets answers"),
        deviations=lines(
            "Takes the short cut to the café and misses half the way",
            "Photographs the label and orders at home, sometimes elsewhere",
        ),
        channels=lines("Social network", "Shop window", "QR code on the label", "Messaging with friends"),
        behavior="Walks slowly through the model rooms, sits down, takes pictures. Buys below 40 EUR at once "
        "and thinks for weeks about everything above.",
        needs=lines("To touch and to sit", "Delivery that she can afford", "A break with something warm"),
        scenarios=(
            Situation(
                "A wet Saturday with a friend", "No list, two hours, and the window looks warm from the tram stop."
            ),
            Situation("Moving into the first flat", "The keys come in two weeks; bed, table and light are missing."),
        ),
    ),
    Character(
        name=PIET,
        color=Color.SLATE,
        summary="A caretaker of three apartment houses who knows what he needs down to the screw.",
        quote="If I have to ask where it is, I have lost already.",
        goals=lines(
            "In and out in twenty minutes", "The right part the first time", "A receipt with the right name on it"
        ),
        jobs=lines("Keep three houses in repair", "Account for every purchase by the end of the month"),
        obstacles=lines(
            "The set way leads past everything that he does not need",
            "Stock on the site and stock on the shelf differ",
            "One till with an invoice printer, at the far end",
        ),
        success_markers=lines("One trip, no return", "The invoice is in the mail before he is at the van"),
        deviations=lines(
            "Enters through the exit", "Turns round at the kiosk and leaves when an article shows as out of stock"
        ),
        channels=lines("Telephone", "Kiosk", "Click and collect", "E-mail for invoices"),
        behavior="Comes on weekdays at seven, twice a week. Never looks at offers. Loyal to whoever has it in stock.",
        needs=lines("Aisle and shelf number", "Stock that is true", "A fast way to pay with an invoice"),
        scenarios=(
            Situation(
                "A burst pipe at seven in the morning", "Tenants wait, the water is off, and he needs one fitting."
            ),
            Situation("The monthly round", "Eighteen articles from a list, to be charged to three houses."),
        ),
    ),
)
