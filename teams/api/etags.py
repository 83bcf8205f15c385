"""Optimistic locking over HTTP.

An ETag is `"<version>-<digest>"`. The version is what a write is held against; the digest is of what was answered, so
that a reader is not told "not modified" when something derived has changed, such as a stage's position after another
stage moved. `If-Match` looks at the version alone: `"3"` does as well.
"""

import hashlib
import json

from django.core.serializers.json import DjangoJSONEncoder
from django.utils.http import parse_etags
from django.utils.translation import gettext as _
from rest_framework.request import Request

from teams.api.problems import PreconditionRequired, Stale


def etag(version: int, data) -> str:
    text = json.dumps(data, sort_keys=True, cls=DjangoJSONEncoder)
    return f'"{version}-{hashlib.sha256(text.encode()).hexdigest()[:12]}"'


def opaque(tag: str) -> str:
    """Without the mark of weak tags: compressing middleware weakens ours on the way out."""
    return tag.removeprefix("W/").strip('"')


def seen_version(request: Request, version: int) -> int | None:
    """The version that the caller saw, to be held against the object again in the service's transaction.

    None for `If-Match: *`, which overwrites knowingly. Raises PreconditionRequired (428) without the header and
    Stale (412) when no given tag is of the present version.
    """
    header = request.headers.get("If-Match")
    if header is None:
        raise PreconditionRequired(_("Say which version you saw: send its ETag in If-Match, or * to overwrite."))
    tags = parse_etags(header)
    if tags == ["*"]:
        return None
    if str(version) not in {opaque(tag).partition("-")[0] for tag in tags}:
        raise Stale(version)
    return version


def not_modified(request: Request, tag: str) -> bool:
    tags = parse_etags(request.headers.get("If-None-Match", ""))
    return tags == ["*"] or opaque(tag) in {opaque(given) for given in tags}
