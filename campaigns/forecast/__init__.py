"""Projections along the stages: what enters per month and channel, rates, lags and value in; intervals out.

Pure Python over numpy and scipy. What cannot be computed is None beside a `Reason`, never a 0 that only looks fine.
"""
