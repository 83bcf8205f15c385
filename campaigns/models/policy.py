from datetime import date

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from campaigns.enums import Per, PolicyKind, PolicyScope
from campaigns.models.campaign import on_calendar
from campaigns.policy_words import in_words
from campaigns.pressure.limits import MOST_GAP_HOURS, MOST_PER_PERIOD
from insights.models import finite
from journeys.models import Channel, Stage
from teams.models import Removable, Versioned, Workspace, storable

LEAST_GAP_HOURS = 1 / 60
WHOLE_WEEK = 0b1111111
MOST_BLACKOUT_DAYS = 400

# The fields that a kind has; each of them must be said, and those of the other kinds must not be.
FIELDS: dict[str, tuple[str, ...]] = {
    PolicyKind.CAP: ("n", "per"),
    PolicyKind.GAP: ("hours",),
    PolicyKind.QUIET_HOURS: ("quiet_from", "quiet_until"),
    PolicyKind.QUIET_WEEKDAYS: ("weekdays",),
    PolicyKind.BLACKOUT: ("days",),
    PolicyKind.HELD_OUT: ("share",),
}
OWN_FIELDS = tuple(name for names in FIELDS.values() for name in names)
BY_CALENDAR = (PolicyKind.QUIET_HOURS, PolicyKind.QUIET_WEEKDAYS, PolicyKind.BLACKOUT)


def blackout_days(days: object) -> None:
    """A list of days as `YYYY-MM-DD`, in order, each once."""
    texts = days if isinstance(days, list) else []
    try:
        found = [date.fromisoformat(text) for text in texts]
    except (TypeError, ValueError):
        raise ValidationError(_("Write days like 2027-12-24."), code="day") from None
    if not found:
        raise ValidationError(_("Give at least one day."), code="required")
    if len(found) > MOST_BLACKOUT_DAYS:
        raise ValidationError(_("At most %(most)d days.") % {"most": MOST_BLACKOUT_DAYS}, code="too_many")
    for day in found:
        on_calendar(day)


def fields_of_kind() -> Q:
    """Each kind has its fields and no others."""
    found = Q(pk__in=[])
    for kind, names in FIELDS.items():
        own = {f"{name}__isnull": name not in names for name in OWN_FIELDS if name != "per"}
        per = ~Q(per="") if "per" in names else Q(per="")
        found |= Q(kind=kind, **own) & per
    return found


class Policy(Versioned, Removable):
    """A rule on contact pressure: what a workspace lets its messages do to people.

    `kind` says which fields it has. Cap: at most `n` messages `per` day, week or month. Gap: `hours` between two. Quiet
    hours: from `quiet_from` until before `quiet_until` on the person's clock, past midnight where that is earlier.
    Quiet weekdays: `weekdays`, bits of which the first is Monday. Blackout: `days` as YYYY-MM-DD. Held out: a `share`
    of everybody, 0 to 1. `scope`: over which messages; without its channel or stage, each of them on its own.
    `binds_transactional`: whether hours and days hold transactional messages, too; all else passes them.
    """

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="policies")
    kind = models.CharField(_("kind"), max_length=14, choices=PolicyKind)
    enabled = models.BooleanField(_("in force"), default=True)
    note = models.CharField(_("note"), max_length=200, blank=True, validators=[storable])
    scope = models.CharField(_("counts"), max_length=7, choices=PolicyScope, default=PolicyScope.ALL)
    channel = models.ForeignKey(
        Channel, models.RESTRICT, verbose_name=_("channel"), null=True, blank=True, related_name="policies"
    )
    stage = models.ForeignKey(
        Stage,
        models.DO_NOTHING,
        verbose_name=_("stage"),
        null=True,
        blank=True,
        db_constraint=False,
        related_name="policies",
    )
    n = models.PositiveIntegerField(
        _("at most"), null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(MOST_PER_PERIOD)]
    )
    per = models.CharField(_("per"), max_length=5, choices=Per, blank=True)
    hours = models.FloatField(
        _("hours"),
        null=True,
        blank=True,
        validators=[finite, MinValueValidator(LEAST_GAP_HOURS), MaxValueValidator(MOST_GAP_HOURS)],
    )
    quiet_from = models.TimeField(_("from"), null=True, blank=True)
    quiet_until = models.TimeField(_("until"), null=True, blank=True)
    weekdays = models.PositiveSmallIntegerField(
        _("weekdays"), null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(WHOLE_WEEK - 1)]
    )
    days = models.JSONField(_("days"), null=True, blank=True, validators=[blackout_days])
    share = models.FloatField(
        _("share"), null=True, blank=True, validators=[finite, MinValueValidator(0), MaxValueValidator(1)]
    )
    binds_transactional = models.BooleanField(_("binds transactional messages, too"), default=False)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("policy")
        verbose_name_plural = _("policies")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=PolicyKind.values), name="policy_kind_known"),
            models.CheckConstraint(condition=Q(scope__in=PolicyScope.values), name="policy_scope_known"),
            models.CheckConstraint(condition=Q(per__in=["", *Per.values]), name="policy_per_known"),
            models.CheckConstraint(
                condition=fields_of_kind(),
                name="policy_has_the_fields_of_its_kind",
                violation_error_message=_("Fill in what this kind of policy needs, and nothing else."),
            ),
            models.CheckConstraint(
                condition=(
                    Q(scope="all", channel__isnull=True, stage__isnull=True)
                    | Q(scope="channel", stage__isnull=True)
                    | Q(scope="stage", channel__isnull=True)
                ),
                name="policy_of_what_it_counts",
                violation_error_message=_("A policy is for a channel, for a stage, or for neither."),
            ),
            models.CheckConstraint(
                condition=~Q(kind="held-out") | Q(scope="all"),
                name="policy_holds_out_of_everything",
                violation_error_message=_("People are held out of everything."),
            ),
            models.CheckConstraint(
                condition=Q(binds_transactional=False) | Q(kind__in=BY_CALENDAR), name="policy_binds_by_calendar"
            ),
            models.CheckConstraint(
                condition=Q(n__isnull=True) | Q(n__range=(1, MOST_PER_PERIOD)), name="policy_n_in_range"
            ),
            models.CheckConstraint(
                condition=Q(hours__isnull=True) | Q(hours__range=(LEAST_GAP_HOURS, MOST_GAP_HOURS)),
                name="policy_hours_in_range",
            ),
            models.CheckConstraint(
                condition=Q(quiet_from__isnull=True) | ~Q(quiet_from=F("quiet_until")),
                name="policy_quiet_hours_end",
                violation_error_message=_("Quiet hours end at another time than they start."),
            ),
            models.CheckConstraint(
                condition=Q(weekdays__isnull=True) | Q(weekdays__range=(1, WHOLE_WEEK - 1)),
                name="policy_weekdays_in_range",
                violation_error_message=_("One day of the week must be left."),
            ),
            models.CheckConstraint(
                condition=Q(share__isnull=True) | Q(share__range=(0, 1)), name="policy_share_in_range"
            ),
        ]
        indexes = [models.Index(fields=["workspace", "removed_at"], name="policy_live")]

    def __str__(self) -> str:
        return in_words(self)

    @property
    def weekday_list(self) -> list[int]:
        """ISO weekdays: 1 is Monday."""
        return [number for number in range(1, 8) if (self.weekdays or 0) >> (number - 1) & 1]
