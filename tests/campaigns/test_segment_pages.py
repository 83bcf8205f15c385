"""Segments, what they share, and what is assumed: pages and API."""

import pytest
from django.contrib.messages import get_messages

from campaigns.models import AudienceAssumption, Segment, SegmentOverlap
from campaigns.queries.audience import assumption_of, audience, overlaps_among
from campaigns.services.overlaps import edit_assumption, state_overlap
from campaigns.services.segments import edit_segment, remove_segment
from teams.models import Activity
from tests.api import errors_of, program
from tests.campaigns.made import make_campaign, make_message, make_overlap, make_segment

pytestmark = pytest.mark.django_db


def at(path: str = "") -> str:
    return f"/w/here/segments/{path}"


def told(response):
    message = list(get_messages(response.wsgi_request))[-1]
    return str(message), message.extra_tags


@pytest.fixture
def sales(cast, client_of):
    return client_of(cast.sales)


def test_list_says_sizes_uses_and_what_nobody_knows(cast, client_of):
    trial = make_segment(cast.owner, name="Trial users", size=12_400, size_source="CRM in March")
    make_segment(cast.owner, name="Lurkers", size=None)
    make_segment(cast.stranger, name="Secret")
    make_message(cast.owner, make_campaign(cast.owner, segments=[trial]), segments=[trial])
    page = client_of(cast.viewer).get(at())
    for text in ["Trial users", "12,400", "CRM in March", "unknown", "1 segment has no size"]:
        assert text in page.text
    assert [(row.in_campaigns, row.in_messages) for row in page.context["segments"]] == [(0, 0), (1, 1)]
    assert "Secret" not in page.text
    assert "Add a segment" not in page.text


def test_list_takes_the_same_queries_for_one_and_many(cast, sales, django_assert_num_queries):
    make_segment(cast.owner)
    sales.get(at())
    with django_assert_num_queries(4):
        sales.get(at())
    for _ in range(20):
        make_segment(cast.owner)
    with django_assert_num_queries(4):
        sales.get(at())


def test_segment_is_added_and_edited(cast, sales):
    typed = {"name": "Trial users", "size": "12 400", "zones": "Europe/Sofia 60 %\nEurope/London 40 %"}
    answer = sales.post(at("new/"), typed)
    made = Segment.objects.get()
    assert answer["Location"] == at(f"{made.pk}/")
    assert (made.size, made.zones) == (12_400, {"Europe/Sofia": 0.6, "Europe/London": 0.4})
    page = sales.get(at(f"{made.pk}/edit/"))
    assert "Europe/Sofia 60 %" in page.text
    sales.post(at(f"{made.pk}/edit/"), typed | {"size": "", "seen": "1"})
    made.refresh_from_db()
    assert made.size is None


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"zones": "Europe/Atlantis 100 %"}, "Line 1: there is no time zone “Europe/Atlantis”"),
        ({"zones": "Europe/Sofia 60 %\nEurope/London"}, "Line 2: write the zone, then its share"),
        ({"zones": "Europe/Sofia 60 %\nEurope/London 60 %"}, "together must be 1"),
        ({"zones": "Europe/Sofia 60 %\nEurope/Sofia 40 %"}, "is there twice"),
        ({"size": "-4"}, "Give a number from 0"),
        ({"size": "9" * 30}, "Give a number from 0"),
        ({"name": "TAKEN"}, "There is already a segment with this name"),
    ],
    ids=str,
)
def test_bad_input_is_named_and_kept(cast, sales, typed, words):
    make_segment(cast.owner, name="Taken")
    answer = sales.post(at("new/"), {"name": "Trial users"} | typed)
    assert answer.status_code == 422
    assert words in answer.text.replace("&quot;", '"')
    assert all(line in answer.text for text in typed.values() for line in text.splitlines())


def test_two_edits_end_in_a_choice(cast, sales):
    made = make_segment(cast.owner, name="Trial users")
    edit_segment(by=cast.owner, segment=made, name="New trial users")
    answer = sales.post(at(f"{made.pk}/edit/"), {"name": "Trying people", "size": "1000", "seen": "1"})
    assert answer.status_code == 409
    assert "New trial users" in answer.text
    assert "Trying people" in answer.text


