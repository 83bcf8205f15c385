"""Campaigns that many teams begin with: a brief to fill in, messages by days, and what has to be done when."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Said = str | Promise


@dataclass(frozen=True)
class Line:
    """A message: on which day (0 is the first), through the channel with this icon."""

    title: Said
    channel: str
    day: int
    position: str = ""


@dataclass(frozen=True)
class Template:
    """`tasks`: what to do, and how many days after the start; before it below 0."""

    slug: str
    title: Said
    description: Said
    days: int
    goal: Said
    next_step: Said
    tone: Said
    lines: tuple[Line, ...]
    tasks: tuple[tuple[Said, int], ...]


BUILT_IN = (
    Template(
        slug="launch",
        title=_("Launch"),
        description=_("Something new: told first to those who wait for it, then to all."),
        days=21,
        goal=_("Those who have asked for it use it in the first week."),
        next_step=_("Try it"),
        tone=_("Clear, proud, short"),
        lines=(
            Line(_("It comes on …"), "email", 0, "middle"),
            Line(_("It is here"), "email", 7, "middle"),
            Line(_("What it looks like"), "social", 7, "top"),
            Line(_("How to begin in five minutes"), "in-app", 7, "bottom"),
            Line(_("What the first ones made of it"), "email", 14, "middle"),
        ),
        tasks=(
            (_("Agree on the one sentence"), -21),
            (_("Pages, pictures and links are ready"), -7),
            (_("Support knows what is new and what to answer"), -3),
            (_("Look at the first week's numbers"), 14),
        ),
    ),
    Template(
        slug="welcome",
        title=_("Welcome series"),
        description=_("The first days after a purchase or sign-up: one thing at a time, until the first value."),
        days=30,
        goal=_("New customers reach the first value within seven days."),
        next_step=_("Do the one thing for today"),
        tone=_("Friendly, one thing at a time"),
        lines=(
            Line(_("Welcome, and one thing to do today"), "email", 0, "bottom"),
            Line(_("A tip where people get stuck"), "in-app", 1, "bottom"),
            Line(_("How is it going?"), "email", 3, "bottom"),
            Line(_("A person writes where value was not reached"), "email", 7, "bottom"),
            Line(_("A second thing that it is good for"), "email", 14, "bottom"),
            Line(_("How satisfied are you?"), "email", 30, "bottom"),
        ),
        tasks=(
            (_("Name what the first value is, and its metric"), -14),
            (_("Write who answers replies"), -3),
            (_("Read the first twenty replies"), 10),
        ),
    ),
    Template(
        slug="refill",
        title=_("Refill"),
        description=_("Before something runs out: by need, not by calendar."),
        days=28,
        goal=_("A second order comes before the first one is used up."),
        next_step=_("Order the same again"),
        tone=_("Helpful, brief"),
        lines=(
            Line(_("How to make the most of it"), "email", 0, "bottom"),
            Line(_("Will it be enough?"), "email", 14, "bottom"),
            Line(_("Time for the next one"), "push", 21, "bottom"),
        ),
        tasks=(
            (_("Find out after how many days people order again"), -14),
            (_("Stop it for those who have ordered meanwhile"), -2),
            (_("Compare the days between orders"), 28),
        ),
    ),
    Template(
        slug="win-back",
        title=_("Win-back"),
        description=_("Customers who went quiet: what is new, one question, a simple way back."),
        days=21,
        goal=_("Some come back, and the others say why not."),
        next_step=_("Come back with one click"),
        tone=_("Light, no guilt"),
        lines=(
            Line(_("What is new since you were here"), "email", 0, "middle"),
            Line(_("A simple way back"), "email", 7, "bottom"),
            Line(_("One question: why did you stop?"), "email", 16, "bottom"),
        ),
        tasks=(
            (_("Say from when on somebody counts as lapsed"), -10),
            (_("Take out those with an open complaint"), -2),
            (_("Read the reasons and put them onto the map"), 24),
        ),
    ),
    Template(
        slug="webinar",
        title=_("Webinar"),
        description=_("Forty minutes with people who compare: invitation, reminder, recording."),
        days=21,
        goal=_("People who compare get their questions answered by people like them."),
        next_step=_("Take a seat"),
        tone=_("Factual, with examples"),
        lines=(
            Line(_("Invitation"), "email", 0, "middle"),
            Line(_("Who speaks, and about what"), "social", 3, "top"),
            Line(_("Tomorrow it is"), "email", 13, "middle"),
            Line(_("The webinar"), "event", 14, "middle"),
            Line(_("Recording and answers"), "email", 16, "middle"),
        ),
        tasks=(
            (_("Speaker and title are fixed"), -14),
            (_("Page with registration is ready"), -3),
            (_("Rehearse with sound and slides"), 12),
            (_("Call those who asked a question"), 17),
        ),
    ),
    Template(
        slug="referral",
        title=_("Referral"),
        description=_("Happy customers tell one person, on the day on which they are happy."),
        days=30,
        goal=_("Each tenth satisfied customer passes a link on."),
        next_step=_("Send the link to one person"),
        tone=_("Warm, never pushing"),
        lines=(
            Line(_("Your link"), "email", 0, "bottom"),
            Line(_("A card in the parcel"), "referral", 0, "bottom"),
            Line(_("After a good word"), "push", 3, "bottom"),
            Line(_("Thanks from your friend"), "email", 14, "bottom"),
        ),
        tasks=(
            (_("Say what both get, and when"), -14),
            (_("Nobody is asked right after a bad moment"), -2),
            (_("Thank those whose friends came"), 21),
        ),
    ),
)
TEMPLATES = {template.slug: template for template in BUILT_IN}
