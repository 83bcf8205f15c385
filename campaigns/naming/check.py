"""Whether a link keeps the rules of its workspace, what is wrong with it, and what would be right instead."""

from collections.abc import Mapping
from urllib.parse import unquote_plus

from campaigns.naming.addresses import Address
from campaigns.naming.destinations import DestinationChecker
from campaigns.naming.problems import Checked, Problem
from campaigns.naming.rules import LONGEST_LINK, Rule, Rules
from campaigns.naming.values import ValueChecker

NOTHING: Mapping[str, str] = {}


def check(link: str, rules: Rules, parameters: Mapping[str, str] = NOTHING) -> Checked:
    """Check one link: an address, and what its tracking parameters say beside those that it has already.

    A parameter that is given takes the place of the address's own, also with an empty text, which takes it away.
    Checking the answer's `url` again gives the same `url`. For many links, keep a `Checker`.
    """
    return Checker(rules).check(link, parameters)


def check_value(value: str, rules: Rules, parameter: str) -> Problem | None:
    """Check what one tracking parameter says. Raises KeyError where it has no rule."""
    return Checker(rules).values[parameter].problem(value.strip())


class Checker:
    """Checks any number of links against the same rules; what it found for hosts and values, it remembers."""

    def __init__(self, rules: Rules) -> None:
        self.values = {rule.parameter: ValueChecker(rule) for rule in rules.parameters}
        self._names = {name.lower(): name for name in self.values}
        self._destinations = DestinationChecker(rules)

    def check(self, link: str, parameters: Mapping[str, str] = NOTHING) -> Checked:
        destination = self._destinations.check(link.strip())
        kept, own = self._split(destination.address)
        given, problems = self._named(parameters)
        if destination.problem:
            problems.insert(0, destination.problem)
        said: dict[str, str] = {}
        for name, checker in self.values.items():
            values = [given[name]] if name in given else own.get(name, [])
            said[name] = values[0] if values else ""
            problem = checker.problem(said[name]) if len(values) < 2 else self._repeated(name, values)
            if problem:
                problems.append(problem)
        return self._judged(destination.address, kept, {name: value for name, value in said.items() if value}, problems)

    def _judged(
        self, address: Address | None, kept: list[str], said: dict[str, str], problems: list[Problem]
    ) -> Checked:
        bare = address.write(kept) if address else ""
        if problems:
            so_far = self._written(address, kept, said | proposals_of(problems))
            mended = all(problem.proposal is not None for problem in problems) and len(so_far) <= LONGEST_LINK
            return Checked(False, "", bare, said, tuple(problems), so_far if mended else "", so_far)
        url = self._written(address, kept, said)
        if len(url) > LONGEST_LINK:
            too_long = Problem(Rule.ADDRESS, "too_long", "", url, about=str(LONGEST_LINK))
            return Checked(False, "", bare, said, (too_long,), so_far=url)
        return Checked(True, url, bare, said)

    def _written(self, address: Address | None, kept: list[str], said: Mapping[str, str]) -> str:
        """The address with what its query has of its own first, then the tracking parameters that say something."""
        if address is None:
            return ""
        return address.write([*kept, *(self.values[name].piece(said[name]) for name in self.values if said.get(name))])

    def _split(self, address: Address | None) -> tuple[list[str], dict[str, list[str]]]:
        """The pieces of an address's query that are not ours, and what ours say: each different text once."""
        kept: list[str] = []
        own: dict[str, list[str]] = {}
        for piece in address.query if address else ():
            name, _equals, value = piece.partition("=")
            known = self._names.get(unquote_plus(name).lower())
            if known is None:
                kept.append(piece)
                continue
            values = own.setdefault(known, [])
            said = unquote_plus(value).strip()
            if said and said not in values:
                values.append(said)
        return kept, own

    def _named(self, parameters: Mapping[str, str]) -> tuple[dict[str, str], list[Problem]]:
        """What is given, by the names that the rules have; a problem for each name that they do not know."""
        given: dict[str, str] = {}
        problems = []
        for name, value in parameters.items():
            known = self._names.get(name.lower())
            if known is None:
                problems.append(Problem(Rule.UNKNOWN, "unknown", name, value))
            else:
                given[known] = value.strip()
        return given, problems

    def _repeated(self, name: str, values: list[str]) -> Problem:
        """Of several values in one address nobody knows which one counts; the first that can be right is proposed."""
        found = [(value, self.values[name].problem(value)) for value in values]
        right = (problem.proposal if problem else value for value, problem in found)
        return Problem(Rule.REPEATED, "repeated", name, ", ".join(values), next(filter(None, right), None))


def proposals_of(problems: list[Problem]) -> dict[str, str]:
    """What to put in place of each wrong value: nothing where nothing is proposed."""
    return {problem.parameter: problem.proposal or "" for problem in problems}
