"""Filters of lists. A value that cannot be one is refused, a parameter that does not exist as well."""

import django_filters
from django import forms
from django.utils.translation import gettext as _
from rest_framework.exceptions import ValidationError

from teams.api.fields import BIGGEST
from teams.api.pagination import Pages

PAGING = {Pages.cursor_query_param, Pages.page_size_query_param}


class IdField(forms.IntegerField):
    def __init__(self, **kwargs):
        super().__init__(min_value=1, max_value=BIGGEST, **kwargs)


class IdFilter(django_filters.Filter):
    """Objects that point to the one with this id; of a stranger's id there are none."""

    field_class = IdField


class DayField(forms.DateField):
    def __init__(self, **kwargs):
        super().__init__(input_formats=["%Y-%m-%d"], **kwargs)


class DayFilter(django_filters.DateFilter):
    field_class = DayField


class FlagFilter(django_filters.ChoiceFilter):
    """`true` or `false`, and nothing that is quietly neither."""

    def __init__(self, **kwargs):
        super().__init__(choices=[("true", "true"), ("false", "false")], **kwargs)


def check_parameters(request, filterset_class) -> None:
    """A filter that is misspelled or empty must not answer with everything. Only an empty text finds everything."""
    filters = filterset_class.base_filters if filterset_class else {}
    errors = {}
    for name, value in request.query_params.items():
        if name not in filters and name not in PAGING:
            errors[name] = [_("There is no such parameter here.")]
        elif value == "" and name in filters and type(filters[name]) is not django_filters.CharFilter:
            errors[name] = [_("Give a value or leave the parameter out.")]
    if errors:
        raise ValidationError(errors)
