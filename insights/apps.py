from django.apps import AppConfig


class InsightsConfig(AppConfig):
    name = "insights"

    def ready(self) -> None:
        from insights.services import subjects, telling
        from insights.services.handovers import hand_over_metrics, owned_metrics
        from teams.services import handover

        handover.register(owned_metrics, hand_over_metrics)
        subjects.register()
        telling.register()
