"""How operations are described: what every view answers besides its object, so that no answer is undocumented."""

from django.conf import settings
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse
from rest_framework import serializers

from teams.api.authentication import HEADER
from teams.api.objects import Single
from teams.api.problems import MEDIA_TYPE
from teams.api.serializers import Strict

WORDS = {
    400: "Something in the request cannot be accepted; `errors` names the fields.",
    401: "No key and no session, or a key that is unknown, revoked or expired.",
    403: "The role does not allow this.",
    404: "There is no such object in the workspace.",
    406: "Answers are JSON.",
    412: "It was edited since the caller saw it; `version` is the present one.",
    413: "The body is too long.",
    415: "Bodies are JSON.",
    428: "`If-Match` is missing.",
    429: "Too many requests in this minute.",
}
DONE = {"200": "As it is now.", "201": "Made.", "204": "Done."}
SUMMARIES = {
    "list": "List {noun}s",
    "retrieve": "Get a {noun}",
    "create": "Add a {noun}",
    "partial_update": "Change a {noun}",
    "destroy": "Delete a {noun}",
}


class ProblemError(serializers.Serializer):
    field = serializers.CharField(required=False, help_text="The way to the value, such as `sources.0.url`.")
    code = serializers.CharField()
    detail = serializers.CharField()


class Problem(serializers.Serializer):
    """An error (RFC 9457)."""

    type = serializers.CharField()
    title = serializers.CharField()
    status = serializers.IntegerField()
    detail = serializers.CharField()
    errors = ProblemError(many=True)  # type: ignore[assignment]
    version = serializers.IntegerField(required=False, help_text="With 412: the object's present version.")


def header(name: str, description: str, codes=True, kind=OpenApiTypes.STR) -> OpenApiParameter:
    """A header of answers with these status codes."""
    return OpenApiParameter(name, kind, OpenApiParameter.HEADER, response=codes, description=description)


RATE = [
    header("RateLimit-Limit", "Requests a minute.", kind=OpenApiTypes.INT),
    header("RateLimit-Remaining", "Requests left in this minute.", kind=OpenApiTypes.INT),
    header("RateLimit-Reset", "Seconds until the next minute begins.", kind=OpenApiTypes.INT),
    header("Retry-After", "Seconds to wait.", [429], OpenApiTypes.INT),
    header("WWW-Authenticate", "How to say who asks.", [401]),
]
WORKSPACE = OpenApiParameter(
    HEADER,
    OpenApiTypes.STR,
    OpenApiParameter.HEADER,
    description="For people with a session: the address of the workspace, where they have several.",
)
IF_MATCH = OpenApiParameter(
    "If-Match",
    OpenApiTypes.STR,
    OpenApiParameter.HEADER,
    required=True,
    description='The ETag of what was seen, such as `"3"`; `*` overwrites knowingly.',
)
IF_NONE_MATCH = OpenApiParameter(
    "If-None-Match", OpenApiTypes.STR, OpenApiParameter.HEADER, description="An ETag: answers 304 while it is the same."
)
ID = OpenApiParameter("id", {"type": "integer", "minimum": 1}, OpenApiParameter.PATH)
ETAG = header("ETag", "The version that was answered, for `If-Match` and `If-None-Match`.", [200, 201, 304, 412])


class Schema(AutoSchema):
    """Adds problems, locking and rate limits to each operation, and refuses unknown fields in bodies."""

    @property
    def one(self) -> bool:
        """Whether the operation is about a single versioned object."""
        return isinstance(self.view, Single) and not self._is_list_view()

    @property
    def locks(self) -> bool:
        return self.one and self.method in {"PUT", "PATCH", "DELETE"}

    @property
    def caches(self) -> bool:
        return self.one and self.method == "GET"

    @property
    def guarded(self) -> bool:
        return bool(self.view.get_authenticators())

    def get_override_parameters(self) -> list:
        if not self.guarded:
            return []
        conditions = [*([IF_MATCH] if self.locks else []), *([IF_NONE_MATCH] if self.caches else [])]
        created = [header("Location", "Where the new object is.", [201])] if self.method == "POST" else []
        named = [ID] if "{id}" in self.path else []
        return [*named, WORKSPACE, *conditions, *created, *([ETAG] if self.one else []), *RATE]

    def get_summary(self) -> str:
        """What it does in a few words: of an object's noun, or the first sentence of the view's own description."""
        words = SUMMARIES.get(getattr(self.view, "action", ""))
        if words:
            return words.format(noun=self.get_tags()[0].removesuffix("s"))
        return self.get_description().partition(".")[0].partition(":")[0]

    def get_response_serializers(self):
        return getattr(self.view, "serializer_class", None) or super().get_response_serializers()

    def problem_codes(self) -> list[int]:
        codes = [406]
        if self.guarded:
            codes += [400, 401, 429]
        if self.guarded and self.method != "GET":
            codes += [403]
        if self.method in {"POST", "PUT", "PATCH"}:
            codes += [413, 415]
        if "{" in self.path:
            codes += [404]
        if self.locks:
            codes += [412, 428]
        return sorted(codes)

    def _get_response_bodies(self, direction="response"):
        bodies = super()._get_response_bodies(direction)
        for code, response in bodies.items():
            response["description"] = (DONE | getattr(self.view, "done", {}))[code]
        if "204" in bodies:
            bodies["204"] = self._get_response_for_code(OpenApiResponse(None, DONE["204"]), "204")
        if self.caches:
            bodies["304"] = self._get_response_for_code(OpenApiResponse(None, "As it was."), "304")
        for code in self.problem_codes():
            response = OpenApiResponse(Problem, WORDS[code])
            bodies[str(code)] = self._get_response_for_code(response, str(code), [MEDIA_TYPE])
        return bodies

    def _map_basic_serializer(self, serializer, direction):
        schema = super()._map_basic_serializer(serializer, direction)
        if direction == "request" and isinstance(serializer, Strict):
            schema["additionalProperties"] = False
        return schema


class KeyScheme(OpenApiAuthenticationExtension):
    target_class = "teams.api.authentication.KeyAuthentication"
    name = "key"

    def get_security_definition(self, auto_schema):
        return {"type": "http", "scheme": "bearer", "description": "A key of the workspace: `tl_…`."}


class SessionScheme(OpenApiAuthenticationExtension):
    target_class = "teams.api.authentication.PersonAuthentication"
    name = "session"

    def get_security_definition(self, auto_schema):
        return {
            "type": "apiKey",
            "in": "cookie",
            "name": settings.SESSION_COOKIE_NAME,
            "description": "The session of somebody who is signed in; writes also send `X-CSRFToken`.",
        }
