import re

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from campaigns.enums import Separator
from campaigns.naming.addresses import host_pattern
from campaigns.naming.characters import unwritable
from campaigns.naming.rules import LONGEST_VALUE, ParameterRule
from teams.models import Removable, Versioned, Workspace, storable

NAME = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")
MOST_ENTRIES = 200
LONGEST_ENTRY = 200
LONGEST_LIST = MOST_ENTRIES * (LONGEST_ENTRY + 1)


def parameter_name(name: str) -> None:
    if not NAME.fullmatch(name):
        raise ValidationError(_("Begin with a letter; then letters, digits, _ and - may follow."), code="name")


def entries(text: str) -> tuple[str, ...]:
    """The entries of a list that is kept as a text with one a line: without empty ones and repetitions, in order."""
    return tuple(dict.fromkeys(entry for line in text.splitlines() if (entry := line.strip())))


def checked_entries(text: str) -> str:
    """The list as it is kept. Raises ValidationError for what no value, host or pattern can be."""
    found = entries(text)
    if len(found) > MOST_ENTRIES:
        raise ValidationError(_now("At most %(most)d entries.") % {"most": MOST_ENTRIES}, code="too_many")
    for entry in found:
        if len(entry) > LONGEST_ENTRY:
            sentence = _now("“%(entry)s…” is longer than %(most)d characters.")
            raise ValidationError(sentence % {"entry": entry[:20], "most": LONGEST_ENTRY}, code="too_long")
        if unwritable(entry):
            raise ValidationError(_now("“%(entry)s” has characters that nobody sees.") % {"entry": entry})
    return "\n".join(found)


def checked_hosts(text: str) -> str:
    """The same for hosts and patterns of hosts, in the ASCII form that links have."""
    hosts = []
    for entry in entries(checked_entries(text)):
        host = host_pattern(entry)
        if host is None:
            sentence = _now("“%(entry)s” is no host. Write it like example.com or *.example.com.")
            raise ValidationError(sentence % {"entry": entry}, code="host")
        hosts.append(host)
    return "\n".join(dict.fromkeys(hosts))


class LinkRule(Versioned, Removable):
    """What one tracking parameter of a workspace may say. `allowed` and `blocked` are kept with one entry a line."""

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="link_rules")
    parameter = models.CharField(_("parameter"), max_length=40, validators=[storable, parameter_name])
    required = models.BooleanField(_("required"), default=False)
    allowed = models.TextField(_("allowed values"), max_length=LONGEST_LIST, blank=True, validators=[storable])
    blocked = models.TextField(_("blocked values"), max_length=LONGEST_LIST, blank=True, validators=[storable])
    lowercase = models.BooleanField(_("small letters only"), default=True)
    separator = models.CharField(_("spaces"), max_length=4, choices=Separator, default=Separator.HYPHEN)
    longest = models.PositiveSmallIntegerField(
        _("longest"), default=100, validators=[MinValueValidator(1), MaxValueValidator(LONGEST_VALUE)]
    )

    class Meta:
        verbose_name = _("rule for links")
        verbose_name_plural = _("rules for links")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                "workspace",
                Lower("parameter"),
                condition=models.Q(removed_at__isnull=True),
                name="linkrule_parameter_unique",
                violation_error_message=_("There is already a rule for this parameter."),
            ),
            models.CheckConstraint(condition=models.Q(separator__in=Separator.values), name="linkrule_separator_known"),
            models.CheckConstraint(
                condition=models.Q(longest__range=(1, LONGEST_VALUE)), name="linkrule_longest_in_range"
            ),
        ]

    def __str__(self) -> str:
        return self.parameter

    def clean(self) -> None:
        errors = {}
        for name in ("allowed", "blocked"):
            try:
                setattr(self, name, checked_entries(getattr(self, name)))
            except ValidationError as error:
                errors[name] = error
        if errors:
            raise ValidationError(errors)

    def as_rule(self) -> ParameterRule:
        """The rule as the checker takes it."""
        return ParameterRule(
            self.parameter,
            required=self.required,
            allowed=entries(self.allowed),
            blocked=entries(self.blocked),
            lowercase=self.lowercase,
            separator="" if self.separator == Separator.KEEP else self.separator,
            longest=self.longest,
        )


class DestinationRule(Versioned):
    """Where the links of a workspace may lead. A workspace that has one has its rules for parameters, too."""

    workspace = models.OneToOneField(Workspace, models.CASCADE, related_name="destination_rule")
    https = models.BooleanField(_("https only"), default=True)
    allowed_hosts = models.TextField(_("allowed hosts"), max_length=LONGEST_LIST, blank=True, validators=[storable])
    blocked_hosts = models.TextField(_("blocked hosts"), max_length=LONGEST_LIST, blank=True, validators=[storable])

    class Meta:
        verbose_name = _("rule for destinations")
        verbose_name_plural = _("rules for destinations")
        ordering = ["pk"]

    def __str__(self) -> str:
        return _now("destinations")

    def clean(self) -> None:
        errors = {}
        for name in ("allowed_hosts", "blocked_hosts"):
            try:
                setattr(self, name, checked_hosts(getattr(self, name)))
            except ValidationError as error:
                errors[name] = error
        if errors:
            raise ValidationError(errors)
