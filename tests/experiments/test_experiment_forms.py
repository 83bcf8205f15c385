"""Writing an idea down and changing it: what is asked, what is kept, what happens when two do it at once."""

import datetime

import pytest
from django.http import QueryDict
from django.utils import timezone

from experiments.enums import Status
from experiments.models import Experiment, Reason
from experiments.services.copies import save_as_template
from experiments.services.experiments import edit_experiment, remove_experiment
from experiments.services.steps import take_step
from journeys.services.cards import delete_card
from journeys.services.stages import edit_stage
from journeys.services.undo import undo
from tests.experiments.made import make_idea, make_running
from tests.factories import make_card, make_map, make_metric, make_persona, stage_of
from tests.journeys.pages import HTMX, TEXTS, said, undo_of

pytestmark = pytest.mark.django_db
NEW = "/w/here/experiments/new/"
ROWS = {"evidence-TOTAL_FORMS": "1", "evidence-INITIAL_FORMS": "0"}


def sent(owner, **fields) -> dict:
    """What a browser sends for an idea with a title and nothing else, but for the given."""
    empty = ["change", "audience", "persona", "metric", "expected_effect", "because", "reason", "team", "deviation"]
    place = ["map", "stage", "card", "opportunity"]
    return (
        dict.fromkeys([*empty, *place], "")
        | ROWS
        | {"title": "Date first", "goal": "increase"}
        | {"owner": owner.pk}
        | fields
    )


def values(page) -> dict:
    """What the fields of the page hold, as a browser would send it back."""
    forms = page.context["forms"]
    fields = [field for form in [forms.main, *forms.evidence.forms] for field in form]
    found = {field.html_name: field.value() for field in fields}
    found |= {field.html_name: field.value() for field in forms.evidence.management_form}
    return {name: "" if value is None else value for name, value in found.items()}


def edit_address(experiment: Experiment) -> str:
    return f"/w/here/experiments/{experiment.pk}/edit/"


def wrong(page) -> dict[str, list[str]]:
    assert page.status_code == 422
    return page.context["forms"].main.errors


@pytest.fixture
def journey(cast):
    return make_map(cast.product, title="Trial to renewal", lanes=("actions", "opportunities"))


def test_title_is_enough(cast, client_of):
    client = client_of(cast.product)
    page = client.get(NEW)
    assert (page.status_code, values(page)["owner"]) == (200, cast.product.pk)
    assert values(page)["team"] == cast.product.teams.get().pk
    answer = client.post(NEW, sent(cast.product))
    experiment = Experiment.objects.get()
    assert answer.url == f"/w/here/experiments/{experiment.pk}/"
    assert (experiment.title, experiment.status, experiment.owner) == ("Date first", Status.IDEA, cast.product)
    assert (experiment.expected_effect, experiment.stage, experiment.evidence.count()) == (None, None, 0)


def test_all_parts_are_kept(cast, client_of, journey):
    card, open_card = make_card(cast.product, journey, stage=1), make_card(cast.product, journey, lane=1)
    persona, metric = make_persona(cast.workspace, "Ann"), make_metric(cast.workspace, "Basket to paid")
    reason = Reason.objects.create(workspace=cast.workspace, name="More trust")
    given = sent(
        cast.sales,
        change="Show the date",
        audience="new buyers",
        persona=persona.pk,
        metric=metric.pk,
        goal="decrease",
        expected_effect="4,5 %",
        because="They ask",
        reason=reason.pk,
        team=cast.workspace.teams.get(name="Sales").pk,
        map=journey.pk,
        stage=stage_of(journey, 1).pk,
        card=card.pk,
        opportunity=open_card.pk,
        **{
            "evidence-TOTAL_FORMS": "3",
            "evidence-0-kind": "interview",
            "evidence-0-text": "“When does it come?”",
            "evidence-0-date": "2026-03-01",
            "evidence-0-url": "example.com/1",
            "evidence-1-kind": "survey",
            "evidence-1-DELETE": "on",
        },
    )
    cast.product.user.language = "ru"
    cast.product.user.save()
    assert client_of(cast.product).post(NEW, given).status_code == 302
    made = Experiment.objects.get()
    assert (made.change, made.audience, made.because) == ("Show the date", "new buyers", "They ask")
    assert (made.persona, made.metric, made.reason, made.owner) == (persona, metric, reason, cast.sales)
    assert (made.goal, made.expected_effect, made.card, made.stage, made.opportunity) == (
        "decrease",
        0.045,
        card,
        None,
        open_card,
    )
    row = made.evidence.get()
    assert (row.kind, row.text, row.url, row.date) == (
        "interview",
        "“When does it come?”",
        "https://example.com/1",
        datetime.date(2026, 3, 1),
    )


