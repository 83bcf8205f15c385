"""Where links may lead: the rules for schemes and hosts, asked in the order of `DESTINATION_PRECEDENCE`."""

from difflib import get_close_matches
from typing import NamedTuple

from campaigns.naming.addresses import Address, Fault, read, secure
from campaigns.naming.patterns import Pattern, first_match
from campaigns.naming.problems import Broken, Problem
from campaigns.naming.rules import Rule, Rules
from campaigns.naming.values import MOST_SEARCHES

MOST_MENDS = 6
# How much two hosts must have in common to be taken for one, mistyped: most have the same ending anyway.
NEAR = 0.8


class Destination(NamedTuple):
    """What is wrong with an address, and the address that is meant: the proposed one where there is a proposal, the
    given one where it can be read at all."""

    address: Address | None
    problem: Problem | None = None


class DestinationChecker:
    """Checks addresses against the same rules, and remembers what it found of each host."""

    def __init__(self, rules: Rules) -> None:
        self._https = rules.https
        self._blocked = [Pattern(text) for text in rules.blocked_hosts]
        self._allowed = [Pattern(text) for text in rules.allowed_hosts]
        self._named = [text for text in rules.allowed_hosts if "*" not in text]
        self._hosts: dict[tuple[str, str], tuple[Broken, str | None] | None] = {}
        self._searches = 0

    def check(self, text: str) -> Destination:
        found = self._look(text)
        if isinstance(found, Address):
            return Destination(found)
        broken, nearer = found
        proposed = self._mended(nearer)
        given = read(text)
        meant = proposed or (given if isinstance(given, Address) else None)
        proposal = proposed.write() if proposed else None
        return Destination(meant, Problem(broken.rule, broken.code, "", text, proposal, broken.about))

    def _mended(self, text: str | None) -> Address | None:
        """The first text on the way of faults and what is nearer that keeps all rules."""
        for _ in range(MOST_MENDS):
            found = self._look(text) if text else None
            if found is None or isinstance(found, Address):
                return found
            text = found.nearer
        return None

    def _look(self, text: str) -> Address | Fault:
        """The address, or the first reason why no link may lead there."""
        address = read(text)
        if isinstance(address, Fault):
            return address
        key = (address.scheme, address.host)
        if key not in self._hosts:
            self._hosts[key] = self._host(address)
        found = self._hosts[key]
        if found is None:
            return address
        broken, host = found
        if host is None:
            return Fault(broken)
        nearer = secure(address) if broken.rule == Rule.HTTPS else address
        return Fault(broken, nearer._replace(host=host).write())

    def _host(self, address: Address) -> tuple[Broken, str | None] | None:
        """What is wrong with scheme and host, and the host to propose."""
        pattern = first_match(self._blocked, address.host)
        if pattern is not None:
            return Broken(Rule.HOST_BLOCKED, "host_blocked", pattern), None
        if self._https and address.scheme == "http":
            return Broken(Rule.HTTPS, "https"), address.host
        if self._allowed and first_match(self._allowed, address.host) is None:
            return Broken(Rule.HOST_ALLOWED, "host_allowed", address.host), self._nearest(address.host)
        return None

    def _nearest(self, host: str) -> str | None:
        self._searches += 1
        if self._searches > MOST_SEARCHES:
            return None
        return next(iter(get_close_matches(host, self._named, n=1, cutoff=NEAR)), None)
