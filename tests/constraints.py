"""What the database refuses, whoever writes."""

from collections.abc import Callable

import pytest
from django.db import IntegrityError, transaction


def refused_by_database(write: Callable[[], object], *, check: str = "") -> None:
    """The write fails; a check is named by both databases, a unique index only by PostgreSQL."""
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        write()
    assert check in str(caught.value)
