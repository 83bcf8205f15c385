"""The OpenAPI document and a page to read it. Both are open to everybody: they hold no data."""

from functools import lru_cache

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.http import require_safe
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.renderers import (
    OpenApiJsonRenderer,
    OpenApiJsonRenderer2,
    OpenApiYamlRenderer,
    OpenApiYamlRenderer2,
)
from drf_spectacular.utils import extend_schema
from rest_framework.response import Response

from teams.api.objects import Endpoint

WORTH_SAYING = {"date", "date-time", "uri", "email"}  # of a field's formats


@lru_cache(maxsize=1)
def openapi() -> dict:
    """The document, made once per process, in English whoever asks first."""
    with translation.override(settings.LANGUAGE_CODE):
        return SchemaGenerator(api_version="v1").get_schema(request=None, public=True)


class SchemaView(Endpoint):
    """This document, as YAML or JSON."""

    authentication_classes: list = []
    permission_classes: list = []
    throttle_classes: list = []
    renderer_classes = [OpenApiYamlRenderer, OpenApiYamlRenderer2, OpenApiJsonRenderer, OpenApiJsonRenderer2]

    @extend_schema(exclude=True)
    def get(self, request) -> Response:
        return Response(openapi())


@require_safe
def docs(request: HttpRequest) -> HttpResponse:
    return render(request, "teams/api_docs.html", {"groups": groups(openapi()), "info": openapi()["info"]})


def groups(document: dict) -> list[dict]:
    """The operations by tag, each with what a reader wants first: method, address, parameters, fields, answers."""
    found: dict[str, list[dict]] = {}
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            found.setdefault(operation["tags"][0], []).append(described(document, path, method, operation))
    return [{"tag": tag, "operations": operations} for tag, operations in found.items()]


def described(document: dict, path: str, method: str, operation: dict) -> dict:
    content = operation.get("requestBody", {}).get("content", {}).get("application/json", {})
    return {
        "id": operation["operationId"],
        "method": method.upper(),
        "path": path,
        "summary": operation["summary"],
        "description": plain(operation.get("description", "")),
        "parameters": [
            {
                "name": parameter["name"],
                "kind": kind(document, parameter["schema"]),
                "required": parameter.get("required", False),
                "words": plain(parameter.get("description", "")),
            }
            for parameter in operation.get("parameters", [])
            if parameter["in"] != "header" or parameter.get("required")
        ],
        "fields": fields(document, content.get("schema", {})),
        "answers": [
            {"code": code, "words": plain(answer["description"])} for code, answer in operation["responses"].items()
        ],
    }


def plain(text: str) -> str:
    """Without the marks that OpenAPI's readers show as code."""
    return text.replace("`", "")


def fields(document: dict, schema: dict) -> list[dict]:
    """The fields of a body, one level deep."""
    body = resolved(document, schema)
    required = body.get("required", [])
    return [
        {
            "name": name,
            "kind": kind(document, field),
            "required": name in required,
            "words": plain(field.get("description", "")),
        }
        for name, field in body.get("properties", {}).items()
    ]


def resolved(document: dict, schema: dict) -> dict:
    reference = schema.get("$ref")
    return document["components"]["schemas"][reference.rsplit("/", 1)[1]] if reference else schema


def kind(document: dict, field: dict) -> str:
    """A field's type in a few words, such as “list of integer” or “draft, live”."""
    for wrapper in ["allOf", "oneOf", "anyOf"]:
        if wrapper in field:
            return kind(document, field[wrapper][0])
    field = resolved(document, field)
    if "enum" in field:
        return ", ".join(str(value) for value in field["enum"] if value not in ("", None))
    if field.get("type") == "array":
        return "list of " + kind(document, field["items"])
    return field["format"] if field.get("format") in WORTH_SAYING else field.get("type", "")
