from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from campaigns.enums import Position, StageKind
from journeys.models import Channel
from teams.models import Removable, Versioned, Workspace, storable


class Tactic(Versioned, Removable):
    """Something that has worked at a stage, to begin messages with: one of the workspace's own.

    `built_in`: the built-in one that it takes the place of, by its slug.
    """

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="tactics")
    built_in = models.SlugField(max_length=40, blank=True, editable=False)
    title = models.CharField(_("title"), max_length=120, validators=[storable])
    about = models.CharField(_("what it is"), max_length=300, blank=True, validators=[storable])
    stage = models.CharField(_("stage"), max_length=13, choices=StageKind)
    position = models.CharField(_("position in the funnel"), max_length=6, choices=Position, blank=True)
    channels = models.ManyToManyField(Channel, verbose_name=_("usual channels"), blank=True, related_name="tactics")
    content = models.TextField(_("what to write"), max_length=2000, blank=True, validators=[storable])
    measured_by = models.CharField(_("measured by"), max_length=200, blank=True, validators=[storable])
    pitfalls = models.CharField(_("what goes wrong"), max_length=300, blank=True, validators=[storable])
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("tactic")
        verbose_name_plural = _("tactics")
        ordering = [Lower("title"), "pk"]
        constraints = [
            models.UniqueConstraint(
                "workspace",
                Lower("title"),
                condition=Q(removed_at__isnull=True),
                name="tactic_title_unique",
                violation_error_message=_("There is already a tactic with this title."),
            ),
            models.UniqueConstraint(
                fields=["workspace", "built_in"],
                condition=Q(removed_at__isnull=True) & ~Q(built_in=""),
                name="tactic_built_in_unique",
                violation_error_message=_("The workspace has its own version of this tactic already."),
            ),
            models.CheckConstraint(condition=Q(stage__in=StageKind.values), name="tactic_stage_known"),
            models.CheckConstraint(condition=Q(position__in=["", *Position.values]), name="tactic_position_known"),
        ]

    def __str__(self) -> str:
        return self.title


class HiddenTactic(models.Model):
    """A built-in tactic that a workspace has put away."""

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="hidden_tactics")
    slug = models.SlugField(max_length=40)

    class Meta:
        verbose_name = _("hidden tactic")
        verbose_name_plural = _("hidden tactics")
        ordering = ["slug"]
        constraints = [models.UniqueConstraint(fields=["workspace", "slug"], name="hidden_tactic_unique")]

    def __str__(self) -> str:
        return self.slug
