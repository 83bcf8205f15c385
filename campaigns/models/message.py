from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from campaigns.enums import Cadence, Lifecycle, Position
from campaigns.models.campaign import HIGHEST_PRIORITY, Campaign, on_calendar
from campaigns.models.link import Link
from campaigns.models.segment import Segment
from campaigns.pressure.clock import zone_wrong
from campaigns.pressure.limits import MOST_DAYS
from journeys.models import Channel, Persona, Stage
from teams.models import Removable, Versioned, storable

language_code = RegexValidator(
    r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*\Z", _("Write the language as a code, such as en or pt-BR.")
)


def weekdays_known(days: object) -> None:
    numbers = days if isinstance(days, list) else []
    known = all(type(day) is int and 1 <= day <= 7 for day in numbers)
    if not numbers or not known or len(set(numbers)) < len(numbers):
        raise ValidationError(_("Choose at least one weekday, each once."))


def zone_known(zone: str) -> None:
    if zone_wrong(zone):
        raise ValidationError(_("There is no time zone “%(zone)s”. Write it like Europe/Sofia."), params={"zone": zone})


class Message(Versioned, Removable):
    """One piece of content to one audience by one channel.

    It goes on the days from `starts_on` to `ends_on`, both included, as `cadence` says (`every` days; `weekdays`: ISO,
    1 is Monday), at the time `at`, or at any time of the day where that is not said. `zone`: whose clock that is; empty
    is each person's own. `priority`, `offer`, `tone`, `next_step`: where they are empty, the campaign's count.
    `position` and `lifecycle`: what it is meant for. `tactic`: the one it began as, by its name on the shelf.
    """

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="messages")
    title = models.CharField(_("title"), max_length=160, validators=[storable])
    channel = models.ForeignKey(
        Channel, models.RESTRICT, verbose_name=_("channel"), null=True, blank=True, related_name="messages"
    )
    stage = models.ForeignKey(
        Stage,
        models.DO_NOTHING,
        verbose_name=_("stage"),
        null=True,
        blank=True,
        db_constraint=False,
        related_name="messages",
    )
    persona = models.ForeignKey(
        Persona, models.SET_NULL, verbose_name=_("persona"), null=True, blank=True, related_name="messages"
    )
    segments = models.ManyToManyField(Segment, verbose_name=_("segments"), blank=True, related_name="messages")
    position = models.CharField(_("position in the funnel"), max_length=6, choices=Position, blank=True)
    lifecycle = models.CharField(_("lifecycle state"), max_length=16, choices=Lifecycle, blank=True)

    starts_on = models.DateField(_("day"), null=True, blank=True, validators=[on_calendar])
    ends_on = models.DateField(_("last day"), null=True, blank=True, validators=[on_calendar])
    at = models.TimeField(_("time"), null=True, blank=True)
    zone = models.CharField(_("time zone"), max_length=64, blank=True, validators=[storable, zone_known])
    cadence = models.CharField(_("how often"), max_length=8, choices=Cadence, default=Cadence.ONCE)
    every = models.PositiveSmallIntegerField(
        _("days from one to the next"), default=7, validators=[MinValueValidator(1), MaxValueValidator(MOST_DAYS)]
    )
    weekdays = models.JSONField(_("weekdays"), default=list, blank=True)

    priority = models.PositiveSmallIntegerField(
        _("priority"), null=True, blank=True, validators=[MaxValueValidator(HIGHEST_PRIORITY)]
    )
    transactional = models.BooleanField(_("transactional"), default=False)
    offer = models.CharField(_("offer"), max_length=200, blank=True, validators=[storable])
    tone = models.CharField(_("tone"), max_length=120, blank=True, validators=[storable])
    next_step = models.CharField(_("next step for the customer"), max_length=200, blank=True, validators=[storable])
    link = models.ForeignKey(
        Link, models.SET_NULL, verbose_name=_("tracked link"), null=True, blank=True, related_name="messages"
    )
    tactic = models.CharField(max_length=40, blank=True, editable=False, validators=[storable])
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        ordering = ["starts_on", "at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(starts_on__isnull=True, ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="message_ends_after_start",
                violation_error_message=_("Its last day is before its first."),
            ),
            models.CheckConstraint(
                condition=Q(starts_on__isnull=True, ends_on__isnull=True)
                | Q(starts_on__isnull=False, ends_on__isnull=False),
                name="message_both_days_or_neither",
            ),
            models.CheckConstraint(condition=Q(cadence__in=Cadence.values), name="message_cadence_known"),
            models.CheckConstraint(condition=Q(every__range=(1, MOST_DAYS)), name="message_every_in_range"),
            models.CheckConstraint(condition=Q(position__in=["", *Position.values]), name="message_position_known"),
            models.CheckConstraint(condition=Q(lifecycle__in=["", *Lifecycle.values]), name="message_lifecycle_known"),
            models.CheckConstraint(
                condition=Q(priority__isnull=True) | Q(priority__range=(0, HIGHEST_PRIORITY)),
                name="message_priority_in_range",
            ),
        ]
        indexes = [models.Index(fields=["starts_on", "ends_on"], name="message_by_days")]

    def __str__(self) -> str:
        return self.title

    @property
    def workspace_id(self) -> int:
        return self.campaign.workspace_id

    def is_owned_by(self, actor) -> bool:
        """Its campaign's."""
        return self.campaign.is_owned_by(actor)

    def clean(self) -> None:
        if self.cadence == Cadence.WEEKDAYS:
            try:
                weekdays_known(self.weekdays)
            except ValidationError as error:
                raise ValidationError({"weekdays": error}) from None
        if self.starts_on and self.ends_on and (self.ends_on - self.starts_on).days >= MOST_DAYS:
            raise ValidationError({"ends_on": _("At most %(most)d days.") % {"most": MOST_DAYS}})


class MessageText(Versioned):
    """What a message says in one language."""

    message = models.ForeignKey(Message, models.CASCADE, related_name="texts")
    language = models.CharField(_("language"), max_length=12, validators=[storable, language_code])
    subject = models.CharField(_("subject"), max_length=200, blank=True, validators=[storable])
    text = models.TextField(_("text"), max_length=10000, blank=True, validators=[storable])

    class Meta:
        verbose_name = _("text of a message")
        verbose_name_plural = _("texts of messages")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["message", "language"], name="message_text_unique")]
