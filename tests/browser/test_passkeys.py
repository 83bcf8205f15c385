"""A passkey from being made to signing in with it, by Chromium's virtual authenticator, under our policy."""

import re

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from playwright.sync_api import expect

PASSWORD = "seven quiet herons"


@pytest.fixture
def person(cast, settings):
    settings.MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
    user = cast.product.user
    user.set_password(PASSWORD)
    user.save()
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


@pytest.fixture
def authenticator(page):
    """A built-in authenticator that says yes at once; what it is told to do is in `send`."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    identity = devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})["authenticatorId"]

    def say(yes: bool) -> None:
        devtools.send("WebAuthn.setUserVerified", {"authenticatorId": identity, "isUserVerified": yes})

    return say


def sign_in_by_password(page, person):
    page.goto("/accounts/login/")
    page.locator("#id_login").fill(person.email)
    page.locator("#id_password").fill(PASSWORD)
    page.locator(".door form .first").click()
    expect(page).not_to_have_url(re.compile("login"))


def add_passkey(page):
    page.goto("/accounts/2fa/webauthn/add/")
    page.locator("#id_password").fill(PASSWORD)
    page.locator(".door form .first").click()
    page.locator("#id_name").fill("Laptop")
    page.locator("#id_passwordless").check()
    page.locator("#mfa_webauthn_add").click()
    expect(page).to_have_url(re.compile("/2fa/"))
    expect(page.locator("#mfa_webauthn_add")).to_have_count(0)


def test_passkey_is_added_and_signs_in(page, person, authenticator):
    sign_in_by_password(page, person)
    add_passkey(page)
    assert Authenticator.objects.filter(user=person, type=Authenticator.Type.WEBAUTHN).count() == 1
    page.goto("/accounts/2fa/webauthn/")
    expect(page.locator("#main")).to_contain_text("Laptop")

    page.context.clear_cookies()
    page.goto("/accounts/login/")
    page.locator("#passkey_login").click()
    expect(page).not_to_have_url(re.compile("login"))
    page.goto("/accounts/sessions/")
    expect(page.locator("#main")).to_contain_text(person.email)


def test_security_key_is_the_second_factor_after_the_password(page, person, authenticator):
    sign_in_by_password(page, person)
    add_passkey(page)
    page.context.clear_cookies()
    sign_in_by_password(page, person)
    expect(page).to_have_url(re.compile("/2fa/authenticate/"))
    page.locator("#mfa_webauthn_authenticate").click()
    expect(page).not_to_have_url(re.compile("authenticate"))


def test_refused_passkey_is_told_in_plain_words(page, person, authenticator):
    sign_in_by_password(page, person)
    add_passkey(page)
    page.context.clear_cookies()
    authenticator(False)
    page.goto("/accounts/login/")
    page.locator("#passkey_login").click()
    expect(page.locator("[data-passkey-error]")).to_contain_text("Try again")
