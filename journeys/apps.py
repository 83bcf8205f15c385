from django.apps import AppConfig


class JourneysConfig(AppConfig):
    name = "journeys"

    def ready(self) -> None:
        from journeys.services import findable, subjects
        from journeys.services.channels import for_new_workspace
        from journeys.services.handovers import hand_over_parts, owned_parts
        from teams.services import handover
        from teams.services.workspaces import on_create

        findable.register()
        on_create(for_new_workspace)
        handover.register(owned_parts, hand_over_parts)
        subjects.register()
