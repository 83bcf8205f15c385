"""How many requests a minute: counted in the cache, in fixed windows of a minute."""

import time
from dataclasses import dataclass

from django.core.cache import cache

WINDOW = 60


@dataclass(frozen=True)
class Rate:
    """Where a caller stands in the current window; `reset` is in seconds."""

    limit: int
    used: int
    reset: int

    @property
    def kept(self) -> bool:
        return self.used <= self.limit

    @property
    def headers(self) -> dict[str, str]:
        return {
            "RateLimit-Limit": str(self.limit),
            "RateLimit-Remaining": str(max(self.limit - self.used, 0)),
            "RateLimit-Reset": str(self.reset),
        }


def count(caller: str, limit: int) -> Rate:
    """Count one request. The window is part of the name, so an old counter is never raised again."""
    window, gone = divmod(int(time.time()), WINDOW)
    return Rate(limit=limit, used=increment(f"{caller}:{window}"), reset=WINDOW - gone)


def increment(name: str) -> int:
    if cache.add(name, 1, timeout=2 * WINDOW):
        return 1
    try:
        return cache.incr(name)
    except ValueError:  # a full cache has thrown the counter out since
        cache.set(name, 1, timeout=2 * WINDOW)
        return 1
