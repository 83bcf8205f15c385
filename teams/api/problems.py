"""Every error of the API is a problem document (RFC 9457)."""

from collections.abc import Iterator
from http import HTTPStatus

from django.core.exceptions import PermissionDenied
from django.core.exceptions import ValidationError as InvalidFields
from django.http import Http404, HttpRequest, JsonResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rest_framework import exceptions
from rest_framework.fields import get_error_detail
from rest_framework.response import Response

from teams.errors import Conflict, Gone

MEDIA_TYPE = "application/problem+json"
WHOLE = {"__all__", "non_field_errors"}  # what Django and DRF call errors that belong to no single field


class TooLarge(exceptions.APIException):
    status_code = HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    default_code = "too_large"


class Stale(exceptions.APIException):
    """`version` is the present one."""

    status_code = HTTPStatus.PRECONDITION_FAILED
    default_detail = gettext_lazy("This was edited since you saw it. Fetch it again and decide what stays.")
    default_code = "stale"

    def __init__(self, version: int) -> None:
        super().__init__()
        self.version = version


class PreconditionRequired(exceptions.APIException):
    status_code = HTTPStatus.PRECONDITION_REQUIRED
    default_code = "precondition_required"


def document(status: int, detail: str, errors: list[dict] | None = None, **more) -> dict:
    return {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": int(status),
        "detail": detail,
        "errors": errors or [],
        **more,
    }


def answer(exc: Exception, context: dict) -> Response | None:
    """DRF's exception handler. None leaves the exception to Django: logged, and answered by `plain` with 500."""
    if isinstance(exc, Conflict):
        exc = Stale(exc.current.version)  # type: ignore[attr-defined]
    elif isinstance(exc, InvalidFields):
        exc = exceptions.ValidationError(get_error_detail(exc))
    elif isinstance(exc, Http404 | Gone):
        exc = exceptions.NotFound(_("There is nothing here."))
    elif isinstance(exc, PermissionDenied):
        exc = exceptions.PermissionDenied(*exc.args)
    if not isinstance(exc, exceptions.APIException):
        return None
    return Response(body_of(exc), status=exc.status_code, headers=headers_of(exc), content_type=MEDIA_TYPE)


def body_of(exc: exceptions.APIException) -> dict:
    if isinstance(exc, Stale):
        return document(exc.status_code, str(exc.detail), version=exc.version)
    if not isinstance(exc, exceptions.ValidationError):
        return document(exc.status_code, str(exc.detail))
    errors = list(flatten(exc.detail))
    alone = errors[0]["detail"] if len(errors) == 1 and "field" not in errors[0] else None
    return document(exc.status_code, alone or _("Some of what you sent cannot be accepted."), errors)


def headers_of(exc: exceptions.APIException) -> dict[str, str]:
    headers = {}
    if isinstance(exc, Stale):
        headers["ETag"] = f'"{exc.version}"'
    if auth_header := getattr(exc, "auth_header", None):
        headers["WWW-Authenticate"] = auth_header
    if wait := getattr(exc, "wait", None):
        headers["Retry-After"] = str(int(wait))
    return headers


def flatten(detail, path: str = "") -> Iterator[dict]:
    """DRF's nested errors as a flat list; `field` is the way to the value, such as `sources.0.url`."""
    if isinstance(detail, dict):
        for key, value in detail.items():
            yield from flatten(value, path if key in WHOLE else f"{path}.{key}".lstrip("."))
    elif isinstance(detail, list):
        for number, value in enumerate(detail):
            nested = isinstance(value, dict | list)
            yield from flatten(value, f"{path}.{number}".lstrip(".") if nested else path)
    else:
        code = getattr(detail, "code", None) or "invalid"
        yield {**({"field": path} if path else {}), "code": code, "detail": str(detail)}


def plain(request: HttpRequest, status: HTTPStatus, detail: str) -> JsonResponse:
    """A problem outside of DRF: an address that does not exist, an error that nobody expected."""
    return JsonResponse(document(status, detail), status=status, content_type=MEDIA_TYPE)
