"""A feed of the calendar: no sign-in, the token in the address is the way in."""

from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from campaigns.queries.feeds import content_of, state_of
from campaigns.services.feed_documents import document
from campaigns.services.feeds import find_feed, note_state
from teams import rates

CONTENT_TYPE = "text/calendar; charset=utf-8"
REQUESTS_PER_MINUTE = 60


@csrf_exempt  # nothing is written, and another method is told so
@require_safe
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """Unknown, malformed and revoked addresses are answered alike. Unchanged content is not written again."""
    found = find_feed(token)
    if found is None:
        return in_words(_("There is nothing here."), HTTPStatus.NOT_FOUND)
    rate = rates.count(f"feed:{found.pk}", REQUESTS_PER_MINUTE)
    if not rate.kept:
        busy = in_words(_("Too many requests. Once an hour is enough."), HTTPStatus.TOO_MANY_REQUESTS)
        busy["Retry-After"] = str(rate.reset)
        return busy
    site, content = site_of(request), content_of(found, timezone.now())
    state = state_of(found, content, site)
    note_state(found, state)
    tag, since = f'"{state[:32]}"', int(found.state_at.timestamp())
    answer = get_conditional_response(request, etag=tag, last_modified=since)
    if answer is None:
        answer = HttpResponse(document(found, content, site), content_type=CONTENT_TYPE)
        answer["Content-Disposition"] = 'inline; filename="calendar.ics"'
    answer["ETag"], answer["Last-Modified"] = tag, http_date(since)
    return private(answer)


def in_words(text: str, status: int) -> HttpResponse:
    return private(HttpResponse(f"{text}\n", status=status, content_type="text/plain; charset=utf-8"))


def private(answer: HttpResponse) -> HttpResponse:
    """Kept by the reader alone and asked for again; found by no search engine."""
    answer["Cache-Control"] = "private, no-cache"
    answer["X-Robots-Tag"] = "noindex, nofollow"
    answer["Referrer-Policy"] = "no-referrer"
    return answer


def site_of(request: HttpRequest) -> str:
    """What links in the feed begin with, without a slash at the end."""
    return (settings.SITE_URL or request.build_absolute_uri("/")).rstrip("/")
