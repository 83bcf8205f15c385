from django.conf import settings
from django.contrib import admin
from django.urls import include, path
from django.views.generic import RedirectView

from teams.views.workspaces import home

urlpatterns = [
    path("", home, name="home"),
    path("", include("teams.urls")),
    path("", include("insights.urls")),
    path("", include("journeys.urls")),
    path("", include("experiments.urls")),
    path("", include("campaigns.urls")),
    path("accounts/", include("allauth.urls")),
    path("admin/", admin.site.urls),
    path("api/", include("config.api")),
    path("favicon.ico", RedirectView.as_view(url=f"{settings.STATIC_URL}icons/mark.svg")),
]
handler500 = "config.api.failed"
