"""Forms of the teams app. They read what was typed; whether it is allowed, the services say."""

from collections.abc import Callable
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _

from teams import queries, zones
from teams.enums import Color, MailChoice, Role, TeamFunction
from teams.errors import Conflict
from teams.models import Membership, Team, storable
from teams.models.comment import LONGEST_TEXT
from teams.permissions import Permission, can
from teams.seen import SeenForm, refuse
from teams.services.keys import RANK
from teams.services.people import settle_zone


def browser_zone() -> forms.CharField:
    """The time zone that the browser says; `static/js/zone.js` fills it in. Whatever else it says is no error."""
    return forms.CharField(required=False, widget=forms.HiddenInput(attrs={"data-zone": ""}))


class SignupForm(forms.Form):
    """What a person says of themselves when they sign up, besides e-mail and password."""

    field_order = ["name", "email", "password1"]
    name = forms.CharField(
        label=_("Your name"),
        max_length=120,
        validators=[storable],
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    timezone = browser_zone()

    def signup(self, request, user):
        user.name = self.cleaned_data["name"]
        user.save(update_fields=["name"])
        settle_zone(user, self.cleaned_data["timezone"])


def status_of(form: forms.Form) -> int:
    """The status of a page that shows the form again: 409 when somebody was faster, 422 when something is wrong."""
    if getattr(form, "stale", False):
        return 409
    return 422 if form.is_bound else 200


@contextmanager
def errors_into(form: forms.Form, stale: Callable[[Any], None] | None = None):
    """What a service refuses inside the block appears at the form's fields; the code after it answers `status_of`.

    Where several people edit, `stale` makes the form show the thing as it is now when somebody was faster.
    """
    try:
        yield
    except ValidationError as error:
        refuse(form, error)
    except Conflict as conflict:
        if stale is None:
            raise
        stale(conflict.current)


def line(label, length: int, **options) -> forms.CharField:
    return forms.CharField(label=label, max_length=length, validators=[storable], **options)


def roles_for(actor) -> list[tuple[str, str]]:
    """The roles that the actor may give: only owners make owners."""
    if can(actor, Permission.OWNERSHIP_HAND_OVER):
        return list(Role.choices)
    return [(value, label) for value, label in Role.choices if value != Role.OWNER]


class TeamsField(forms.TypedMultipleChoiceField):
    """Any of the workspace's teams. They are few and loaded once, so a number beyond the database's is just unknown."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, actor, **options):
        teams = {str(team.pk): team for team in queries.teams_of(actor)}
        choices = [(key, team.name) for key, team in teams.items()]
        super().__init__(choices=choices, coerce=teams.__getitem__, label=_("Teams"), required=False, **options)


class MemberField(forms.ModelChoiceField):
    def label_from_instance(self, member: Membership) -> str:
        return f"{member.label} ({member.user.email})"


class NewWorkspaceForm(forms.Form):
    name = line(_("Name"), 80, help_text=_("Your company, or the part of it that shares customers."))
    slug = forms.SlugField(
        label=_("Address"),
        max_length=50,
        required=False,
        help_text=_("Lower-case letters, digits and hyphens. Leave it empty to make it from the name."),
    )


class WorkspaceForm(SeenForm):
    name = line(_("Name"), 80)
    slug = forms.SlugField(
        label=_("Address"), max_length=50, help_text=_("Links with the old address stop working when you change it.")
    )
    timezone = forms.ChoiceField(
        label=_("Time zone"),
        choices=zones.grouped,
        help_text=_("For new members whose browser does not say theirs. Each member sees times in their own."),
    )


class MemberForm(SeenForm):
    role = forms.ChoiceField(label=_("Role"))

    def __init__(self, *args, actor, member, **kwargs):
        super().__init__(*args, **kwargs)
        fixed = member.role == Role.OWNER and not can(actor, Permission.OWNERSHIP_HAND_OVER)
        self.fields["role"].choices = [(Role.OWNER.value, Role.OWNER.label)] if fixed else roles_for(actor)  # type: ignore[attr-defined]
        self.fields["teams"] = TeamsField(actor)


class HandOverForm(SeenForm):
    """Who takes over. The field is there only when there is something to take over."""

    def __init__(self, *args, actor, giver, needed, **kwargs):
        super().__init__(*args, initial={"seen": giver.version}, **kwargs)
        if needed:
            others = queries.editors_of(actor).exclude(pk=giver.pk)
            self.fields["receiver"] = MemberField(others, label=_("Hand it over to"), empty_label=_("Choose a member"))


class OwnershipForm(forms.Form):
    def __init__(self, *args, actor, **kwargs):
        super().__init__(*args, **kwargs)
        others = queries.members_of(actor).exclude(pk=actor.pk)
        self.fields["to"] = MemberField(others, label=_("New owner"), empty_label=_("Choose a member"))


class TeamForm(SeenForm):
    name = line(_("Name"), 60)
    function = forms.ChoiceField(label=_("Function"), choices=TeamFunction.choices)
    color = forms.ChoiceField(label=_("Color"), choices=Color.choices)


class TeamMemberForm(forms.Form):
    def __init__(self, *args, actor, team: Team, **kwargs):
        super().__init__(*args, **kwargs)
        others = queries.members_of(actor).exclude(teams=team)
        self.fields["member"] = MemberField(others, label=_("Add a member"), empty_label=_("Choose a member"))


class InviteForm(forms.Form):
    emails = forms.CharField(
        label=_("E-mail addresses"),
        help_text=_("One per line."),
        max_length=15_000,
        widget=forms.Textarea(attrs={"rows": 4, "autocomplete": "off", "spellcheck": "false"}),
    )
    role = forms.ChoiceField(label=_("Role"), initial=Role.EDITOR)
    days = forms.TypedChoiceField(
        label=_("Valid for"),
        coerce=int,
        initial=7,
        choices=[(1, _("1 day")), (3, _("3 days")), (7, _("7 days")), (14, _("14 days")), (30, _("30 days"))],
    )

    def __init__(self, *args, actor, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = roles_for(actor)  # type: ignore[attr-defined]
        self.fields["teams"] = TeamsField(actor)

    def clean_emails(self) -> list[str]:
        return self.cleaned_data["emails"].splitlines()


class KeyForm(forms.Form):
    name = line(_("Name"), 80, help_text=_("What will use it, such as “Nightly import”."))
    role = forms.ChoiceField(label=_("Role"), initial=Role.EDITOR)
    days = forms.TypedChoiceField(
        label=_("Valid for"),
        coerce=int,
        required=False,
        empty_value=None,
        choices=[("", _("No end")), (30, _("30 days")), (90, _("90 days")), (365, _("One year"))],
    )

    def __init__(self, *args, actor, **kwargs):
        super().__init__(*args, **kwargs)
        roles = [(value, label) for value, label in Role.choices if RANK[Role(value)] <= RANK[Role(actor.role)]]
        self.fields["role"].choices = roles  # type: ignore[attr-defined]
        self.fields["teams"] = TeamsField(actor, help_text=_("It may edit in the stages of these teams."))

    def clean(self):
        """A number of days becomes the moment when the key ends."""
        cleaned = super().clean()
        days = cleaned.pop("days", None)
        cleaned["expires_at"] = timezone.now() + timedelta(days=days) if days else None
        return cleaned


class ProfileForm(forms.Form):
    name = line(_("Name"), 120)
    timezone = forms.ChoiceField(label=_("Time zone"), choices=zones.grouped)
    language = forms.ChoiceField(
        label=_("Language"),
        choices=[(code, get_language_info(code)["name_local"].capitalize()) for code, _name in settings.LANGUAGES],
        help_text=_("Dates, numbers and sign-in messages follow it. Throughline’s own words are in English for now."),
    )


class CommentForm(SeenForm):
    """What somebody says about a thing. `names` is where the list of members behind an @ comes from."""

    text = forms.CharField(
        label=_("Comment"),
        max_length=LONGEST_TEXT,
        validators=[storable],
        widget=forms.Textarea(attrs={"rows": 2, "autocomplete": "off"}),
    )

    def __init__(self, *args, names: str, label: str = "", **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["text"].widget.attrs |= {"data-mentions": names, "placeholder": label}
        self.fields["text"].label = label or self.fields["text"].label


class MailForm(forms.Form):
    mail = forms.ChoiceField(label=_("Tell me by e-mail"), choices=MailChoice.choices)
