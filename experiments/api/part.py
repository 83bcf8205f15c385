"""What the parts of one experiment share: they are found through it, and its version is theirs."""

from django.shortcuts import get_object_or_404

from experiments.models import Experiment
from experiments.queries.experiments import complete, experiments_of
from teams.api.objects import Single


class Part(Single):
    def experiment(self) -> Experiment:
        return get_object_or_404(complete(experiments_of(self.actor)), pk=self.kwargs["pk"])
