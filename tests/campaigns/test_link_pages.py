"""The pages of links: the list, the builder, one link, its QR code, the rules."""

import io

import pytest
from django.contrib.messages import get_messages
from PIL import Image

from campaigns.models import DestinationRule, Link, LinkRule
from campaigns.queries.links import rules_of
from campaigns.services.link_rules import add_rule, edit_rule, furnish, rules_for
from tests.factories import make_link

HTMX = {"HX-Request": "true"}
TYPED = {
    "url": "https://shop.example/sale",
    "p_utm_source": "mail",
    "p_utm_medium": "email",
    "p_utm_campaign": "spring-sale",
}


def at(path: str = "", workspace: str = "here") -> str:
    return f"/w/{workspace}/links/{path}"


def told(response):
    """The last message with its undo address."""
    message = list(get_messages(response.wsgi_request))[-1]
    return str(message), message.extra_tags


@pytest.fixture
def sales(cast, client_of):
    furnish(cast.workspace.pk)
    return client_of(cast.sales)


@pytest.fixture
def admin(cast, client_of):
    furnish(cast.workspace.pk)
    return client_of(cast.admin)


def rule_at(cast, name: str, ending: str = "") -> str:
    return at(f"rules/{rules_of(cast.owner).get(parameter=name).pk}/{ending}")


def test_list_shows_what_was_built_by_whom(client_of, cast):
    make_link(cast.marketing, campaign="spring", content="head")
    make_link(cast.stranger, campaign="secret")
    page = client_of(cast.viewer).get(at())
    for text in ["https://shop.example/", "spring", "newsletter", "head", "Marketing Editor", "data-copy"]:
        assert text in page.text
    assert "secret" not in page.text
    assert "Build a link" not in page.text


def test_list_takes_the_same_queries_for_one_and_many(sales, cast, django_assert_num_queries):
    make_link(cast.marketing)
    sales.get(at())  # the first page is noted in the session
    with django_assert_num_queries(6):  # session, person, membership; links, used values, members
        sales.get(at())
    for _ in range(60):
        make_link(cast.product)
    with django_assert_num_queries(6):
        page = sales.get(at())
    assert len(page.context["page"].object_list) == 50
    assert "page=2" in page.text


def test_list_is_filtered_by_the_address(sales, cast):
    one = make_link(cast.marketing, source="radio", medium="audio", campaign="spring", url="https://shop.example/boots")
    two = make_link(cast.sales)
    archived = make_link(cast.sales, campaign="old")
    sales.post(at(f"{archived.pk}/archive/"))
    edit_rule(by=cast.owner, rule=rules_of(cast.owner).get(parameter="utm_medium"), allowed="email")
    expected = {
        "": [two, one],
        "?q=boot+spring": [one],
        "?source=rad": [one],
        "?medium=email": [two],
        "?campaign=spring": [one],
        f"?person={cast.sales.pk}": [two],
        "?show=archived": [archived],
        "?show=breaking": [one],
        "?source=radio&campaign=autumn": [],
    }
    for query, found in expected.items():
        page = sales.get(at(query))
        assert (query, list(page.context["page"])) == (query, found)
    assert "No link fits" in page.text
    assert sales.get(at("?q=boot"), headers=HTMX).text.strip().startswith('<div class="stack" id="link-list">')
    for wrong in ["?q=%00", "?person=x", f"?person={cast.stranger.pk}", "?show=all", "?page=99", "?q=" + "x" * 999]:
        assert sales.get(at(wrong)).status_code == 200


def test_list_is_downloaded_as_it_is_filtered(sales, cast):
    add_rule(by=cast.owner, parameter="cid", lowercase=False)
    make_link(cast.sales, campaign="spring", term="-1")
    make_link(cast.sales, campaign="other")
    answer = sales.get(at("links.csv?campaign=spring"))
    assert answer["Content-Disposition"] == 'attachment; filename="links.csv"'
    head, row = answer.content.decode("utf-8-sig").splitlines()
    assert head == (
        "url,destination,utm_source,utm_medium,utm_campaign,utm_id,utm_term,utm_content,cid,built_by,built_at"
    )
    assert row.split(",")[1:9] == ["https://shop.example/", "newsletter", "email", "spring", "", "'-1", "", ""]


def test_empty_list_teaches_the_next_step(sales, client_of, cast):
    assert "Build the first link" in sales.get(at()).text
    assert "Build the first link" not in client_of(cast.viewer).get(at()).text


