"""The rules for names in links: their order, their proposals, and what becomes of an address."""

import re
import time
from urllib.parse import parse_qsl, urlsplit

from hypothesis import example, given
from hypothesis import strategies as st

from campaigns.naming.addresses import host_pattern
from campaigns.naming.check import Checker, check, check_value
from campaigns.naming.patterns import Pattern
from campaigns.naming.rules import KNOWN, ParameterRule, Rule, Rules, in_order
from campaigns.naming.values import MOST_SEARCHES, ValueChecker

FREE = Rules((ParameterRule("utm_source"), ParameterRule("utm_campaign")))
SHOP = "https://shop.example/sale"


def rule(**fields) -> ParameterRule:
    return ParameterRule("utm_campaign", **fields)


def broken(value: str, wanted: ParameterRule) -> tuple[str, str | None] | None:
    """The rule that is named, and what is proposed."""
    found = ValueChecker(wanted).problem(value)
    return found and (found.rule.value, found.proposal)


STRICT = {"required": True, "blocked": ("test*",), "allowed": ("Spring Sale", "test-1"), "longest": 5}

# Each line: a value that breaks several rules at once, the rules, the one that is named, what is proposed.
PRECEDENCE = [
    ("Test\u202e 1", STRICT, "characters", "Spring Sale"),
    ("test-1", STRICT, "blocked", "Spring Sale"),  # allowed and blocked: blocked
    ("TEST anything long", STRICT, "blocked", "Spring Sale"),
    ("", STRICT, "required", "Spring Sale"),  # the only value that is left
    ("", {**STRICT, "allowed": ("a", "b")}, "required", None),
    ("", {"blocked": ("*",), "required": True}, "required", None),
    ("", {**STRICT, "required": False}, None, None),
    ("spring sale", STRICT, "allowed", "Spring Sale"),
    ("Spring Sale", STRICT, None, None),  # allowed: capitals, spaces and length are not asked any more
    ("Sprng Sael", STRICT, "allowed", "Spring Sale"),
    ("Spring Sale", {}, "lowercase", "spring-sale"),
    ("spring sale", {}, "separator", "spring-sale"),
    ("spring  sale", {"separator": "_"}, "separator", "spring_sale"),
    ("Spring Sale", {"lowercase": False, "separator": ""}, None, None),
    ("spring sale of the year", {"longest": 16}, "separator", "spring-sale-of"),
    ("spring-sale-of-the-year", {"longest": 14}, "length", "spring-sale-of"),
    ("x" * 101, {}, "length", "x" * 100),
    ("ΑΣ ΒΣ", {}, "lowercase", "ας-βς"),
    ("Sale", {"blocked": ("sale",)}, "blocked", ""),  # nothing can be mended: better left out
    ("Sale", {"blocked": ("sale",), "required": True}, "blocked", None),
    ("Old Sale", {"blocked": ("* *",)}, "blocked", "old-sale"),
    ("Sale 100%", {"blocked": ("sale-100%",)}, "lowercase", ""),  # mended it would be blocked
]


def test_first_broken_rule_is_named():
    for value, fields, named, proposal in PRECEDENCE:
        found = broken(value, rule(**fields))
        assert (value, found) == (value, (named, proposal) if named else None)


texts = st.text(st.sampled_from("aAbB zZ-_.+ßİΣς\u202e\x00\ud800\u00a0*%&=#é字"), max_size=12)
short = st.text(st.sampled_from("abAB -*"), min_size=1, max_size=5)
rules_for_values = st.builds(
    ParameterRule,
    st.just("utm_campaign"),
    required=st.booleans(),
    allowed=st.lists(short.map(str.strip).filter(bool), max_size=4).map(tuple),
    blocked=st.lists(short, max_size=3).map(tuple),
    lowercase=st.booleans(),
    separator=st.sampled_from(["", "-", "_", ".", "+"]),
    longest=st.integers(1, 8),
)


@given(texts.map(str.strip), rules_for_values)
def test_what_is_proposed_for_a_value_passes(value, wanted):
    checker = ValueChecker(wanted)
    found = checker.problem(value)
    if found is None:
        assert checker.broken(value) is None
    elif found.proposal is not None:
        assert found.proposal != value
        assert checker.problem(found.proposal.strip()) is None
        assert check_value(f" {found.proposal} ", Rules((wanted,)), "utm_campaign") is None


