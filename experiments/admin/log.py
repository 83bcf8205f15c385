"""Experiments in the admin site, to look things up in. All is written through services, which keep rules and log."""

from django.contrib import admin

from experiments.models import Decision, Deviation, Entry, Experiment, Learning, Plan, Score
from teams.admin import ReadOnly


class PartOfExperiment(ReadOnly):
    """Found by its experiment's title."""

    list_filter = ["experiment__workspace"]
    list_select_related = ["experiment__workspace"]
    search_fields = ["experiment__title"]

    @admin.display(ordering="experiment__workspace")
    def workspace(self, obj):
        return obj.experiment.workspace


@admin.register(Experiment)
class ExperimentAdmin(ReadOnly):
    list_display = ["title", "workspace", "status", "signal", "owner", "started_on", "ended_on", "removed_at"]
    list_filter = ["status", "signal", "is_template", ("removed_at", admin.EmptyFieldListFilter), "workspace"]
    list_select_related = ["workspace", "owner__user"]
    search_fields = ["title", "change", "owner__user__email"]
    date_hierarchy = "changed_at"


@admin.register(Plan)
class PlanAdmin(PartOfExperiment):
    list_display = ["experiment", "workspace", "rule", "minimum_effect", "planned_total", "planned_end", "frozen_at"]
    list_filter = ["rule", "correction", "counting", "experiment__workspace"]


@admin.register(Deviation)
class DeviationAdmin(PartOfExperiment):
    list_display = ["experiment", "workspace", "reason", "actor_name", "at"]
    date_hierarchy = "at"


@admin.register(Entry)
class EntryAdmin(PartOfExperiment):
    """Also those that were corrected: they are not current."""

    list_display = [
        "experiment",
        "variant",
        "metric",
        "date",
        "n",
        "successes",
        "current",
        "source",
        "actor_name",
        "at",
    ]
    list_filter = ["current", "withdrawn", "source", "experiment__workspace"]
    list_select_related = ["experiment", "variant", "metric__metric"]
    date_hierarchy = "date"


@admin.register(Score)
class ScoreAdmin(PartOfExperiment):
    list_display = ["experiment", "workspace", "scorer_name", "model", "total", "chance", "changed_at"]
    list_filter = ["model", "experiment__workspace"]


@admin.register(Decision)
class DecisionAdmin(PartOfExperiment):
    list_display = ["experiment", "workspace", "outcome", "result", "proposer_name", "confirmer_name", "confirmed_at"]
    list_filter = ["outcome", "result", "experiment__workspace"]
    search_fields = ["experiment__title", "why", "learned"]
    date_hierarchy = "proposed_at"


@admin.register(Learning)
class LearningAdmin(ReadOnly):
    list_display = ["decision", "experiment", "state", "answerer_name", "answered_at"]
    list_filter = ["state", "decision__experiment__workspace"]
    list_select_related = ["decision__experiment"]
    search_fields = ["decision__learned", "decision__experiment__title"]

    @admin.display(ordering="decision__experiment")
    def experiment(self, obj):
        return obj.decision.experiment
