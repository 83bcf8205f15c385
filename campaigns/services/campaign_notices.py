"""What members are told of campaigns."""

from django.utils.translation import gettext_lazy as _

from teams.services.notifications import register_sentence

SENTENCES = {
    "campaign.asked": _("%(who)s asks you to approve “%(thing)s”."),
    "campaign.asked-again": _("%(who)s changed “%(thing)s” after it was approved. Look at the change and approve it."),
    "campaign.answered": _("%(who)s approved “%(thing)s”; others are still asked."),
    "campaign.approved": _("“%(thing)s” is approved by all who were asked; %(who)s was the last."),
    "campaign.task-due": _("Due today for “%(thing)s”: %(task)s"),
    "campaign.refused": _("%(who)s sent “%(thing)s” back."),
}


def register() -> None:
    for verb, sentence in SENTENCES.items():
        register_sentence(verb, sentence)
