from typing import Any

from teams.api.fields import Text

LONGEST_REASON = 1000


class DeviationField(Text):
    """The reason for leaving the plan. It may be missing: the service says when it is needed."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, allow_blank=True, max_length=LONGEST_REASON, **kwargs)
