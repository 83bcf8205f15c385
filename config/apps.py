from django.apps import AppConfig, apps
from django.db.models.signals import post_migrate


class ConfigConfig(AppConfig):
    name = "config"

    def ready(self) -> None:
        from config.schedules import put_in_place

        post_migrate.connect(put_in_place, sender=apps.get_app_config("django_q"), dispatch_uid="schedules")
