import secrets
from typing import TYPE_CHECKING

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from insights.models import Metric
from journeys.enums import LaneKind, MapKind, MapStatus, PathKind, TeamPart
from journeys.models.persona import Persona, Scenario
from teams.models import ApiKey, Membership, Removable, Team, Versioned, Workspace, storable

if TYPE_CHECKING:
    from journeys.models.change import Change

MOST_PERSONAS = 5
valid_uid = RegexValidator(r"\A[A-Za-z0-9_-]{1,40}\Z")


def new_uid() -> str:
    """A short name for a part of a map: unique in its map, kept by its documents, copies and restores."""
    return secrets.token_hex(6)


class Recorded:
    """A part of a map. The service that returns it says in `last_change` what it recorded, None for no change."""

    last_change: "Change | None" = None


class Map(Versioned, Removable):
    """A journey map. `revision` is the number of its last change; `version` counts edits of the map's own fields."""

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="maps")
    title = models.CharField(_("title"), max_length=160, validators=[storable])
    description = models.TextField(_("description"), max_length=4000, blank=True, validators=[storable])
    kind = models.CharField(_("kind"), max_length=8, choices=MapKind, default=MapKind.AS_IS)
    status = models.CharField(_("status"), max_length=10, choices=MapStatus, default=MapStatus.DRAFT)
    owner = models.ForeignKey(Membership, models.RESTRICT, verbose_name=_("owner"), related_name="owned_maps")
    created_by_key = models.ForeignKey(ApiKey, models.SET_NULL, null=True, editable=False, related_name="+")
    personas = models.ManyToManyField(Persona, through="MapPersona", related_name="maps")
    scenario = models.ForeignKey(
        Scenario, models.SET_NULL, verbose_name=_("scenario"), null=True, blank=True, related_name="maps"
    )
    to_be = models.ForeignKey(
        "self", models.SET_NULL, verbose_name=_("to-be map"), null=True, blank=True, related_name="as_is_maps"
    )
    is_template = models.BooleanField(default=False, editable=False)
    revision = models.PositiveBigIntegerField(default=0, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("map")
        verbose_name_plural = _("maps")
        ordering = ["-changed_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=MapKind.values), name="map_kind_known"),
            models.CheckConstraint(condition=Q(status__in=MapStatus.values), name="map_status_known"),
            models.CheckConstraint(
                condition=Q(to_be__isnull=True) | Q(kind=MapKind.AS_IS), name="map_to_be_from_as_is"
            ),
            models.CheckConstraint(condition=~Q(to_be=F("id")), name="map_to_be_other"),
        ]
        indexes = [
            models.Index(
                fields=["workspace", "-changed_at", "-id"],
                condition=Q(is_template=False, removed_at__isnull=True),
                name="map_recent",
            )
        ]

    def __str__(self) -> str:
        return self.title

    def is_owned_by(self, actor) -> bool:
        if isinstance(actor, ApiKey):
            return self.created_by_key_id == actor.pk
        return self.owner_id == actor.pk


class MapPersona(models.Model):
    """A persona of a map, in order; the first is the one the map is for."""

    map = models.ForeignKey(Map, models.CASCADE, related_name="map_personas")
    persona = models.ForeignKey(Persona, models.RESTRICT, related_name="map_personas")
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["map", "persona"], name="map_persona_unique")]


