import datetime

import pytest
from django.utils import timezone

from insights.models import Metric
from insights.services.metrics import create_metric


@pytest.fixture
def yesterday() -> datetime.date:
    return timezone.localdate() - datetime.timedelta(days=1)


@pytest.fixture
def share(cast) -> Metric:
    return create_metric(by=cast.product, name="Set-up finished", kind="share", target=0.6)


@pytest.fixture
def count(cast) -> Metric:
    return create_metric(by=cast.product, name="Orders", kind="count")
