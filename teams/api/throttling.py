"""How many requests a minute: counted per key, or per member for people, in fixed windows of a minute."""

import time
from dataclasses import dataclass

from django.conf import settings
from django.core.cache import cache
from rest_framework.throttling import BaseThrottle

from teams.models import ApiKey

WINDOW = 60


@dataclass(frozen=True)
class Rate:
    """Where a caller stands in the current window; `reset` is in seconds."""

    limit: int
    used: int
    reset: int

    @property
    def headers(self) -> dict[str, str]:
        return {
            "RateLimit-Limit": str(self.limit),
            "RateLimit-Remaining": str(max(self.limit - self.used, 0)),
            "RateLimit-Reset": str(self.reset),
        }


class KeyRate(BaseThrottle):
    """Leaves `request.rate` for the headers of the answer."""

    def allow_request(self, request, view) -> bool:
        self.rate = request.rate = count(request.actor)
        return self.rate.used <= self.rate.limit

    def wait(self) -> int:
        return self.rate.reset


def count(actor) -> Rate:
    """Count one request. The window is part of the name, so an old counter is never raised again."""
    window, gone = divmod(int(time.time()), WINDOW)
    name = f"api-rate:{actor._meta.model_name}:{actor.pk}:{window}"
    limit = actor.rate if isinstance(actor, ApiKey) else settings.API_REQUESTS_PER_MINUTE
    return Rate(limit=limit, used=increment(name), reset=WINDOW - gone)


def increment(name: str) -> int:
    if cache.add(name, 1, timeout=2 * WINDOW):
        return 1
    try:
        return cache.incr(name)
    except ValueError:  # a full cache has thrown the counter out since
        cache.set(name, 1, timeout=2 * WINDOW)
        return 1