def test_builder_suggests_what_is_allowed_and_what_was_used(sales, cast):
    edit_rule(by=cast.owner, rule=rules_of(cast.owner).get(parameter="utm_source"), allowed="mail\nradio")
    make_link(cast.sales, source="mail", medium="paper")
    make_link(cast.sales, source="mail", medium="stone")
    edit_rule(by=cast.owner, rule=rules_of(cast.owner).get(parameter="utm_medium"), blocked="stone")
    page = sales.get(at("new/"))
    assert "stone" not in page.text
    for text in ['<option value="radio">', '<option value="paper">', "Allowed: mail, radio", 'name="p_utm_content"']:
        assert text in page.text
    assert "required." not in page.text  # nobody has typed yet


def test_build(sales, cast):
    answer = sales.post(at("new/"), TYPED)
    link = Link.objects.get()
    assert (answer.url, told(answer)[0]) == (at(f"{link.pk}/"), "The link is built.")
    assert (link.built_by, link.campaign) == (cast.sales, "spring-sale")
    again = sales.post(at("new/"), TYPED | {"p_utm_term": " "})
    assert (again.url, told(again)[0]) == (answer.url, "This link was built before: here it is.")


def test_what_breaks_a_rule_is_refused_with_its_name_and_a_proposal(sales):
    answer = sales.post(at("new/"), TYPED | {"url": "http://shop.example", "p_utm_campaign": "Spring Sale <b>"})
    assert answer.status_code == 422
    for text in [
        "Links lead to https:// addresses only.",
        'data-value="https://shop.example/"',
        "Small letters only.",
        "lowercase",
        'data-value="spring-sale-&lt;b&gt;"',
        'value="Spring Sale &lt;b&gt;"',
        "Take all 2 proposals",
        'aria-invalid="true"',
    ]:
        assert text in answer.text
    missing = sales.post(at("new/"), {})
    assert missing.text.count(" is required.") == 3
    assert "Enter the address" in missing.text
    assert not Link.objects.exists()


def test_proposals_are_taken_without_scripts(sales):
    typed = TYPED | {"url": "shop.example/sale", "p_utm_campaign": "Spring Sale", "take": "p_utm_campaign"}
    one = sales.post(at("new/"), typed)
    assert one.status_code == 200
    assert 'value="spring-sale"' in one.text
    assert 'value="shop.example/sale"' in one.text
    everything = sales.post(at("new/"), typed | {"take": "all"})
    assert 'value="https://shop.example/sale"' in everything.text
    assert "It keeps all rules." in everything.text


def test_result_is_shown_while_one_types(sales, django_assert_num_queries):
    sales.get(at())
    with django_assert_num_queries(5):  # session, person, membership; the rules in two
        typing = sales.post(at("check/"), {"url": "https://shop.example", "p_utm_source": "My Mail"})
    for text in ['id="link-result"', "Still missing: Medium, Campaign", 'data-value="my-mail"', "hx-swap-oob"]:
        assert text in typing.text
    assert "is required." not in typing.text  # no complaint about what is not typed yet
    in_address = sales.post(at("check/"), {"url": "https://shop.example?utm_source=My+Mail"})
    assert 'data-take="p_utm_source" data-value="my-mail"' in in_address.text
    assert "Still missing: Medium, Campaign" in in_address.text
    assert "It keeps all rules." in sales.post(at("check/"), TYPED).text
    for nasty in ["\x00", "javascript:alert(1)", "x" * 9000, "\u202e"]:
        assert sales.post(at("check/"), {"url": nasty, "p_utm_source": nasty}).status_code == 200
    assert not Link.objects.exists()


def test_link_is_replaced_by_a_new_one(sales, cast):
    old = make_link(cast.marketing, campaign="spring")
    page = sales.get(at(f"new/?from={old.pk}"))
    assert f'name="replaces" value="{old.pk}"' in page.text
    assert 'value="https://shop.example/"' in page.text
    answer = sales.post(at("new/"), TYPED | {"replaces": old.pk})
    new = Link.objects.exclude(pk=old.pk).get()
    assert new.replaces == old
    assert f'href="{at(f"{new.pk}/")}"' in sales.get(at(f"{old.pk}/")).text
    assert f'href="{at(f"{old.pk}/")}"' in sales.get(answer.url).text
    alike = sales.get(at(f"new/?like={old.pk}"))
    assert 'name="replaces"' not in alike.text
    assert 'value="spring"' in alike.text
    foreign = make_link(cast.stranger, campaign="secret")
    assert "secret" not in sales.get(at(f"new/?from={foreign.pk}")).text
    assert 'value="x y"' in sales.get(at("new/?p_utm_term=x+y&from=nothing")).text


