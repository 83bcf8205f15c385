"""An experiment's effect laid on an input: what the input becomes when the change is there.

The input r, with low and high, and the relative effect e, with its interval, are two estimates that err independently.
By the delta method the errors of their product r·(1 + e) add up as squares (Oehlert 1992, "A note on the delta
method"), on each side by itself:

    likely = r·(1 + e)        low = likely − √(((r − r_low)·(1 + e))² + (r·(e − e_low))²)

and high likewise. A number that is known for sure gets the effect's interval, an effect that is known for sure moves
the input's. Low on low and high on high would claim that both err the same way at once.
"""

import math

from campaigns.forecast.ranges import Range

DIGITS = 4  # significant ones: more would pretend to know more


def laid_on(now: Range, effect: Range, most: float) -> Range:
    """`effect` is relative: 0.04 is 4 % more. No end lies beyond 0 and `most`."""
    factor = max(1 + effect.likely, 0.0)
    likely = now.likely * factor
    below = math.hypot((now.likely - now.low) * factor, now.likely * (effect.likely - effect.low))
    above = math.hypot((now.high - now.likely) * factor, now.likely * (effect.high - effect.likely))
    return Range(within(likely - below, most), within(likely, most), within(likely + above, most))


def laid_on_rest(share: Range, effect: Range) -> Range:
    """A share whose rest, those who are lost, has the effect: where 10 % fewer are lost, more pass."""
    lost = laid_on(rest(share), effect, 1.0)
    return Range(tidy(1 - lost.high), tidy(1 - lost.likely), tidy(1 - lost.low))


def within(number: float, most: float) -> float:
    return tidy(min(max(number, 0.0), most))


def rest(share: Range) -> Range:
    return Range(1 - share.high, 1 - share.likely, 1 - share.low)


def tidy(number: float) -> float:
    return float(f"{number:.{DIGITS}g}")
