"""Read before Django's settings: tests run with `TESTING`, whatever the environment or .env says."""

import os

os.environ["TESTING"] = "true"
os.environ["ENV_FILE"] = os.devnull  # what tests start does not read this machine's .env either
os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
for name in ["DEBUG", "REDIS_URL", "EMAIL_URL", "SERVING", "STATIC_COLLECTED", "SECRET_KEY", "LOG_LEVEL", "DATA_DIR"]:
    os.environ.pop(name, None)

import django
import pytest

django.setup()


@pytest.fixture(autouse=True)
def _empty_cache():
    """Nothing that one test left in the cache reaches the next: primary keys come again after a rollback."""
    from django.core.cache import cache

    cache.clear()


def pytest_collection_modifyitems(config, items):
    """Browser tests are skipped where there is no Chromium, and fail in CI."""
    from scripts.chromium import find

    if find() or not any("browser" in item.keywords for item in items):
        return
    if os.environ.get("CI") == "true":
        raise pytest.UsageError("No Chromium was found, and CI does not skip the browser tests.")
    for item in items:
        if "browser" in item.keywords:
            item.add_marker(pytest.mark.skip(reason="no Chromium was found"))
