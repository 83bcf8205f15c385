"""Chance, the same for the same seed on every machine."""

from hashlib import blake2b

import numpy as np


def positions(seed: int, name: str, draws: int) -> tuple[np.ndarray, np.ndarray]:
    """Numbers from 0 to 1, one a draw, by which the input of this name takes its value: ascending, and the order in
    which the draws take them.

    Each input has a stream of its own, by its name: another channel or stage leaves the others' draws as they were.
    One number lies in each of as many equal strata as there are draws (Latin hypercube sampling: McKay, Beckman,
    Conover 1979), which steadies medians and intervals.
    """
    words = np.frombuffer(blake2b(name.encode(), digest_size=16).digest(), dtype="<u4")
    stream = np.random.Generator(np.random.PCG64(np.random.SeedSequence(seed, spawn_key=words.tolist())))
    return (np.arange(draws) + stream.random(draws)) / draws, stream.permutation(draws)
