from django.apps import AppConfig


class TeamsConfig(AppConfig):
    name = "teams"

    def ready(self) -> None:
        from teams.services import comment_notices, notifications

        for verb, sentence in comment_notices.SENTENCES.items():
            notifications.register_sentence(verb, sentence)
