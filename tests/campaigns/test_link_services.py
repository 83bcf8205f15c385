"""Links and their rules in a workspace: what is built, refused, archived, counted."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from campaigns.demo.links import LINKS, add_links
from campaigns.models import DestinationRule, Link, LinkRule
from campaigns.queries.links import any_links_of, breaking_links, having_words, links_of, rules_of, used_values
from campaigns.services.link_rules import (
    MOST_RULES,
    add_rule,
    edit_destination,
    edit_rule,
    furnish,
    remove_rule,
    restore_rule,
    rules_for,
)
from campaigns.services.links import archive_link, build_link, restore_link
from journeys.demo.people import INGRID
from teams.errors import Conflict
from teams.models import Activity
from teams.services.activity import differences, sentence
from teams.services.workspaces import create_workspace
from tests.factories import make_key, make_link, make_link_rule, make_user

SHOP = "https://shop.example/sale"
GOOD = {"utm_source": "mail", "utm_medium": "email", "utm_campaign": "spring-sale"}


def rule_of(member, name: str) -> LinkRule:
    return rules_of(member).get(parameter=name)


@pytest.fixture
def furnished(cast):
    furnish(cast.workspace.pk)
    return cast


def test_new_workspace_has_the_usual_rules(db):
    member = create_workspace(user=make_user(), name="New")
    assert [(rule.parameter, rule.required, rule.lowercase, rule.separator) for rule in rules_of(member)] == [
        ("utm_source", True, True, "-"),
        ("utm_medium", True, True, "-"),
        ("utm_campaign", True, True, "-"),
        ("utm_id", False, True, "-"),
        ("utm_term", False, True, "-"),
        ("utm_content", False, True, "-"),
    ]


def test_rules_of_an_older_workspace_are_made_when_they_are_needed(cast, django_assert_num_queries):
    assert not LinkRule.objects.exists()
    rules = rules_for(cast.workspace.pk)
    assert [rule.parameter for rule in rules.parameters if rule.required] == [
        "utm_source",
        "utm_medium",
        "utm_campaign",
    ]
    assert (rules.https, DestinationRule.objects.get().workspace) == (True, cast.workspace)
    with django_assert_num_queries(2):  # the rule for destinations, the rules for parameters
        assert rules_for(cast.workspace.pk) == rules


def test_rules_that_were_all_removed_are_not_made_again(furnished):
    for rule in rules_of(furnished.owner):
        remove_rule(by=furnished.owner, rule=rule)
    assert rules_for(furnished.workspace.pk).parameters == ()
    link = build_link(by=furnished.sales, url=f"{SHOP}?utm_source=Any Thing").link
    assert (link.url, link.parameters, link.source) == (f"{SHOP}?utm_source=Any%20Thing", {}, "")


def test_link_is_built_once(cast):
    built = build_link(by=cast.marketing, url="https://shop.example/sale?color=red#top", parameters=GOOD)
    link = built.link
    assert built.new
    assert link.url == f"{SHOP}?color=red&utm_source=mail&utm_medium=email&utm_campaign=spring-sale#top"
    assert (link.destination, link.parameters) == (f"{SHOP}?color=red#top", GOOD)
    assert (link.source, link.medium, link.campaign) == ("mail", "email", "spring-sale")
    assert (link.built_by, link.built_by_key, link.built_by_name) == (cast.marketing, None, "Marketing Editor")
    again = build_link(by=cast.sales, url=link.url)
    assert (again.link, again.new, Link.objects.count()) == (link, False, 1)


def test_program_builds_as_itself_and_its_name_stays(cast):
    key = make_key(cast.workspace, name="Nightly")
    link = build_link(by=key, url=SHOP, parameters=GOOD).link
    key.delete()
    link.refresh_from_db()
    assert (link.built_by, link.built_by_key, link.built_by_name) == (None, None, "Nightly")


def test_what_breaks_a_rule_is_refused_at_its_field(cast):
    with pytest.raises(ValidationError) as refused:
        build_link(
            by=cast.sales, url="http://shop.example", parameters=GOOD | {"utm_campaign": "Spring Sale", "x": "y"}
        )
    errors = refused.value.error_dict
    assert {field: [error.code for error in found] for field, found in errors.items()} == {
        "url": ["https"],
        "parameters.x": ["unknown"],
        "parameters.utm_campaign": ["lowercase"],
    }
    assert errors["parameters.utm_campaign"][0].messages == ["Small letters only. Write “spring-sale”."]
    assert not Link.objects.exists()


def test_viewer_builds_and_archives_nothing(cast):
    link = make_link(cast.sales)
    for call in [
        lambda: build_link(by=cast.viewer, url=SHOP, parameters=GOOD),
        lambda: archive_link(by=cast.viewer, link=link),
        lambda: restore_link(by=cast.viewer, link=link),
        lambda: archive_link(by=cast.stranger, link=link),
        lambda: build_link(by=cast.stranger, url=SHOP, parameters=GOOD, replaces=link),
        lambda: add_rule(by=cast.sales, parameter="cid"),
        lambda: edit_destination(by=cast.sales, https=False),
        lambda: remove_rule(by=cast.sales, rule=rule_of(cast.sales, "utm_term")),
    ]:
        with pytest.raises(PermissionDenied):
            call()
    assert (Link.objects.count(), rules_of(cast.owner).count()) == (1, 6)


def test_link_is_archived_and_comes_back(cast):
    link = archive_link(by=cast.sales, link=make_link(cast.marketing), seen=1)
    assert (link.version, list(links_of(cast.sales))) == (2, [])
    with pytest.raises(Conflict):
        archive_link(by=cast.sales, link=link, seen=1)
    assert archive_link(by=cast.sales, link=link).version == 2
    restore_link(by=cast.sales, link=link)
    assert list(links_of(cast.sales)) == [link]
    assert [sentence(row) for row in Activity.objects.filter(kind="link").order_by("pk")] == [
        f"Sales Editor archived the link {link.url}.",
        f"Sales Editor took the link {link.url} out of the archive.",
    ]


def test_archived_link_stays_there_while_the_same_was_built_again(cast):
    link = archive_link(by=cast.sales, link=make_link(cast.sales, campaign="x"))
    again = make_link(cast.sales, campaign="x")
    assert again != link
    with pytest.raises(ValidationError, match="built again meanwhile"):
        restore_link(by=cast.sales, link=link)


def test_replaced_link_stays(cast):
    old = make_link(cast.sales)
    new = build_link(by=cast.sales, url=SHOP, parameters=GOOD, replaces=old).link
    assert (new.replaces, list(old.replaced_by.all())) == (old, [new])
    assert set(links_of(cast.sales)) == {old, new}


def test_rule_is_added_edited_removed_and_restored(furnished):
    owner = furnished.admin
    rule = add_rule(by=owner, parameter="cid", allowed=" a \n\nb\na\n", separator="keep", longest=5)
    assert (rule.allowed, rules_for(furnished.workspace.pk).parameters[-1].separator) == ("a\nb", "")
    with pytest.raises(Conflict):
        edit_rule(by=owner, rule=rule, seen=7, longest=6)
    assert edit_rule(by=owner, rule=rule, seen=1, allowed="a\nb\n").version == 1  # nothing is different
    assert edit_rule(by=owner, rule=rule, seen=1, required=True, allowed="").version == 2
    removed = remove_rule(by=owner, rule=rule, seen=2)
    assert "cid" not in [rule.parameter for rule in rules_for(furnished.workspace.pk).parameters]
    with pytest.raises(ValidationError, match="has been removed"):
        edit_rule(by=owner, rule=removed, longest=6)
    assert restore_rule(by=owner, rule=removed).version == 4
    rows = list(Activity.objects.filter(kind="linkrule").order_by("pk"))
    assert [row.verb for row in rows] == ["created", "edited", "removed", "restored"]
    assert differences(rows[1]) == ["required: no → yes", "allowed values: a; b → nothing"]


def test_removed_rule_does_not_come_back_beside_another(furnished):
    removed = remove_rule(by=furnished.owner, rule=rule_of(furnished.owner, "utm_id"))
    add_rule(by=furnished.owner, parameter="UTM_ID")
    with pytest.raises(ValidationError) as refused:
        restore_rule(by=furnished.owner, rule=removed)
    assert refused.value.message_dict == {"parameter": ["There is already a rule for this parameter."]}


def test_rules_that_cannot_be_are_refused_at_their_field(furnished):
    refused = {
        "parameter": [
            {"parameter": ""},
            {"parameter": "utm source"},
            {"parameter": "1st"},
            {"parameter": "utm_Source"},
        ],
        "allowed": [{"allowed": "x" * 201}, {"allowed": "\n".join(map(str, range(201)))}, {"allowed": "a\u202eb"}],
        "blocked": [{"blocked": "a\x00b"}],
        "separator": [{"separator": "/"}],
        "longest": [{"longest": 0}, {"longest": 501}],
    }
    for field, cases in refused.items():
        for fields in cases:
            with pytest.raises(ValidationError) as error:
                add_rule(by=furnished.owner, **{"parameter": "cid"} | fields)
            assert (fields, list(error.value.message_dict)) == (fields, [field])
    assert rules_of(furnished.owner).count() == 6


def test_number_of_rules_has_an_end(furnished):
    for number in range(MOST_RULES - 6):
        make_link_rule(furnished.workspace, f"own{number}")
    with pytest.raises(ValidationError, match="at most 30 rules"):
        add_rule(by=furnished.owner, parameter="one_more")


def test_hosts_are_kept_as_links_have_them(furnished):
    rule = edit_destination(by=furnished.owner, seen=1, allowed_hosts="Shop.Example\n*.exämple.de\n", https=False)
    assert (rule.allowed_hosts, rule.https, rule.version) == ("shop.example\n*.xn--exmple-cua.de", False, 2)
    with pytest.raises(ValidationError) as refused:
        edit_destination(by=furnished.owner, blocked_hosts="https://shop.example/x")
    assert "is no host" in refused.value.message_dict["blocked_hosts"][0]
    assert build_link(by=furnished.sales, url="http://www.exämple.de", parameters=GOOD).new
    with pytest.raises(ValidationError, match="not one of the allowed hosts"):
        build_link(by=furnished.sales, url="http://elsewhere.example", parameters=GOOD)


def test_links_that_new_rules_would_refuse_are_counted(cast, django_assert_num_queries):
    links = [make_link(cast.sales, source=source) for source in ["mail", "mail", "radio"]]
    make_link(cast.stranger, source="radio")
    edit_rule(by=cast.owner, rule=rule_of(cast.owner, "utm_source"), allowed="mail")
    rules = rules_for(cast.workspace.pk)
    with django_assert_num_queries(1):
        assert breaking_links(cast.viewer, rules) == ([links[2].pk], 3)


def test_words_are_found_wherever_they_stand(cast):
    one = make_link(cast.sales, url="https://shop.example/Winter", campaign="boots")
    make_link(cast.sales, url="https://shop.example/summer", campaign="shoes")
    make_link(cast.stranger, url="https://shop.example/winter", campaign="boots")
    for text in ["winter", "BOOT winter", "shop boots", "newsletter boo"]:
        assert list(having_words(links_of(cast.viewer), text)) == [one]
    assert not having_words(links_of(cast.viewer), "winter shoes").exists()


def test_values_are_suggested_by_use(cast, django_assert_num_queries):
    for source in ["radio", "mail", "mail"]:
        make_link(cast.sales, source=source)
    make_link(cast.stranger, source="secret")
    with django_assert_num_queries(1):
        assert used_values(cast.sales, ["utm_source", "utm_term"]) == {"utm_source": ["mail", "radio"], "utm_term": []}


def test_links_of_the_demo_keep_its_rules(cast):
    people = {link.by for link in LINKS} | {INGRID}
    add_links(dict.fromkeys(people, cast.owner), timezone.localdate())
    assert any_links_of(cast.owner).count() == len(LINKS)
    assert breaking_links(cast.owner, rules_for(cast.workspace.pk)) == ([], len(LINKS) - 1)
    (archived,) = any_links_of(cast.owner).exclude(removed_at=None)
    assert archived.replaced_by.count() == 1
    assert max(any_links_of(cast.owner).values_list("built_at", flat=True)) < timezone.now()
