from django.conf import settings
from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from teams.enums import MailChoice, Role
from teams.models.base import Versioned
from teams.models.team import Team
from teams.models.workspace import Workspace


class Membership(Versioned):
    """A person in a workspace, with a role. An actor: it has `workspace`, `role`, `team_ids` and `label`."""

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="memberships")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="memberships")
    role = models.CharField(_("role"), max_length=8, choices=Role, default=Role.EDITOR)
    teams = models.ManyToManyField(Team, verbose_name=_("teams"), related_name="memberships", blank=True)
    mail = models.CharField(_("mails"), max_length=8, choices=MailChoice, default=MailChoice.AT_ONCE)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        ordering = ["user__name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["workspace", "user"], name="membership_unique"),
            models.CheckConstraint(condition=models.Q(role__in=Role.values), name="membership_role_known"),
            models.CheckConstraint(condition=models.Q(mail__in=MailChoice.values), name="membership_mail_known"),
        ]

    def __str__(self) -> str:
        return str(self.user)

    @property
    def label(self) -> str:
        return str(self.user)

    @cached_property
    def team_ids(self) -> frozenset[int]:
        return frozenset(self.teams.values_list("pk", flat=True))
