from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from teams.enums import Color
from teams.models import Removable, Versioned, Workspace, storable


def text(label) -> models.TextField:
    return models.TextField(label, max_length=4000, blank=True, validators=[storable])


class Persona(Versioned, Removable):
    """Somebody for whom maps are made. Lists (goals, jobs …) are one entry per line."""

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="personas")
    name = models.CharField(_("name"), max_length=80, validators=[storable])
    summary = models.CharField(_("in one sentence"), max_length=200, blank=True, validators=[storable])
    quote = models.CharField(_("quote"), max_length=300, blank=True, validators=[storable])
    goals = text(_("goals"))
    jobs = text(_("jobs to be done"))
    obstacles = text(_("obstacles"))
    success_markers = text(_("success markers"))
    deviations = text(_("typical deviations"))
    channels = text(_("channels"))
    behavior = text(_("behavior"))
    needs = text(_("needs"))
    color = models.CharField(_("color"), max_length=16, choices=Color, default=Color.INDIGO)
    picture = models.ImageField(_("picture"), upload_to="personas/", blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("persona")
        verbose_name_plural = _("personas")
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                "workspace",
                Lower("name"),
                condition=models.Q(removed_at__isnull=True),
                name="persona_name_unique",
                violation_error_message=_("There is already a persona with this name."),
            ),
            models.CheckConstraint(condition=models.Q(color__in=Color.values), name="persona_color_known"),
        ]

    def __str__(self) -> str:
        return self.name


class Scenario(Versioned):
    """The situation in which a persona travels: switching from a competitor, buying for a team …"""

    persona = models.ForeignKey(Persona, models.CASCADE, related_name="scenarios")
    name = models.CharField(_("name"), max_length=120, validators=[storable])
    description = text(_("description"))

    class Meta:
        verbose_name = _("scenario")
        verbose_name_plural = _("scenarios")
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                "persona",
                Lower("name"),
                name="scenario_name_unique",
                violation_error_message=_("This persona already has a scenario with this name."),
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def workspace_id(self) -> int:
        return self.persona.workspace_id
