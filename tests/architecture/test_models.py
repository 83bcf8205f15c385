"""Every model, also the one that somebody adds tomorrow: its workspace, its references, its texts and choices."""

import pytest
from django.apps import apps
from django.db import models
from django.db.models import CASCADE, DO_NOTHING, RESTRICT, SET_NULL

from journeys.models import Map
from teams.models import Membership, Removable, Team, User, Versioned, Workspace, storable
from tests.architecture.addresses import make_things

OURS = ["teams", "insights", "journeys", "experiments", "campaigns"]

WITHOUT_A_WORKSPACE = {
    Workspace: "it is the workspace",
    User: "a person may belong to several workspaces, or none",
}

# model.field: what happens when the other end is deleted. RESTRICT: not while this is there, unless both go at once.
# A new reference is missing here: think first.
ON_DELETE = {
    "teams.activity.actor": SET_NULL,  # the name stays
    "teams.activity.key": SET_NULL,
    "teams.activity.workspace": CASCADE,
    "teams.apikey.created_by": SET_NULL,  # the key works on
    "teams.apikey.workspace": CASCADE,
    "teams.comment.author": SET_NULL,  # the name stays
    "teams.comment.key": SET_NULL,
    "teams.comment.parent": CASCADE,
    "teams.comment.workspace": CASCADE,
    "teams.invitation.invited_by": SET_NULL,
    "teams.invitation.workspace": CASCADE,
    "teams.membership.user": CASCADE,
    "teams.membership.workspace": CASCADE,
    "teams.mention.comment": CASCADE,
    "teams.mention.member": CASCADE,
    "teams.notification.actor": SET_NULL,  # the name stays
    "teams.notification.recipient": CASCADE,
    "teams.notification.workspace": CASCADE,
    "teams.searchword.workspace": CASCADE,
    "teams.team.workspace": CASCADE,
    "experiments.checklistitem.workspace": CASCADE,
    "experiments.decision.confirmed_by": SET_NULL,  # the names stay
    "experiments.decision.experiment": CASCADE,
    "experiments.decision.proposed_by": SET_NULL,
    "experiments.decision.proposed_key": SET_NULL,
    "experiments.decision.returned_by": SET_NULL,
    "experiments.decision.variant": SET_NULL,
    "experiments.deviation.actor": SET_NULL,
    "experiments.deviation.experiment": CASCADE,
    "experiments.deviation.key": SET_NULL,
    "experiments.entry.actor": SET_NULL,
    "experiments.entry.experiment": CASCADE,
    "experiments.entry.key": SET_NULL,
    "experiments.entry.metric": CASCADE,  # one with results cannot leave the plan
    "experiments.entry.variant": CASCADE,
    "experiments.evidence.experiment": CASCADE,
    "experiments.experiment.card": DO_NOTHING,  # undo on the map brings the same row back
    "experiments.experiment.copied_from": SET_NULL,
    "experiments.experiment.created_by_key": SET_NULL,
    "experiments.experiment.metric": RESTRICT,
    "experiments.experiment.opportunity": DO_NOTHING,
    "experiments.experiment.owner": RESTRICT,  # handed over before the member leaves
    "experiments.experiment.persona": SET_NULL,
    "experiments.experiment.reason": RESTRICT,
    "experiments.experiment.stage": DO_NOTHING,
    "experiments.experiment.team": SET_NULL,
    "experiments.experiment.workspace": CASCADE,
    "experiments.learning.answered_by": SET_NULL,
    "experiments.learning.card": DO_NOTHING,
    "experiments.learning.decision": CASCADE,
    "experiments.learning.stage": DO_NOTHING,
    "experiments.plan.experiment": CASCADE,
    "experiments.plannedmetric.experiment": CASCADE,
    "experiments.plannedmetric.metric": RESTRICT,
    "experiments.practice.workspace": CASCADE,
    "experiments.reason.workspace": CASCADE,
    "experiments.score.experiment": CASCADE,
    "experiments.score.scorer": SET_NULL,
    "experiments.tick.by": SET_NULL,
    "experiments.tick.experiment": CASCADE,
    "experiments.tick.item": CASCADE,
    "experiments.variant.experiment": CASCADE,
    "insights.metric.owner": RESTRICT,  # handed over before the member leaves
    "insights.metric.workspace": CASCADE,
    "insights.reading.metric": CASCADE,
    "insights.reading.recorded_by": SET_NULL,
    "campaigns.approval.answered_by": SET_NULL,  # the name stays
    "campaigns.approval.member": SET_NULL,  # then the administrators are asked
    "campaigns.approval.request": CASCADE,
    "campaigns.approval.rule": SET_NULL,
    "campaigns.approval.team": SET_NULL,
    "campaigns.approvalrequest.actor": SET_NULL,  # the name stays
    "campaigns.approvalrequest.campaign": CASCADE,
    "campaigns.approvalrequest.key": SET_NULL,
    "campaigns.approvalrule.channel": RESTRICT,
    "campaigns.approvalrule.member": RESTRICT,  # handed over before the member leaves
    "campaigns.approvalrule.team": RESTRICT,
    "campaigns.approvalrule.workspace": CASCADE,
    "campaigns.attachment.campaign": CASCADE,
    "campaigns.audienceassumption.workspace": CASCADE,
    "campaigns.budgetline.campaign": CASCADE,
    "campaigns.budgetline.channel": RESTRICT,  # money stays where it was planned
    "campaigns.campaign.copied_from": SET_NULL,
    "campaigns.campaign.created_by_key": SET_NULL,
    "campaigns.campaign.metric": RESTRICT,
    "campaigns.campaign.owner": RESTRICT,  # handed over before the member leaves
    "campaigns.campaign.team": SET_NULL,
    "campaigns.campaign.workspace": CASCADE,
    "campaigns.campaignstage.campaign": CASCADE,
    "campaigns.campaignstage.stage": DO_NOTHING,  # undo on the map brings the same row back
    "campaigns.actual.actor": SET_NULL,  # the name stays
    "campaigns.actual.key": SET_NULL,
    "campaigns.actual.metric": SET_NULL,  # the number stays
    "campaigns.actual.projection": CASCADE,
    "campaigns.declinedoffer.by": SET_NULL,
    "campaigns.declinedoffer.experiment": CASCADE,
    "campaigns.declinedoffer.projection": CASCADE,
    "campaigns.clash.campaign": CASCADE,
    "campaigns.clash.experiment": CASCADE,
    "campaigns.clash.other": CASCADE,
    "campaigns.destinationrule.workspace": CASCADE,
    "campaigns.forecastscore.projection": CASCADE,
    "campaigns.forecastscore.version": CASCADE,
    "campaigns.hiddentactic.workspace": CASCADE,
    "campaigns.feed.member": CASCADE,  # a person's own: it ends with their membership
    "campaigns.feed.view": CASCADE,
    "campaigns.link.built_by": SET_NULL,  # the name stays
    "campaigns.link.built_by_key": SET_NULL,
    "campaigns.link.replaces": SET_NULL,
    "campaigns.link.workspace": CASCADE,
    "campaigns.linkrule.workspace": CASCADE,
    "campaigns.linkupload.member": CASCADE,
    "campaigns.message.campaign": CASCADE,
    "campaigns.message.channel": RESTRICT,
    "campaigns.message.link": SET_NULL,
    "campaigns.message.persona": SET_NULL,
    "campaigns.message.stage": DO_NOTHING,
    "campaigns.messagetext.message": CASCADE,
    "campaigns.policy.channel": RESTRICT,
    "campaigns.policy.stage": DO_NOTHING,  # undo on the map brings the same row back
    "campaigns.policy.workspace": CASCADE,
    "campaigns.segment.workspace": CASCADE,
    "campaigns.segmentoverlap.one": CASCADE,
    "campaigns.segmentoverlap.other": CASCADE,
    "campaigns.tactic.workspace": CASCADE,
    "campaigns.savedview.owner": CASCADE,  # shared ones are handed over before the member leaves
    "campaigns.savedview.workspace": CASCADE,
    "campaigns.sharedlink.made_by": SET_NULL,  # the link works on
    "campaigns.sharedlink.view": CASCADE,
    "campaigns.task.campaign": CASCADE,
    "campaigns.task.done_by": SET_NULL,
    "campaigns.task.owner": SET_NULL,
    "campaigns.projection.campaign": SET_NULL,
    "campaigns.projection.created_by_key": SET_NULL,
    "campaigns.projection.map": SET_NULL,  # its stages stay by their names
    "campaigns.projection.owner": RESTRICT,  # handed over before the member leaves
    "campaigns.projection.team": SET_NULL,
    "campaigns.projection.workspace": CASCADE,
    "campaigns.projectionuse.experiment": CASCADE,  # its name stays with the source
    "campaigns.projectionuse.metric": CASCADE,
    "campaigns.projectionuse.projection": CASCADE,
    "campaigns.projectionuse.stage": DO_NOTHING,
    "campaigns.projectionversion.locked_by": SET_NULL,  # the names stay
    "campaigns.projectionversion.made_by": SET_NULL,
    "campaigns.projectionversion.made_by_key": SET_NULL,
    "campaigns.projectionversion.projection": CASCADE,
    "journeys.card.accountable": RESTRICT,  # a moment always has its person …
    "journeys.card.channel": RESTRICT,
    "journeys.card.lane": CASCADE,
    "journeys.card.map": CASCADE,
    "journeys.card.metric": RESTRICT,  # … and its metric
    "journeys.card.stage": CASCADE,
    "journeys.change.actor": SET_NULL,  # the name stays in the change
    "journeys.change.key": SET_NULL,
    "journeys.change.map": CASCADE,
    "journeys.channel.workspace": CASCADE,
    "journeys.emotion.card": CASCADE,
    "journeys.emotion.persona": RESTRICT,
    "journeys.lane.map": CASCADE,
    "journeys.map.created_by_key": SET_NULL,
    "journeys.map.owner": RESTRICT,  # handed over before the member leaves
    "journeys.map.scenario": SET_NULL,
    "journeys.map.to_be": SET_NULL,
    "journeys.map.workspace": CASCADE,
    "journeys.mappersona.map": CASCADE,
    "journeys.mappersona.persona": RESTRICT,
    "journeys.path.map": CASCADE,
    "journeys.path.source": CASCADE,
    "journeys.path.target": CASCADE,
    "journeys.persona.workspace": CASCADE,
    "journeys.scenario.persona": CASCADE,
    "journeys.source.card": CASCADE,
    "journeys.stage.accountable_person": RESTRICT,
    "journeys.stage.accountable_team": RESTRICT,
    "journeys.stage.map": CASCADE,
    "journeys.stage.metric": RESTRICT,
    "journeys.stageteam.stage": CASCADE,
    "journeys.stageteam.team": RESTRICT,
}

