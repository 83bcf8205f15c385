"""Tactics that every workspace can begin with, by what a stage is for. Texts are lazy: they are in the reader's
language."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from campaigns.enums import Position, StageKind

Text = str | Promise


@dataclass(frozen=True)
class BuiltIn:
    """`channels` are the icons of channels, which are their short names."""

    slug: str
    stage: StageKind
    position: Position
    channels: tuple[str, ...]
    title: Text
    about: Text
    content: Text
    measured_by: Text
    pitfalls: Text


TOP, MIDDLE, BOTTOM = Position.TOP, Position.MIDDLE, Position.BOTTOM

AWARENESS = (
    BuiltIn(
        slug="explainer",
        stage=StageKind.AWARENESS,
        position=TOP,
        channels=("web-page", "social", "forum"),
        title=_("Explainer"),
        about=_("One question of theirs, answered so well that they pass it on."),
        content=_(
            "Name the trouble in their words. Explain why it happens. Give one thing to try today. Sell nothing."
        ),
        measured_by=_("Readers who stay to the end, visits by source"),
        pitfalls=_("Talking about ourselves before the question is answered."),
    ),
    BuiltIn(
        slug="guide",
        stage=StageKind.AWARENESS,
        position=TOP,
        channels=("web-page", "email"),
        title=_("Guide for an address"),
        about=_("A checklist or guide worth leaving an e-mail address for."),
        content=_(
            "Say what is inside and how long it takes to read. Ask for the address alone. Send it within a minute."
        ),
        measured_by=_("Share of visitors who become known contacts"),
        pitfalls=_("Ten fields before ten pages. A mail every day afterwards."),
    ),
    BuiltIn(
        slug="search-answers",
        stage=StageKind.AWARENESS,
        position=TOP,
        channels=("web-page", "marketplace"),
        title=_("Answers where people search"),
        about=_("Pages that answer what is typed into search boxes, one page for each question."),
        content=_("Put the question into the heading and the answer into the first two sentences. Then the detail."),
        measured_by=_("Visits from search, questions that lead to a second page"),
        pitfalls=_("Writing for the machine. Promising what the page does not say."),
    ),
    BuiltIn(
        slug="partner",
        stage=StageKind.AWARENESS,
        position=TOP,
        channels=("social", "event", "forum"),
        title=_("A word from a partner"),
        about=_("Somebody whom the right people trust already shows what it is good for."),
        content=_("Give them the product and the facts, not a script. Say openly that you work together."),
        measured_by=_("Visits and new contacts by partner"),
        pitfalls=_("Reach without the right people."),
    ),
    BuiltIn(
        slug="targeted-ad",
        stage=StageKind.AWARENESS,
        position=TOP,
        channels=("social", "marketplace", "catalogue"),
        title=_("Advertisement for a need"),
        about=_("Shown to people in a situation, not to an age group."),
        content=_("One need, one picture, one next step. The page behind it says the same thing in the same words."),
        measured_by=_("Cost per visit that lasts, share of new visitors"),
        pitfalls=_("Promising too much; running on after everybody has seen it."),
    ),
)

CONSIDERATION = (
    BuiltIn(
        slug="comparison-table",
        stage=StageKind.CONSIDERATION,
        position=MIDDLE,
        channels=("web-page", "shop", "email"),
        title=_("Comparison table"),
        about=_("The ways to solve it side by side, ours among them."),
        content=_(
            "Compare by what they decide on: effort, price over a year, what happens if it fails. "
            "Say where another way is better."
        ),
        measured_by=_("Return visits, trials and offers asked for after it"),
        pitfalls=_("A table in which we win every row: nobody believes it."),
    ),
    BuiltIn(
        slug="demo",
        stage=StageKind.CONSIDERATION,
        position=MIDDLE,
        channels=("web-page", "event", "phone"),
        title=_("Demonstration"),
        about=_("Shown with a case like theirs, short, with time for questions."),
        content=_(
            "Ask beforehand what they want to see. Show that, and one thing that they do not expect. "
            "End with one next step."
        ),
        measured_by=_("Demos asked for and kept, next steps agreed"),
        pitfalls=_("A tour of all functions."),
    ),
    BuiltIn(
        slug="case-story",
        stage=StageKind.CONSIDERATION,
        position=MIDDLE,
        channels=("web-page", "email", "forum"),
        title=_("Case story"),
        about=_("How somebody like them got from the trouble to the result."),
        content=_("Before, what they tried, the turn, the number, what was hard. In their words, with their name."),
        measured_by=_("Readers who go on to a demo or trial"),
        pitfalls=_("A story without numbers, or without anything that went wrong."),
    ),
    BuiltIn(
        slug="reviews",
        stage=StageKind.CONSIDERATION,
        position=MIDDLE,
        channels=("web-page", "marketplace", "shop"),
        title=_("Reviews beside the question"),
        about=_("What customers say, shown where the doubt comes up."),
        content=_("Choose reviews that answer a doubt. Keep a critical one, with our answer."),
        measured_by=_("Visits that go on after reviews"),
        pitfalls=_("Five stars only."),
    ),
    BuiltIn(
        slug="remarketing",
        stage=StageKind.CONSIDERATION,
        position=MIDDLE,
        channels=("social", "email", "web-page"),
        title=_("A reminder with something new"),
        about=_("For people who looked and left: an answer to what they looked at."),
        content=_("Refer to the topic, not to the person. Bring one new fact: a comparison, a date, a number."),
        measured_by=_("Return visits per person reached"),
        pitfalls=_("Following people around, also after they bought."),
    ),
    BuiltIn(
        slug="small-step",
        stage=StageKind.CONSIDERATION,
        position=MIDDLE,
        channels=("web-page", "chat", "shop"),
        title=_("A small first step"),
        about=_("A calculator, a sample, three questions: little effort, a result of their own."),
        content=_("Promise the result and the minutes. Give it at once. Offer the next step beside it."),
        measured_by=_("Steps finished, share who go on"),
        pitfalls=_("Hiding the result behind a form."),
    ),
)

DECISION = (
    BuiltIn(
        slug="free-trial",
        stage=StageKind.DECISION,
        position=BOTTOM,
        channels=("web-page", "in-app", "email"),
        title=_("Free trial"),
        about=_("They try it with their own work, long enough to reach the first value."),
        content=_(
            "Say what they will have reached by when. One task a day for the first days. "
            "Tell when it ends, and what happens then."
        ),
        measured_by=_("Activation rate, time to first value, trial to customer"),
        pitfalls=_("A trial that ends before the first value; a card asked for without a reason."),
    ),
    BuiltIn(
        slug="plain-price",
        stage=StageKind.DECISION,
        position=BOTTOM,
        channels=("web-page", "phone", "shop"),
        title=_("Price and delivery in plain sight"),
        about=_("All costs and the date before anybody asks."),
        content=_("The whole price, what is in it, when it arrives or starts, how to get out again."),
        measured_by=_("Offers accepted, time to decide"),
        pitfalls=_("Costs that appear at the last step."),
    ),
    BuiltIn(
        slug="guarantee",
        stage=StageKind.DECISION,
        position=BOTTOM,
        channels=("web-page", "email", "phone"),
        title=_("Guarantee"),
        about=_("Takes the risk from the customer onto us."),
        content=_("What is promised, for how long, how to claim it, in three sentences and without an asterisk."),
        measured_by=_("Offers accepted, claims per hundred orders"),
        pitfalls=_("Conditions that nobody can keep."),
    ),
    BuiltIn(
        slug="honest-deadline",
        stage=StageKind.DECISION,
        position=BOTTOM,
        channels=("email", "web-page", "sms"),
        title=_("Honest deadline"),
        about=_("A bonus or price that really ends, with the reason."),
        content=_("The day, the reason, what changes after it. One reminder, no countdown that starts anew."),
        measured_by=_("Decisions before the day, returns after it"),
        pitfalls=_("Pressure that is seen through. Two offers that overlap."),
    ),
)

PURCHASE = (
    BuiltIn(
        slug="quick-checkout",
        stage=StageKind.PURCHASE,
        position=BOTTOM,
        channels=("web-page", "in-app"),
        title=_("Quick checkout"),
        about=_("Fewer fields, the usual ways to pay, no account first."),
        content=_("Ask for what delivery needs and nothing more. Show the sum and the date on every step."),
        measured_by=_("Checkout completion by step"),
        pitfalls=_("A surprise on the last page."),
    ),
    BuiltIn(
        slug="confirmation",
        stage=StageKind.PURCHASE,
        position=BOTTOM,
        channels=("email", "sms"),
        title=_("Confirmation at once"),
        about=_("Within a minute: what was ordered, what happens next, whom to ask."),
        content=_("Number, content, date, how to change it. One tip for the first day, no advertisement."),
        measured_by=_("Questions about orders per hundred orders"),
        pitfalls=_("Silence after payment."),
    ),
    BuiltIn(
        slug="parcel-tracking",
        stage=StageKind.PURCHASE,
        position=BOTTOM,
        channels=("email", "sms", "push"),
        title=_("Tracking of the parcel"),
        about=_("Where it is, when it comes, and told before they ask when it is late."),
        content=_("Sent, out for delivery, delivered. When late: the new date first, then the reason and a gesture."),
        measured_by=_("First order on time, questions about delivery"),
        pitfalls=_("A number that leads to a page in another language."),
    ),
    BuiltIn(
        slug="welcome",
        stage=StageKind.PURCHASE,
        position=BOTTOM,
        channels=("email", "in-app", "catalogue"),
        title=_("Welcome"),
        about=_("The first words after the purchase: one thing to do today."),
        content=_("Thank them. Name the first result they can reach, the one step to it, and a person who answers."),
        measured_by=_("Share who take the first step within a day"),
        pitfalls=_("Seven links. The history of the company."),
    ),
    BuiltIn(
        slug="guided-setup",
        stage=StageKind.PURCHASE,
        position=BOTTOM,
        channels=("in-app", "phone", "email"),
        title=_("Guided first set-up"),
        about=_("Step by step from order placed to value unlocked."),
        content=_("Three to five steps, the next one always in sight. Help where people stop; a person after a day."),
        measured_by=_("Activation, time to first value, the step where they leave"),
        pitfalls=_("Asking for everything that could be set."),
    ),
)

SERVICE = (
    BuiltIn(
        slug="satisfaction-question",
        stage=StageKind.SERVICE,
        position=BOTTOM,
        channels=("email", "in-app", "sms"),
        title=_("One question on satisfaction"),
        about=_("Asked right after the contact, answered with one click and a line of text."),
        content=_("Name what it is about. One question, one free field. Say what was changed after the last answers."),
        measured_by=_("CSAT with its n, answers per question sent"),
        pitfalls=_("Asking and not answering the unhappy."),
    ),
    BuiltIn(
        slug="help-in-time",
        stage=StageKind.SERVICE,
        position=BOTTOM,
        channels=("web-page", "in-app", "support"),
        title=_("Help before they ask"),
        about=_("The usual question, answered at the place where it comes up."),
        content=_(
            "Take it from the ten most frequent questions. Two sentences and a picture. A way to a person below."
        ),
        measured_by=_("Questions that support no longer gets"),
        pitfalls=_("Help that hides the telephone number."),
    ),
    BuiltIn(
        slug="easy-return",
        stage=StageKind.SERVICE,
        position=BOTTOM,
        channels=("web-page", "email", "shop"),
        title=_("Easy return"),
        about=_("How to send it back, said before it is needed."),
        content=_("The label, the days, when the money comes. Ask for the reason last, and leave it optional."),
        measured_by=_("Repeat orders after a return, time to refund"),
        pitfalls=_("Making it hard: they come back never."),
    ),
)

RETENTION = (
    BuiltIn(
        slug="education",
        stage=StageKind.RETENTION,
        position=BOTTOM,
        channels=("email", "in-app", "event"),
        title=_("Education in the moment"),
        about=_("The next skill, taught when it is of use: after 7, 30 and 90 days."),
        content=_("One thing that they do not use yet, why it pays, how to do it in two minutes."),
        measured_by=_("Use of what was taught, questions that support no longer gets"),
        pitfalls=_("By the calendar instead of by need."),
    ),
    BuiltIn(
        slug="refill-reminder",
        stage=StageKind.RETENTION,
        position=BOTTOM,
        channels=("email", "sms", "push"),
        title=_("Refill reminder"),
        about=_("Shortly before it runs out, with the last order ready to repeat."),
        content=_("What is running out, about when, one click to order the same. How to change the rhythm."),
        measured_by=_("Repeat purchase rate, days between purchases"),
        pitfalls=_("Reminding those who have just ordered."),
    ),
    BuiltIn(
        slug="check-in",
        stage=StageKind.RETENTION,
        position=BOTTOM,
        channels=("phone", "email", "in-app"),
        title=_("Check-in when usage falls"),
        about=_("A person asks, once use is below its own usual level for two weeks."),
        content=_("Say what was noticed, ask what has changed, offer help or an honest goodbye."),
        measured_by=_("Share back at their usual level after a month, churn"),
        pitfalls=_("A discount before the question."),
    ),
    BuiltIn(
        slug="renewal",
        stage=StageKind.RETENTION,
        position=BOTTOM,
        channels=("email", "phone"),
        title=_("Renewal with a summary"),
        about=_("60 days ahead: what it brought, what is open, the options."),
        content=_("Three numbers from their own use, open questions with an owner, two options and the date."),
        measured_by=_("Renewal rate, questions open at renewal"),
        pitfalls=_("First contact of the year."),
    ),
    BuiltIn(
        slug="loyalty",
        stage=StageKind.RETENTION,
        position=BOTTOM,
        channels=("email", "shop", "in-app"),
        title=_("Loyalty thanks"),
        about=_("Something for those who stay, tied to what they have reached."),
        content=_("Name the milestone, give the thanks, say how it is used. No points without a use."),
        measured_by=_("Repeat purchase rate of those thanked beside the others"),
        pitfalls=_("Rewarding what they would have done anyway."),
    ),
    BuiltIn(
        slug="personal-offer",
        stage=StageKind.RETENTION,
        position=BOTTOM,
        channels=("email", "in-app", "push"),
        title=_("Offer that follows from use"),
        about=_("The next product or plan, offered when their use shows the need."),
        content=_("Begin with what they do, then what it would make easier, then the price."),
        measured_by=_("Offers accepted, use afterwards"),
        pitfalls=_("The same offer to everybody."),
    ),
)

ADVOCACY = (
    BuiltIn(
        slug="referral-link",
        stage=StageKind.ADVOCACY,
        position=BOTTOM,
        channels=("email", "in-app", "referral"),
        title=_("Referral link"),
        about=_("A link of their own with something for both sides."),
        content=_("What the friend gets first, then what they get. One tap to share; a text that they can change."),
        measured_by=_("Referrals sent and turned into customers"),
        pitfalls=_("Asking before they have had any value."),
    ),
    BuiltIn(
        slug="review-request",
        stage=StageKind.ADVOCACY,
        position=BOTTOM,
        channels=("email", "sms", "marketplace"),
        title=_("Review request"),
        about=_("After a good moment: a repeat order, a solved question, a high score."),
        content=_("Recall the moment, ask for two sentences, link straight to the field."),
        measured_by=_("Reviews per request, NPS with its n"),
        pitfalls=_("Asking right after a bad moment; paying for stars."),
    ),
    BuiltIn(
        slug="customer-story",
        stage=StageKind.ADVOCACY,
        position=BOTTOM,
        channels=("event", "forum", "social"),
        title=_("Stage for customers"),
        about=_("They show how they do it: a story, a talk, a product made together."),
        content=_(
            "Invite one person, offer help with the telling, let them read it first. Feed it back into awareness."
        ),
        measured_by=_("Stories told, visits they bring"),
        pitfalls=_("Putting words into their mouths."),
    ),
)

BUILT_IN: dict[str, BuiltIn] = {
    tactic.slug: tactic
    for group in (AWARENESS, CONSIDERATION, DECISION, PURCHASE, SERVICE, RETENTION, ADVOCACY)
    for tactic in group
}