def test_places_and_templates_fill_the_form(cast, client_of, journey):
    persona, metric = make_persona(cast.workspace), make_metric(cast.workspace)
    mapped = make_map(cast.product, personas=[persona], lanes=("actions", "opportunities"))
    edit_stage(by=cast.product, stage=stage_of(mapped), seen=None, metric=metric)
    card, open_card = make_card(cast.product, mapped), make_card(cast.product, mapped, lane=1)
    client = client_of(cast.product)

    at_stage = values(client.get(NEW, {"stage": stage_of(mapped).pk}))
    assert (at_stage["map"], at_stage["stage"]) == (str(mapped.pk), str(stage_of(mapped).pk))
    assert (at_stage["metric"], at_stage["persona"]) == (metric.pk, persona.pk)
    at_card = values(client.get(NEW, {"card": card.pk}))
    assert (at_card["stage"], at_card["card"], at_card["opportunity"]) == (
        str(stage_of(mapped).pk),
        str(card.pk),
        "",
    )
    at_opportunity = values(client.get(NEW, {"card": open_card.pk}))
    assert (at_opportunity["card"], at_opportunity["opportunity"]) == ("", str(open_card.pk))

    built_in = client.get(NEW, {"template": "fewer-steps"})
    assert "ask for … later" in values(built_in)["change"]
    assert client.post(NEW, values(built_in) | {"title": "Shorter"}).status_code == 302
    assert Experiment.objects.get(title="Shorter").variants.count() == 2

    template = save_as_template(by=cast.sales, experiment=make_idea(cast.sales, metric=metric), title="A promise")
    own = values(client.get(NEW, {"template": template.pk}))
    assert (own["title"], own["metric"], own["template"]) == ("A promise", metric.pk, str(template.pk))
    assert client.post(NEW, own | {"title": "From ours"}).status_code == 302
    assert Experiment.objects.get(title="From ours").copied_from == template

    foreign = make_idea(cast.stranger)
    for query in [{"card": foreign.pk}, {"stage": foreign.stage_id}, {"template": foreign.pk}, {"template": "none"}]:
        page = client.get(NEW, query)
        assert (page.status_code, values(page)["change"], values(page)["map"]) == (200, "", "")


def test_what_is_wrong_is_said_and_nothing_is_lost(cast, client_of, journey):
    client, other = client_of(cast.product), make_map(cast.product)
    foreign = make_idea(cast.stranger)
    typed = {"change": "Typed change", "because": "Typed reason"}
    for given, field in [
        ({"title": ""}, "title"),
        ({"title": "x" * 161}, "title"),
        ({"change": "x" * 1001}, "change"),
        ({"change": "a\x00b"}, "change"),
        ({"expected_effect": "much"}, "expected_effect"),
        ({"expected_effect": "-4"}, "expected_effect"),
        ({"expected_effect": "0"}, "expected_effect"),
        ({"expected_effect": "1e300"}, "expected_effect"),
        ({"goal": "sideways"}, "goal"),
        ({"owner": cast.viewer.pk}, "owner"),
        ({"owner": cast.stranger.pk}, "owner"),
        ({"owner": ""}, "owner"),
        ({"metric": foreign.metric_id}, "metric"),
        ({"metric": "9" * 30}, "metric"),
        ({"map": other.pk, "stage": stage_of(journey).pk}, "stage"),
        ({"map": journey.pk}, "stage"),
        ({"map": foreign.stage.map_id, "stage": foreign.stage_id}, "map"),
        ({"stage": stage_of(journey).pk}, "stage"),
        ({"map": journey.pk, "stage": stage_of(journey).pk, "card": "9" * 30}, "card"),
    ]:
        page = client.post(NEW, sent(cast.product) | typed | given)
        assert (given, field in wrong(page)) == (given, True)
        assert "Typed reason" in page.text
        assert f'href="#id_{field}"' in page.text
    assert Experiment.objects.filter(workspace=cast.workspace).count() == 0


