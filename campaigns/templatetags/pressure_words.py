"""What the pages of contact pressure say in words: of what is held, of collisions, of days."""

from django import template
from django.db.models import Model
from django.urls import reverse

from campaigns import collision_words, pressure_words
from campaigns.pressure.collisions import Collision, PlanKind
from campaigns.pressure.held import Held
from campaigns.pressure.tally import Count
from campaigns.queries.pressure_names import Names

register = template.Library()

register.filter("held_what", pressure_words.what)
register.filter("held_when", pressure_words.when)
register.filter("held_advice", pressure_words.advice)
register.filter("collision_days", collision_words.days)
register.filter("severity", collision_words.severity)
register.filter("severity_tone", collision_words.tone)


@register.filter
def held_why(held: Held, names: Names) -> str:
    return pressure_words.why(held, names)


@register.filter
def message_of(held: Held, names: Names) -> Model | None:
    """The message that is held."""
    return names.messages.get(int(held.message))


@register.filter
def segments_held(held: Held, names: Names) -> list[tuple[Model, float]]:
    rows = [(names.segments.get(int(segment)), persons) for segment, persons in held.segments]
    return [(segment, persons) for segment, persons in rows if segment is not None]


@register.filter
def collision_sentences(hit: Collision, names: dict[str, str]) -> list[str]:
    return collision_words.sentences(hit, names)


@register.simple_tag(takes_context=True)
def plan_address(context, plan) -> str:
    """The page of a campaign or an experiment that collides."""
    slug = context["request"].workspace.slug
    name = "campaigns:campaign" if plan.kind is PlanKind.CAMPAIGN else "experiments:experiment"
    return reverse(name, args=[slug, int(plan.id)])


@register.filter
def heat_level(count: Count | None) -> int:
    """0 to 4: nothing held, then by the share that is."""
    if count is None or not count.due or count.held < 0.5:
        return 0
    return min(4, 1 + int(4 * count.held / count.due))
