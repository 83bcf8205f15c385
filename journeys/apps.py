from django.apps import AppConfig


class JourneysConfig(AppConfig):
    name = "journeys"

    def ready(self) -> None:
        from journeys.services.channels import for_new_workspace
        from teams.services.workspaces import on_create

        on_create(for_new_workspace)
