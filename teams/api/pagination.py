"""Lists in pages with a cursor: no page number that shifts when something is added meanwhile."""

from django.core.exceptions import ValidationError as InvalidValue
from django.utils.translation import gettext as _
from rest_framework.exceptions import NotFound, ValidationError
from rest_framework.pagination import CursorPagination

MOST = 200
USUAL = 50


class Pages(CursorPagination):
    """`{next, previous, results}`, in the order of ids unless a view says otherwise."""

    ordering = "pk"
    page_size = USUAL
    max_page_size = MOST
    page_size_query_param = "page_size"

    def paginate_queryset(self, queryset, request, view=None):
        try:
            return super().paginate_queryset(queryset, request, view)
        except (NotFound, ValueError, InvalidValue) as error:
            raise ValidationError({self.cursor_query_param: [_("This is no cursor of ours.")]}) from error

    def get_ordering(self, request, queryset, view):
        return tuple(getattr(view, "ordering", ("pk",)))

    def get_page_size(self, request) -> int:
        given = request.query_params.get(self.page_size_query_param)
        if given is None:
            return USUAL
        if not (given.isascii() and given.isdigit() and 1 <= int(given[:9]) <= MOST):
            message = _("Give a whole number from 1 to %(most)d.") % {"most": MOST}
            raise ValidationError({self.page_size_query_param: [message]})
        return int(given)

    def get_schema_operation_parameters(self, view) -> list[dict]:
        return [
            {
                "name": self.cursor_query_param,
                "in": "query",
                "required": False,
                "description": "Where the page starts: taken from `next` or `previous` of another page.",
                "schema": {"type": "string"},
            },
            {
                "name": self.page_size_query_param,
                "in": "query",
                "required": False,
                "description": "How many results a page has.",
                "schema": {"type": "integer", "minimum": 1, "maximum": MOST, "default": USUAL},
            },
        ]

    def get_paginated_response_schema(self, schema: dict) -> dict:
        link = {"type": "string", "format": "uri", "nullable": True}
        return {
            "type": "object",
            "required": ["next", "previous", "results"],
            "properties": {"next": link, "previous": link, "results": schema},
        }