def test_removed_segment_comes_back(cast, sales):
    made = make_segment(cast.owner, name="Trial users")
    answer = sales.post(at(f"{made.pk}/remove/"))
    text, undo = told(answer)
    assert text == "“Trial users” is removed."
    assert sales.get(at(f"{made.pk}/")).status_code == 404
    sales.post(undo)
    assert sales.get(at(f"{made.pk}/")).status_code == 200


def test_name_that_is_taken_meanwhile_does_not_come_back(cast, sales):
    made = make_segment(cast.owner, name="Trial users")
    remove_segment(by=cast.owner, segment=made)
    make_segment(cast.owner, name="trial users")
    assert told(sales.post(at(f"{made.pk}/restore/")))[0] == "There is already a segment with this name."


def test_page_says_where_it_is_used_and_what_it_shares(cast, sales):
    one, other = make_segment(cast.owner, name="Trial users"), make_segment(cast.owner, name="Customers", size=200)
    make_campaign(cast.owner, title="Spring", segments=[one])
    make_overlap(cast.owner, one, other, share=0.25)
    page = sales.get(at(f"{one.pk}/"))
    for text in ["Spring", "Customers", "50", "25\u00a0%", "stated"]:
        assert text in page.text


def test_overlaps_of_twenty_segments_are_one_table(cast, sales, django_assert_max_num_queries):
    rows = [make_segment(cast.owner, name=f"Segment {number:02}") for number in range(20)]
    make_overlap(cast.owner, rows[0], rows[1], share=0.25)
    sales.get(at("overlaps/"))
    with django_assert_max_num_queries(6):
        page = sales.get(at("overlaps/"))
    assert page.text.count("overlaps/") >= 190
    assert "1 of 190 pairs are spoken of" in page.text
    assert ">25\u00a0%<" in page.text.replace("</span>", "").replace("\n", "") or "25\u00a0%" in page.text


def test_overlap_is_stated_changed_and_taken_back(cast, sales):
    one, other = make_segment(cast.owner, name="Trial users"), make_segment(cast.owner, name="Customers")
    address = at(f"{other.pk}/overlaps/{one.pk}/")
    sales.post(address, {"persons": "300", "share": "", "assumed": "", "seen": ""})
    overlap = SegmentOverlap.objects.get()
    assert (overlap.one, overlap.other, overlap.persons) == (one, other, 300)
    sales.post(address, {"persons": "", "share": "12 %", "assumed": "", "seen": "1"})
    overlap.refresh_from_db()
    assert (overlap.persons, overlap.share) == (None, 0.12)
    sales.post(address, {"persons": "", "share": "", "assumed": "", "seen": "2"})
    assert not SegmentOverlap.objects.exists()
    verbs = Activity.objects.filter(kind="segmentoverlap").order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["created", "edited", "removed"]


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"persons": "3", "share": "12 %"}, "Say it in one way"),
        ({"persons": "1001"}, "The smaller of the two segments has 1000 people"),
        ({"share": "120 %"}, "Give a number from 0"),
        ({"assumed": "independent"}, "Say first how many people there are in all"),
        ({"assumed": "magic"}, "Select a valid choice"),
    ],
    ids=str,
)
def test_overlap_that_cannot_be_is_refused(cast, sales, typed, words):
    one, other = make_segment(cast.owner), make_segment(cast.owner)
    answer = sales.post(at(f"{one.pk}/overlaps/{other.pk}/"), typed)
    assert answer.status_code == 422
    assert words in answer.text


def test_segments_in_different_zones_share_nobody(cast, sales):
    one = make_segment(cast.owner, zones={"Europe/Sofia": 1})
    other = make_segment(cast.owner, zones={"Asia/Tokyo": 1})
    answer = sales.post(at(f"{one.pk}/overlaps/{other.pk}/"), {"persons": "5"})
    assert "these two share at most 0 people" in answer.text


def test_two_statements_of_a_pair_end_in_a_choice(cast, sales):
    one, other = make_segment(cast.owner), make_segment(cast.owner)
    page = sales.get(at(f"{one.pk}/overlaps/{other.pk}/"))
    assert page.status_code == 200
    make_overlap(cast.owner, one, other, persons=40)
    answer = sales.post(at(f"{one.pk}/overlaps/{other.pk}/"), {"persons": "300", "seen": ""})
    assert answer.status_code == 409
    assert "40" in answer.text
    assert "300" in answer.text


def test_segment_does_not_overlap_with_itself(cast, sales):
    one = make_segment(cast.owner)
    assert sales.get(at(f"{one.pk}/overlaps/{one.pk}/")).status_code == 404


