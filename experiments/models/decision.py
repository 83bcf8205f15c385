from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from experiments.enums import LearningState, Outcome, Result
from experiments.models.experiment import Experiment
from experiments.models.plan import Variant
from journeys.models import Card, Stage
from teams.models import ApiKey, Membership, Versioned, storable


class Decision(Versioned):
    """What is done after an experiment, and why. One person proposes, another confirms or sends back.

    `effect` is the estimate of the first primary metric as it was when this was proposed, see `queries.analysis`.
    """

    experiment = models.ForeignKey(Experiment, models.CASCADE, related_name="decisions")
    outcome = models.CharField(_("decision"), max_length=10, choices=Outcome)
    result = models.CharField(_("result"), max_length=12, choices=Result)
    variant = models.ForeignKey(
        Variant, models.SET_NULL, verbose_name=_("variant"), null=True, blank=True, related_name="decisions"
    )
    why = models.TextField(_("reason"), max_length=2000, validators=[storable])
    learned = models.TextField(_("what we learned"), max_length=2000, validators=[storable])
    effect = models.JSONField(null=True, editable=False, encoder=DjangoJSONEncoder)
    follow_up_on = models.DateField(_("look again on"), null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, editable=False)
    proposed_by = models.ForeignKey(Membership, models.SET_NULL, null=True, related_name="+", editable=False)
    proposed_key = models.ForeignKey(ApiKey, models.SET_NULL, null=True, related_name="+", editable=False)
    proposer_name = models.CharField(max_length=254, editable=False)
    proposed_at = models.DateTimeField(editable=False)
    confirmed_by = models.ForeignKey(Membership, models.SET_NULL, null=True, related_name="+", editable=False)
    confirmer_name = models.CharField(max_length=254, blank=True, editable=False)
    confirmed_at = models.DateTimeField(null=True, editable=False)
    returned_by = models.ForeignKey(Membership, models.SET_NULL, null=True, related_name="+", editable=False)
    returner_name = models.CharField(max_length=254, blank=True, editable=False)
    returned_at = models.DateTimeField(null=True, editable=False)
    returned_why = models.CharField(max_length=500, blank=True, validators=[storable])

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(outcome__in=Outcome.values), name="decision_outcome_known"),
            models.CheckConstraint(condition=Q(result__in=Result.values), name="decision_result_known"),
            models.UniqueConstraint(
                fields=["experiment"], condition=Q(returned_at__isnull=True), name="decision_standing_unique"
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True, confirmer_name="")
                | (Q(confirmed_at__isnull=False) & ~Q(confirmer_name="")),
                name="decision_confirmed_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(returned_at__isnull=True, returner_name="", returned_why="")
                | (Q(returned_at__isnull=False, confirmed_at__isnull=True) & ~Q(returner_name="")),
                name="decision_returned_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True)
                | Q(proposed_by__isnull=True)
                | ~Q(confirmed_by=F("proposed_by")),
                name="decision_confirmed_by_another",
            ),
        ]
        indexes = [
            models.Index(fields=["follow_up_on"], condition=Q(follow_up_on__isnull=False), name="decision_follow_up")
        ]

    def __str__(self) -> str:
        return str(self.get_outcome_display())

    @property
    def workspace_id(self) -> int:
        return self.experiment.workspace_id


class Learning(Versioned):
    """What a confirmed decision leaves on the map: written there, or a suggestion to the stage's owner.

    It goes onto the `card` as a measured source; where there is only a `stage`, as a new card, which is then `card`.
    """

    decision = models.OneToOneField(Decision, models.CASCADE, related_name="learning")
    stage = models.ForeignKey(Stage, models.DO_NOTHING, null=True, db_constraint=False, related_name="learnings")
    card = models.ForeignKey(Card, models.DO_NOTHING, null=True, db_constraint=False, related_name="learnings")
    state = models.CharField(_("state"), max_length=10, choices=LearningState, default=LearningState.SUGGESTED)
    answered_by = models.ForeignKey(Membership, models.SET_NULL, null=True, related_name="+")
    answerer_name = models.CharField(max_length=254, blank=True)
    answered_at = models.DateTimeField(null=True)
    answer = models.CharField(_("reason"), max_length=500, blank=True, validators=[storable])

    class Meta:
        verbose_name = _("learning")
        verbose_name_plural = _("learnings")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=LearningState.values), name="learning_state_known"),
            models.CheckConstraint(
                condition=Q(state=LearningState.SUGGESTED, answered_at__isnull=True)
                | (~Q(state=LearningState.SUGGESTED) & Q(answered_at__isnull=False)),
                name="learning_answered_with_date",
            ),
        ]

    def __str__(self) -> str:
        return self.decision.learned[:80]

    @property
    def workspace_id(self) -> int:
        return self.decision.experiment.workspace_id
