"""One id and one log line per request, and the answers to whoever watches over the process."""

import logging
import re
import secrets
import time
from io import BytesIO

from django.conf import settings
from django.http import HttpResponse
from django.template.loader import render_to_string
from whitenoise.middleware import WhiteNoiseMiddleware

from config import health
from config.logs import request_id

GIVEN = re.compile(r"[A-Za-z0-9-]{8,64}")
PROBES = {"/healthz": health.alive, "/readyz": health.ready}

logger = logging.getLogger("throughline.requests")


class RequestIdMiddleware:
    """The id is in every log line and in the answer's `X-Request-Id`; a proxy in front may have given it."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        given = request.headers.get("X-Request-Id", "")
        request.id = given if GIVEN.fullmatch(given) else secrets.token_hex(8)
        token = request_id.set(request.id)
        started = time.perf_counter()
        try:
            response = self.get_response(request)
            response["X-Request-Id"] = request.id
            if not request.path_info.startswith(settings.STATIC_URL) and request.path_info not in PROBES:
                report(request, response, time.perf_counter() - started)
            return response
        finally:
            request_id.reset(token)


def report(request, response, seconds: float) -> None:
    """One line per request. It names the route, not the path: a path may hold the secret of an invitation."""
    route = request.resolver_match.route if request.resolver_match else "-"
    line = {"method": request.method, "route": route, "status": response.status_code, "ms": round(seconds * 1000)}
    logger.info("%(method)s %(route)s %(status)s %(ms)s ms", line, extra={"fields": line})


class StaticFilesMiddleware(WhiteNoiseMiddleware):
    """Answers with the whole of a file at once: they are small, and ASGI would load a streamed one whole anyway."""

    @staticmethod
    def serve(static_file, request):
        found = static_file.get_response(request.method, request.META)
        with found.file or BytesIO() as file:
            response = HttpResponse(file.read(), status=int(found.status))
        del response["Content-Type"]
        for name, value in found.headers:
            response[name] = value
        return response


class ProbeMiddleware:
    """Answers the probes before host names, sessions and cookies are looked at: a prober knows only an IP address."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return PROBES.get(request.path_info, self.get_response)(request)


class RefusalMiddleware:
    """Django's answer to a wrong method is empty; people get a page that says so."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if response.status_code == 405 and not response.content and request.accepts("text/html"):
            response["Content-Type"] = "text/html; charset=utf-8"
            response.content = render_to_string("405.html", request=request)
        return response