def test_link_shows_its_parts_its_code_and_its_history(sales, client_of, cast):
    link = make_link(cast.marketing, campaign="spring")
    edit_rule(by=cast.owner, rule=rules_of(cast.owner).get(parameter="utm_campaign"), blocked="spr*")
    page = client_of(cast.viewer).get(at(f"{link.pk}/"))
    for text in ["Marketing Editor built it.", "qr.svg", "utm_campaign", "“spring” is blocked by “spr*”.", "readonly"]:
        assert text in page.text
    assert "Archive" not in page.text


def test_archive_and_undo(sales, cast):
    link = make_link(cast.marketing)
    answer = sales.post(at(f"{link.pk}/archive/"))
    sentence, undo = told(answer)
    assert (answer.url, sentence) == (at(), "The link is archived. Who follows it still arrives.")
    page = sales.get(at(f"{link.pk}/"))
    for text in ["Bring back", "archived", "Sales Editor archived the link"]:
        assert text in page.text
    assert sales.post(undo).url == at(f"{link.pk}/")
    assert link in sales.get(at()).context["page"]
    sales.post(at(f"{link.pk}/archive/"))
    make_link(cast.sales, campaign=link.campaign)
    assert "built again meanwhile" in told(sales.post(undo))[0]


def test_qr_code_is_a_picture_of_the_wanted_size(sales, cast):
    link = make_link(cast.sales)
    png = sales.get(at(f"{link.pk}/qr.png?size=1024&quiet=4&download=1"))
    picture = Image.open(io.BytesIO(png.content))
    assert (png["Content-Type"], png["Content-Disposition"]) == (
        "image/png",
        f'attachment; filename="link-{link.pk}.png"',
    )
    assert 900 < picture.width == picture.height <= 1024
    module = picture.width // (41 + 8)  # version 6 holds the link
    frame = [picture.getpixel((x, y)) for x in range(4 * module) for y in range(4 * module)]
    assert set(frame) == {255}
    assert picture.getpixel((4 * module, 4 * module)) == 0
    bare = sales.get(at(f"{link.pk}/qr.svg?quiet=0"))
    assert bare["Content-Type"] == "image/svg+xml"
    assert 'viewBox="0 0 41 41"' in bare.text
    assert "Content-Disposition" not in bare
    wrong = sales.get(at(f"{link.pk}/qr.png?size=9999999"))
    assert (wrong.status_code, "size" in wrong.text) == (400, True)


def test_longest_link_has_a_code(sales, cast):
    link = make_link(cast.sales, url="https://shop.example/" + "x" * 1900, campaign="c")
    assert sales.get(at(f"{link.pk}/qr.svg")).status_code == 200


def test_rules_are_read_by_everybody_and_tried(client_of, cast):
    viewer = client_of(cast.viewer)
    page = viewer.get(at("rules/"))
    order = ["Blocked", "Required", "Allowed", "Lowercase", "Separator", "Length"]
    places = [page.text.index(f"<strong>{name}</strong>") for name in order]
    assert places == sorted(places)
    assert "Add a parameter" not in page.text
    tried = viewer.get(at("rules/?parameter=utm_campaign&value=Spring+Sale"))
    for text in ["Small letters only.", "lowercase", "spring-sale"]:
        assert text in tried.text
    passed = viewer.get(at("rules/?parameter=utm_campaign&value=spring"), headers=HTMX)
    assert passed.text.strip().startswith('<div id="trial"')
    assert "It passes." in passed.text
    for wrong in ["?parameter=", "?parameter=utm_x&value=y", "?parameter=utm_id&value=%00"]:
        assert "It passes." not in viewer.get(at(f"rules/{wrong}")).text


def test_rule_is_added_and_says_what_it_means_for_links(admin, cast):
    for campaign in ["spring", "autumn"]:
        make_link(cast.sales, campaign=campaign)
    page = admin.get(at("rules/new/"))
    assert 'name="parameter"' in page.text
    given = {"parameter": "cid", "required": "on", "separator": "-", "longest": "20", "allowed": "a\r\nb"}
    answer = admin.post(at("rules/new/"), given)
    assert answer.url == at("rules/")
    assert told(answer)[0] == (
        "The rule is added. 2 of the latest 2 links would be refused today; they stay as they are."
    )
    rule = LinkRule.objects.get(parameter="cid")
    assert (rule.allowed, rule.required, rule.lowercase) == ("a\nb", True, False)
    assert "2 of the latest 2 links would be refused" in admin.get(at("rules/")).text


