"""Django's admin site works under our Content-Security-Policy: the `page` fixture fails on whatever breaks it."""

import pytest
from django.conf import settings

from tests.factories import make_user

pytestmark = pytest.mark.django_db(transaction=True)
PAGES = ["", "teams/user/", "teams/user/add/", "django_q/schedule/", "django_q/failure/", "password_change/"]


@pytest.fixture
def administrator(page, client, live_server):
    """The page of somebody who may use the admin site."""
    client.force_login(make_user(is_staff=True, is_superuser=True), backend=settings.AUTHENTICATION_BACKENDS[0])
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}])
    return page


@pytest.mark.parametrize("path", PAGES)
def test_admin_page_breaks_no_policy(administrator, path):
    assert administrator.goto(f"/admin/{path}").status == 200
    administrator.wait_for_load_state("networkidle")


def test_admin_scripts_work(administrator):
    administrator.goto("/admin/django_q/schedule/add/")

    administrator.click(".datetimeshortcuts a >> nth=0")

    assert administrator.input_value("#id_next_run_0") != ""
