"""What a workspace demands of its links, and the order in which it is asked."""

from dataclasses import dataclass
from enum import StrEnum

LONGEST_LINK = 2000
LONGEST_VALUE = 500
KNOWN = ("utm_source", "utm_medium", "utm_campaign", "utm_id", "utm_term", "utm_content")


class Rule(StrEnum):
    """What a link can break. `ADDRESS`, `CHARACTERS`, `UNKNOWN` and `REPEATED` hold everywhere, the others as set."""

    CHARACTERS = "characters"
    ADDRESS = "address"
    HOST_BLOCKED = "host_blocked"
    HTTPS = "https"
    HOST_ALLOWED = "host_allowed"
    UNKNOWN = "unknown"
    REPEATED = "repeated"
    BLOCKED = "blocked"
    REQUIRED = "required"
    ALLOWED = "allowed"
    LOWERCASE = "lowercase"
    SEPARATOR = "separator"
    LENGTH = "length"


# The first that is broken is named. Once a value is one of the allowed ones, what follows is not asked.
DESTINATION_PRECEDENCE = (Rule.HOST_BLOCKED, Rule.HTTPS, Rule.HOST_ALLOWED)
VALUE_PRECEDENCE = (Rule.BLOCKED, Rule.REQUIRED, Rule.ALLOWED, Rule.LOWERCASE, Rule.SEPARATOR, Rule.LENGTH)


@dataclass(frozen=True)
class ParameterRule:
    """The rules for one tracking parameter.

    `allowed`: the only values; none means any. `blocked`: patterns, `*` stands for any characters, capitals do not
    matter. `separator`: the one character that replaces spaces, empty where spaces may stay. `longest`: in characters.
    """

    parameter: str
    required: bool = False
    allowed: tuple[str, ...] = ()
    blocked: tuple[str, ...] = ()
    lowercase: bool = True
    separator: str = "-"
    longest: int = 100


@dataclass(frozen=True)
class Rules:
    """All rules of a workspace. Parameters without a rule are none of ours: they stay in a link as they are.

    Hosts are patterns: `example.com` is that host alone, `*.example.com` are those under it. No allowed host means any.
    """

    parameters: tuple[ParameterRule, ...] = ()
    https: bool = True
    allowed_hosts: tuple[str, ...] = ()
    blocked_hosts: tuple[str, ...] = ()


def in_order(parameters: list[ParameterRule]) -> tuple[ParameterRule, ...]:
    """As links have them: the usual ones first, in the order that everybody knows, then one's own by name."""
    places = {name: place for place, name in enumerate(KNOWN)}
    return tuple(sorted(parameters, key=lambda rule: (places.get(rule.parameter, len(places)), rule.parameter)))
