from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Separator(TextChoices):
    """What replaces spaces in the values of a tracking parameter."""

    HYPHEN = "-", _("become - (spring-sale)")
    UNDERSCORE = "_", _("become _ (spring_sale)")
    DOT = ".", _("become . (spring.sale)")
    PLUS = "+", _("become + (spring+sale)")
    KEEP = "keep", _("may stay")
