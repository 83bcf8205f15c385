import os
import re
import signal
import subprocess
import sys
import time
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.conf import settings
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone
from django_q.models import OrmQ, Task

from teams.enums import Role
from teams.models import Invitation, Membership
from teams.services.digest import digest
from teams.services.invitations import accept, find_invitation, invite, resend, revoke, token_of
from teams.tasks import send_invitation
from tests.factories import make_user

SITE = "https://throughline.example/"


def make_invitation(by, email="new@here.example", role=Role.EDITOR, **options) -> Invitation:
    return invite(by=by, emails=[email], role=role, site=SITE, **options)[0]


def make_person(email="new@here.example", *, verified=True):
    user = make_user(email=email)
    EmailAddress.objects.create(user=user, email=email, primary=True, verified=verified)
    return user


@pytest.fixture
def sent(worker, django_capture_on_commit_callbacks):
    """A function: do something, run the tasks that it queued, give the mails that they sent."""

    def run(action, *args, **kwargs):
        with django_capture_on_commit_callbacks(execute=True):
            action(*args, **kwargs)
        return mail.outbox

    return run


def test_invite_makes_an_invitation_with_role_teams_and_end(cast):
    teams = list(cast.workspace.teams.filter(name__in=["Sales", "Success"]))
    invitation = make_invitation(cast.admin, " New@Here.Example ", Role.VIEWER, teams=teams, days=3)
    assert (invitation.email, invitation.role, invitation.invited_by) == ("new@here.example", Role.VIEWER, cast.admin)
    assert set(invitation.teams.all()) == set(teams)
    assert timedelta(days=2, hours=23) < invitation.expires_at - timezone.now() <= timedelta(days=3)


def test_token_is_kept_hashed_and_survives_a_reload(cast):
    invitation = make_invitation(cast.admin)
    token = token_of(Invitation.objects.get(pk=invitation.pk))
    assert invitation.token_hash == digest(token)
    assert token not in str(Invitation.objects.values().get(pk=invitation.pk))
    assert find_invitation(token) == invitation
    assert find_invitation(token[:-1]) is None


def test_invite_names_each_wrong_line_and_sends_nothing(cast):
    make_invitation(cast.admin, "waiting@here.example")
    lines = [
        "good@here.example",
        "",
        "no address",
        "Viewer@here.example",
        "waiting@here.example",
        "a\x00b@here.example",
    ]
    with pytest.raises(ValidationError) as refused:
        invite(by=cast.admin, emails=lines, role=Role.EDITOR, site=SITE)
    assert refused.value.message_dict == {
        "emails": [
            "Line 3: “no address” is not an e-mail address.",
            "Line 4: viewer@here.example is a member already.",
            "Line 5: waiting@here.example has been invited already; you can send it again below.",
            "Line 6: “a\x00b@here.example” is not an e-mail address.",
        ]
    }
    assert Invitation.objects.count() == 1


@pytest.mark.parametrize(
    "emails", [[], ["", "  "], [f"p{n}@here.example" for n in range(51)], ["x" * 250 + "@a.example"]]
)
def test_invite_refuses_none_too_many_and_too_long(cast, emails):
    with pytest.raises(ValidationError) as refused:
        invite(by=cast.admin, emails=emails, role=Role.EDITOR, site=SITE)
    assert list(refused.value.message_dict) == ["emails"]


@pytest.mark.parametrize(
    ("field", "wrong"), [("role", {"role": "king"}), ("days", {"days": 0}), ("days", {"days": 91})]
)
def test_invite_refuses_bad_values(cast, field, wrong):
    with pytest.raises(ValidationError) as refused:
        invite(**{"by": cast.admin, "emails": ["a@here.example"], "role": "editor", "site": SITE, **wrong})
    assert list(refused.value.message_dict) == [field]


def test_invite_refuses_a_team_of_another_workspace(cast):
    with pytest.raises(ValidationError):
        make_invitation(cast.admin, teams=[cast.elsewhere.teams.first()])


def test_same_address_twice_is_invited_once(cast):
    assert len(invite(by=cast.admin, emails=["a@b.example", "A@b.example"], role=Role.EDITOR, site=SITE)) == 1


def test_expired_invitation_is_replaced(cast):
    old = make_invitation(cast.admin)
    Invitation.objects.filter(pk=old.pk).update(expires_at=timezone.now())
    new = make_invitation(cast.admin)
    assert list(Invitation.objects.all()) == [new]


