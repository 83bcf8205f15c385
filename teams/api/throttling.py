"""How many requests a minute: counted per key, or per member for people."""

from django.conf import settings
from rest_framework.throttling import BaseThrottle

from teams import rates
from teams.models import ApiKey


class KeyRate(BaseThrottle):
    """Leaves `request.rate` for the headers of the answer."""

    def allow_request(self, request, view) -> bool:
        self.rate = request.rate = count(request.actor)
        return self.rate.kept

    def wait(self) -> int:
        return self.rate.reset


def count(actor) -> rates.Rate:
    limit = actor.rate if isinstance(actor, ApiKey) else settings.API_REQUESTS_PER_MINUTE
    return rates.count(f"api-rate:{actor._meta.model_name}:{actor.pk}", limit)
