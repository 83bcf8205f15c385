"""Forms of saved views, feeds and shared links."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from campaigns.models import SavedView
from campaigns.models.saved_view import LONGEST_QUERY
from campaigns.queries.saved_views import views_of
from teams.models import Membership, storable
from teams.permissions import Permission, can
from teams.queries import named_id
from teams.seen import SeenForm

NAME = 80


def name_field() -> forms.CharField:
    return forms.CharField(label=_("Name"), max_length=NAME, validators=[storable])


class NewViewForm(forms.Form):
    """What the toolbar of the calendar sends: the address as `query`, and a name for it."""

    name = name_field()
    query = forms.CharField(
        max_length=LONGEST_QUERY * 2, required=False, validators=[storable], widget=forms.HiddenInput
    )
    shared = forms.BooleanField(label=_("For everybody in the workspace"), required=False)

    def __init__(self, *args: Any, actor: Membership, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not can(actor, Permission.CALENDAR_SHARE):
            del self.fields["shared"]


class ViewForm(SeenForm):
    name = name_field()
    shared = forms.BooleanField(label=_("For everybody in the workspace"), required=False)

    def __init__(self, *args: Any, actor: Membership, view: SavedView, **kwargs: Any) -> None:
        initial = {"name": view.name, "shared": view.shared, "seen": view.version}
        super().__init__(*args, initial=initial, **kwargs)
        if not can(actor, Permission.CALENDAR_SHARE) or view.owner_id != actor.pk:
            del self.fields["shared"]


class ViewField(forms.ModelChoiceField):
    def __init__(self, actor: Membership, **kwargs: Any) -> None:
        super().__init__(queryset=views_of(actor), label=_("View"), **kwargs)

    def to_python(self, value: Any) -> Any:
        """Numbers beyond the database's are just unknown."""
        if value and named_id(str(value)) is None:
            raise forms.ValidationError(self.error_messages["invalid_choice"], code="invalid_choice")
        return super().to_python(value)


class FeedForm(forms.Form):
    """Which view a calendar program is to read; none is the whole calendar."""

    def __init__(self, *args: Any, actor: Membership, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["view"] = ViewField(actor, required=False, empty_label=_("The whole calendar"))


class SharedLinkForm(forms.Form):
    """Which view others may look at, whether with names, and for how long."""

    prefix = "link"
    show_owners = forms.BooleanField(label=_("Show who owns the campaigns"), required=False)
    expires_on = forms.DateField(
        label=_("Last day"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("Empty: until somebody revokes it."),
    )
    field_order = ["view", "show_owners", "expires_on"]

    def __init__(self, *args: Any, actor: Membership, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["view"] = ViewField(actor, empty_label=_("Choose a view"))
        self.order_fields(self.field_order)
