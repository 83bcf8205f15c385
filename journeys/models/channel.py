from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from journeys.enums import ChannelForm, ChannelHold
from teams.models import Versioned, Workspace, storable


class Channel(Versioned):
    """A way by which customer and company touch, from the workspace's own list."""

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="channels")
    name = models.CharField(_("name"), max_length=60, validators=[storable])
    icon = models.SlugField(_("icon"), max_length=30, default="web-page")
    form = models.CharField(_("form"), max_length=8, choices=ChannelForm, default=ChannelForm.DIGITAL)
    hold = models.CharField(_("owned or earned"), max_length=6, choices=ChannelHold, default=ChannelHold.OWNED)

    class Meta:
        verbose_name = _("channel")
        verbose_name_plural = _("channels")
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                "workspace",
                Lower("name"),
                name="channel_name_unique",
                violation_error_message=_("There is already a channel with this name."),
            ),
            models.CheckConstraint(condition=models.Q(form__in=ChannelForm.values), name="channel_form_known"),
            models.CheckConstraint(condition=models.Q(hold__in=ChannelHold.values), name="channel_hold_known"),
        ]

    def __str__(self) -> str:
        return self.name
