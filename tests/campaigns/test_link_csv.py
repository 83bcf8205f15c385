"""Links from CSV: what a file says, what a preview says of it, and what an import does."""

import csv
import io
import time

import pytest
from django.contrib.messages import get_messages
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given
from hypothesis import strategies as st

from campaigns.models import Link, LinkUpload
from campaigns.naming.rules import KNOWN, ParameterRule, Rules, in_order
from campaigns.services.link_rules import furnish
from campaigns.services.link_sheets import MOST_LINES, Sheet, judge
from campaigns.services.link_tables import table_of_lines
from tests.factories import make_link

IMPORT, PREVIEW, CHECKED = (f"/w/here/links/import/{path}" for path in ["", "preview/", "checked.csv"])
RULES = Rules(in_order([ParameterRule(name, required=name in KNOWN[:2]) for name in KNOWN]))
HEAD = "url,source,medium,campaign\n"
GOOD = "https://shop.example/{0},mail,email,spring-{0}\n"


def read(text: str) -> list:
    return list(Sheet(text, KNOWN).lines())


def said(response) -> str:
    return str(list(get_messages(response.wsgi_request))[-1])


def file(content: bytes, name: str = "links.csv") -> dict:
    return {"file": SimpleUploadedFile(name, content)}


@pytest.fixture
def sales(cast, client_of):
    furnish(cast.workspace.pk)
    return client_of(cast.sales)


def test_columns_have_any_order_and_any_separator():
    expected = ("https://shop.example/?a=1,2", {"utm_source": "mail", "utm_campaign": "spring; sale"})
    for text in [
        'Campaign,URL,utm_source\n"spring; sale","https://shop.example/?a=1,2",mail',
        "\ufeffutm_campaign\tlink\tsource\r\nspring; sale\thttps://shop.example/?a=1,2\tmail\r\n",
        'campaign;note;destination;utm_Source;utm_term\n"spring; sale";x;https://shop.example/?a=1,2;mail; ;;\n\n;;;\n',
    ]:
        (line,) = read(text)
        assert (line.url, line.parameters) == expected
    assert Sheet(text, KNOWN).layout.ignored == ("note",)


def test_lines_that_are_links_need_no_header():
    lines = read('\n"https://shop.example/a,b;c"\n\nhttp://shop.example/?x\tignored\n')
    assert [(line.number, line.url) for line in lines] == [
        (2, "https://shop.example/a,b;c"),
        (4, "http://shop.example/?x\tignored"),
    ]


def test_text_that_is_no_table_is_refused():
    for text, says in {
        "": "nothing to read",
        " \n\r\n": "nothing to read",
        "source,medium\nmail,email": "must name the columns: url",
        "url,source,utm_source\n": "“utm_source” twice",
        '"url': "A quotation mark is opened",
        HEAD + "x\n" * (MOST_LINES + 1): "More than 100000 lines",
    }.items():
        with pytest.raises(ValidationError, match=says):
            read(text)


def test_each_line_is_judged_with_its_number():
    text = HEAD + (
        "https://shop.example/a,mail,email,spring\n"
        "\n"
        "shop.example/b,My Mail,,Spring Sale\n"
        '"https://shop.example/c,mail\n'
        "https://shop.example/a,mail,email,spring\n" + f"https://shop.example/{'x' * 9000},mail,email,spring\n"
    )
    found = [(one.line.number, one.ok, one.same_as, one.rules, one.reasons) for one in judge(Sheet(text, KNOWN), RULES)]
    assert found == [
        (2, True, 0, "", []),
        (
            4,
            False,
            0,
            "address, lowercase, required",
            [
                "The address begins with https://. Write “https://shop.example/b”.",
                "Small letters only. Write “my-mail”.",
                "utm_medium is required.",
                "Small letters only. Write “spring-sale”.",
            ],
        ),
        (5, False, 0, "unreadable line", ["A quotation mark is opened and not closed."]),
        (6, True, 2, "", []),
        (7, False, 0, "unreadable line", ["The line is too long."]),
    ]


cells = st.text(st.sampled_from("aA =+-@'\"\t,;ä*"), max_size=8)


@given(st.lists(st.tuples(st.sampled_from(["a", "http://shop.example/x", "https://me@shop.example"]), cells, cells)))
def test_what_is_downloaded_is_read_back_as_it_was_proposed(rows):
    """Proposals pass, and no cell that a spreadsheet would run as a formula is lost or armed."""
    file = io.StringIO()
    csv.writer(file).writerows([["url", "utm_source", "utm_content"], *([u, s, c] for u, s, c in rows)])
    judged = list(judge(Sheet(file.getvalue(), KNOWN), RULES))
    table = "".join(table_of_lines(judged, list(KNOWN)))
    for row in csv.reader(io.StringIO(table)):
        assert not [cell for cell in row if cell[:1] in ("=", "+", "-", "@", "\t")]
    if judged:
        again = judge(Sheet(table, KNOWN), RULES)
        for before, after in zip(judged, again, strict=True):
            finished = before.checked.url or before.checked.proposal
            assert not finished or after.checked.url == finished