addresses = st.one_of(
    st.builds(
        "".join,
        st.tuples(
            st.sampled_from(["https://", "http://", "HTTP://", "", "//", "javascript:", "https://me:pw@"]),
            st.sampled_from(["shop.example", "Shop.Exmaple:80", "exämple.de", "evil.example", "a..b", "localhost", ""]),
            st.sampled_from(["", "/", "/a b/%zz", "/%C3%A4/ä"]),
            st.lists(st.sampled_from(["a=1", "a=1", "utm_source=Xy", "UTM_Source=z", "b[]=ä+c", "utm_campaign=", "&"]))
            .map("&".join)
            .map(lambda query: f"?{query}" if query else ""),
            st.sampled_from(["", "#", "#top?x=1", "#ä#"]),
        ),
    ),
    st.text(max_size=30),
)
sets_of_rules = st.builds(
    Rules,
    st.tuples(
        st.builds(
            ParameterRule,
            st.just("utm_source"),
            required=st.booleans(),
            allowed=st.sampled_from([(), ("xy", "z")]),
        ),
        rules_for_values,
    ),
    https=st.booleans(),
    allowed_hosts=st.sampled_from([(), ("shop.example",), ("*.example", "xn--exmple-cua.de")]),
    blocked_hosts=st.sampled_from([(), ("evil.*",)]),
)


@given(addresses, sets_of_rules, st.dictionaries(st.sampled_from(["utm_source", "Utm_Campaign", "other"]), texts))
@example("https://shop.example/?utm_source=a&utm_source=b", FREE, {})
def test_finished_links_stay_as_they_are_and_proposals_are_finished(link, rules, parameters):
    found = check(link, rules, parameters)
    assert found.ok == (not found.problems) == bool(found.url)
    for url in filter(None, [found.url, found.proposal]):
        again = check(url, rules)
        assert (again.ok, again.url, again.problems) == (True, url, ())
        assert url.isascii()
        assert len(url) <= 2000
        assert urlsplit(url).scheme in ({"https"} if rules.https else {"http", "https"})
    if found.ok:
        assert (again.destination, again.parameters) == (found.destination, found.parameters)
        assert {**found.parameters}.items() <= set(parse_qsl(urlsplit(found.url).query))
    for problem in found.problems:
        if problem.proposal is not None and not problem.parameter:
            assert not [other for other in check(problem.proposal, rules).problems if not other.parameter]


@given(st.text("ab*", max_size=8), st.text("ab", max_size=8))
def test_asterisk_stands_for_any_characters(pattern, text):
    expected = re.fullmatch(".*".join(map(re.escape, pattern.split("*"))), text) is not None
    assert Pattern(pattern).matches(text) == expected


def test_no_pattern_keeps_the_checker_busy():
    started = time.process_time()
    wanted = rule(blocked=("*a" * 90 + "*b",))
    assert broken("a" * 500, rule(blocked=wanted.blocked, longest=500)) is None
    many = ValueChecker(rule(allowed=tuple(f"allowed-{number}" for number in range(100))))
    found = [many.problem(f"x{number}") for number in range(20_000)]
    assert sum(problem.proposal is not None for problem in found) >= MOST_SEARCHES
    assert {problem.rule for problem in found} == {Rule.ALLOWED}
    assert time.process_time() - started < 20


# Each line: an address, and the finished link without tracking parameters.
WRITTEN = [
    ("https://shop.example", "https://shop.example/"),
    ("HTTPS://Shop.Example.:443/Sale", "https://shop.example/Sale"),
    ("https://shop.example:8443?x", "https://shop.example:8443/?x"),
    ("https://exämple.de/straße?q=ä b", "https://xn--exmple-cua.de/stra%C3%9Fe?q=%C3%A4%20b"),
    ("https://XN--exmple-cua.de/", "https://xn--exmple-cua.de/"),
    ("https://shop.example/100%?a=50%25&b=%zz", "https://shop.example/100%25?a=50%25&b=%25zz"),
    ("https://shop.example/?a=1&&a=1&A=%2B+#/route?x=1", "https://shop.example/?a=1&a=1&A=%2B+#/route?x=1"),
    ("https://shop.example/a;b,c@d'(e)?f[]=1&g=http://h/#", "https://shop.example/a;b,c@d'(e)?f[]=1&g=http://h/#"),
    ("https://shop.example/?utm_source=&utm_id=7", "https://shop.example/?utm_id=7"),  # no rule for utm_id
    ("https://my_shop.shop.example/\u3000x", "https://my_shop.shop.example/%E3%80%80x"),
]

