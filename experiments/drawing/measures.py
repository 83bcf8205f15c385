"""In what a picture's numbers are: the reader sees "+4.2 %", "+0.4 points" or "+1.20 €"."""

from dataclasses import dataclass
from enum import StrEnum


class Form(StrEnum):
    RELATIVE = "relative"  # to the control: 0.042 is 4.2 % more
    POINTS = "points"  # a difference of shares: 0.004 is 0.4 percentage points
    UNIT = "unit"  # a difference in the metric's own unit


@dataclass(frozen=True)
class Measure:
    """How differences are written. `unit` is the metric's, such as € or d; it may be empty."""

    form: Form = Form.RELATIVE
    unit: str = ""


RELATIVE = Measure()
POINTS = Measure(Form.POINTS)
