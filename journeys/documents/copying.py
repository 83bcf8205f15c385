"""Documents made of documents: a copy under another title, a saved template."""

from copy import deepcopy
from typing import Any

from journeys.enums import MapStatus


def copy_document(document: dict[str, Any], *, title: str, owner_email: str) -> dict[str, Any]:
    """The same map as a draft with a title and an owner of its own. Ids stay: they are unique in one map only."""
    return deepcopy(document) | {"title": title, "owner": owner_email, "status": MapStatus.DRAFT.value}