def test_wrong_evidence_is_said_at_its_row(cast, client_of):
    rows = {"evidence-TOTAL_FORMS": "2", "evidence-1-text": "Typed words", "evidence-1-url": "not a link"}
    page = client_of(cast.product).post(NEW, sent(cast.product) | rows)
    assert page.status_code == 422
    assert page.context["forms"].evidence.forms[1].errors.keys() == {"kind", "url"}
    assert "Evidence 2, Kind" in page.text
    assert "Typed words" in page.text
    assert client_of(cast.product).post(NEW, {"title": "No rows", "owner": cast.product.pk}).status_code == 422
    many = sent(cast.product) | {"evidence-TOTAL_FORMS": "9" * 5000, "more": "evidence"}
    assert client_of(cast.product).post(NEW, many).status_code == 200


def test_buttons_without_scripts_ask_for_more_and_save_nothing(cast, client_of, journey):
    client = client_of(cast.product)
    card = make_card(cast.product, journey, title="Asks when it comes")
    begun = sent(cast.product, title="", change="Typed", map=journey.pk)
    stages = client.post(NEW, begun | {"look": "place"})
    assert stages.status_code == 200
    assert "not right yet" not in stages.text
    assert ">Buy</option>" in stages.text
    cards = client.post(NEW, values(stages) | {"stage": stage_of(journey).pk, "look": "place"})
    assert f'<option value="{card.pk}">Asks when it comes</option>' in cards.text
    more = client.post(NEW, values(cards) | {"evidence-0-text": "Seen", "more": "evidence"})
    assert more.context["forms"].evidence.total_form_count() == 2
    assert "Seen" in more.text
    assert values(more)["change"] == "Typed"
    assert Experiment.objects.count() == 0


def test_sentence_and_places_for_who_is_writing(cast, client_of, journey):
    client = client_of(cast.product)
    metric = make_metric(cast.workspace, "NPS")
    given = sent(cast.product, title="", change="Call back", metric=metric.pk, expected_effect="4", goal="decrease")
    answer = client.post("/w/here/experiments/sentence/", given, headers=HTMX)
    assert answer.text.strip() == "If we call back for …, then NPS will fall by 4\u00a0%, because …"
    half = client.post("/w/here/experiments/sentence/", given | {"expected_effect": "4x", "metric": "0"}, headers=HTMX)
    assert half.text.strip() == "If we call back for …, then … will fall, because …"
    places = client.post("/w/here/experiments/places/", {"map": journey.pk, "stage": "0"}, headers=HTMX)
    assert (places.status_code, ">Keep</option>" in places.text, "<html" in places.text) == (200, True, False)
    assert "errorlist" not in places.text
    nasty = client.post("/w/here/experiments/sentence/", QueryDict("change=<script>alert(1)</script>").dict())
    assert "<script>" not in nasty.text


def test_edit_keeps_what_is_not_changed(cast, client_of, journey):
    card = make_card(cast.product, journey)
    evidence = [{"kind": "survey", "text": "Seen", "url": "", "date": None}]
    experiment = make_idea(cast.product, card=card, expected_effect=0.0375, evidence=evidence)
    client = client_of(cast.product)
    page = client.get(edit_address(experiment))
    assert client.post(edit_address(experiment), values(page)).status_code == 302
    experiment.refresh_from_db()
    assert experiment.version == 1
    changed = values(page) | {"title": "Renamed", "evidence-0-text": "Seen twice", "evidence-1-kind": "crm"}
    assert client.post(edit_address(experiment), changed).url == f"/w/here/experiments/{experiment.pk}/"
    experiment.refresh_from_db()
    assert (experiment.title, experiment.expected_effect, experiment.card) == ("Renamed", 0.0375, card)
    assert [(row.kind, row.text) for row in experiment.evidence.all()] == [("survey", "Seen twice"), ("crm", "")]
    emptied = values(client.get(edit_address(experiment))) | {"evidence-0-DELETE": "on", "evidence-1-kind": ""}
    assert client.post(edit_address(experiment), emptied).status_code == 302
    assert not experiment.evidence.exists()


