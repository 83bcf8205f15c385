from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from campaigns.enums import Lifecycle, Position
from campaigns.pressure.audience import Segment as Sized
from campaigns.pressure.limits import MOST_PEOPLE, InvalidInput
from teams.models import Removable, Versioned, Workspace, storable


class Segment(Versioned, Removable):
    """People whom messages are for: a name, and how many they are as far as that is known.

    `zones`: the share of its people by time zone, adding up to 1; empty is the workspace's zone for all of them.
    `position` and `lifecycle`: where its people are, which messages for another place are held against.
    """

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="segments")
    name = models.CharField(_("name"), max_length=80, validators=[storable])
    description = models.TextField(_("who they are"), max_length=1000, blank=True, validators=[storable])
    size = models.PositiveBigIntegerField(
        _("people"), null=True, blank=True, validators=[MaxValueValidator(MOST_PEOPLE)]
    )
    size_source = models.CharField(_("where the number is from"), max_length=200, blank=True, validators=[storable])
    zones = models.JSONField(_("time zones"), default=dict, blank=True)
    position = models.CharField(_("position in the funnel"), max_length=6, choices=Position, blank=True)
    lifecycle = models.CharField(_("lifecycle state"), max_length=16, choices=Lifecycle, blank=True)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("segment")
        verbose_name_plural = _("segments")
        ordering = [Lower("name"), "pk"]
        constraints = [
            models.UniqueConstraint(
                "workspace",
                Lower("name"),
                condition=Q(removed_at__isnull=True),
                name="segment_name_unique",
                violation_error_message=_("There is already a segment with this name."),
            ),
            models.CheckConstraint(condition=Q(position__in=["", *Position.values]), name="segment_position_known"),
            models.CheckConstraint(condition=Q(lifecycle__in=["", *Lifecycle.values]), name="segment_lifecycle_known"),
            models.CheckConstraint(
                condition=Q(size__isnull=True) | Q(size__lte=MOST_PEOPLE), name="segment_size_in_range"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """The zones as the replay takes them. Raises ValidationError at `zones`."""
        if not isinstance(self.zones, dict):
            raise ValidationError({"zones": _("Give a share for each time zone.")})
        if not self.zones:
            return
        try:
            Sized("1", 1, tuple(self.zones.items()))
        except InvalidInput as error:
            raise ValidationError({"zones": list(error.errors.values())}) from None