def test_preview_then_import(sales, cast, django_assert_num_queries):
    there = make_link(cast.marketing, url="https://shop.example/7", source="mail", campaign="spring-7")
    text = HEAD + "".join(GOOD.format(number) for number in range(20)) + "https://shop.example,mail,email,Spring Sale\n"
    assert sales.post(IMPORT, {"text": text}).url == PREVIEW
    with django_assert_num_queries(6):  # session, person, membership; the file, the rules in two
        page = sales.get(PREVIEW)
    preview = page.context["preview"]
    assert (preview.right, preview.wrong, preview.same) == (20, 1, 0)
    for text in ["22", "lowercase", "Write “spring-sale”", "Import the 20 right ones", "Import nothing"]:
        assert text in page.text
    answer = sales.post(PREVIEW, {"confirm": "right"})
    assert said(answer) == "Imported: 19 new links, 1 were there before."
    assert Link.objects.count() == 20
    link = Link.objects.get(url__startswith="https://shop.example/3?")
    assert (link.built_by, link.built_by_name, link.campaign) == (cast.sales, "Sales Editor", "spring-3")
    assert link.parameters == {"utm_source": "mail", "utm_medium": "email", "utm_campaign": "spring-3"}
    assert (link.version, link.removed_at, link.replaces) == (1, None, None)
    assert Link.objects.get(pk=there.pk).built_by == cast.marketing
    assert not LinkUpload.objects.exists()


def test_one_wrong_line_imports_nothing_unless_the_right_ones_are_wanted(sales):
    sales.post(IMPORT, {"text": HEAD + GOOD.format(1) + "nonsense,,,\n"})
    answer = sales.post(PREVIEW, {"confirm": "all"})
    assert (answer.url, said(answer)) == (PREVIEW, "Line 3 is wrong, so nothing was imported.")
    assert not Link.objects.exists()
    assert sales.post(PREVIEW, {"confirm": "nothing"}).url == IMPORT
    assert not LinkUpload.objects.exists()
    assert sales.get(PREVIEW).url == IMPORT


def test_file_waits_for_its_person_alone(sales, client_of, cast):
    sales.post(IMPORT, file((HEAD + GOOD.format(1)).encode(), "first.csv"))
    sales.post(IMPORT, file((HEAD + GOOD.format(2)).encode("utf-16"), "second.csv"))
    assert LinkUpload.objects.get().name == "second.csv"
    assert "second.csv still waits for you." in sales.get(IMPORT).text
    other = client_of(cast.product)
    assert "waits for you" not in other.get(IMPORT).text
    assert other.get(CHECKED).url == IMPORT


def test_wrong_files_are_refused_with_what_is_wrong(sales):
    for sent, says in [
        ({}, "nothing to read"),
        ({"text": "a,b\n1,2"}, "must name the columns"),
        (file("url\nhttps://shop.example/ä".encode("latin-1")), "not text in UTF-8"),
        (file(b""), "nothing to read"),
        ({"text": "url\x00"}, "Null characters"),
    ]:
        answer = sales.post(IMPORT, sent)
        assert (answer.status_code, says in answer.text) == (422, True)
    assert not LinkUpload.objects.exists()


def test_checked_file_has_the_proposals(sales):
    sales.post(IMPORT, {"text": HEAD + "http://shop.example/a,=My Mail,email,Spring Sale\nnonsense,mail,,spring\n"})
    answer = sales.get(CHECKED)
    assert answer["Content-Disposition"] == 'attachment; filename="links-checked.csv"'
    good, bad = csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig")))
    assert (good["line"], good["url"], good["utm_source"]) == ("2", "https://shop.example/a", "'=my-mail")
    assert good["link"] == "https://shop.example/a?utm_source=%3Dmy-mail&utm_medium=email&utm_campaign=spring-sale"
    assert (good["rule"], "Write “spring-sale”." in good["problem"]) == ("https, lowercase", True)
    assert good["given"] == "http://shop.example/a utm_source==My Mail utm_medium=email utm_campaign=Spring Sale"
    assert (bad["line"], bad["url"], bad["link"], bad["rule"]) == ("3", "nonsense", "", "address, required")


def test_a_hundred_thousand_lines_with_one_wrong_one(sales, django_assert_num_queries):
    text = HEAD + "".join(GOOD.format(number) for number in range(MOST_LINES)).replace("spring-77\n", "Spring 77\n")
    sales.get("/w/here/links/")
    started = time.process_time()
    assert sales.post(IMPORT, file(text.encode())).url == PREVIEW
    with django_assert_num_queries(6):  # as for twenty lines
        page = sales.get(PREVIEW)
    assert (page.context["preview"].right, [one.line.number for one in page.context["preview"].shown]) == (99_999, [79])
    # session, person, membership; the file, the rules in two; savepoints, two counts, ten inserts, the file's deletion
    with django_assert_num_queries(21):
        assert said(sales.post(PREVIEW, {"confirm": "right"})) == "Imported: 99999 new links, 0 were there before."
    assert time.process_time() - started < 30
    assert Link.objects.count() == 99_999
