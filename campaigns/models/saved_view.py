from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from teams.models import Membership, Removable, Versioned, Workspace, storable

LONGEST_QUERY = 2000


class SavedView(Versioned, Removable):
    """A way to look at the calendar, with a name: what is shown, as the address of the calendar says it.

    `query` is in the order and words in which `queries/saved_views.py` writes it, without the day. A view is its
    owner's own, or everybody's in the workspace; one that a program made has no owner.
    """

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="calendar_views")
    owner = models.ForeignKey(
        Membership, models.CASCADE, verbose_name=_("owner"), null=True, blank=True, related_name="calendar_views"
    )
    name = models.CharField(_("name"), max_length=80, validators=[storable])
    query = models.CharField(_("filters"), max_length=LONGEST_QUERY, blank=True, validators=[storable])
    shared = models.BooleanField(_("everybody in the workspace sees it"), default=False)
    position = models.PositiveSmallIntegerField(_("place in the list"), default=0)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("view of the calendar")
        verbose_name_plural = _("views of the calendar")
        ordering = ["position", Lower("name"), "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(shared=True) | Q(owner__isnull=False), name="calendar_view_own_has_owner"
            ),
            models.UniqueConstraint(
                "workspace",
                Lower("name"),
                condition=Q(shared=True, removed_at__isnull=True),
                name="calendar_view_shared_name_unique",
                violation_error_message=_("There is already a view with this name."),
            ),
            models.UniqueConstraint(
                "owner",
                Lower("name"),
                condition=Q(shared=False, removed_at__isnull=True),
                name="calendar_view_own_name_unique",
                violation_error_message=_("You have already a view with this name."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def is_owned_by(self, actor) -> bool:
        return isinstance(actor, Membership) and self.owner_id == actor.pk
