from django.urls import path

from experiments.views import experiments, sample_size

app_name = "experiments"
urlpatterns = [
    path("w/<slug:workspace>/experiments/sample-size/", sample_size.sample_size, name="sample_size"),
    path("w/<slug:workspace>/experiments/<int:pk>/", experiments.experiment, name="experiment"),
]
