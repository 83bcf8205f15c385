from django.urls import path

from experiments.views import (
    decisions,
    documents,
    entering,
    experiments,
    export,
    learned,
    log,
    places,
    plans,
    report,
    result_files,
    results,
    sample_size,
    scores,
    timeline,
)

app_name = "experiments"
urlpatterns = [
    path("w/<slug:workspace>/experiments/", log.log, name="log"),
    path("w/<slug:workspace>/experiments/sample-size/", sample_size.sample_size, name="sample_size"),
    path("w/<slug:workspace>/experiments/learned/", learned.learned, name="learned"),
    path("w/<slug:workspace>/experiments/forecasts/", learned.forecasters, name="forecasters"),
    path("w/<slug:workspace>/experiments/timeline/", timeline.timeline, name="timeline"),
    path("w/<slug:workspace>/experiments/export/", export.log_csv, name="log_csv"),
    path("w/<slug:workspace>/experiments/import/", documents.experiment_import, name="experiment_import"),
    path("w/<slug:workspace>/experiments/schema/", documents.experiment_schema, name="experiment_schema"),
    path(
        "w/<slug:workspace>/experiments/<int:pk>/document/", documents.experiment_document, name="experiment_document"
    ),
    path("w/<slug:workspace>/experiments/<int:pk>/report/", report.report, name="report"),
    path("w/<slug:workspace>/experiments/<int:pk>/", experiments.experiment, name="experiment"),
    path("w/<slug:workspace>/experiments/<int:pk>/plan/", plans.plan, name="plan"),
    path("w/<slug:workspace>/experiments/<int:pk>/plan/edit/", plans.plan_edit, name="plan_edit"),
    path("w/<slug:workspace>/experiments/<int:pk>/results/", results.results, name="results"),
    path("w/<slug:workspace>/experiments/<int:pk>/results/enter/", entering.results_enter, name="results_enter"),
    path(
        "w/<slug:workspace>/experiments/<int:pk>/results/taken-back/<int:first>/<int:last>/",
        entering.results_undo,
        name="results_undo",
    ),
    path("w/<slug:workspace>/experiments/<int:pk>/results/import/", result_files.results_import, name="results_import"),
    path("w/<slug:workspace>/experiments/<int:pk>/results/export/", result_files.results_export, name="results_export"),
    path(
        "w/<slug:workspace>/experiments/<int:pk>/results/history/", result_files.results_history, name="results_history"
    ),
    path("w/<slug:workspace>/experiments/<int:pk>/scores/", scores.scores, name="scores"),
    path("w/<slug:workspace>/experiments/<int:pk>/scores/withdraw/", scores.score_withdraw, name="score_withdraw"),
    path("w/<slug:workspace>/experiments/<int:pk>/decision/", decisions.decision, name="decision"),
    path("w/<slug:workspace>/maps/<int:map_id>/experiments/", places.at_map, name="at_map"),
    path("w/<slug:workspace>/stages/<int:stage_id>/experiments/", places.at_stage, name="at_stage"),
    path("w/<slug:workspace>/cards/<int:card_id>/experiments/", places.at_card, name="at_card"),
    path("w/<slug:workspace>/decisions/<int:pk>/confirm/", decisions.decision_confirm, name="decision_confirm"),
    path("w/<slug:workspace>/decisions/<int:pk>/return/", decisions.decision_return, name="decision_return"),
    path("w/<slug:workspace>/learnings/<int:pk>/accept/", decisions.learning_accept, name="learning_accept"),
    path("w/<slug:workspace>/learnings/<int:pk>/refuse/", decisions.learning_refuse, name="learning_refuse"),
]