def test_rule_with_bad_input_keeps_what_was_typed(admin):
    good = {"parameter": "cid", "separator": "-", "longest": "20", "allowed": "typed text", "blocked": ""}
    expected = {
        "parameter": [("", "required"), ("utm_Source", "already a rule"), ("a b", "Begin with a letter")],
        "separator": [("/", "Select a valid choice")],
        "longest": [("0", "greater than or equal to 1"), ("x", "whole number"), ("", "required")],
        "blocked": [("x" * 300, "longer than 200 characters"), ("a\u200bb", "nobody sees")],
    }
    for field, cases in expected.items():
        for value, says in cases:
            answer = admin.post(at("rules/new/"), good | {field: value})
            assert (field, value, answer.status_code, says in answer.text) == (field, value, 422, True)
            assert "typed text" in answer.text
    assert LinkRule.objects.count() == 6


def test_rule_edited_meanwhile_shows_both_texts(admin, cast):
    address = rule_at(cast, "utm_campaign")
    edit_rule(by=cast.owner, rule=rules_of(cast.owner).get(parameter="utm_campaign"), seen=1, longest=77)
    mine = {"parameter": "utm_campaign", "separator": "_", "longest": "55", "seen": 1}
    answer = admin.post(address, mine)
    assert answer.status_code == 409
    for text in ["77", 'value="55"', "Save mine", 'name="seen" value="2"']:
        assert text in answer.text
    assert admin.post(address, mine | {"seen": 2}).status_code == 302
    done = admin.get(f"/w/here/activity/linkrule/{rules_of(cast.owner).get(parameter='utm_campaign').pk}/")
    assert "longest: 77 → 55" in done.text
    assert rules_of(cast.owner).get(parameter="utm_campaign").longest == 55


def test_rule_is_removed_and_comes_back(admin, cast):
    answer = admin.post(rule_at(cast, "utm_term", "remove/"))
    assert answer.url == at("rules/")
    assert "utm_term</th>" not in admin.get(at("rules/")).text.replace(" ", "")
    assert admin.post(told(answer)[1]).url == at("rules/")
    assert rules_of(cast.owner).filter(parameter="utm_term").exists()


def test_destinations_are_edited(admin, cast):
    given = {"https": "on", "allowed_hosts": "shop.example\r\n*.shop.example", "blocked_hosts": "", "seen": 1}
    assert admin.post(at("rules/destinations/"), given).url == at("rules/")
    rule = DestinationRule.objects.get(workspace=cast.workspace)
    assert (rule.allowed_hosts, rule.version) == ("shop.example\n*.shop.example", 2)
    assert admin.post(at("rules/destinations/"), given | {"https": ""}).status_code == 409
    wrong = admin.post(at("rules/destinations/"), given | {"blocked_hosts": "http://x", "seen": 2})
    assert (wrong.status_code, "is no host" in wrong.text) == (422, True)


def test_admin_site_keeps_the_rules_in_order(client_of, cast):
    furnish(cast.workspace.pk)
    cast.owner.user.is_staff = cast.owner.user.is_superuser = True
    cast.owner.user.save()
    site, rule = client_of(cast.owner), rules_of(cast.owner).get(parameter="utm_id")
    make_link(cast.sales)
    for name in ["link", "linkrule", "destinationrule"]:
        assert site.get(f"/admin/campaigns/{name}/").status_code == 200
    fields = {
        "workspace": cast.workspace.pk,
        "parameter": "utm_id",
        "separator": "_",
        "longest": 9,
        "allowed": "a\r\na",
    }
    assert site.post(f"/admin/campaigns/linkrule/{rule.pk}/change/", fields).status_code == 302
    rule.refresh_from_db()
    assert (rule.separator, rule.allowed, rule.version) == ("_", "a", 2)
    assert site.get("/admin/campaigns/link/add/").status_code == 403
    assert site.post(f"/admin/campaigns/linkrule/{rule.pk}/delete/", {"post": "yes"}).status_code == 302
    assert not rules_of(cast.owner).filter(parameter="utm_id").exists()
    destination = DestinationRule.objects.get(workspace=cast.workspace)
    assert site.post(f"/admin/campaigns/destinationrule/{destination.pk}/delete/", {"post": "yes"}).status_code == 302
    assert rules_for(cast.workspace.pk).https  # as in a new workspace, beside the rules that are there
    assert rules_of(cast.owner).count() == 6
