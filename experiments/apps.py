from django.apps import AppConfig


class ExperimentsConfig(AppConfig):
    name = "experiments"

    def ready(self) -> None:
        from experiments.services import checklist, reasons
        from experiments.services.handovers import hand_over_experiments, owned_experiments
        from teams.services import handover
        from teams.services.workspaces import on_create

        on_create(reasons.for_new_workspace)
        on_create(checklist.for_new_workspace)
        handover.register(owned_experiments, hand_over_experiments)
