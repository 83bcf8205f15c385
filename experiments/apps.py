from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ExperimentsConfig(AppConfig):
    name = "experiments"

    def ready(self) -> None:
        from experiments.demo.neighbor import tell_neighbor
        from experiments.demo.telling import tell_experiments
        from experiments.queries.experiments import find_experiment
        from experiments.services import checklist, findable, notices, reasons, telling
        from experiments.services.handovers import hand_over_experiments, owned_experiments
        from journeys.demo import chapters
        from teams.services import handover, subjects
        from teams.services.workspaces import on_create

        on_create(reasons.for_new_workspace)
        on_create(checklist.for_new_workspace)
        handover.register(owned_experiments, hand_over_experiments)
        subjects.register(
            "experiment",
            label=_("Experiment"),
            fetch=find_experiment,
            url=notices.address,
            followers=notices.followers,
        )
        findable.register()
        notices.register()
        telling.register()
        chapters.register(tell_experiments)
        chapters.register(tell_neighbor, neighbor=True)
