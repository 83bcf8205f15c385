"""How numbers on a map are written."""

from django import template

register = template.Library()


@register.filter
def signed(level: int) -> str:
    """“+1”, “0”, “−2”, with a true minus sign."""
    return f"{level:+d}".replace("-", "−") if level else "0"