# Text that people do not type, or that only keeps what was checked before.
NOT_TYPED = {
    "campaigns.approval.answerer_name",
    "campaigns.approval.stages",
    "campaigns.approvalrequest.actor_name",
    "campaigns.sharedlink.start",
    "campaigns.sharedlink.token_hash",
    "campaigns.actual.actor_name",
    "campaigns.feed.start",
    "campaigns.feed.state",
    "campaigns.feed.token_hash",
    "campaigns.link.built_by_name",
    "campaigns.projectionversion.digest",
    "campaigns.projectionversion.locker_name",
    "campaigns.projectionversion.made_by_name",
    "experiments.decision.confirmer_name",
    "experiments.decision.proposer_name",
    "experiments.decision.returner_name",
    "experiments.deviation.actor_name",
    "experiments.entry.actor_name",
    "experiments.learning.answerer_name",
    "experiments.score.scorer_name",
    "experiments.tick.by_name",
    "teams.activity.actor_name",
    "teams.activity.kind",
    "teams.activity.label",
    "teams.activity.verb",
    "teams.apikey.key_hash",
    "teams.apikey.start",
    "teams.comment.author_name",
    "teams.comment.kind",
    "teams.comment.resolved_by",
    "teams.invitation.token_hash",
    "teams.notification.actor_name",
    "teams.notification.kind",
    "teams.notification.label",
    "teams.notification.path",
    "teams.notification.verb",
    "teams.searchword.kind",
    "teams.searchword.word",
    "journeys.change.actor_name",
    "journeys.change.target_kind",
    "journeys.change.target_label",
    "journeys.change.target_uid",
}


