from datetime import timedelta
from io import StringIO

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import CommandError, call_command
from django.utils import timezone

from teams.enums import Role
from teams.models import ApiKey
from teams.services.digest import digest
from teams.services.keys import create_key, find_key, revoke_key


def make_key(cast, **options) -> tuple[ApiKey, str]:
    return create_key(**{"by": cast.admin, "workspace": cast.workspace, "name": "Import", "role": "editor", **options})


def test_create_key_keeps_only_the_hash(cast):
    key, secret = make_key(cast, teams=list(cast.workspace.teams.filter(name="Sales")))
    assert (len(secret), secret[:3], key.start) == (43, "tl_", secret[:10])
    assert key.key_hash == digest(secret)
    assert secret not in str(ApiKey.objects.values().get(pk=key.pk))
    assert (key.created_by, key.rate, len(key.team_ids)) == (cast.admin, 6000, 1)


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("name", ""),
        ("name", "x" * 81),
        ("name", "a\x00b"),
        ("role", "king"),
        ("role", "owner"),
        ("expires_at", timezone.now() - timedelta(days=1)),
    ],
)
def test_create_key_refuses_bad_values(cast, field, wrong):
    with pytest.raises(ValidationError) as refused:
        make_key(cast, **{field: wrong})
    assert list(refused.value.message_dict) == [field]
    assert ApiKey.objects.count() == 0


def test_create_key_refuses_teams_of_another_workspace(cast):
    with pytest.raises(ValidationError):
        make_key(cast, teams=[cast.elsewhere.teams.first()])


def test_create_key_needs_the_right_in_that_workspace(cast):
    for by, workspace in [(cast.sales, cast.workspace), (cast.owner, cast.elsewhere)]:
        with pytest.raises(PermissionDenied):
            make_key(cast, by=by, workspace=workspace)


def test_key_may_create_a_key_up_to_its_own_role(cast):
    by, _secret = make_key(cast, role=Role.ADMIN)
    key, _secret = make_key(cast, by=by, role=Role.ADMIN)
    assert key.created_by is None
    with pytest.raises(ValidationError):
        make_key(cast, by=by, role=Role.OWNER)


def test_find_key_notes_the_use_at_most_once_a_minute(cast, django_assert_num_queries):
    key, secret = make_key(cast)
    with django_assert_num_queries(2):
        found = find_key(secret)
    assert (found, found.workspace) == (key, cast.workspace)
    with django_assert_num_queries(1):
        assert find_key(secret).last_used_at == found.last_used_at
    ApiKey.objects.update(last_used_at=timezone.now() - timedelta(minutes=1))
    with django_assert_num_queries(2):
        find_key(secret)


@pytest.mark.parametrize("secret", ["", "tl_", "tl_" + "a" * 40, "\x00", "\ud800", "ключ"])
def test_find_key_knows_no_other_secret(cast, secret):
    make_key(cast)
    assert find_key(secret) is None


def test_find_key_refuses_revoked_and_expired_keys(cast):
    key, secret = make_key(cast)
    revoked = revoke_key(by=cast.owner, key=key)
    assert find_key(secret) is None
    assert revoke_key(by=cast.owner, key=key).revoked_at == revoked.revoked_at
    key, secret = make_key(cast, expires_at=timezone.now() + timedelta(days=1))
    assert find_key(secret) == key
    ApiKey.objects.filter(pk=key.pk).update(expires_at=timezone.now())
    assert find_key(secret) is None


def test_revoke_key_of_another_workspace_is_refused(cast):
    key, _secret = make_key(cast, by=cast.stranger, workspace=cast.elsewhere)
    with pytest.raises(PermissionDenied):
        revoke_key(by=cast.owner, key=key)


def test_page_shows_the_secret_exactly_once(cast, client_of, url):
    client = client_of(cast.admin)
    answer = client.post(url("keys"), {"name": "Nightly", "role": "editor", "days": "30"})
    secret = answer.context["secret"]
    assert (answer.status_code, answer["Cache-Control"].count("no-store")) == (201, 1)
    assert answer.content.decode().count(secret) == 1
    assert find_key(secret).expires_at - timezone.now() > timedelta(days=29)
    again = client.get(url("keys")).content.decode()
    assert secret not in again
    assert secret[:10] in again


@pytest.mark.parametrize(
    ("field", "value"), [("name", ""), ("name", "a\x00"), ("role", "owner"), ("days", "-1"), ("teams", "abc")]
)
def test_page_names_the_wrong_field(cast, client_of, url, field, value):
    form = {"name": "Nightly", "role": "editor", "days": "", field: value}
    answer = client_of(cast.admin).post(url("keys"), form)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert "secret" not in answer.context


def test_page_takes_the_same_queries_for_few_and_many(cast, client_of, url, django_assert_num_queries):
    client = client_of(cast.owner)
    make_key(cast)
    client.get(url("keys"))
    with django_assert_num_queries(7):
        client.get(url("keys"))
    for number in range(10):
        make_key(cast, name=f"Key {number}", teams=list(cast.workspace.teams.all()))
    with django_assert_num_queries(7):
        client.get(url("keys"))


def test_page_revokes(cast, client_of, url):
    key, secret = make_key(cast)
    elsewhere, _secret = make_key(cast, by=cast.stranger, workspace=cast.elsewhere)
    client = client_of(cast.admin)
    assert client.post(url("key_revoke", key.pk)).status_code == 302
    assert client.post(url("key_revoke", elsewhere.pk)).status_code == 404
    assert find_key(secret) is None


def command(**options) -> str:
    out = StringIO()
    call_command("create_key", **{"workspace": "here", "role": "editor", "name": "Import", **options}, stdout=out)
    return out.getvalue()


def test_command_prints_the_key_and_nothing_else(cast):
    key = find_key(command().removesuffix("\n"))
    assert (key.workspace, key.role, key.name, key.created_by) == (cast.workspace, "editor", "Import", None)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"workspace": "nowhere"}, "There is no workspace “nowhere”."),
        ({"role": "king"}, "role: There is no role “king”."),
        ({"name": " "}, "name: This field cannot be blank."),
    ],
)
def test_command_refuses(cast, options, said):
    with pytest.raises(CommandError) as refused:
        command(**options)
    assert (str(refused.value), refused.value.returncode) == (said, 1)
    assert ApiKey.objects.count() == 0
