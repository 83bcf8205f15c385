"""Personas as pictures."""

from django import template
from django.urls import reverse

from journeys.models import Persona

register = template.Library()


def picture_address(persona: Persona, workspace_slug: str) -> str:
    """Where the uploaded picture is, empty where there is none. The address changes with the picture."""
    if not persona.picture:
        return ""
    address = reverse("journeys:persona_picture", args=[workspace_slug, persona.pk])
    return f"{address}?v={persona.picture.name.rpartition('/')[2][:8]}"


@register.inclusion_tag("components/avatar.html", takes_context=True)
def persona_avatar(context, persona: Persona, size: str = "") -> dict:
    """The persona's picture, or initials in its color; sizes as of `components/avatar.html`."""
    picture = picture_address(persona, context["workspace"].slug)
    return {"name": persona.name, "color": persona.color, "picture": picture, "size": size}