def our_models() -> list[type[models.Model]]:
    """With the tables between two models that Django makes itself."""
    return [model for label in OURS for model in apps.get_app_config(label).get_models(include_auto_created=True)]


def fields_of(model: type[models.Model], kind: type) -> list:
    return [field for field in model._meta.get_fields() if isinstance(field, kind) and field.concrete]


def label(field: models.Field) -> str:
    return f"{field.model._meta.label_lower}.{field.name}"


def required_parents(model: type[models.Model]) -> set[type[models.Model]]:
    """What a row cannot be without, and goes with."""
    return {
        field.related_model
        for field in fields_of(model, models.ForeignKey)
        if not field.null and field.remote_field.on_delete is CASCADE
    }


def reaches_workspace(model: type[models.Model]) -> bool:
    return model is Workspace or any(reaches_workspace(parent) for parent in required_parents(model) - {model})


@pytest.mark.parametrize("model", our_models(), ids=lambda model: model._meta.label_lower)
def test_model_belongs_to_a_workspace(model):
    between_people = {User.groups.through, User.user_permissions.through}

    assert reaches_workspace(model) or model in WITHOUT_A_WORKSPACE or model in between_people


def test_what_happens_on_deletion_was_thought_about():
    stated = {
        label(field): field.remote_field.on_delete
        for model in our_models()
        if not model._meta.auto_created
        for field in fields_of(model, models.ForeignKey)
    }

    assert stated == ON_DELETE


