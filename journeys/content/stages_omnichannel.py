"""Eight stages for a journey that changes between shop, post, telephone and screen."""

from django.utils.translation import gettext_lazy as _

from journeys.content.shapes import StageTemplate

SEARCH = StageTemplate(
    uid="search",
    name=_("Search for information"),
    description=_("They ask friends, scroll, look into windows and leaf through pages to learn what there is."),
    questions=(
        _("Where do they look first, and where do they look when that is no help?"),
        _("What do they keep: a picture, a leaflet, a tab, a name?"),
        _("Do window, page and post tell the same story?"),
    ),
    channels=("Web page", "Social network", "Catalogue and post", "Shop", "Forum and blog"),
)

COMPARING = StageTemplate(
    uid="comparing",
    name=_("Comparing offers"),
    description=_("They hold offers side by side, on line and by hand, and ask people who own one."),
    questions=(
        _("By which three things do they compare?"),
        _("Is the price the same everywhere, and if not, can we explain it?"),
        _("What do they want to touch before they believe it?"),
        _("Which review do they quote?"),
    ),
    channels=("Web page", "Marketplace", "Shop", "Forum and blog", "Phone"),
)

DECIDING = StageTemplate(
    uid="decision",
    name=_("Decision"),
    description=_("They settle on one offer and on the place where they will buy it."),
    questions=(
        _("Why here and not where they looked first?"),
        _("Which risk is left, and which guarantee takes it away?"),
        _("Can they begin in one channel and finish in another without starting over?"),
    ),
    channels=("Shop", "Web page", "Chat", "Phone", "QR code"),
)

RECEIVING = StageTemplate(
    uid="receiving",
    name=_("Receiving the offer"),
    description=_("They pay, wait, fetch or open the parcel, and start to use what is in it."),
    questions=(
        _("Which date did we promise, and who tells them when it moves?"),
        _("What do they see first when they open it?"),
        _("What do they need on the first evening, and is it in the box?"),
        _("Who notices that a parcel was not fetched?"),
    ),
    channels=("Click and collect", "Shop", "E-mail", "SMS", "QR code"),
)

EVALUATION = StageTemplate(
    uid="evaluation",
    name=_("Evaluation"),
    description=_("They hold the thing against the promise and decide, for themselves, whether it was right."),
    questions=(
        _("What did they expect that did not come?"),
        _("When do we ask how it is, and what happens with the answer?"),
        _("Which return could the right word before the purchase have spared?"),
    ),
    channels=("E-mail", "SMS", "In-app", "Marketplace", "Phone"),
)

SERVICE = StageTemplate(
    uid="service",
    name=_("Customer service"),
    description=_("Something is unclear, broken or wrong. They want one answer from one person."),
    questions=(
        _("How many times do they have to tell the story?"),
        _("How long until the first useful answer, at noon and at night?"),
        _("Which questions could the page, the box or the product have answered?"),
        _("What may the person who answers decide without asking?"),
    ),
    channels=("Support", "Phone", "Chat", "Messaging", "Shop"),
)

LOYALTY = StageTemplate(
    uid="loyalty",
    name=_("Loyalty"),
    description=_("They come again, by habit or by conviction, and expect to be known."),
    questions=(
        _("What do they get for staying that a newcomer does not?"),
        _("When will they need us again, and do we know before they do?"),
        _("What do we still ask that they have told us already?"),
    ),
    channels=("E-mail", "Catalogue and post", "Shop", "Push", "Event"),
)

RECOMMENDATION = StageTemplate(
    uid="recommendation",
    name=_("Recommendation"),
    description=_("They show it, praise it, warn of it. What they say is where the next search ends."),
    questions=(
        _("What do they show when they talk about us?"),
        _("Is there something they can hand over: a link, a card, a code?"),
        _("Who thanks them, and for what?"),
    ),
    channels=("Referral", "Social network", "Messaging", "Forum and blog", "Marketplace"),
)
