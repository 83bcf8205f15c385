from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from campaigns.enums import Assumed
from campaigns.models.segment import Segment
from campaigns.pressure.limits import MOST_PEOPLE
from insights.models import finite
from teams.models import Versioned, Workspace

ONE_WAY = _("Say how many people, which share, or what is assumed: one of the three.")


class SegmentOverlap(Versioned):
    """How many people two segments share: so many persons, a share (0–1) of the smaller one, or a named assumption.

    `one` is the segment with the smaller id.
    """

    one = models.ForeignKey(Segment, models.CASCADE, verbose_name=_("segment"), related_name="overlaps_after")
    other = models.ForeignKey(Segment, models.CASCADE, verbose_name=_("other segment"), related_name="overlaps_before")
    persons = models.PositiveBigIntegerField(
        _("people in both"), null=True, blank=True, validators=[MaxValueValidator(MOST_PEOPLE)]
    )
    share = models.FloatField(
        _("share of the smaller"),
        null=True,
        blank=True,
        validators=[finite, MinValueValidator(0), MaxValueValidator(1)],
    )
    assumed = models.CharField(_("assumption"), max_length=11, choices=Assumed, blank=True)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("overlap of segments")
        verbose_name_plural = _("overlaps of segments")
        ordering = ["one_id", "other_id"]
        constraints = [
            models.UniqueConstraint(fields=["one", "other"], name="segment_overlap_unique"),
            models.CheckConstraint(condition=Q(one__lt=F("other")), name="segment_overlap_in_order"),
            models.CheckConstraint(
                condition=Q(assumed__in=["", *Assumed.values]), name="segment_overlap_assumed_known"
            ),
            models.CheckConstraint(
                condition=(
                    Q(persons__isnull=False, share__isnull=True, assumed="")
                    | Q(persons__isnull=True, share__isnull=False, assumed="")
                    | (Q(persons__isnull=True, share__isnull=True) & ~Q(assumed=""))
                ),
                name="segment_overlap_in_one_way",
                violation_error_message=ONE_WAY,
            ),
            models.CheckConstraint(
                condition=Q(persons__isnull=True) | Q(persons__lte=MOST_PEOPLE), name="segment_overlap_persons_in_range"
            ),
            models.CheckConstraint(
                condition=Q(share__isnull=True) | Q(share__range=(0, 1)), name="segment_overlap_share_in_range"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.one} × {self.other}"

    @property
    def workspace_id(self) -> int:
        return self.one.workspace_id

    def clean(self) -> None:
        if self.one_id and self.other_id and self.one.workspace_id != self.other.workspace_id:
            raise ValidationError({"other": _("Both are segments of one workspace.")})


class AudienceAssumption(Versioned):
    """What a workspace assumes of pairs of segments whose overlap nobody has stated. `population`: all people there
    are, which "independent" needs."""

    workspace = models.OneToOneField(Workspace, models.CASCADE, related_name="audience_assumption")
    assumed = models.CharField(_("assumption"), max_length=11, choices=Assumed, default=Assumed.DISJOINT)
    population = models.PositiveBigIntegerField(
        _("everybody there is"), null=True, blank=True, validators=[MaxValueValidator(MOST_PEOPLE)]
    )
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("assumption on audiences")
        verbose_name_plural = _("assumptions on audiences")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=Q(assumed__in=Assumed.values), name="audience_assumption_known"),
            models.CheckConstraint(
                condition=~Q(assumed="independent") | Q(population__isnull=False),
                name="audience_assumption_has_population",
                violation_error_message=_("Independent segments need the number of all people there are."),
            ),
            models.CheckConstraint(
                condition=Q(population__isnull=True) | Q(population__lte=MOST_PEOPLE),
                name="audience_assumption_population_in_range",
            ),
        ]

    def __str__(self) -> str:
        return str(Assumed(self.assumed).label)
