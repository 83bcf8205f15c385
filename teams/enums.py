from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Role(TextChoices):
    OWNER = "owner", _("Owner")
    ADMIN = "admin", _("Administrator")
    EDITOR = "editor", _("Editor")
    VIEWER = "viewer", _("Viewer")


class MailChoice(TextChoices):
    """When a member gets by e-mail what is addressed to them."""

    AT_ONCE = "at_once", _("At once")
    DAILY = "daily", _("Once a day, in the morning")
    NEVER = "never", _("Never")


class TeamFunction(TextChoices):
    MARKETING = "marketing", _("Marketing")
    SALES = "sales", _("Sales")
    PRODUCT = "product", _("Product")
    SUCCESS = "success", _("Success")
    OTHER = "other", _("Other")


class Color(TextChoices):
    """The palette. A color is a name; `static/css/tokens.css` says how it looks, light and dark."""

    ROSE = "rose", _("Rose")
    AMBER = "amber", _("Amber")
    INDIGO = "indigo", _("Indigo")
    GREEN = "green", _("Green")
    TEAL = "teal", _("Teal")
    VIOLET = "violet", _("Violet")
    ORANGE = "orange", _("Orange")
    SLATE = "slate", _("Slate")


FUNCTION_COLOR = {
    TeamFunction.MARKETING: Color.ROSE,
    TeamFunction.SALES: Color.AMBER,
    TeamFunction.PRODUCT: Color.INDIGO,
    TeamFunction.SUCCESS: Color.GREEN,
    TeamFunction.OTHER: Color.SLATE,
}
