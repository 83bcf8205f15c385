"""What the statistics refuse, as the API says it."""

from functools import partial

from experiments.stats.limits import InvalidInput
from teams.api.refusals import refusals as refusals_of
from teams.spoken import spoken

refusals = partial(refusals_of, InvalidInput, say=spoken)
