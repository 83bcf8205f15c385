"""Messages by mouse and keyboard: the panel, texts in several languages, an empty place, a link built in the form."""

import pytest
from playwright.sync_api import expect

from campaigns.models import Message
from campaigns.services.link_rules import furnish
from tests.browser.checks import assert_accessible, assert_fits_phone
from tests.campaigns.made import make_campaign, make_message
from tests.factories import make_channel, make_map, make_persona, stage_of


@pytest.fixture
def campaign(cast):
    furnish(cast.workspace.pk)
    persona = make_persona(cast.workspace, "Ana")
    journey = make_map(cast.marketing, personas=[persona])
    made = make_campaign(
        cast.marketing,
        title="Refill",
        stages=[stage_of(journey), stage_of(journey, 1)],
        personas=[persona],
        channels=[make_channel(cast.workspace, "Letters", icon="email")],
    )
    place = {"stage": stage_of(journey), "persona": persona, "channel": made.channels.get()}
    make_message(cast.marketing, made, title="First letter", texts=[{"language": "en", "text": "Hello"}], **place)
    return made


def test_panel_opens_beside_the_matrix_and_closes_by_key(cast, campaign, page, sign_in):
    sign_in(cast.marketing).goto(f"/w/here/campaigns/{campaign.pk}/matrix/")
    entry = page.get_by_role("link", name="First letter")
    entry.click()
    expect(page.locator("#panel [data-panel-title]")).to_be_focused()
    expect(page.locator("#panel")).to_contain_text("Hello")
    assert_accessible(page)
    page.keyboard.press("Escape")
    expect(page.locator("#panel")).to_be_empty()
    expect(entry).to_be_focused()
    assert_fits_phone(page)


def test_message_is_added_to_an_empty_place_with_two_languages_and_a_link(cast, campaign, page, sign_in):
    sign_in(cast.marketing).goto(f"/w/here/campaigns/{campaign.pk}/matrix/")
    page.get_by_role("link", name="Add a message by Letters for Ana, stage 2").click()
    expect(page.locator("#id_persona option:checked")).to_have_text("Ana")
    expect(page.locator("#id_stage option:checked")).to_have_text("Buy")
    page.fill("#id_title", "Second letter")
    page.fill("#id_texts-0-subject", "Running low? " * 5)
    expect(page.locator("[data-length-of=id_texts-0-subject]")).to_contain_text("65; the channel shows about 50")
    page.get_by_role("button", name="Add a language").click()
    page.fill("#id_texts-1-language", "bg")
    page.fill("#id_texts-1-text", "Две щраквания.")
    page.get_by_text("Build a link here").click()
    page.fill("#url", "http://shop.example/refill")
    expect(page.locator("#about-url")).to_contain_text("https:// addresses only")
    page.locator("#url").press("Enter")
    expect(page.locator("#url")).to_have_value("https://shop.example/refill")
    page.fill("#p_utm_source", "mail")
    page.fill("#p_utm_medium", "email")
    expect(page.locator("#link-result")).to_contain_text("It keeps all rules.")
    assert_accessible(page)
    assert_fits_phone(page)
    page.get_by_role("button", name="Build and choose it").click()
    expect(page.locator("#id_link option:checked")).to_contain_text("refill · mail · email")
    expect(page.locator("#id_texts-1-text")).to_have_value("Две щраквания.")
    page.get_by_role("button", name="Add the message").click()
    expect(page.locator("h1")).to_have_text("Second letter")
    made = Message.objects.get(title="Second letter")
    assert [row.language for row in made.texts.all()] == ["en", "bg"]
    assert made.link.url.startswith("https://shop.example/refill?utm_source=mail")
    assert made.persona.name == "Ana"
    assert_accessible(page)
    assert_fits_phone(page)


def test_tactic_is_found_and_used(cast, campaign, page, sign_in):
    sign_in(cast.marketing).goto("/w/here/tactics/")
    page.get_by_label("Search", exact=True).fill("parcel")
    expect(page.locator("[data-tactic]")).to_have_count(1)
    assert_accessible(page)
    assert_fits_phone(page)
    page.get_by_role("link", name="Use Tracking of the parcel").click()
    page.fill("#id_starts_on", "2027-03-05")
    page.get_by_role("button", name="Add the draft").click()
    expect(page.locator(".tactic-guide")).to_contain_text("the new date first")
    expect(page.locator("#toasts")).to_contain_text("is added to “Refill” as a draft")
    assert_accessible(page)