class Stage(Recorded, Versioned):
    """A column of a map, with its owner: one accountable team and one accountable person."""

    map = models.ForeignKey(Map, models.CASCADE, related_name="stages")
    uid = models.CharField(max_length=40, default=new_uid, editable=False, validators=[valid_uid])
    position = models.PositiveSmallIntegerField(editable=False)
    name = models.CharField(_("name"), max_length=80, validators=[storable])
    description = models.TextField(_("what happens here"), max_length=2000, blank=True, validators=[storable])
    questions = models.JSONField(_("guiding questions"), default=list, blank=True)
    example_channels = models.JSONField(_("example channels"), default=list, blank=True)
    accountable_team = models.ForeignKey(
        Team, models.RESTRICT, verbose_name=_("accountable team"), null=True, blank=True, related_name="stages"
    )
    accountable_person = models.ForeignKey(
        Membership, models.RESTRICT, verbose_name=_("accountable person"), null=True, blank=True, related_name="stages"
    )
    teams = models.ManyToManyField(Team, through="StageTeam", related_name="+")
    metric = models.ForeignKey(
        Metric, models.RESTRICT, verbose_name=_("metric"), null=True, blank=True, related_name="stages"
    )

    class Meta:
        verbose_name = _("stage")
        verbose_name_plural = _("stages")
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["map", "uid"], name="stage_uid_unique")]

    def __str__(self) -> str:
        return self.name

    @property
    def workspace_id(self) -> int:
        return self.map.workspace_id

    def is_owned_by(self, actor) -> bool:
        """Its accountable person, a member of its accountable or a responsible team, or the map's owner."""
        if self.map.is_owned_by(actor):
            return True
        if isinstance(actor, Membership) and self.accountable_person_id == actor.pk:
            return True
        teams = {part.team_id for part in self.stage_teams.all() if part.part == TeamPart.RESPONSIBLE}
        return bool(actor.team_ids & (teams | {self.accountable_team_id}))


class StageTeam(models.Model):
    """A team's part in a stage besides being accountable: responsible, consulted or informed."""

    stage = models.ForeignKey(Stage, models.CASCADE, related_name="stage_teams")
    team = models.ForeignKey(Team, models.RESTRICT, related_name="stage_parts")
    part = models.CharField(max_length=12, choices=TeamPart)

    class Meta:
        verbose_name = _("part in a stage")
        verbose_name_plural = _("parts in stages")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["stage", "team"], name="stage_team_unique"),
            models.CheckConstraint(condition=Q(part__in=TeamPart.values), name="stage_team_part_known"),
        ]


class Lane(Recorded, Versioned):
    """A row of a map."""

    map = models.ForeignKey(Map, models.CASCADE, related_name="lanes")
    uid = models.CharField(max_length=40, default=new_uid, editable=False, validators=[valid_uid])
    position = models.PositiveSmallIntegerField(editable=False)
    kind = models.CharField(_("kind"), max_length=16, choices=LaneKind, default=LaneKind.FREE)
    name = models.CharField(_("name"), max_length=60, validators=[storable])

    class Meta:
        verbose_name = _("lane")
        verbose_name_plural = _("lanes")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["map", "uid"], name="lane_uid_unique"),
            models.CheckConstraint(condition=Q(kind__in=LaneKind.values), name="lane_kind_known"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def workspace_id(self) -> int:
        return self.map.workspace_id


class Path(Versioned):
    """A way between two stages. `share` is the fraction (0 to 1) of those who leave the stage by it, where known."""

    map = models.ForeignKey(Map, models.CASCADE, related_name="paths")
    uid = models.CharField(max_length=40, default=new_uid, editable=False, validators=[valid_uid])
    source = models.ForeignKey(Stage, models.CASCADE, verbose_name=_("from"), related_name="paths_out")
    target = models.ForeignKey(Stage, models.CASCADE, verbose_name=_("to"), related_name="paths_in")
    kind = models.CharField(_("kind"), max_length=8, choices=PathKind)
    share = models.FloatField(_("share"), null=True, blank=True)
    label = models.CharField(_("label"), max_length=80, blank=True, validators=[storable])

    class Meta:
        verbose_name = _("path")
        verbose_name_plural = _("paths")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["map", "uid"], name="path_uid_unique"),
            models.UniqueConstraint(
                fields=["source", "target", "kind"],
                name="path_unique",
                violation_error_message=_("There is already such a path."),
            ),
            models.CheckConstraint(condition=Q(kind__in=PathKind.values), name="path_kind_known"),
            models.CheckConstraint(
                condition=Q(share__isnull=True) | Q(share__gte=0, share__lte=1), name="path_share_fraction"
            ),
            models.CheckConstraint(
                condition=~Q(source=F("target")) | Q(kind__in=[PathKind.PAUSE, PathKind.RETURN]),
                name="path_leads_elsewhere",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source} → {self.target}"

    @property
    def workspace_id(self) -> int:
        return self.map.workspace_id
