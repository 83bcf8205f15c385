"""What the checker of links found, as its readers see it."""

from django import template

from campaigns import link_words
from campaigns.naming.problems import Problem
from teams.models import Activity
from teams.services import activity

register = template.Library()
register.filter("sentence", link_words.sentence)
register.filter("in_words", link_words.in_words)


@register.filter
def rule_name(problem: Problem) -> str:
    return str(link_words.NAMES[problem.rule])


@register.filter
def told(row: Activity) -> str:
    """An entry of the log as a sentence."""
    return activity.sentence(row)
