"""Read before Django's settings: tests run with `TESTING`, whatever the environment or .env says."""

import gc
import os
from collections import Counter

os.environ["TESTING"] = "true"
os.environ["ENV_FILE"] = os.devnull  # what tests start does not read this machine's .env either
os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
for name in ["DEBUG", "REDIS_URL", "EMAIL_URL", "SERVING", "STATIC_COLLECTED", "SECRET_KEY", "LOG_LEVEL", "DATA_DIR"]:
    os.environ.pop(name, None)

# What is imported and collected stays to the end: looking through it for garbage costs seconds and finds none.
gc.disable()

import django
import pytest
from hypothesis import settings

from scripts.chromium import find

django.setup()
# A slow machine is no failure, and CI tries the same examples each time; at home every run tries others.
settings.register_profile("throughline", deadline=None, derandomize=os.environ.get("CI") == "true")
settings.load_profile("throughline")


@pytest.fixture(autouse=True)
def _empty_cache():
    """Nothing that one test left in the cache reaches the next: primary keys come again after a rollback."""
    from django.core.cache import cache

    cache.clear()


def pytest_collection_modifyitems(config, items):
    name_apart(items)
    skip_without_chromium(items)


def pytest_collection_finish():
    """From here on garbage is looked for as usual, among what the tests make."""
    gc.freeze()
    gc.enable()


def name_apart(items):
    """Two tests of one name would be one to pytest-xdist, which runs it once and says nothing of the other.

    Schemathesis makes a test of each operation of the API, with names that differ and node ids that do not.
    """
    for item in items:
        _, bracket, label = item.name.partition("[")
        if bracket and item.id.params is None:
            item._id = item.id.with_params(label.removesuffix("]"))
    ids = Counter(item.nodeid for item in items)
    if twice := [nodeid for nodeid, count in ids.items() if count > 1]:
        raise pytest.UsageError(f"These tests are not told apart by their names: {', '.join(twice)}")


def skip_without_chromium(items):
    """Browser tests are skipped where there is no Chromium, and fail in CI."""
    if find() or not any("browser" in item.keywords for item in items):
        return
    if os.environ.get("CI") == "true":
        raise pytest.UsageError("No Chromium was found, and CI does not skip the browser tests.")
    for item in items:
        if "browser" in item.keywords:
            item.add_marker(pytest.mark.skip(reason="no Chromium was found"))
