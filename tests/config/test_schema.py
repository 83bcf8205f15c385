"""The published description of the API is valid, complete, and what the API does."""

from collections import defaultdict
from io import StringIO
from itertools import count

import pytest
import schemathesis
from django.core.cache import cache
from django.core.management import call_command
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections, transaction
from django.test import Client
from hypothesis import HealthCheck, settings

from teams.api.document import openapi
from teams.enums import Role
from teams.services.keys import create_key
from tests.api import ROOT
from tests.cast import make_cast
from tests.config.test_api_guard import things

pytestmark = pytest.mark.django_db

REFUSED = ["400", "401", "403", "404", "405", "406", "412", "413", "415", "428"]
CONFIG = {
    "checks": {
        # A schema cannot say which ids there are, nor rules between fields: a body that it allows may be refused.
        "positive_data_acceptance": {"enabled": False},
        "negative_data_rejection": {"expected-statuses": REFUSED},
        "missing_required_header": {"expected-statuses": REFUSED},
        # Nobody and wrong methods are what test_api_guard asks each operation about.
        "ignored_auth": {"enabled": False},
    },
    "phases": {"coverage": {"unexpected-methods": []}},
}
# Of one operation so many calls are made one by one and then each tenth: a body of many parts has thousands that differ
# in one place only.
CALLS = 100
SAMPLE = 10
POINTERS = {
    "accountable_person": "members",
    "accountable_team": "teams",
    "copy_of": "maps",
    "lane": "lanes",
    "map": "maps",
    "metric": "metrics",
    "object": "metrics",
    "owner": "members",
    "parent": "comments",
    "persona": "personas",
    "source": "stages",
    "stage": "stages",
    "target": "stages",
}
api = schemathesis.openapi.from_dict(openapi(), config=schemathesis.Config.from_dict(CONFIG))
api.app = get_wsgi_application()


def test_schema_is_valid_without_warnings():
    call_command("spectacular", "--validate", "--fail-on-warn", stdout=StringIO())


@pytest.mark.parametrize(
    ("accept", "kind"), [("*/*", "application/vnd.oai.openapi"), ("application/json", "application/json")]
)
def test_schema_is_open_to_everybody(accept, kind):
    answer = Client().get(f"{ROOT}schema/", headers={"Accept": accept})
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith(kind)


@pytest.fixture(scope="module")
def cast(module_db):
    return make_cast()


@pytest.fixture(scope="module")
def there(cast):
    """Made once: each call is taken back."""
    return things(cast.owner)


@pytest.fixture
def headers(cast):
    cache.clear()
    key, secret = create_key(by=None, workspace=cast.workspace, name="Program", role=Role.OWNER)
    key.rate = 1_000_000
    key.save()
    return {"Authorization": f"Bearer {secret}", "Accept-Encoding": "identity"}


@pytest.fixture
def one_connection(db):
    """A request that ends closes connections that are inside a transaction, such as the test's."""
    for signal in [request_started, request_finished]:
        signal.disconnect(close_old_connections)
    yield
    for signal in [request_started, request_finished]:
        signal.connect(close_old_connections)


def aim(case, there) -> None:
    """Have most calls meet objects that exist, so that they get beyond “not found”."""
    if str(case.path_parameters.get("id")).isdecimal():
        case.path_parameters["id"] = there[case.path.removeprefix(ROOT).split("/")[0]].pk
    if "If-Match" in case.headers and len(case.headers["If-Match"]) < 3:
        case.headers["If-Match"] = "*"
    if isinstance(case.body, dict):
        for name in POINTERS.keys() & case.body.keys():
            if type(case.body[name]) is int and case.body[name] > 0:
                case.body[name] = there[POINTERS[name]].pk


@pytest.fixture(scope="module")
def numbers() -> defaultdict[str, count]:
    """The next number of a call, for each operation."""
    return defaultdict(count)


@pytest.mark.usefixtures("one_connection")
@api.parametrize()
@settings(max_examples=3, derandomize=True, deadline=None, suppress_health_check=list(HealthCheck))
def test_api_answers_as_described(case, there, headers, numbers):
    """No answer that is not described, none of 5xx, nothing accepted that the description refuses."""
    number = next(numbers[case.operation.label])
    if number > CALLS and number % SAMPLE:
        return
    aim(case, there)
    with transaction.atomic():
        answer = case.call(headers=headers)
        transaction.set_rollback(True)  # each call meets the same workspace
    case.validate_response(answer, headers=headers)
