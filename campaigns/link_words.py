"""What the checker of links found, in sentences for people."""

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaigns.naming.problems import Problem
from campaigns.naming.rules import Rule

SHOWN = 60

NAMES: dict[Rule, str | Promise] = {
    Rule.CHARACTERS: gettext_lazy("characters"),
    Rule.ADDRESS: gettext_lazy("address"),
    Rule.HOST_BLOCKED: gettext_lazy("blocked host"),
    Rule.HTTPS: gettext_lazy("https"),
    Rule.HOST_ALLOWED: gettext_lazy("allowed host"),
    Rule.UNKNOWN: gettext_lazy("known parameter"),
    Rule.REPEATED: gettext_lazy("once"),
    Rule.BLOCKED: gettext_lazy("blocked"),
    Rule.REQUIRED: gettext_lazy("required"),
    Rule.ALLOWED: gettext_lazy("allowed"),
    Rule.LOWERCASE: gettext_lazy("lowercase"),
    Rule.SEPARATOR: gettext_lazy("separator"),
    Rule.LENGTH: gettext_lazy("length"),
}

PARAMETERS: dict[str, str | Promise] = {
    "utm_source": gettext_lazy("Source"),
    "utm_medium": gettext_lazy("Medium"),
    "utm_campaign": gettext_lazy("Campaign"),
    "utm_id": gettext_lazy("Campaign ID"),
    "utm_term": gettext_lazy("Term"),
    "utm_content": gettext_lazy("Content"),
}

# By the problem's code. `value`, `about` and `parameter` may be named.
SENTENCES: dict[str, str | Promise] = {
    "empty": gettext_lazy("Enter the address that the link leads to."),
    "no_scheme": gettext_lazy("The address begins with https://."),
    "scheme": gettext_lazy("“%(about)s” leads to no page. An address begins with https://."),
    "no_host": gettext_lazy("After https:// comes the name of a site, such as example.com."),
    "bad_host": gettext_lazy("“%(about)s” is no name of a site. Write it like example.com."),
    "bad_port": gettext_lazy("“%(about)s” is no port. It is a number up to 65535."),
    "userinfo": gettext_lazy("A link carries no user name or password (what stands before @)."),
    "too_long": gettext_lazy("The link would be longer than %(about)s characters."),
    "unwritable": gettext_lazy("There are characters in it that nobody sees."),
    "backslash": gettext_lazy("An address has no backslash."),
    "host_blocked": gettext_lazy("Links may not lead to %(about)s."),
    "https": gettext_lazy("Links lead to https:// addresses only."),
    "host_allowed": gettext_lazy("Links may not lead to %(about)s: it is not one of the allowed hosts."),
    "unknown": gettext_lazy("There is no rule for “%(parameter)s”, so it is no tracking parameter here."),
    "repeated": gettext_lazy("%(parameter)s is in the address several times: %(value)s."),
    "blocked": gettext_lazy("“%(value)s” is blocked by “%(about)s”."),
    "required": gettext_lazy("%(parameter)s is required."),
    "allowed": gettext_lazy("“%(value)s” is not one of the allowed values."),
    "lowercase": gettext_lazy("Small letters only."),
    "separator": gettext_lazy("No spaces: “%(about)s” takes their place."),
    "length": gettext_lazy("At most %(about)s characters."),
}


def label_of(parameter: str) -> str:
    """What a tracking parameter is called where people fill it in; one's own are called as they are."""
    return str(PARAMETERS.get(parameter, parameter))


def sentence(problem: Problem) -> str:
    """What is wrong, such as “Small letters only.”."""
    return str(SENTENCES[problem.code]) % {
        "parameter": problem.parameter[:SHOWN],
        "value": shown(problem.value),
        "about": problem.about,
    }


def in_words(problem: Problem) -> str:
    """What is wrong, and what to write instead: “Small letters only. Write “spring-sale”.”"""
    if problem.proposal is None:
        return sentence(problem)
    if problem.proposal == "":
        return _("%(sentence)s Leave it out.") % {"sentence": sentence(problem)}
    return _("%(sentence)s Write “%(proposal)s”.") % {"sentence": sentence(problem), "proposal": problem.proposal}


def shown(value: str) -> str:
    return value if len(value) <= SHOWN else value[: SHOWN - 1] + "…"
