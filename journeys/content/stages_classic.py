"""Awareness to advocacy: the stages behind the templates with five, six and four stages."""

from django.utils.translation import gettext_lazy as _

from journeys.content.shapes import StageTemplate

AWARENESS = StageTemplate(
    uid="awareness",
    name=_("Awareness"),
    description=_("They notice a need and come across us for the first time, often without looking for us."),
    questions=(
        _("What happened on the day they first felt the need?"),
        _("Where did they meet us first, and who else was there?"),
        _("What do they call the problem in their own words?"),
        _("What did our first sentence promise, and do we keep it later?"),
    ),
    channels=("Web page", "Social network", "Forum and blog", "Event", "Referral"),
)

CONSIDERATION = StageTemplate(
    uid="consideration",
    name=_("Consideration"),
    description=_("They compare features, price, effort and reviews, and want proof that holds."),
    questions=(
        _("What else is on their list, doing nothing included?"),
        _("Which question stops them, and where do they look for its answer?"),
        _("Whose word counts for more than ours?"),
        _("What would they need to see to come back a second time?"),
    ),
    channels=("Web page", "Marketplace", "Forum and blog", "E-mail", "Shop", "Phone"),
)

DECISION = StageTemplate(
    uid="decision",
    name=_("Decision"),
    description=_("Two or three choices are left. They look for details, a trial, and a reason not to regret it."),
    questions=(
        _("What is the last doubt, and who can take it away?"),
        _("Who else has to say yes?"),
        _("Do price, delivery and the way out fit on one page?"),
        _("What makes them put it off until next month?"),
    ),
    channels=("Web page", "Phone", "Chat", "Shop", "E-mail"),
)

PURCHASE = StageTemplate(
    uid="purchase",
    name=_("Purchase"),
    description=_("They pay, wait, unpack or activate. It lasts until they hold what they paid for."),
    questions=(
        _("Which field or step of the purchase could go?"),
        _("What do they hear from us between paying and having it?"),
        _("How do they know that everything went well?"),
        _("How long does it take from order placed to value unlocked?"),
    ),
    channels=("Shop", "Web page", "In-app", "E-mail", "SMS", "Click and collect"),
)

RETENTION = StageTemplate(
    uid="retention",
    name=_("Retention"),
    description=_("They use it, learn, and either deepen the habit or drift away quietly."),
    questions=(
        _("What should have become easy after 7, 30 and 90 days?"),
        _("Which sign tells us first that somebody drifts away?"),
        _("What do they ask support again and again?"),
        _("What would they miss most if it were gone tomorrow?"),
    ),
    channels=("In-app", "E-mail", "Support", "Push", "Event", "Catalogue and post"),
)

ADVOCACY = StageTemplate(
    uid="advocacy",
    name=_("Advocacy"),
    description=_("They tell others: at a table, in a review, with a link. Some of those others start here."),
    questions=(
        _("After which moment do they talk about us by themselves?"),
        _("How many steps does it take to recommend us?"),
        _("What do they say about us, word for word?"),
        _("Do we ever ask right after a bad moment?"),
    ),
    channels=("Referral", "Social network", "Forum and blog", "Messaging", "Event"),
)
