"""What people meet before they are in: signing up and in, the second factor, their own account; and what goes wrong."""

import re
import time

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.contrib.auth import get_user_model
from django.core import mail
from django.shortcuts import render
from django.test import Client, RequestFactory

PASSWORD = "seven quiet herons"


@pytest.fixture
def person(cast):
    """A member who may sign in with a password: the e-mail is confirmed."""
    user = cast.product.user
    user.set_password(PASSWORD)
    user.save()
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def signed_in(user, password: str = PASSWORD) -> Client:
    """A client that went through the sign-in page, as a person does."""
    client = Client()
    client.post("/accounts/login/", {"login": user.email, "password": password})
    return client


def trusted(user) -> Client:
    """A client that has just shown once more who it is, which the account's pages ask for."""
    client = signed_in(user)
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    return client


def code_now(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def link_in_mail() -> str:
    return re.search(r"https?://[^/\s]+(/\S+)", mail.outbox[-1].body).group(1)


def test_sign_up_confirms_the_address_and_keeps_the_name(client, db):
    answer = client.post("/accounts/signup/", {"name": "Ada Lind", "email": "ada@x.example", "password1": PASSWORD})
    assert answer.status_code == 302
    user = get_user_model().objects.get(email="ada@x.example")
    assert user.name == "Ada Lind"
    assert "Confirm" in mail.outbox[-1].subject

    page = client.get(link_in_mail())
    assert "ada@x.example" in page.content.decode()
    client.post(link_in_mail())
    assert EmailAddress.objects.get(user=user).verified
    assert signed_in(user).get("/accounts/email/").status_code == 200


def test_sign_up_asks_for_the_name_first_and_refuses_what_cannot_be_kept(client, db):
    fields = re.findall(r'name="(name|email|password1)"', client.get("/accounts/signup/").content.decode())
    assert fields == ["name", "email", "password1"]
    answer = client.post("/accounts/signup/", {"name": "A\x00", "email": "a@x.example", "password1": PASSWORD})
    assert "Null characters are not allowed" in answer.content.decode()
    assert not get_user_model().objects.filter(email="a@x.example").exists()


def test_sign_up_with_a_known_address_tells_its_owner_only(client, person):
    answer = client.post("/accounts/signup/", {"name": "X", "email": person.email, "password1": PASSWORD})
    assert answer.status_code == 302
    assert "already" in mail.outbox[-1].subject


def test_sign_in_with_a_wrong_password_keeps_the_address_and_says_why(client, person):
    page = client.post("/accounts/login/", {"login": person.email, "password": "wrong"}).content.decode()
    assert f'value="{person.email}"' in page
    assert 'class="summary"' in page


def test_too_many_wrong_passwords_wait(client, person):
    for _ in range(7):
        answer = client.post("/accounts/login/", {"login": person.email, "password": "wrong"})
    assert "Too many failed" in answer.content.decode()
    assert client.post("/accounts/login/", {"login": person.email, "password": PASSWORD}).status_code == 200


def test_too_many_sign_ups_from_one_place_get_a_page(client, db, settings):
    settings.ACCOUNT_RATE_LIMITS = {"signup": "1/m/ip"}
    client.post("/accounts/signup/", {"email": "x"})
    answer = client.post("/accounts/signup/", {"email": "x"})
    assert answer.status_code == 429
    assert "a little fast" in answer.content.decode()


def test_password_reset_by_mail(client, person):
    client.post("/accounts/password/reset/", {"email": person.email})
    page = client.get(link_in_mail(), follow=True)
    address = page.redirect_chain[-1][0]
    answer = client.post(address, {"password1": "nine loud geese", "password2": "nine loud geese"})
    assert answer.status_code == 302
    person.refresh_from_db()
    assert person.check_password("nine loud geese")


def test_password_reset_of_an_unknown_address_looks_the_same(client, db):
    answer = client.post("/accounts/password/reset/", {"email": "nobody@x.example"}, follow=True)
    assert "mailbox" in answer.content.decode()
    assert "no account" in mail.outbox[-1].subject


def test_used_reset_link_offers_a_new_one(client, db):
    page = client.get("/accounts/password/reset/key/1-wrong/").content.decode()
    assert "no longer works" in page
    assert "/accounts/password/reset/" in page


def test_password_change_tells_the_person(person):
    client = signed_in(person)
    fields = {"oldpassword": PASSWORD, "password1": "nine loud geese", "password2": "nine loud geese"}
    assert client.post("/accounts/password/change/", fields).status_code == 302
    assert "Was it you?" in mail.outbox[-1].body
    assert signed_in(person, "nine loud geese").get("/accounts/email/").status_code == 200


def test_email_addresses_are_added_made_main_and_removed(person):
    client = trusted(person)
    client.post("/accounts/email/", {"email": "second@x.example", "action_add": "1"})
    EmailAddress.objects.filter(email="second@x.example").update(verified=True)
    assert "second@x.example" in client.get("/accounts/email/").content.decode()
    client.post("/accounts/email/", {"email": "second@x.example", "action_primary": "1"})
    person.refresh_from_db()
    assert person.email == "second@x.example"
    client.post("/accounts/email/", {"email": "product@here.example", "action_remove": "1"})
    assert list(EmailAddress.objects.filter(user=person).values_list("email", flat=True)) == ["second@x.example"]


def test_second_factor_is_set_up_asked_for_and_switched_off(person):
    client = trusted(person)
    page = client.get("/accounts/2fa/totp/activate/").content.decode()
    secret = re.search(r'id="authenticator_secret"[^>]*value="(\w+)"', page).group(1)
    assert "data:image/svg+xml" in page
    assert client.post("/accounts/2fa/totp/activate/", {"code": "000000"}).status_code == 200
    client.post("/accounts/2fa/totp/activate/", {"code": code_now(secret)})
    codes = re.findall(r"<li>(\d{8})</li>", client.get("/accounts/2fa/recovery-codes/").content.decode())
    assert len(codes) == 10

    other = Client()
    answer = other.post("/accounts/login/", {"login": person.email, "password": PASSWORD})
    assert answer.url == "/accounts/2fa/authenticate/"
    assert "recovery codes" in other.get(answer.url).content.decode()
    assert other.get("/accounts/email/").status_code == 302
    assert other.post(answer.url, {"code": codes[0]}).status_code == 302
    assert other.get("/accounts/email/").status_code == 200
    assert "9 left" in other.get("/accounts/2fa/").content.decode()

    client.post("/accounts/2fa/totp/deactivate/")
    assert not Authenticator.objects.filter(user=person, type=Authenticator.Type.TOTP).exists()


def test_recovery_codes_are_downloaded_and_made_anew(person):
    client = trusted(person)
    page = client.get("/accounts/2fa/totp/activate/").content.decode()
    secret = re.search(r'id="authenticator_secret"[^>]*value="(\w+)"', page).group(1)
    client.post("/accounts/2fa/totp/activate/", {"code": code_now(secret)})
    before = client.get("/accounts/2fa/recovery-codes/download/").content
    assert "stop working" in client.get("/accounts/2fa/recovery-codes/generate/").content.decode()
    client.post("/accounts/2fa/recovery-codes/generate/")
    assert client.get("/accounts/2fa/recovery-codes/download/").content != before


def test_new_key_has_a_plain_name_and_is_of_throughline(person):
    page = trusted(person).get("/accounts/2fa/webauthn/add/").content.decode()
    assert 'value="Key 1"' in page
    assert '"name": "Throughline"' in page


def test_other_sessions_are_ended(person):
    here, there = signed_in(person), signed_in(person)
    assert "This one" in here.get("/accounts/sessions/").content.decode()
    here.post("/accounts/sessions/")
    assert there.get("/accounts/sessions/").status_code == 302
    assert here.get("/accounts/sessions/").status_code == 200


def test_account_pages_ask_again_who_one_is(person, client_of, cast):
    client = client_of(cast.product)
    answer = client.get("/accounts/2fa/totp/activate/")
    assert answer.url.startswith("/accounts/reauthenticate/")
    assert client.post(answer.url, {"password": PASSWORD}).url == "/accounts/2fa/totp/activate/"


def test_signing_out_needs_a_post(person):
    client = signed_in(person)
    assert "Sign out?" in client.get("/accounts/logout/").content.decode()
    assert client.get("/accounts/email/").status_code == 200
    client.post("/accounts/logout/")
    assert client.get("/accounts/email/").status_code == 302


@pytest.mark.parametrize("template", ["403.html", "404.html", "405.html", "429.html", "500.html", "403_csrf.html"])
def test_error_pages_need_no_database(template):
    page = render(RequestFactory().get("/"), template).content.decode()
    assert "<h1>" in page
    assert "<script>" not in page


def test_refused_method_gets_a_page_and_programs_do_not(client_of, cast):
    client = client_of(cast.owner)
    page = client.delete(f"/w/{cast.workspace.slug}/members/", headers={"Accept": "text/html"})
    assert (page.status_code, "Not this way" in page.content.decode()) == (405, True)
    assert "GET" in page["Allow"]
    assert not client.delete(f"/w/{cast.workspace.slug}/members/", headers={"Accept": "application/json"}).content


def test_form_without_its_token_gets_a_page(person):
    answer = Client(enforce_csrf_checks=True).post("/accounts/login/", {"login": person.email, "password": PASSWORD})
    assert answer.status_code == 403
    assert "open too long" in answer.content.decode()


def test_names_of_people_are_text(cast, client_of):
    user = cast.owner.user
    user.name = "<script>alert(1)</script>"
    user.save()
    page = client_of(cast.owner).get("/accounts/email/").content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


def test_frame_of_a_page_asks_the_database_nothing(cast, django_assert_num_queries):
    request = RequestFactory().get("/")
    request.user, request.membership = cast.owner.user, cast.owner
    with django_assert_num_queries(0):
        page = render(request, "base.html").content.decode()
    assert f"/w/{cast.workspace.slug}/members/" in page
