"""What the API's views share: fetch in scope, check what the caller saw, validate, call one service, answer.

A view names its noun's queryset and serializers, says in `needs` which permission its writes are about, and gives
`add`, `change` and `remove` as calls of services.
"""

from datetime import UTC
from typing import Any

from django.db.models import Model, QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from rest_framework.generics import GenericAPIView
from rest_framework.mixins import ListModelMixin
from rest_framework.response import Response
from rest_framework.views import APIView
from rest_framework.viewsets import GenericViewSet

from teams.api.authentication import HEADER
from teams.api.etags import etag, not_modified, seen_version
from teams.api.filters import check_parameters
from teams.permissions import Actor, Permission


class Endpoint(APIView):
    """Any view of the API: the caller's rate in the headers, no OPTIONS, nothing kept by shared caches.

    Times and "today" are those of UTC, whoever asks: a program reads the same as the person whose session it uses.
    """

    metadata_class = None
    needs = Permission.WORKSPACE_VIEW

    @property
    def actor(self) -> Actor:
        return self.request.actor  # type: ignore[attr-defined]

    @property
    def allowed_methods(self) -> list[str]:
        return [method for method in super().allowed_methods if method != "OPTIONS"]

    def dispatch(self, request, *args, **kwargs):
        with timezone.override(UTC):
            return super().dispatch(request, *args, **kwargs)

    def finalize_response(self, request, response, *args, **kwargs):
        response = super().finalize_response(request, response, *args, **kwargs)
        rate = getattr(request, "rate", None)
        for name, value in (rate.headers if rate else {}).items():
            response[name] = value
        response["Cache-Control"] = "private, no-cache"
        patch_vary_headers(response, ["Authorization", "Cookie", HEADER])
        return response


class Single(Endpoint, GenericAPIView):
    """Answers with one versioned object and its ETag."""

    serializer_class: Any

    def answer(self, instance: Any, status: int = 200, **headers: str) -> Response:
        data = self.serializer_class(instance, context={"request": self.request, "view": self}).data
        return self.reply(data, instance.version, status, **headers)

    def reply(self, data, version: int, status: int = 200, **headers: str) -> Response:
        tag = etag(version, data)
        if self.request.method in {"GET", "HEAD"} and not_modified(self.request, tag):
            return Response(status=304, headers={"ETag": tag})
        return Response(data, status=status, headers={"ETag": tag, **headers})

    def body(self, **options: Any) -> dict[str, Any]:
        """What was sent, validated; references are objects of the workspace."""
        serializer = self.get_serializer(data=self.request.data, **options)
        serializer.is_valid(raise_exception=True)
        return serializer.validated_data


class Objects(Single, ListModelMixin, GenericViewSet):
    """All objects of a noun in the workspace, and one by its id."""

    lookup_value_regex = "[0-9]{1,18}"
    new_serializer_class: Any = None  # where a new object takes other fields than a change

    def objects(self) -> QuerySet:
        """The actor's objects with everything that the serializer reads."""
        raise NotImplementedError

    def get_queryset(self) -> QuerySet:
        if getattr(self, "swagger_fake_view", False):
            return self.serializer_class.Meta.model._default_manager.none()
        return self.objects()

    def get_object(self) -> Any:
        return get_object_or_404(self.get_queryset(), pk=self.kwargs["pk"])

    def get_serializer_class(self):
        return (self.action == "create" and self.new_serializer_class) or self.serializer_class

    def list(self, request, *args, **kwargs) -> Response:
        check_parameters(request, getattr(self, "filterset_class", None))
        return super().list(request, *args, **kwargs)

    def retrieve(self, request, pk) -> Response:
        return self.answer(self.get_object())

    def answer_saved(self, instance: Model, status: int = 200, **headers: str) -> Response:
        return self.answer(get_object_or_404(self.get_queryset(), pk=instance.pk), status, **headers)


class CanAdd(Objects):
    def add(self, **fields: Any) -> Model:
        raise NotImplementedError

    def create(self, request) -> Response:
        instance = self.add(**self.body())
        return self.answer_saved(instance, 201, Location=f"{request.path}{instance.pk}/")


class CanChange(Objects):
    def change(self, instance: Any, seen: int | None, /, **fields: Any) -> Model:
        """Held against `seen`, the version that the caller saw; None overwrites knowingly."""
        raise NotImplementedError

    def partial_update(self, request, pk) -> Response:
        instance = self.get_object()
        seen = seen_version(request, instance.version)
        return self.answer_saved(self.change(instance, seen, **self.body(instance=instance, partial=True)))


class CanRemove(Objects):
    def remove(self, instance: Any, seen: int | None) -> None:
        raise NotImplementedError

    def destroy(self, request, pk) -> Response:
        instance = self.get_object()
        self.remove(instance, seen_version(request, instance.version))
        return Response(status=204)