def test_typed_text_can_be_stored():
    """PostgreSQL keeps neither null characters nor half pairs: the field refuses them before the database does."""
    loose = {
        label(field)
        for model in our_models()
        for field in [*fields_of(model, models.CharField), *fields_of(model, models.TextField)]
        if not field.choices and storable not in field.validators
    }
    checked_by_their_form = {
        label(field)
        for model in our_models()
        for field in fields_of(model, models.CharField)
        if type(field) in {models.SlugField, models.EmailField} or field.name in {"uid", "password", "timezone"}
    }

    assert loose - checked_by_their_form == NOT_TYPED


def test_long_texts_have_a_length():
    endless = [
        label(field) for model in our_models() for field in fields_of(model, models.TextField) if not field.max_length
    ]

    assert endless == []
    assert [
        label(field)
        for model in our_models()
        for field in fields_of(model, models.TextField)
        if not issubclass(model, Versioned)
    ] == []


def test_choices_are_held_by_the_database():
    """Each field with choices has a check constraint that names it."""
    free = [
        label(field)
        for model in our_models()
        for field in model._meta.concrete_fields
        if field.choices and not any(field.name in str(check) for check in checks(model))
    ]

    assert free == ["teams.user.language"]


def checks(model: type[models.Model]) -> list:
    constraints = model._meta.constraints
    return [constraint.condition for constraint in constraints if isinstance(constraint, models.CheckConstraint)]


def test_things_that_are_undone_and_edited_have_versions():
    assert [
        model._meta.label for model in our_models() if issubclass(model, Removable) and not issubclass(model, Versioned)
    ] == []


def test_every_part_of_a_map_goes_with_it():
    parts = {field.related_model._meta.label for field in Map._meta.related_objects if field.on_delete is CASCADE}

    assert parts == {f"journeys.{name}" for name in ["Card", "Change", "Lane", "MapPersona", "Path", "Stage"]}


@pytest.mark.django_db
def test_workspace_is_deleted_whole(cast):
    """Restrictions between its own things do not hold it back, and nothing of the other workspace goes along."""
    things = [model for model in our_models() if model._meta.app_label != "teams"]
    make_things(cast.stranger)
    theirs = {model: model.objects.count() for model in things}
    make_things(cast.owner)

    cast.workspace.delete()

    assert {model: model.objects.count() for model in things} == theirs
    assert list(Workspace.objects.all()) == [cast.elsewhere]
    assert set(Membership.objects.values_list("workspace", flat=True)) == {cast.elsewhere.pk}
    assert set(Team.objects.values_list("workspace", flat=True)) == {cast.elsewhere.pk}
