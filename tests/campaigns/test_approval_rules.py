"""Rules on approvals: changed by people and programs, without changing what was asked or answered."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from campaigns.enums import Applies, AskedPeople
from campaigns.models import Approval
from campaigns.queries.approvals import last_request, waiting_for
from campaigns.services.approval_rules import edit_rule, remove_rule
from campaigns.services.campaign_steps import take_step
from campaigns.services.campaigns import edit_campaign
from teams.enums import Role
from teams.errors import Conflict, Gone
from teams.services.activity import activity_of
from tests.api import errors_of, program
from tests.campaigns.approving import approve, asked, make_rule
from tests.campaigns.made import make_campaign
from tests.campaigns.test_campaign_pages import address


def rows() -> list[dict]:
    return list(Approval.objects.order_by("pk").values())


def test_changed_rule_leaves_out_what_does_not_belong_any_more(cast):
    rule = make_rule(cast.admin, applies=Applies.ABOVE, amount=Decimal(7))
    team = cast.workspace.teams.get(name="Sales")
    rule = edit_rule(by=cast.admin, rule=rule, asks=AskedPeople.TEAM, team=team, applies=Applies.ALWAYS)
    rule.refresh_from_db()
    assert (rule.asks, rule.team, rule.member, rule.applies, rule.amount) == ("team", team, None, "always", None)
    row = activity_of(rule).first()
    assert (row.verb, row.before["member"], row.after["team"]) == ("edited", "Adam Admin", "Sales")


def test_changed_rule_names_its_gaps(cast):
    with pytest.raises(ValidationError) as refused:
        edit_rule(by=cast.admin, rule=make_rule(cast.admin), asks=AskedPeople.TEAM, applies=Applies.ABOVE)
    assert set(refused.value.message_dict) == {"team", "amount"}


def test_changed_rule_that_says_the_same_is_no_change(cast):
    rule = make_rule(cast.admin)
    assert edit_rule(by=cast.admin, rule=rule, member=cast.admin).version == rule.version


def test_changed_rule_of_two_people_with_one_name_is_a_change(cast):
    rule = make_rule(cast.admin)
    cast.sales.user.name = cast.admin.user.name
    cast.sales.user.save()
    assert edit_rule(by=cast.admin, rule=rule, member=cast.sales).member == cast.sales


def test_changed_rule_meets_who_was_faster_and_who_took_it_away(cast):
    rule = make_rule(cast.admin)
    edit_rule(by=cast.admin, rule=rule, seen=rule.version, member=cast.sales)
    with pytest.raises(Conflict):
        edit_rule(by=cast.owner, rule=rule, seen=rule.version, member=cast.owner)
    remove_rule(by=cast.admin, rule=rule)
    with pytest.raises(Gone):
        edit_rule(by=cast.owner, rule=rule, member=cast.owner)


@pytest.mark.parametrize(
    "change",
    [
        {"asks": AskedPeople.ADMIN},
        {"applies": Applies.ABOVE, "amount": Decimal(10**6)},
    ],
)
def test_changed_rule_changes_no_answer_and_nothing_that_waits(cast, change):
    rule = make_rule(cast.admin, member=cast.sales)
    make_rule(cast.admin, member=cast.product)
    done = approve(cast.product, approve(cast.sales, asked(cast.marketing)))
    open_one = approve(cast.product, asked(cast.marketing))
    before = rows()
    edit_rule(by=cast.admin, rule=rule, **change)
    done.refresh_from_db()
    assert (rows(), done.status, last_request(done).state) == (before, "approved", "approved")
    assert [waiting_for(member).count() for member in (cast.sales, cast.admin)] == [1, 0]
    assert approve(cast.sales, open_one).status == "approved"


def test_changed_rule_counts_for_what_is_asked_from_then_on(cast):
    rule = make_rule(cast.admin, member=cast.sales)
    unanswered, refused = asked(cast.marketing), asked(cast.marketing)
    edit_rule(by=cast.admin, rule=rule, member=cast.product)
    edit_campaign(by=cast.marketing, campaign=unanswered, offer="Another")
    take_step(by=cast.marketing, campaign=refused, to="planned")
    take_step(by=cast.marketing, campaign=refused, to="approval")
    assert [waiting_for(member).count() for member in (cast.sales, cast.product)] == [0, 2]
    asked(cast.marketing, make_campaign(cast.marketing))
    assert waiting_for(cast.product).count() == 3


def test_rule_page_says_what_waits_and_saves(cast, client_of):
    rule, client = make_rule(cast.admin, member=cast.sales), client_of(cast.admin)
    asked(cast.marketing)
    asked(cast.marketing)
    url = address("approval_rule_edit", cast.admin, rule.pk)
    page = client.get(url)
    assert "2 campaigns wait for answers that this rule asked for." in page.text
    assert 'aria-current="page">Approvals' in page.text
    sent = {"asks": "admin", "applies": "above", "amount": "2500", "seen": rule.version}
    page = client.post(url, sent, follow=True)
    assert "Saved. It counts for what is asked from now on." in page.text
    assert "Where more than 2,500 is planned" in page.text
    told = client.get(f"/w/here/activity/approvalrule/{rule.pk}/").text
    assert "Sales Editor" in told
    assert "2,500" in told


def test_rule_page_shows_both_where_somebody_was_faster(cast, client_of):
    rule, client = make_rule(cast.admin, member=cast.sales), client_of(cast.admin)
    url = address("approval_rule_edit", cast.admin, rule.pk)
    edit_rule(by=cast.owner, rule=rule, member=cast.product)
    sent = {"asks": "member", "member": cast.success.pk, "applies": "always", "seen": rule.version}
    page = client.post(url, sent)
    assert page.status_code == 409
    assert [(row.theirs, row.mine) for row in page.context["form"].theirs] == [("Product Editor", "Success Editor")]
    again = page.context["form"]["seen"].value()
    assert client.post(url, sent | {"seen": again}).status_code == 302
    rule.refresh_from_db()
    assert rule.member == cast.success


def test_rule_page_keeps_what_was_typed_and_names_the_field(cast, client_of):
    rule = make_rule(cast.admin)
    url = address("approval_rule_edit", cast.admin, rule.pk)
    page = client_of(cast.admin).post(url, {"asks": "admin", "applies": "above", "amount": "-5", "seen": rule.version})
    assert (page.status_code, set(page.context["form"].errors)) == (422, {"amount"})
    assert 'value="-5"' in page.text


def test_rule_is_changed_by_programs_that_say_what_they_saw(cast):
    owner, made = program(cast.workspace, Role.OWNER), make_rule(cast.admin)
    path = f"approval-rules/{made.pk}/"
    tag = owner.get(path).headers["ETag"]
    assert owner.send("PATCH", path, {"asks": "admin"}, seen=None).status_code == 428
    answer = owner.send("PATCH", path, {"asks": "admin"}, seen=tag)
    assert (answer.status_code, answer.json()["member"], answer.json()["version"]) == (200, None, made.version + 1)
    assert owner.send("PATCH", path, {"asks": "admin", "applies": "above", "amount": 7}, seen=tag).status_code == 412
    assert set(errors_of(owner.patch(path, {"applies": "channel"}))) == {"channel"}
    editor = program(cast.workspace, Role.EDITOR)
    assert editor.patch(path, {"asks": "admin"}).status_code == 403
