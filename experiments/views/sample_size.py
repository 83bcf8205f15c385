from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from experiments.drawing.size_curve import size_curve
from experiments.forms.sample_size import SampleSizeForm, filled
from experiments.stats.needed import curve, rows
from teams.door import WorkspaceRequest, page


@page("GET")
def sample_size(request: WorkspaceRequest) -> HttpResponse:
    """How many users an experiment needs, or which effect so many show; the address holds the question."""
    form = SampleSizeForm(filled(request.GET))
    context = {"form": form, **(answer(form) if form.is_valid() else {})}
    template = "experiments/_size_answer.html" if request.htmx else "experiments/sample_size.html"
    return render(request, template, context, status=422 if form.errors else 200)


def answer(form: SampleSizeForm) -> dict[str, Any]:
    """What the template tells: the numbers, the curve around them, and a table of some of its points."""
    told = {"asked": form.cleaned_data, "question": form.question, "found": form.found}
    if form.found is None:
        return told
    traffic = form.cleaned_data["traffic"]
    around = {"effect": form.found.effect, "daily_traffic": traffic}
    picture = size_curve(curve(form.question, **around), form.found, daily_traffic=traffic)
    return told | {"picture": picture, "rows": rows(form.question, **around)}
