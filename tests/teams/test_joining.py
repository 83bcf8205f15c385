import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from teams.enums import Role
from teams.models import Invitation, Membership, User
from teams.services.invitations import invite, revoke, token_of
from tests.factories import make_user

BACKEND = "django.contrib.auth.backends.ModelBackend"
PASSWORD = "a long enough password"


@pytest.fixture
def invitation(cast) -> Invitation:
    return invite(by=cast.admin, emails=["new@here.example"], role=Role.VIEWER, site="http://testserver")[0]


@pytest.fixture
def link(invitation) -> str:
    return reverse("teams:invitation", args=[token_of(invitation)])


def sign_in(client, email="new@here.example"):
    user = make_user(email=email, name="Nora New")
    EmailAddress.objects.create(user=user, email=email, primary=True, verified=True)
    client.force_login(user, backend=BACKEND)
    return user


def test_invited_person_joins_with_one_click(client, cast, link):
    user = sign_in(client)
    page = client.get(link)
    assert page.status_code == 200
    assert "Adam Admin invites you to Here, with the role Viewer." in page.content.decode()
    assert not Membership.objects.filter(user=user).exists()
    assert client.post(link).url == reverse("journeys:maps", args=["here"])
    assert Membership.objects.get(user=user).role == Role.VIEWER


def test_visitor_is_led_to_the_sign_up_with_the_address_filled_in(client, link):
    page = client.get(link).content.decode()
    assert f"/accounts/signup/?next={link}&amp;email=new%40here.example" in page
    assert client.get(f"/accounts/signup/?next={link}&email=new@here.example").context["form"]["email"].value() == (
        "new@here.example"
    )


def test_visitor_with_an_account_is_led_to_the_sign_in(client, link):
    make_user(email="new@here.example")
    page = client.get(link).content.decode()
    address = f"/accounts/login/?next={link}&email=new%40here.example"
    assert address.replace("&", "&amp;") in page
    assert client.get(address).context["form"]["login"].value() == "new@here.example"


def test_post_of_a_visitor_goes_to_the_sign_in(client, link):
    assert client.post(link).url == f"/accounts/login/?next={link}"


def test_signing_up_by_the_link_needs_no_second_proof_of_the_address(client, link):
    client.get(link)
    form = {"email": "new@here.example", "name": "Nora New", "password1": PASSWORD, "next": link}
    assert client.post("/accounts/signup/", form).url == link
    user = User.objects.get(email="new@here.example")
    assert EmailAddress.objects.filter(user=user, verified=True).exists()
    assert not any("confirm" in message.subject.lower() for message in mail.outbox)
    assert client.post(link).url == reverse("journeys:maps", args=["here"])


def test_signing_up_with_another_address_needs_the_proof_for_that_one(client, link):
    client.get(link)
    form = {"email": "private@mail.example", "name": "Nora New", "password1": PASSWORD, "next": link}
    client.post("/accounts/signup/", form)
    assert not EmailAddress.objects.filter(email="private@mail.example", verified=True).exists()


def test_somebody_else_is_told_so(client, cast, link):
    sign_in(client, "other@here.example")
    for answer in [client.get(link), client.post(link)]:
        assert answer.status_code == 403
        text = answer.content.decode()
        assert "It was sent to new@here.example, and you are signed in as other@here.example." in text
    assert not Membership.objects.filter(user__email="other@here.example").exists()


def test_unknown_link_is_not_found(client, db):
    for token in ["x" * 64, "a" * 10_000, "%00", "ü"]:
        assert client.get(f"/invitations/{token}/").status_code == 404


def test_revoked_link_is_not_found(client, cast, invitation, link):
    revoke(by=cast.admin, invitation=invitation)
    answer = client.get(link)
    assert answer.status_code == 404
    assert "There is no such invitation" in answer.content.decode()


def test_expired_link_is_gone(client, invitation, link):
    token_before = link
    Invitation.objects.filter(pk=invitation.pk).update(expires_at=timezone.now())
    sign_in(client)
    for answer in [client.get(token_before), client.post(token_before)]:
        assert answer.status_code == 410
        assert "This invitation has expired" in answer.content.decode()


def test_used_link_is_gone(client, link):
    sign_in(client)
    client.post(link)
    answer = client.get(link)
    assert answer.status_code == 410
    assert "This invitation has been used" in answer.content.decode()


def test_link_is_not_cached_and_refuses_other_methods(client, link):
    assert "no-store" in client.get(link)["Cache-Control"]
    assert client.put(link).status_code == 405
