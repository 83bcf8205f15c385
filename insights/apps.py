from django.apps import AppConfig


class InsightsConfig(AppConfig):
    name = "insights"

    def ready(self) -> None:
        from insights.services import findable, subjects, telling
        from insights.services.handovers import hand_over_metrics, owned_metrics
        from teams.services import handover

        handover.register(owned_metrics, hand_over_metrics)
        findable.register()
        subjects.register()
        telling.register()
