from django.urls import path

from journeys.views import channels, personas, scenarios, uses

app_name = "journeys"
urlpatterns = [
    path("w/<slug:workspace>/personas/", personas.personas, name="personas"),
    path("w/<slug:workspace>/personas/new/", personas.persona_new, name="persona_new"),
    path("w/<slug:workspace>/personas/<int:pk>/", personas.persona, name="persona"),
    path("w/<slug:workspace>/personas/<int:pk>/edit/", personas.persona_edit, name="persona_edit"),
    path("w/<slug:workspace>/personas/<int:pk>/remove/", personas.persona_remove, name="persona_remove"),
    path("w/<slug:workspace>/personas/<int:pk>/restore/", personas.persona_restore, name="persona_restore"),
    path("w/<slug:workspace>/personas/<int:pk>/picture/", personas.persona_picture, name="persona_picture"),
    path("w/<slug:workspace>/personas/<int:persona>/scenarios/new/", scenarios.scenario_new, name="scenario_new"),
    path("w/<slug:workspace>/scenarios/restore/", scenarios.scenario_restore, name="scenario_restore"),
    path("w/<slug:workspace>/scenarios/<int:pk>/", scenarios.scenario_edit, name="scenario_edit"),
    path("w/<slug:workspace>/scenarios/<int:pk>/delete/", scenarios.scenario_delete, name="scenario_delete"),
    path("w/<slug:workspace>/channels/", channels.channels, name="channels"),
    path("w/<slug:workspace>/channels/new/", channels.channel_new, name="channel_new"),
    path("w/<slug:workspace>/channels/<int:pk>/", channels.channel_edit, name="channel_edit"),
    path("w/<slug:workspace>/channels/<int:pk>/delete/", channels.channel_delete, name="channel_delete"),
    path("w/<slug:workspace>/channels/restore/<str:token>/", channels.channel_restore, name="channel_restore"),
    path("w/<slug:workspace>/metrics/<int:pk>/uses/", uses.metric_uses, name="metric_uses"),
]
