import logging

from django.apps import AppConfig, apps
from django.conf import settings
from django.db.models.signals import post_migrate


class ConfigConfig(AppConfig):
    name = "config"

    def ready(self) -> None:
        from config.schedules import put_in_place

        logging.captureWarnings(not settings.LOCAL)  # every line of the log is JSON then
        post_migrate.connect(put_in_place, sender=apps.get_app_config("django_q"), dispatch_uid="schedules")