def test_assumption_is_set(cast, sales):
    make_segment(cast.owner, name="Everybody", size=5_000)
    answer = sales.post(at("overlaps/assumption/"), {"assumed": "independent", "population": "", "seen": "1"})
    assert "need the number of all people" in answer.text
    answer = sales.post(at("overlaps/assumption/"), {"assumed": "independent", "population": "4000", "seen": "1"})
    assert "The segment “Everybody” is larger" in answer.text
    sales.post(at("overlaps/assumption/"), {"assumed": "independent", "population": "90000", "seen": "1"})
    held = AudienceAssumption.objects.get()
    assert (held.assumed, held.population, held.version) == ("independent", 90_000, 2)
    answer = sales.post(at("overlaps/assumption/"), {"assumed": "nested", "population": "", "seen": "1"})
    assert answer.status_code == 409


def test_what_was_stated_survives_a_segment_that_shrinks(cast):
    one, other = make_segment(cast.owner, size=1000), make_segment(cast.owner, size=2000)
    edit_assumption(by=cast.owner, assumed="independent", population=2700)
    make_overlap(cast.owner, one, other, persons=900)
    edit_segment(by=cast.owner, segment=one, size=100)
    edit_segment(by=cast.owner, segment=other, size=5000)
    found = audience(
        Segment.objects.select_related("workspace"), overlaps_among([one, other]), assumption_of(cast.workspace.pk)
    )
    assert next(iter(found.shared().values())).persons == 100
    assert found.population == 5000


def test_viewer_reads_and_changes_nothing(cast, client_of):
    one, other = make_segment(cast.owner), make_segment(cast.owner)
    viewer = client_of(cast.viewer)
    assert viewer.get(at("overlaps/")).status_code == 200
    for address in ["new/", f"{one.pk}/edit/", f"{one.pk}/overlaps/{other.pk}/", "overlaps/assumption/"]:
        assert viewer.post(at(address), {}).status_code == 403


def test_api_states_an_overlap(cast):
    one, other = make_segment(cast.owner), make_segment(cast.owner)
    caller = program(cast.workspace)
    answer = caller.post("segment-overlaps/", {"one": other.pk, "other": one.pk, "share": 0.25})
    made = answer.json()
    assert (answer.status_code, made["one"], made["share"], made["persons"]) == (201, one.pk, 0.25, None)
    again = caller.post("segment-overlaps/", {"one": one.pk, "other": other.pk, "share": 0.5})
    assert errors_of(again) == {"other": "This pair is spoken of already: change what is said."}
    answer = caller.patch(f"segment-overlaps/{made['id']}/", {"persons": 7}, seen=f'"{made["version"]}"')
    assert answer.status_code in {200, 412}
    answer = caller.patch(f"segment-overlaps/{made['id']}/", {"persons": 7})
    assert (answer.json()["persons"], answer.json()["share"]) == (7, None)
    both = caller.patch(f"segment-overlaps/{made['id']}/", {"persons": 7, "share": 0.1})
    assert both.status_code == 400
    assert caller.delete(f"segment-overlaps/{made['id']}/").status_code == 204


def test_api_refuses_what_cannot_be(cast):
    caller, one, theirs = program(cast.workspace), make_segment(cast.owner), make_segment(cast.stranger)
    assert "zones" in errors_of(caller.post("segments/", {"name": "A", "zones": {"Nowhere/Land": 1}}))
    assert "zones.Europe/Sofia" in errors_of(caller.post("segments/", {"name": "A", "zones": {"Europe/Sofia": 2}}))
    assert "size" in errors_of(caller.post("segments/", {"name": "A", "size": -1}))
    assert "other" in errors_of(caller.post("segment-overlaps/", {"one": one.pk, "other": theirs.pk, "share": 0.1}))
    assert "other" in errors_of(caller.post("segment-overlaps/", {"one": one.pk, "other": one.pk, "share": 0.1}))
    assert "persons" in errors_of(
        caller.post("segment-overlaps/", {"one": one.pk, "other": make_segment(cast.owner).pk})
    )
    assert "population" in errors_of(caller.patch("segment-assumption/", {"assumed": "independent"}))


def test_stating_for_segments_of_others_is_refused(cast):
    with pytest.raises(Exception, match="role does not allow"):
        state_overlap(by=cast.sales, one=make_segment(cast.stranger), other=make_segment(cast.stranger), persons=1)
