"""What the tests of the map's pages share."""

from django.contrib.messages import get_messages
from django.urls import reverse

HTMX = {"HX-Request": "true"}
# What no id of this workspace is: nothing, words, null bytes, numbers that no database holds.
NO_IDS = ["", "0", "-1", "9" * 20, "1.5", "one", "\x00"]
TEXTS = {
    "script": "<script>alert(1)</script>",
    "image": '"><img src=x onerror=alert(1)>',
    "right-to-left": "שלום, مرحبا",
    "emoji": "Glad 👩‍👩‍👧 🎈",
    "template": "{{ form }} {% now %}",
}


def at(page: str, *things, workspace: str = "here") -> str:
    """The address of a page of the app; things are objects or ids."""
    return reverse(f"journeys:{page}", args=[workspace, *(getattr(thing, "pk", thing) for thing in things)])


def said(response) -> list[str]:
    return [str(message) for message in get_messages(response.wsgi_request)]


def undo_of(response) -> str:
    """The address that the message of the answer offers for undoing."""
    return next(message.extra_tags for message in get_messages(response.wsgi_request))


def wrong(response) -> list[str]:
    """The fields that the page calls wrong; the page shows the form again."""
    assert response.status_code == 422
    return sorted(response.context["form"].errors)
