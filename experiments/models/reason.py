from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from teams.models import Removable, Versioned, Workspace, storable


class Reason(Versioned, Removable):
    """Why experiments are made: one of the workspace's list, so that they can be counted by it."""

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="reasons")
    name = models.CharField(_("name"), max_length=80, validators=[storable])

    class Meta:
        verbose_name = _("reason")
        verbose_name_plural = _("reasons")
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                "workspace",
                Lower("name"),
                condition=Q(removed_at__isnull=True),
                name="reason_name_unique",
                violation_error_message=_("There is already a reason with this name."),
            )
        ]

    def __str__(self) -> str:
        return self.name
