"""Four stages of a journey that happens on screens."""

from django.utils.translation import gettext_lazy as _

from journeys.content.shapes import StageTemplate

DIGITAL_AWARENESS = StageTemplate(
    uid="awareness",
    name=_("Awareness"),
    description=_("A search result, a post or an advertisement brings them to our pages for the first time."),
    questions=(
        _("What did they type or see before they came?"),
        _("Does the first screen answer that, within five seconds, on a phone?"),
        _("Which sources bring people who stay, not only people who come?"),
    ),
    channels=("Web page", "Social network", "Forum and blog", "Referral"),
)

DIGITAL_CONSIDERATION = StageTemplate(
    uid="consideration",
    name=_("Consideration"),
    description=_("They read, compare tabs, leave and come back, and try what can be tried for free."),
    questions=(
        _("Which pages do they read twice?"),
        _("What do they look for and not find in our search, help and price pages?"),
        _("What may we remember of them, with their consent, so that the second visit is easier?"),
        _("Which small yes could we ask for instead of the big one?"),
    ),
    channels=("Web page", "E-mail", "Chat", "Marketplace", "Forum and blog"),
)

DIGITAL_DECISION = StageTemplate(
    uid="decision",
    name=_("Decision"),
    description=_("Basket, sign-up or order form: they commit, or close the tab."),
    questions=(
        _("At which field do they stop, and on which device?"),
        _("What comes as a surprise: cost, date, account, permission?"),
        _("How do they get help without leaving the page?"),
        _("What happens in the first minute after the yes?"),
    ),
    channels=("Web page", "In-app", "Chat", "E-mail", "SMS"),
)

DIGITAL_RETENTION = StageTemplate(
    uid="retention",
    name=_("Retention"),
    description=_("They come back because it helps, or they stop and nobody notices."),
    questions=(
        _("What does a good week look like in the data of somebody who stays?"),
        _("Which message helped, and which one was only sent?"),
        _("How easily can they pause, change or leave, and come again?"),
        _("When is the right moment to ask for a review or a referral?"),
    ),
    channels=("In-app", "Push", "E-mail", "Support", "Referral"),
)
