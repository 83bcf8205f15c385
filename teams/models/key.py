from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from teams.enums import Role
from teams.models.base import storable
from teams.models.membership import Membership
from teams.models.team import Team
from teams.models.workspace import Workspace


def default_rate() -> int:
    return settings.API_REQUESTS_PER_MINUTE


class ApiKey(models.Model):
    """A key for a program: belongs to a workspace, has a role, is kept hashed. An actor, like a membership.

    With teams it edits in their stages, as a member of them would.
    """

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="keys")
    name = models.CharField(_("name"), max_length=80, validators=[storable])
    role = models.CharField(_("role"), max_length=8, choices=Role, default=Role.EDITOR)
    teams = models.ManyToManyField(Team, verbose_name=_("teams"), blank=True, related_name="+")
    start = models.CharField(max_length=12, editable=False, help_text="The first characters, to tell keys apart.")
    key_hash = models.CharField(max_length=64, unique=True, editable=False)
    rate = models.PositiveIntegerField(_("requests a minute"), default=default_rate)
    created_by = models.ForeignKey(Membership, models.SET_NULL, null=True, related_name="+", editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    last_used_at = models.DateTimeField(null=True, editable=False)
    expires_at = models.DateTimeField(_("valid until"), null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        verbose_name = _("API key")
        verbose_name_plural = _("API keys")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=models.Q(role__in=Role.values), name="key_role_known"),
            models.CheckConstraint(condition=models.Q(rate__gte=1), name="key_rate_positive"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def label(self) -> str:
        return self.name

    @property
    def active(self) -> bool:
        return self.revoked_at is None and (self.expires_at is None or self.expires_at > timezone.now())

    @cached_property
    def team_ids(self) -> frozenset[int]:
        return frozenset(self.teams.values_list("pk", flat=True))
