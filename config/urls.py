from django.contrib import admin
from django.urls import include, path

from teams.views.workspaces import home

urlpatterns = [
    path("", home, name="home"),
    path("", include("teams.urls")),
    path("", include("insights.urls")),
    path("", include("journeys.urls")),
    path("accounts/", include("allauth.urls")),
    path("admin/", admin.site.urls),
    path("api/", include("config.api")),
]
handler500 = "config.api.failed"
