"""What happens by itself, every so often: signals follow the calendar, and follow-ups are asked for on their day."""

import logging

from experiments.enums import Status
from experiments.models import Experiment
from experiments.services.follow_ups import remind
from experiments.services.signals import look_again
from teams.errors import Gone

logger = logging.getLogger("throughline.experiments")


class Unseen(Exception):
    """Some experiments could not be looked at; the log says why of each."""


def look_at_running() -> int:
    """Compute the signals of all running experiments anew; how many changed. An hour late is early enough.

    One that cannot be computed holds up no other. In the end the task fails, and `/readyz` counts that. Raises Unseen.
    """
    running = Experiment.objects.filter(status=Status.RUNNING, removed_at=None, is_template=False)
    changed, unseen = 0, []
    for experiment in running.order_by("pk").iterator():
        try:
            changed += look_again(experiment)
        except Gone:  # removed since the list was read
            continue
        except Exception:
            logger.exception("experiment %s could not be looked at", experiment.pk)
            unseen.append(experiment.pk)
    if unseen:
        raise Unseen(", ".join(map(str, unseen)))
    return changed


def ask_for_follow_ups() -> int:
    """Tell those concerned of decisions that should be looked at again today; how many those were."""
    return remind()
