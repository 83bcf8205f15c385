"""Statistics of experiments: sums per variant in, estimates and verdicts out. Knows nothing of Django or of databases.

What cannot be computed is a `Reason`, and None beside that reason in results; never a 0 or a 1 that only looks fine.
"""
