from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from teams.enums import Color, TeamFunction
from teams.models.base import Versioned, storable
from teams.models.workspace import Workspace


class Team(Versioned):
    """People with a function in a workspace."""

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="teams")
    name = models.CharField(_("name"), max_length=60, validators=[storable])
    function = models.CharField(_("function"), max_length=16, choices=TeamFunction, default=TeamFunction.OTHER)
    color = models.CharField(_("color"), max_length=16, choices=Color, default=Color.SLATE)

    class Meta:
        verbose_name = _("team")
        verbose_name_plural = _("teams")
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                "workspace",
                Lower("name"),
                name="team_name_unique",
                violation_error_message=_("There is already a team with this name."),
            ),
            models.CheckConstraint(condition=models.Q(function__in=TeamFunction.values), name="team_function_known"),
            models.CheckConstraint(condition=models.Q(color__in=Color.values), name="team_color_known"),
        ]

    def __str__(self) -> str:
        return self.name
