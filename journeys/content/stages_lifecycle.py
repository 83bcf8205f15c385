"""Contact states of companies that sell to companies: how a stranger becomes a customer, waits, and grows."""

from django.utils.translation import gettext_lazy as _

from journeys.content.shapes import StageTemplate

UNKNOWN = StageTemplate(
    uid="unknown",
    name=_("Unknown visitor"),
    description=_("They read us without saying who they are. All we see is what interests them."),
    questions=(
        _("What brought them here, and what did they read to the end?"),
        _("What would be worth an address to them?"),
        _("What may we know about them before they have agreed to anything?"),
    ),
    channels=("Web page", "Social network", "Forum and blog", "Event"),
)

KNOWN = StageTemplate(
    uid="known",
    name=_("Known contact"),
    description=_("They left an address for something useful. That is interest, not yet intent."),
    questions=(
        _("What did we promise for the address, and did it come at once?"),
        _("What do they want to hear about, and how often?"),
        _("What is the next useful thing for them, not for us?"),
    ),
    channels=("E-mail", "Web page", "Event", "Messaging"),
)

UNQUALIFIED = StageTemplate(
    uid="unqualified",
    name=_("Unqualified lead"),
    description=_("They showed intent. Whether need, size, budget and date fit is still open."),
    questions=(
        _("Which signs count as intent, and who agreed on them?"),
        _("What do we ask, and what could we find out without asking?"),
        _("How long may a lead wait here before somebody looks?"),
    ),
    channels=("E-mail", "Phone", "Chat", "Web page"),
)

QUALIFIED = StageTemplate(
    uid="qualified",
    name=_("Qualified lead"),
    description=_("Need, budget and date are real. Sales accepts the lead and a named person answers for it."),
    questions=(
        _("What must be true before sales takes over, in one sentence?"),
        _("How fast is the first call, in business hours?"),
        _("Why are leads refused, and does the reason reach marketing?"),
        _("Who else on their side has to be convinced?"),
    ),
    channels=("Phone", "E-mail", "Event", "Web page"),
)

CUSTOMER = StageTemplate(
    uid="customer",
    name=_("Customer"),
    description=_("They signed. What sales learned goes on to those who will work with them."),
    questions=(
        _("What do they expect to have reached after 90 days?"),
        _("What does the next team know about them on the first day?"),
        _("Who is glad about the purchase, and who has to be won over?"),
    ),
    channels=("E-mail", "Phone", "In-app", "Support"),
)

NOT_CONVERTING = StageTemplate(
    uid="not-converting",
    name=_("Not converting"),
    description=_("The talk has stalled: wrong time, no budget, no answer. They did not say no for ever."),
    questions=(
        _("Is it the time, the money, the person or the product?"),
        _("When would it be worth talking again, in their words?"),
        _("What did we promise to send?"),
    ),
    channels=("Phone", "E-mail", "Messaging"),
)

NURTURED = StageTemplate(
    uid="nurtured",
    name=_("Added to nurture"),
    description=_("They hear from us by interest, not by calendar, and can leave with one click."),
    questions=(
        _("Which subject are they in for, and who chose it?"),
        _("How many messages a month are welcome?"),
        _("What do they get that is useful even if they never buy?"),
    ),
    channels=("E-mail", "Web page", "Event", "Catalogue and post", "Social network"),
)

ENGAGED = StageTemplate(
    uid="engaged",
    name=_("Engaged and scored"),
    description=_("They read, come back, bring a colleague. A score adds up what they do, and fades with time."),
    questions=(
        _("Which three things they do predict a good talk best?"),
        _("How fast does the score fade when nothing happens?"),
        _("Would a seller agree with the score of the last ten?"),
    ),
    channels=("E-mail", "Web page", "Event", "In-app", "Forum and blog"),
)

HANDED_BACK = StageTemplate(
    uid="handed-back",
    name=_("Handed back to sales"),
    description=_("The threshold is passed. A seller gets the lead together with all that happened since."),
    questions=(
        _("Does the seller know what they read and asked meanwhile?"),
        _("How fast is the call after the threshold?"),
        _("What goes back to nurture, and with which reason?"),
    ),
    channels=("Phone", "E-mail", "Chat"),
)

WELCOME = StageTemplate(
    uid="welcome",
    name=_("Welcome"),
    description=_("The first days: a greeting, one thing to do today, and a person with a name."),
    questions=(
        _("What is the one thing to do on the first day?"),
        _("Who writes on day 7 when nothing has happened?"),
        _("What do they have to explain to us a second time?"),
    ),
    channels=("E-mail", "In-app", "Phone", "Event"),
)

ACTIVATED = StageTemplate(
    uid="activated",
    name=_("Activated"),
    description=_("They are trained, have reached the first value and do the main thing without help."),
    questions=(
        _("By which act do we know that value was reached?"),
        _("Who in their company uses it besides the first person?"),
        _("What does training answer that the product should?"),
        _("Who has still not come this far after 30 days, and why?"),
    ),
    channels=("In-app", "Event", "Support", "E-mail"),
)

EXPANDING = StageTemplate(
    uid="expanding",
    name=_("Expanding"),
    description=_("More people, more uses, a bigger plan: because it helps, not because we called."),
    questions=(
        _("Which second use follows most naturally from the first?"),
        _("What in their usage says that they have outgrown the plan?"),
        _("When did we last show them what they have reached?"),
    ),
    channels=("In-app", "E-mail", "Phone", "Event"),
)

REFERRING = StageTemplate(
    uid="referring",
    name=_("Referring"),
    description=_("They speak for us: a reference, a review, a talk, an introduction."),
    questions=(
        _("What have they achieved that others would like to hear?"),
        _("What is the smallest thing that we can ask of them?"),
        _("How do we thank them in a way that they may accept?"),
    ),
    channels=("Referral", "Event", "Forum and blog", "Social network"),
)
