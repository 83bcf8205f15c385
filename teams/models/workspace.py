from django.db import models
from django.utils.translation import gettext_lazy as _

from teams.models.base import Versioned, storable
from teams.zones import known_zone


class Workspace(Versioned):
    """The tenant: an organization and all it owns."""

    name = models.CharField(_("name"), max_length=80, validators=[storable])
    slug = models.SlugField(_("address"), max_length=50, unique=True)
    timezone = models.CharField(_("time zone"), max_length=64, default="UTC", validators=[known_zone])
    stamp = models.PositiveBigIntegerField(
        default=1,
        editable=False,
        help_text="Grows whenever something shared by the maps changes: people, teams, personas, metrics, channels.",
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("workspace")
        verbose_name_plural = _("workspaces")
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name
