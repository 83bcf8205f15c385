from django.apps import AppConfig


class CampaignsConfig(AppConfig):
    name = "campaigns"

    def ready(self) -> None:
        from campaigns.demo.links import add_links
        from campaigns.services import link_subjects, link_telling
        from campaigns.services.link_rules import for_new_workspace
        from journeys.demo import chapters
        from teams.services.workspaces import on_create

        on_create(for_new_workspace)
        link_telling.register()
        link_subjects.register()
        chapters.register(add_links)
