from django.urls import path

from insights.views import imports, metrics, readings

app_name = "insights"
urlpatterns = [
    path("w/<slug:workspace>/metrics/", metrics.metrics, name="metrics"),
    path("w/<slug:workspace>/metrics/new/", metrics.metric_new, name="metric_new"),
    path("w/<slug:workspace>/metrics/import/", imports.readings_import, name="metrics_import"),
    path("w/<slug:workspace>/metrics/<int:pk>/", metrics.metric, name="metric"),
    path("w/<slug:workspace>/metrics/<int:pk>/edit/", metrics.metric_edit, name="metric_edit"),
    path("w/<slug:workspace>/metrics/<int:pk>/remove/", metrics.metric_remove, name="metric_remove"),
    path("w/<slug:workspace>/metrics/<int:pk>/restore/", metrics.metric_restore, name="metric_restore"),
    path("w/<slug:workspace>/metrics/<int:pk>/readings/", readings.reading_new, name="reading_new"),
    path("w/<slug:workspace>/metrics/<int:pk>/readings/<int:reading>/", readings.reading_edit, name="reading_edit"),
    path(
        "w/<slug:workspace>/metrics/<int:pk>/readings/<int:reading>/delete/",
        readings.reading_delete,
        name="reading_delete",
    ),
    path(
        "w/<slug:workspace>/metrics/<int:pk>/readings/restore/<str:token>/",
        readings.reading_restore,
        name="reading_restore",
    ),
    path("w/<slug:workspace>/metrics/<int:pk>/readings.csv", readings.readings_export, name="readings_export"),
    path("w/<slug:workspace>/metrics/<int:pk>/import/", imports.readings_import, name="readings_import"),
]
