import pytest
from django.db import transaction
from django.test import Client
from django.utils.translation import trans_real

from teams.models import Membership
from tests.cast import Cast, make_cast
from tests.wording import catalog


@pytest.fixture(scope="module")
def module_db(request, django_db_setup, django_db_blocker):
    """The database for fixtures of a whole module: what they write is there for all of its tests, then taken back.

    Each test is a savepoint inside, so what a test writes goes with it, as always. For modules that only look, such as
    the guards, which ask hundreds of addresses about the same things; not where a test is marked `transaction=True`.
    The module is marked `django_db`, for without the mark its tests would be no savepoints.
    """
    assert request.node.get_closest_marker("django_db"), "pytestmark = pytest.mark.django_db"
    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture
def cast(db) -> Cast:
    return make_cast()


@pytest.fixture
def client_of():
    """A function: the test client of a member, signed in."""

    def signed_in(membership: Membership) -> Client:
        client = Client()
        client.force_login(membership.user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return signed_in


@pytest.fixture
def czech(tmp_path, settings):
    """A function: from now on the site knows these sentences in Czech."""

    def known(sentences: dict[str, str]) -> None:
        folder = tmp_path / "cs" / "LC_MESSAGES"
        folder.mkdir(parents=True)
        (folder / "django.mo").write_bytes(catalog(sentences))
        settings.LOCALE_PATHS = [tmp_path]
        trans_real._translations.clear()

    yield known
    trans_real._translations.clear()
