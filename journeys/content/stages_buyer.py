"""How buyers describe their own way, and how a funnel cuts it into thirds."""

from django.utils.translation import gettext_lazy as _

from journeys.content.shapes import StageTemplate

NEED = StageTemplate(
    uid="need",
    name=_("Recognition of need"),
    description=_("Something no longer works as it should. They give the trouble a name and a price."),
    questions=(
        _("What made today different from the day before?"),
        _("What have they tried already, and why was it not enough?"),
        _("What does it cost them to leave things as they are?"),
        _("Who else at home or at work feels it?"),
    ),
    channels=("Web page", "Forum and blog", "Social network", "Event", "Referral"),
)

BUYER_CONSIDERATION = StageTemplate(
    uid="consideration",
    name=_("Consideration"),
    description=_("They learn what kinds of answers exist and which would suit people like them."),
    questions=(
        _("By what do they tell good from bad before they know any product?"),
        _("Which of our proofs could they repeat to somebody else?"),
        _("What do they believe about us that is not true?"),
    ),
    channels=("Web page", "E-mail", "Event", "Shop", "Forum and blog", "Phone"),
)

BUYER_DECISION = StageTemplate(
    uid="decision",
    name=_("Decision"),
    description=_("They choose one offer and defend the choice before themselves and others."),
    questions=(
        _("Who signs, who pays, who can still say no?"),
        _("What does the last comparison look like, and did we help to make it?"),
        _("What happens if it turns out wrong, and do they know that?"),
        _("What would make them glad of the choice a month later?"),
    ),
    channels=("Phone", "Shop", "Web page", "E-mail", "Chat"),
)

TOP = StageTemplate(
    uid="top",
    name=_("Top: a problem noticed"),
    description=_("Many people, few plans. They look for words and pictures for what bothers them."),
    questions=(
        _("Which question of theirs can we answer better than anybody?"),
        _("How often may we turn up before it is too much?"),
        _("How do we tell a curious reader from a later customer?"),
    ),
    channels=("Web page", "Forum and blog", "Social network", "Event", "Catalogue and post"),
)

MIDDLE = StageTemplate(
    uid="middle",
    name=_("Middle: comparing"),
    description=_("The third that decides. They hold cases, demonstrations and details side by side."),
    questions=(
        _("Which proof is missing at the moment they compare?"),
        _("What do we send that fits another part of the journey better?"),
        _("Who answers a detailed question, and within what time?"),
        _("What brings back those who went quiet?"),
    ),
    channels=("Web page", "E-mail", "Marketplace", "Shop", "Phone", "Chat"),
)

BOTTOM = StageTemplate(
    uid="bottom",
    name=_("Bottom: customers"),
    description=_("They bought. Service decides whether they stay, buy again and bring others."),
    questions=(
        _("Does what they got match what was promised at the top?"),
        _("How many contacts does it take to solve one problem?"),
        _("What do we do for people who need nothing at the moment?"),
        _("How do their stories reach the top again?"),
    ),
    channels=("Support", "In-app", "E-mail", "Phone", "Shop", "Referral"),
)