def test_deleted_card_keeps_its_place_for_an_undo(cast, client_of, journey):
    card = make_card(cast.product, journey)
    experiment = make_idea(cast.product, card=card)
    change = delete_card(by=cast.product, card=card, seen=None)
    client = client_of(cast.product)
    page = client.get(edit_address(experiment))
    assert client.post(edit_address(experiment), values(page) | {"title": "Renamed"}).status_code == 302
    undo(by=cast.product, change=change)
    experiment = Experiment.objects.get(pk=experiment.pk)
    assert (experiment.title, experiment.card) == ("Renamed", card)


def test_removed_references_stay_until_they_are_changed(cast, client_of):
    reason = Reason.objects.create(workspace=cast.workspace, name="Old reason")
    experiment = make_idea(cast.product, reason=reason)
    reason.removed_at = timezone.now()
    reason.save()
    client = client_of(cast.product)
    page = client.get(edit_address(experiment))
    assert client.post(edit_address(experiment), values(page) | {"title": "Renamed"}).status_code == 302
    assert "Old reason" not in client.get(NEW).text


def test_after_the_start_the_hypothesis_changes_with_a_reason(cast, client_of):
    experiment = make_running(cast.product)
    client = client_of(cast.product)
    page = client.get(edit_address(experiment))
    given = values(page) | {"because": "Another reason"}
    refused = client.post(edit_address(experiment), given)
    assert "deviation" in wrong(refused)
    assert "Another reason" in refused.text
    assert client.post(edit_address(experiment), values(page) | {"title": "Other title"}).status_code == 302
    fresh = values(client.get(edit_address(experiment))) | {"because": "Another reason", "deviation": "We misread it"}
    assert client.post(edit_address(experiment), fresh).status_code == 302
    assert experiment.deviations.get().reason == "We misread it"
    assert "deviation" not in client.get(edit_address(make_idea(cast.product))).context["form"].fields


def test_stale_edit_shows_both_texts_and_keeps_mine(cast, client_of, journey):
    experiment = make_idea(cast.product, stage=stage_of(journey))
    client = client_of(cast.product)
    page = client.get(edit_address(experiment))
    evidence = [{"kind": "survey", "text": "Their evidence", "url": "", "date": None}]
    theirs = {"because": "Their reason", "expected_effect": 0.08, "stage": stage_of(journey, 2)}
    edit_experiment(by=cast.owner, experiment=experiment, evidence=evidence, **theirs)
    mine = values(page) | {"because": "My reason", "evidence-0-kind": "crm", "evidence-0-text": "My evidence"}
    answer = client.post(edit_address(experiment), mine)
    assert answer.status_code == 409
    differences = {row.label: (row.theirs, row.mine) for row in answer.context["forms"].theirs}
    assert differences["because …"] == ("Their reason", "My reason")
    assert differences["Stage"] == ("Keep", "Try")
    assert differences["Evidence"] == ("Survey · Their evidence", "CRM · My evidence")
    assert "Save mine" in answer.text
    experiment.refresh_from_db()
    assert experiment.because == "Their reason"
    assert client.post(edit_address(experiment), values(answer)).status_code == 302
    experiment.refresh_from_db()
    assert (experiment.because, experiment.evidence.get().text) == ("My reason", "My evidence")


def test_typed_text_survives_a_removal(cast, client_of):
    experiment = make_idea(cast.product)
    client = client_of(cast.product)
    page = client.get(edit_address(experiment))
    remove_experiment(by=cast.owner, experiment=experiment)
    assert client.get(edit_address(experiment)).status_code == 404
    typed = values(page) | {"because": "Typed meanwhile"}
    answer = client.post(edit_address(experiment), typed)
    assert answer.status_code == 409
    assert "Typed meanwhile" in answer.text
    back = client.post(edit_address(experiment), typed | {"restore": "1"})
    assert back.status_code == 200
    assert "Typed meanwhile" in back.text
    assert client.post(edit_address(experiment), values(back)).status_code == 302
    experiment.refresh_from_db()
    assert (experiment.because, experiment.removed_at) == ("Typed meanwhile", None)


