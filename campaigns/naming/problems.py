"""What the checker answers."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from campaigns.naming.rules import Rule


class Broken(NamedTuple):
    """A rule that is broken. `code` picks the sentence for people, `about` is what it names: a pattern, a length."""

    rule: Rule
    code: str
    about: str = ""


class Problem(NamedTuple):
    """What is wrong with a parameter's value, or with the destination where `parameter` is empty.

    `proposal` is what could stand there instead and passes all rules; None where nothing can be proposed, an empty
    text where the parameter had better be left out.
    """

    rule: Rule
    code: str
    parameter: str
    value: str
    proposal: str | None = None
    about: str = ""


@dataclass(frozen=True)
class Checked:
    """A link, checked.

    `url` is the finished link, empty unless it is `ok`. `destination` is the address without tracking parameters, with
    its proposal taken where it has one, empty where it cannot be read. `parameters` is what they say, as given.
    `proposal` is the finished link with all proposals taken, empty where that is not enough. `so_far` is what there is
    of a link that is not `ok`, proposals taken and what is wrong beyond left out.
    """

    ok: bool
    url: str = ""
    destination: str = ""
    parameters: Mapping[str, str] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    proposal: str = ""
    so_far: str = ""