# Each line: an address that is refused, the rule and the sentence's code, and the proposal.
REFUSED = [
    ("", "address", "empty", None),
    ("shop.example/sale?x=1", "address", "no_scheme", "https://shop.example/sale?x=1"),
    ("//shop.example", "address", "no_scheme", "https://shop.example/"),
    ("shop.example:8080/x", "address", "no_scheme", "https://shop.example:8080/x"),
    ("http://shop.example:80/x", "https", "https", "https://shop.example/x"),
    ("http://shop.example:8080/x", "https", "https", "https://shop.example:8080/x"),
    ("somewhere", "address", "no_scheme", None),
    ("me@shop.example", "address", "no_scheme", None),
    ("javascript:alert(1)", "address", "scheme", None),
    ("JavaScript://shop.example/%0aalert(1)", "address", "scheme", None),
    ("data:text/html,x", "address", "scheme", None),
    ("ftp://shop.example/", "address", "scheme", None),
    ("https:/shop.example", "address", "no_host", None),
    ("https:///x", "address", "no_host", None),
    ("https://localhost/", "address", "bad_host", None),
    ("https://127.0.0.1/", "address", "bad_host", None),
    ("https://[::1]/", "address", "bad_host", None),
    ("https://a..example/", "address", "bad_host", None),
    ("https://-a.example/", "address", "bad_host", None),
    ("https://xn--0.example/", "address", "bad_host", None),
    (f"https://{'a' * 64}.example/", "address", "bad_host", None),
    (f"https://{'a.' * 200}example/", "address", "bad_host", None),
    ("https://shop.example:0/", "address", "bad_port", None),
    ("https://shop.example:99999/", "address", "bad_port", None),
    ("https://shop.example:٣/", "address", "bad_port", None),
    ("https://me:secret@shop.example/x", "address", "userinfo", "https://shop.example/x"),
    ("http://bank.example@shop.example/", "address", "userinfo", "https://shop.example/"),
    ("https://shop.example\\@evil.example/", "characters", "backslash", None),
    ("https://shop.example/\u202ex\u200b\x00", "characters", "unwritable", "https://shop.example/x"),
    ("https://shop.example/\nx", "characters", "unwritable", "https://shop.example/x"),
    ("https://shop.example/\ud800", "characters", "unwritable", "https://shop.example/"),
    ("https://shop.example/" + "x" * 2000, "address", "too_long", None),
    ("https://shop.example/" + "ä" * 1000, "address", "too_long", None),  # encoded, three thousand more
]


def test_addresses_are_written_as_browsers_take_them():
    for text, expected in WRITTEN:
        assert (text, check(text, FREE).url) == (text, expected)


def test_addresses_that_no_link_may_have():
    for text, named, code, proposal in REFUSED:
        (found,) = check(text, FREE).problems
        assert (text, found.rule.value, found.code, found.proposal) == (text, named, code, proposal)


def test_hosts_are_blocked_before_they_are_allowed():
    rules = Rules(
        https=True,
        allowed_hosts=("shop.example", "*.shop.example", "xn--exmple-cua.de"),
        blocked_hosts=("old.*", "*.test"),
    )
    expected = {
        "https://shop.example/": None,
        "https://a.b.shop.example/": None,
        "https://exämple.de/": None,
        "http://old.shop.example/": ("host_blocked", None),
        "https://x.test/": ("host_blocked", None),
        "http://elsewhere.org/": ("https", None),  # by https it would still be another house
        "http://shpo.example/": ("https", "https://shop.example/"),
        "https://shpo.example:8443/x?y": ("host_allowed", "https://shop.example:8443/x?y"),
        "https://shop.example.org/": ("host_allowed", "https://shop.example/"),
        "https://elsewhere.org/": ("host_allowed", None),
    }
    for link, named in expected.items():
        problems = [(problem.rule.value, problem.proposal) for problem in check(link, rules).problems]
        assert (link, problems) == (link, [named] if named else [])