def test_only_owners_invite_owners(cast):
    with pytest.raises(PermissionDenied):
        make_invitation(cast.admin, role=Role.OWNER)
    invitation = make_invitation(cast.owner, role=Role.OWNER)
    with pytest.raises(PermissionDenied):
        resend(by=cast.admin, invitation=invitation, site=SITE)


def test_editors_do_not_invite(cast):
    with pytest.raises(PermissionDenied):
        make_invitation(cast.sales)


def test_invitations_of_another_workspace_are_out_of_reach(cast):
    invitation = make_invitation(cast.stranger)
    for action in [resend, revoke]:
        with pytest.raises(PermissionDenied):
            action(by=cast.owner, invitation=invitation, **({"site": SITE} if action is resend else {}))


def test_mail_has_the_link_in_text_and_html(cast, sent):
    [message] = sent(make_invitation, cast.admin)
    link = SITE + "invitations/" + token_of(Invitation.objects.get()) + "/"
    assert message.to == ["new@here.example"]
    assert message.reply_to == ["admin@here.example"]
    assert message.subject == "Join Here on Throughline"
    assert "Adam Admin invites you to Here on Throughline." in message.body
    assert link in message.body
    [html] = message.alternatives
    assert f'<a href="{link}">' in html.content


def test_mail_shows_names_as_text(cast, sent):
    cast.workspace.name = "<b>Nord</b>\nBcc: x@y.example"
    cast.workspace.save()
    [message] = sent(make_invitation, cast.admin)
    assert message.subject == "Join <b>Nord</b> Bcc: x@y.example on Throughline"
    assert "<b>Nord</b>" in message.body
    assert "&lt;b&gt;Nord&lt;/b&gt;" in message.alternatives[0].content


def test_mail_of_a_program_names_nobody(cast, sent):
    invitation = make_invitation(cast.admin)
    Invitation.objects.filter(pk=invitation.pk).update(invited_by=None)
    [message] = sent(resend, by=cast.admin, invitation=invitation, site=SITE)
    assert "You are invited to Here on Throughline." in message.body


def test_queue_does_not_hold_the_token(cast, queue, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        invitation = make_invitation(cast.admin)
    [queued] = OrmQ.objects.all()
    assert queued.task["args"] == (invitation.pk, SITE)


def test_task_sends_nothing_when_it_was_revoked_meanwhile(cast):
    invitation = make_invitation(cast.admin)
    revoke(by=cast.admin, invitation=invitation)
    send_invitation(invitation.pk, SITE)
    assert mail.outbox == []


def test_resending_ends_the_old_link(cast, sent):
    invitation = make_invitation(cast.admin)
    old = token_of(invitation)
    [message] = sent(resend, by=cast.admin, invitation=invitation, site=SITE)
    assert find_invitation(old) is None
    assert find_invitation(re.search(r"invitations/(\w+)/", message.body)[1]) == invitation


def test_accept_joins_with_role_and_teams(cast):
    team = cast.workspace.teams.get(name="Sales")
    invitation, user = make_invitation(cast.admin, role=Role.VIEWER, teams=[team]), make_person("New@here.example")
    member = accept(user=user, invitation=invitation)
    assert (member.workspace, member.role, list(member.teams.all())) == (cast.workspace, Role.VIEWER, [team])
    with pytest.raises(ValidationError, match="no longer open"):
        accept(user=user, invitation=invitation)


@pytest.mark.parametrize("person", [{"email": "other@here.example"}, {"verified": False}])
def test_accept_refuses_whoever_has_not_shown_that_the_address_is_theirs(cast, person):
    invitation, user = make_invitation(cast.admin), make_person(**person)
    with pytest.raises(ValidationError, match=r"This invitation is for new@here.example"):
        accept(user=user, invitation=invitation)
    assert not Membership.objects.filter(user=user).exists()


def test_accept_refuses_an_expired_invitation(cast):
    invitation, user = make_invitation(cast.admin), make_person()
    Invitation.objects.filter(pk=invitation.pk).update(expires_at=timezone.now())
    with pytest.raises(ValidationError, match="no longer open"):
        accept(user=user, invitation=invitation)


def test_accept_refuses_a_link_that_was_replaced(cast):
    invitation, user = make_invitation(cast.admin), make_person()
    resend(by=cast.admin, invitation=Invitation.objects.get(), site=SITE)
    with pytest.raises(ValidationError, match="no longer open"):
        accept(user=user, invitation=invitation)


def test_accept_leaves_the_role_of_a_member_alone(cast):
    invitation = make_invitation(cast.owner, role=Role.OWNER)
    user = make_person()
    Membership.objects.create(workspace=cast.workspace, user=user, role=Role.VIEWER)
    assert accept(user=user, invitation=invitation).role == Role.VIEWER


def test_page_invites_and_lists(cast, client_of, url, sent):
    form = {"emails": "a@b.example\r\nc@d.example", "role": "editor", "days": "14"}
    client = client_of(cast.admin)
    assert len(sent(client.post, url("invitations"), form)) == 2
    page = client.get(url("invitations")).content.decode()
    assert "a@b.example" in page
    assert "c@d.example" in page
    assert "http://testserver/invitations/" in mail.outbox[0].body


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("emails", "nonsense"),
        ("emails", ""),
        ("emails", "x" * 16_000),
        ("role", "owner"),
        ("days", "8"),
        ("teams", "0"),
    ],
)
def test_page_keeps_what_was_typed(cast, client_of, url, field, value):
    form = {"emails": "a@b.example", "role": "editor", "days": "14", field: value}
    response = client_of(cast.admin).post(url("invitations"), form)
    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    assert response.context["form"]["emails"].value() == form["emails"]
    assert Invitation.objects.count() == 0


