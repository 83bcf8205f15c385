"""Setting up an authenticator app as a person does it; each page on the way is usable by everybody."""

import re
import time

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from playwright.sync_api import expect

from tests.browser.checks import assert_accessible, assert_fits_phone

PERIOD = 30  # seconds that a code is good for
PASSWORD = "seven quiet herons"


@pytest.fixture
def person(cast):
    user = cast.product.user
    user.set_password(PASSWORD)
    user.save()
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def assert_good(page):
    assert_accessible(page)
    assert_fits_phone(page)


def code_with_time_left(secret: str) -> str:
    """The code of this half minute, or the next one's when this one may end before the form is sent."""
    left = PERIOD - time.time() % PERIOD
    if left < 10:
        time.sleep(left)
    return format_hotp_value(hotp_value(secret, int(time.time()) // PERIOD))


def test_authenticator_app_is_set_up_and_asked_for(page, person):
    page.goto("/accounts/login/")
    page.locator("#id_login").fill(person.email)
    page.locator("#id_password").fill(PASSWORD)
    page.locator(".door form .first").click()
    page.goto("/accounts/2fa/totp/activate/")
    assert_good(page)
    page.locator("#id_password").fill(PASSWORD)
    page.locator(".door form .first").click()

    picture = page.locator(".qr")
    expect(picture).to_be_visible()
    assert picture.evaluate("(image) => image.complete && image.naturalWidth > 0"), "the policy lets the picture in"
    assert_good(page)
    secret = page.locator("#authenticator_secret").input_value()
    page.locator("#id_code").fill(code_with_time_left(secret))
    page.locator("#main .btn.first").click()
    expect(page.locator(".codes li")).to_have_count(10)
    assert_good(page)
    code = page.locator(".codes li").first.inner_text()

    for address in ["", "webauthn/", "webauthn/add/", "totp/deactivate/", "recovery-codes/generate/"]:
        page.goto(f"/accounts/2fa/{address}")
        assert_good(page)

    page.context.clear_cookies()
    page.goto("/accounts/login/")
    page.locator("#id_login").fill(person.email)
    page.locator("#id_password").fill(PASSWORD)
    page.locator(".door form .first").click()
    expect(page).to_have_url(re.compile("/2fa/authenticate/"))
    assert_good(page)
    page.locator("#id_code").fill(code)
    page.locator(".door form .first").click()
    expect(page).not_to_have_url(re.compile("authenticate"))