def test_patterns_of_hosts_are_kept_in_ascii():
    expected = {
        "Shop.Example": "shop.example",
        "*.exämple.de": "*.xn--exmple-cua.de",
        "shop-*.example": "shop-*.example",
        "*": "*",
        "https://shop.example": None,
        "shop.example/x": None,
        "shop": None,
        "*.ex ample.de": None,
        "*..de": None,
        "": None,
    }
    assert {text: host_pattern(text) for text in expected} == expected


def test_tracking_parameters_are_replaced_and_not_doubled():
    link = f"{SHOP}?UTM_SOURCE=old&color=red&utm_source=older#top"
    found = check(link, FREE, {"utm_campaign": "50% & more=fun", "Utm_Source": "new"})
    assert [problem.rule for problem in found.problems] == [Rule.SEPARATOR]
    assert found.proposal == f"{SHOP}?color=red&utm_source=new&utm_campaign=50%25-%26-more%3Dfun#top"
    assert found.destination == f"{SHOP}?color=red#top"


def test_parameters_of_the_address_count_unless_they_are_replaced():
    assert check(f"{SHOP}?utm_source=mail", FREE).parameters == {"utm_source": "mail"}
    assert check(f"{SHOP}?utm_source=mail", FREE, {"utm_source": ""}).url == SHOP
    assert check(f"{SHOP}?utm_source=a+b", Rules((rule(), ParameterRule("utm_source", separator="")))).url.endswith(
        "utm_source=a%20b"
    )


def test_one_parameter_with_two_values_is_refused():
    (found,) = check(f"{SHOP}?utm_source=Mail&utm_source=mail&utm_source=Mail", FREE).problems
    assert (found.rule, found.value, found.proposal) == (Rule.REPEATED, "Mail, mail", "mail")
    assert check(f"{SHOP}?utm_source=mail&utm_source=mail&utm_source=", FREE).url == f"{SHOP}?utm_source=mail"


def test_parameter_without_a_rule_is_unknown():
    (found,) = check(SHOP, FREE, {"utm_sorce": "x"}).problems
    assert (found.rule, found.parameter, found.proposal) == (Rule.UNKNOWN, "utm_sorce", None)


def test_broken_address_is_mended_and_its_parameters_are_read():
    required = Rules((ParameterRule("utm_source", required=True, allowed=("mail",)),))
    found = check("http://me@shop.example?x=1&utm_source=Mail", required)
    assert [problem.code for problem in found.problems] == ["userinfo", "allowed"]
    assert found.proposal == "https://shop.example/?x=1&utm_source=mail"
    assert check("javascript:alert(1)", required).proposal == ""


def test_link_that_only_its_parameters_make_too_long_is_refused():
    rules = Rules((ParameterRule("utm_source", longest=500), rule(longest=500)))
    found = check("https://shop.example/" + "x" * 1500, rules, {"utm_source": "y" * 500, "utm_campaign": "z" * 10})
    assert [(problem.rule, problem.code, problem.proposal) for problem in found.problems] == [
        (Rule.ADDRESS, "too_long", None)
    ]
    assert (found.ok, found.url, found.proposal) == (False, "", "")


def test_parameters_have_one_order():
    rules = in_order([ParameterRule(name) for name in ["zeta", "cid", *reversed(KNOWN)]])
    assert [rule.parameter for rule in rules] == [*KNOWN, "cid", "zeta"]


def test_a_hundred_thousand_links_are_checked_in_seconds():
    checker = Checker(Rules(tuple(ParameterRule(name, required=True) for name in KNOWN[:3])))
    started = time.process_time()
    for line in range(100_000):
        said = {"utm_source": "mail", "utm_medium": "email", "utm_campaign": f"spring-{line}"}
        assert checker.check(f"https://shop.example/{line}?x=1", said).ok
    assert time.process_time() - started < 15
