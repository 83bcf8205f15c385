"""From bytes to a JSON value, as for maps, within the size of an experiment."""

from typing import Any

from django.utils.translation import gettext as _

from journeys.documents.parse import MOST_BYTES, parse
from journeys.documents.problems import Problem, TooLarge

__all__ = ["MOST_BYTES", "read"]


def read(content: bytes) -> Any:
    """Raises DocumentError, TooLarge beyond 5 MB."""
    if len(content) > MOST_BYTES:
        sentence = _("A document of an experiment has at most %(size)s MB.") % {"size": MOST_BYTES // 1024**2}
        raise TooLarge([Problem("", sentence)])
    return parse(content)
