"""The rules for the value of one tracking parameter, asked in the order of `VALUE_PRECEDENCE`."""

from difflib import get_close_matches
from urllib.parse import quote

from campaigns.naming.characters import unwritable, without_unwritable
from campaigns.naming.patterns import Pattern, first_match
from campaigns.naming.problems import Broken, Problem
from campaigns.naming.rules import ParameterRule, Rule

# Searching for the nearest of many allowed values takes its time: a checker does it for so many values at most.
MOST_SEARCHES = 500


class ValueChecker:
    """Checks values against one rule, and remembers what it found: files of links repeat the same few values."""

    def __init__(self, rule: ParameterRule) -> None:
        self.rule = rule
        self._blocked = [Pattern(text) for text in rule.blocked]
        self._allowed = frozenset(rule.allowed)
        self._open = [value for value in rule.allowed if first_match(self._blocked, value) is None]
        self._folded = {value.casefold(): value for value in reversed(self._open)}
        self._found: dict[str, Problem | None] = {}
        self._pieces: dict[str, str] = {}
        self._searches = 0

    def piece(self, value: str) -> str:
        """How a query says the value."""
        if value not in self._pieces:
            self._pieces[value] = f"{quote(self.rule.parameter, safe='')}={quote(value, safe='')}"
        return self._pieces[value]

    def problem(self, value: str) -> Problem | None:
        """What the first broken rule says of the value, which has no space around it; None where it passes."""
        if value not in self._found:
            self._found[value] = self._look(value)
        return self._found[value]

    def broken(self, value: str) -> Broken | None:
        rule = self.rule
        if not value:
            return Broken(Rule.REQUIRED, "required") if rule.required else None
        if unwritable(value):
            return Broken(Rule.CHARACTERS, "unwritable")
        pattern = first_match(self._blocked, value)
        if pattern is not None:
            return Broken(Rule.BLOCKED, "blocked", pattern)
        if self._allowed:
            return None if value in self._allowed else Broken(Rule.ALLOWED, "allowed")
        if rule.lowercase and value != value.lower():
            return Broken(Rule.LOWERCASE, "lowercase")
        if rule.separator and any(character.isspace() for character in value):
            return Broken(Rule.SEPARATOR, "separator", rule.separator)
        if len(value) > rule.longest:
            return Broken(Rule.LENGTH, "length", str(rule.longest))
        return None

    def _look(self, value: str) -> Problem | None:
        broken = self.broken(value)
        if broken is None:
            return None
        return Problem(broken.rule, broken.code, self.rule.parameter, value, self._proposal(value), broken.about)

    def _proposal(self, value: str) -> str | None:
        """An allowed value, or the value written as it should be; what does not pass is never proposed."""
        candidate = self._nearest(value) if self._allowed else tidied(value, self.rule)
        for proposal in (candidate, ""):
            if proposal is not None and proposal != value and self.broken(proposal) is None:
                return proposal
        return None

    def _nearest(self, value: str) -> str | None:
        if not value:
            return self._open[0] if len(self._open) == 1 else None
        tidy = tidied(value, self.rule)
        same = self._folded.get(value.casefold()) or self._folded.get(tidy.casefold())
        if same is not None or self._searches >= MOST_SEARCHES:
            return same
        self._searches += 1
        return next(iter(get_close_matches(tidy, self._open, n=1, cutoff=0)), None)


def tidied(value: str, rule: ParameterRule) -> str:
    """The value in the rule's writing: small letters, one separator for each run of spaces, not too long."""
    text = without_unwritable(value)
    if rule.lowercase:
        text = text.lower()
    if rule.separator:
        text = rule.separator.join(text.split())
    return shortened(text.strip(), rule)


def shortened(text: str, rule: ParameterRule) -> str:
    """Cut at the end of a word, where that leaves at least half."""
    if len(text) <= rule.longest:
        return text
    gap = rule.separator or " "
    cut = text[: rule.longest]
    whole = cut if text[rule.longest] == gap else cut.rpartition(gap)[0]
    chosen = whole if len(whole) * 2 >= rule.longest else cut
    return chosen.rstrip(gap).strip() or cut.strip()