def test_page_takes_the_same_queries_for_few_and_many(cast, client_of, url, django_assert_num_queries):
    client = client_of(cast.owner)
    make_invitation(cast.admin, "first@here.example", teams=list(cast.workspace.teams.all()))
    client.get(url("invitations"))
    with django_assert_num_queries(7):
        client.get(url("invitations"))
    invite(by=cast.admin, emails=[f"p{n}@here.example" for n in range(20)], role=Role.EDITOR, site=SITE)
    with django_assert_num_queries(7):
        client.get(url("invitations"))


def test_page_sends_again_and_takes_back(cast, client_of, url, sent):
    invitation, client = make_invitation(cast.admin), client_of(cast.admin)
    assert len(sent(client.post, url("invitation_resend", invitation.pk))) == 1
    assert client.post(url("invitation_revoke", invitation.pk)).status_code == 302
    assert Invitation.objects.count() == 0
    assert client.post(url("invitation_resend", invitation.pk)).status_code == 404


def test_page_does_not_reach_invitations_elsewhere(cast, client_of, url):
    invitation = make_invitation(cast.stranger)
    client = client_of(cast.owner)
    assert client.post(url("invitation_resend", invitation.pk)).status_code == 404
    assert client.post(url("invitation_revoke", invitation.pk)).status_code == 404


def wait_for(happened, seconds: int = 30) -> None:
    end = time.monotonic() + seconds
    while not happened() and time.monotonic() < end:
        time.sleep(0.2)


def stop(cluster: subprocess.Popen) -> None:
    cluster.terminate()
    try:
        cluster.wait(15)
    except subprocess.TimeoutExpired:
        os.killpg(cluster.pid, signal.SIGKILL)
        cluster.wait()


@pytest.mark.django_db(transaction=True)
def test_worker_process_sends_the_mail(cast, queue, tmp_path):
    """The whole way: queued on commit, taken from the database by a cluster of its own, written by its mail backend."""
    make_invitation(cast.admin)
    place = settings.DATABASES["default"]
    address = f"sqlite:///{place['NAME']}"
    if "postgresql" in place["ENGINE"]:
        address = "postgres://{USER}:{PASSWORD}@{HOST}:{PORT}/{NAME}".format(**place)
    environment = {**os.environ, "TESTING": "0", "DEBUG": "1", "WORKERS": "1"}
    environment |= {"DATABASE_URL": address, "EMAIL_URL": f"filemail:///{tmp_path}"}
    command = [sys.executable, "manage.py", "qcluster"]
    cluster = subprocess.Popen(command, cwd=settings.BASE_DIR, env=environment, start_new_session=True)
    try:
        wait_for(lambda: Task.objects.filter(func="teams.tasks.send_invitation").exists())
    finally:
        stop(cluster)
    assert Task.objects.get(func="teams.tasks.send_invitation").success
    [written] = tmp_path.iterdir()
    assert f"/invitations/{token_of(Invitation.objects.get())}/" in written.read_text()