def test_remove_and_undo(cast, client_of):
    experiment = make_idea(cast.product, title="Date first")
    client = client_of(cast.product)
    answer = client.post(f"/w/here/experiments/{experiment.pk}/remove/")
    assert (answer.url, said(answer)) == ("/w/here/experiments/", ["“Date first” is removed."])
    assert client.get(f"/w/here/experiments/{experiment.pk}/").status_code == 404
    assert client.post(undo_of(answer)).url == f"/w/here/experiments/{experiment.pk}/"
    assert client.get(f"/w/here/experiments/{experiment.pk}/").status_code == 200


def test_copies_and_templates_by_their_buttons(cast, client_of):
    experiment = make_idea(cast.product, title="Date first")
    client = client_of(cast.sales)
    copied = client.post(f"/w/here/experiments/{experiment.pk}/copy/")
    copy = Experiment.objects.get(title="Date first (copy)")
    assert (copied.url, copy.owner) == (edit_address(copy), cast.sales)
    assert client.post(undo_of(copied)).status_code == 302
    kept = client.post(f"/w/here/experiments/{experiment.pk}/template/")
    template = Experiment.objects.get(is_template=True)
    assert kept.url == f"/w/here/experiments/{template.pk}/"
    page = client.get("/w/here/experiments/templates/")
    assert f"?template={template.pk}" in page.text
    assert "?template=replace-without-harm" in page.text
    assert "?template=" not in client_of(cast.viewer).get("/w/here/experiments/templates/").text
    removed = client.post(f"/w/here/experiments/{template.pk}/remove/")
    assert removed.url == "/w/here/experiments/templates/"


def test_who_may_write_what(cast, client_of):
    experiment = make_idea(cast.product, team=cast.workspace.teams.get(name="Success"))
    paths = {name: f"/w/here/experiments/{experiment.pk}/{name}/" for name in ["edit", "remove", "restore", "copy"]}
    expected = {
        cast.owner: (200, 302, 302),
        cast.product: (200, 302, 302),
        cast.success: (200, 302, 302),
        cast.sales: (403, 403, 302),
        cast.viewer: (403, 403, 403),
        cast.stranger: (404, 404, 404),
    }
    for member, statuses in expected.items():
        client = client_of(member)
        found = (
            client.get(paths["edit"]).status_code,
            client.post(paths["remove"]).status_code,
            client.post(paths["restore" if statuses[1] == 302 else "copy"]).status_code,
        )
        assert (member.label, found) == (member.label, statuses)
    assert Experiment.objects.filter(removed_at=None, workspace=cast.workspace).count() == 2


def test_form_costs_the_same_with_many_cards(cast, client_of, journey, django_assert_num_queries):
    experiment = make_idea(cast.product, card=make_card(cast.product, journey))
    client = client_of(cast.product)
    client.get(edit_address(experiment))
    with django_assert_num_queries(EDIT_QUERIES):
        client.get(edit_address(experiment))
    for number in range(20):
        make_card(cast.product, journey, lane=number % 2)
        make_map(cast.product)
    with django_assert_num_queries(EDIT_QUERIES):
        client.get(edit_address(experiment))


# session, person, membership with what waits for it; the experiment with its seven kinds of parts; maps, stages with
# their teams, cards, opportunities; personas, metrics, reasons, teams, members
EDIT_QUERIES = 22


def test_unkind_texts_are_shown_as_text(cast, client_of):
    client = client_of(cast.product)
    for text in TEXTS.values():
        answer = client.post(NEW, sent(cast.product, title=text, change=text, because=text))
        page = client.get(f"{answer.url}edit/").text
        assert "<script>alert" not in page
        assert "<img src=x" not in page


def test_archived_ideas_can_be_edited(cast, client_of):
    experiment = take_step(by=cast.product, experiment=make_idea(cast.product), to=Status.ARCHIVED)
    client = client_of(cast.product)
    page = client.get(edit_address(experiment))
    assert client.post(edit_address(experiment), values(page) | {"title": "Kept"}).status_code == 302
