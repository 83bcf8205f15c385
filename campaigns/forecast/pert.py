"""PERT: a Beta distribution between low and high with its mode at likely.

Beta(1 + λ(likely − low)/(high − low), 1 + λ(high − likely)/(high − low)) with λ = 4, so that the mean is
(low + 4·likely + high)/6: Malcolm, Roseboom, Clark, Fazar (1959), "Application of a technique for research and
development program evaluation"; Vose (2008), "Risk Analysis", for the form with λ.
"""

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from scipy.special import betainc

from campaigns.forecast.ranges import Range

WEIGHT = 4  # λ
# Where the distribution function is tabulated to be inverted: dense at both ends, right to 4e-6 of the range.
NODES = np.sin(np.linspace(0, np.pi / 2, 1025)) ** 2


def quantiles(given: Range, positions: np.ndarray) -> np.ndarray:
    """The range's values below which the shares `positions` (0 to 1) of it lie; fast where those ascend."""
    width = given.high - given.low
    found = np.interp(positions, below((given.likely - given.low) / width), NODES)
    return np.clip(given.low + width * found, given.low, given.high)


@lru_cache(maxsize=512)  # months of a channel often have one shape, and sensitivity asks again
def below(mode: float) -> np.ndarray:
    """The distribution function at the nodes, for a range from 0 to 1."""
    return betainc(1 + WEIGHT * mode, 1 + WEIGHT * (1 - mode), NODES)


def table(cells: Sequence[Range], positions: np.ndarray) -> np.ndarray:
    """A row per cell: its values at the positions; one column alone where all cells are points."""
    if all(cell.is_point for cell in cells):
        return np.array([[cell.likely] for cell in cells], dtype=float)
    rows = [np.full_like(positions, c.likely) if c.is_point else quantiles(c, positions) for c in cells]
    return np.array(rows)
