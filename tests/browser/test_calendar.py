"""The calendar in a browser: entries are dragged, stretched, carried by keys and put back."""

import datetime
import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from campaigns.models import Campaign, Message
from campaigns.services.campaigns import edit_campaign
from tests.browser.checks import assert_accessible, assert_fits_phone
from tests.campaigns.made import FIRST, LAST, make_campaign, make_message
from tests.factories import make_map, stage_of

MONTH = "/w/here/calendar/?view=month&on=2027-03-01"
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True, "reduced_motion": "reduce"}
BRITISH = {"locale": "en-GB", "viewport": {"width": 1440, "height": 1000}, "reduced_motion": "reduce"}


@pytest.fixture
def screen() -> dict:
    return BRITISH


def day(offset: int) -> datetime.date:
    return FIRST + datetime.timedelta(offset)


@pytest.fixture
def campaign(cast) -> Campaign:
    """Monday 1 to Friday 5 March, without messages."""
    team = cast.workspace.teams.get(name="Marketing")
    return make_campaign(cast.marketing, title="Refill weeks", starts_on=FIRST, ends_on=day(4), team=team)


def opened(page: Page, address: str = MONTH) -> Page:
    page.goto(address)
    page.wait_for_function("window.htmx")
    page.evaluate("window.stayed = true")
    return page


def entry(page: Page, title: str) -> Locator:
    return page.locator("#calendar .e", has_text=title).first


def cell(page: Page, date: datetime.date) -> Locator:
    return page.locator(f'#calendar [data-date="{date}"]').first


def spot(thing: Locator, across: float = 0.5, down: float = 0.5) -> tuple[float, float]:
    box = thing.bounding_box()
    assert box
    return box["x"] + box["width"] * across, box["y"] + box["height"] * down


def drag(page: Page, start: tuple[float, float], end: tuple[float, float]) -> None:
    page.mouse.move(*start)
    page.mouse.down()
    page.mouse.move(*end, steps=8)
    page.mouse.up()


def finger_on(page: Page) -> Callable[..., None]:
    """A finger: called with what it does, such as `touchStart`, and where."""
    finger = page.context.new_cdp_session(page)

    def touch(kind: str, *points: tuple[float, float]) -> None:
        finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": x, "y": y} for x, y in points]})

    return touch


def slide(page: Page, start: tuple[float, float], end: tuple[float, float]) -> None:
    """A finger rests, then moves."""
    touch = finger_on(page)
    touch("touchStart", start)
    page.wait_for_selector(".ghost")
    for part in [0.3, 0.6, 1]:
        touch("touchMove", (start[0] + (end[0] - start[0]) * part, start[1] + (end[1] - start[1]) * part))
    touch("touchEnd")


def days_of(thing: Campaign | Message) -> tuple[datetime.date | None, datetime.date | None]:
    thing.refresh_from_db()
    return thing.starts_on, thing.ends_on


def expect_toast(page: Page, text: str) -> None:
    expect(page.locator("#toasts")).to_contain_text(text)


def test_campaign_is_dragged_and_put_back_by_undo(cast, page, sign_in, campaign):
    opened(sign_in(cast.marketing))
    bar = entry(page, "Refill weeks")
    drag(page, spot(bar, 0.1), spot(cell(page, day(9))))

    expect_toast(page, "“Refill weeks”: 10 Mar – 14 Mar 2027.")
    assert days_of(campaign) == (day(9), day(13))
    page.locator("#toasts .undo").click()
    expect_toast(page, "is back where it was")
    assert days_of(campaign) == (FIRST, day(4))
    assert page.evaluate("window.stayed === true")


@pytest.mark.parametrize(
    ("side", "to", "days"), [("end", 6, (0, 6)), ("end", 0, (0, 0)), ("start", 2, (2, 4)), ("start", 9, (4, 4))]
)
def test_campaign_is_stretched_at_both_ends(cast, page, sign_in, campaign, side, to, days):
    opened(sign_in(cast.marketing))
    box = entry(page, "Refill weeks").bounding_box()
    assert box
    edge = (box["x"] + (3 if side == "start" else box["width"] - 3), box["y"] + box["height"] / 2)
    drag(page, edge, spot(cell(page, day(to))))
    expect_toast(page, "“Refill weeks”: ")
    assert days_of(campaign) == (day(days[0]), day(days[1]))


def test_escape_leaves_a_dragged_campaign_where_it_was(cast, page, sign_in, campaign):
    opened(sign_in(cast.marketing))
    page.mouse.move(*spot(entry(page, "Refill weeks")))
    page.mouse.down()
    page.mouse.move(*spot(cell(page, day(9))), steps=4)
    expect(page.locator(".ghost")).to_have_count(1)
    expect(page.locator(".aim")).to_have_count(5)
    page.keyboard.press("Escape")
    page.mouse.up()
    expect(page.locator(".ghost, .aim, .lifted")).to_have_count(0)
    expect(page.locator("#panel")).to_be_empty()
    assert days_of(campaign) == (FIRST, day(4))


def test_campaign_with_messages_asks_once_and_remembers(cast, page, sign_in, campaign):
    message = make_message(cast.marketing, campaign, title="Time for a refill", starts_on=day(1))
    opened(sign_in(cast.marketing))
    drag(page, spot(entry(page, "Refill weeks"), 0.1), spot(cell(page, day(7))))
    dialog = page.get_by_role("dialog", name="What does its message do?")
    expect(dialog).to_be_visible()
    assert_accessible(page)
    dialog.get_by_role("button", name="Cancel").click()
    assert days_of(campaign) == (FIRST, day(4))

    drag(page, spot(entry(page, "Refill weeks"), 0.1), spot(cell(page, day(7))))
    dialog.get_by_label("Keep their days").check()
    dialog.get_by_label("Do the same from now on").check()
    dialog.get_by_role("button", name="Move").click()
    expect_toast(page, "8 Mar – 12 Mar 2027")
    assert (days_of(campaign)[0], days_of(message)[0]) == (day(7), day(1))

    drag(page, spot(entry(page, "Refill weeks"), 0.1), spot(cell(page, day(14))))
    expect_toast(page, "15 Mar – 19 Mar 2027")
    assert (days_of(campaign)[0], days_of(message)[0]) == (day(14), day(1))


def test_message_window_is_stretched(cast, page, sign_in, campaign):
    message = make_message(cast.marketing, campaign, title="Last call", starts_on=day(1), ends_on=day(2))
    opened(sign_in(cast.marketing))
    box = entry(page, "Last call").bounding_box()
    assert box
    drag(page, (box["x"] + box["width"] - 3, box["y"] + 10), spot(cell(page, day(4))))
    expect_toast(page, "“Last call”: 2 Mar – 5 Mar 2027")
    assert days_of(message) == (day(1), day(4))


def test_entry_is_carried_by_keys_and_every_step_is_said(cast, page, sign_in, campaign):
    opened(sign_in(cast.marketing))
    said = page.locator("#said")
    entry(page, "Refill weeks").focus()
    page.keyboard.press("m")
    expect(said).to_contain_text("Picked up: Refill weeks")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowDown")
    expect(said).to_contain_text(re.compile("Tuesday.*9.*Saturday.*13.*5 days"))
    page.keyboard.press("Shift+ArrowRight")
    expect(said).to_contain_text("6 days")
    page.keyboard.press("s")
    page.keyboard.press("ArrowRight")
    expect(said).to_contain_text(re.compile("Wednesday.*10.*Sunday.*14.*5 days"))
    expect(page.locator(".aim")).to_have_count(5)
    page.keyboard.press("Enter")
    expect(said).to_contain_text("Refill weeks is now on")
    expect(entry(page, "Refill weeks")).to_be_focused()
    assert days_of(campaign) == (day(9), day(13))


def test_escape_puts_a_carried_entry_back(cast, page, sign_in, campaign):
    opened(sign_in(cast.marketing))
    entry(page, "Refill weeks").focus()
    for key in ["m", "ArrowDown", "Escape"]:
        page.keyboard.press(key)
    expect(page.locator("#said")).to_have_text("Refill weeks stays where it was.")
    expect(entry(page, "Refill weeks")).to_be_focused()
    assert days_of(campaign) == (FIRST, day(4))


def test_who_may_not_move_is_told_so(cast, page, sign_in, campaign):
    opened(sign_in(cast.sales))
    drag(page, spot(entry(page, "Refill weeks")), spot(cell(page, day(9))))
    expect(page.locator(".ghost, .aim")).to_have_count(0)
    entry(page, "Refill weeks").focus()
    page.keyboard.press("m")
    expect(page.locator("#said")).to_contain_text("You cannot move Refill weeks")
    assert days_of(campaign) == (FIRST, day(4))


def test_move_that_comes_too_late_shows_what_somebody_else_made_of_it(cast, page, sign_in, campaign):
    opened(sign_in(cast.marketing))
    edit_campaign(by=cast.admin, campaign=campaign, starts_on=day(7), ends_on=day(8))
    drag(page, spot(entry(page, "Refill weeks"), 0.1), spot(cell(page, day(14))))
    expect(page.locator(".toast.warning")).to_contain_text("It stands as they left it: 8 Mar – 9 Mar 2027")
    assert days_of(campaign) == (day(7), day(8))
    drag(page, spot(entry(page, "Refill weeks"), 0.2), spot(cell(page, day(14))))
    expect_toast(page, "15 Mar – 16 Mar 2027")


def test_right_that_was_taken_meanwhile_leaves_it_where_it_was(cast, page, sign_in, campaign):
    opened(sign_in(cast.marketing))
    Campaign.objects.update(owner=cast.owner, team=None)
    drag(page, spot(entry(page, "Refill weeks"), 0.1), spot(cell(page, day(9))))
    expect(page.locator(".toast.error")).to_contain_text("Your role does not allow this.")
    expect(page.locator(".aim, .going")).to_have_count(0)
    assert days_of(campaign) == (FIRST, day(4))


@pytest.mark.parametrize("view", ["week", "timeline"])
def test_campaign_is_dragged_in_week_and_timeline(cast, page, sign_in, campaign, view):
    opened(sign_in(cast.marketing), f"/w/here/calendar/?view={view}&on=2027-03-01&weeks=4")
    bar = entry(page, "Refill weeks")
    if view == "week":
        drag(page, spot(bar, 0.1), spot(cell(page, day(2))))
        expected = (day(2), day(6))
    else:
        box = page.locator(".line-row .track").first.bounding_box()
        assert box
        x, y = spot(bar, 0.5)
        drag(page, (x, y), (x + box["width"] / 28 * 7, y))
        expected = (day(7), day(11))
    expect_toast(page, "“Refill weeks”:")
    assert days_of(campaign) == expected


@pytest.mark.parametrize("screen", [PHONE | {"locale": "en-GB"}], ids=["phone"])
def test_finger_rests_then_moves(cast, page, sign_in, campaign):
    opened(sign_in(cast.marketing))
    slide(page, spot(entry(page, "Refill weeks"), 0.5), spot(cell(page, day(9))))
    expect_toast(page, "“Refill weeks”: 8 Mar – 12 Mar 2027.")
    assert days_of(campaign) == (day(7), day(11))


@pytest.mark.parametrize("screen", [PHONE | {"locale": "en-GB"}], ids=["phone"])
def test_phone_opens_the_agenda(cast, page, sign_in, campaign):
    opened(sign_in(cast.marketing), "/w/here/calendar/?on=2027-03-01")
    expect(page.locator(".agenda")).to_contain_text("Refill weeks")
    expect(page).to_have_url(re.compile("view=agenda"))


def test_panel_shows_an_entry_and_day_and_plans_something(cast, page, sign_in, campaign):
    opened(sign_in(cast.marketing))
    panel = page.locator("#panel")
    entry(page, "Refill weeks").click()
    expect(panel.locator("h2")).to_have_text("Refill weeks")
    expect(panel.get_by_role("link", name="Open the campaign")).to_be_visible()
    assert_accessible(page)
    page.keyboard.press("Escape")
    expect(panel).to_be_empty()
    expect(entry(page, "Refill weeks")).to_be_focused()

    cell(page, day(16)).click(position={"x": 60, "y": 60})
    expect(panel.locator("h2")).to_have_text("Wednesday, 17 March 2027")
    panel.get_by_role("link", name="Plan something on this day").click()
    panel.get_by_label("What").fill("Open day")
    panel.get_by_role("button", name="Plan it").click()
    expect_toast(page, "“Open day” is on the calendar.")
    expect(entry(page, "Open day")).to_be_visible()
    assert Campaign.objects.get(title="Open day").starts_on == day(16)


def test_filters_and_views_are_kept_in_the_address(cast, page, sign_in, campaign):
    make_campaign(cast.sales, title="Renewal calls", team=cast.workspace.teams.get(name="Sales"))
    opened(sign_in(cast.viewer))
    page.locator("#menu-team summary").click()
    page.get_by_label("Sales", exact=True).check()
    expect(entry(page, "Refill weeks")).to_have_count(0)
    expect(page.locator("#menu-team")).to_have_attribute("open", "")
    page.get_by_role("link", name="Timeline").click()
    expect(page.locator(".timeline .name", has_text="Sales")).to_be_visible()
    expect(page).to_have_url(re.compile(r"view=timeline.*team=\d+"))
    page.reload()
    expect(entry(page, "Renewal calls")).to_be_visible()
    expect(entry(page, "Refill weeks")).to_have_count(0)
    assert page.evaluate("!window.stayed")


@pytest.mark.parametrize("view", ["month", "week", "agenda", "timeline"])
def test_views_are_usable_by_everybody_and_fit_a_phone(cast, page, sign_in, campaign, view):
    for status in ["planned", "approval", "approved", "running", "done"]:
        made = make_campaign(cast.marketing, title=f"Is {status}", starts_on=FIRST, ends_on=LAST)
        make_message(cast.marketing, made, title=f"Of {status}", at=datetime.time(9))
        Campaign.objects.filter(pk=made.pk).update(status=status, approved_at="2027-01-01T00:00Z")
    opened(sign_in(cast.marketing), f"/w/here/calendar/?view={view}&on=2027-03-01&full=1")
    assert_accessible(page)
    assert_fits_phone(page)
    page.set_viewport_size({"width": 390, "height": 844})
    assert_accessible(page)


def test_tactic_is_dropped_on_a_campaign(cast, page, sign_in, campaign):
    opened(sign_in(cast.marketing))
    page.locator("[data-tray]").click()
    page.locator("#shelf summary").first.click()
    tactic = page.locator("#shelf [data-tactic]").first
    name = tactic.get_attribute("data-title")
    tactic.drag_to(entry(page, "Refill weeks"), target_position={"x": 20, "y": 8})
    expect_toast(page, "is added to “Refill weeks” as a draft")
    expect(entry(page, name or "")).to_be_visible()
    assert Message.objects.get(campaign=campaign).starts_on == FIRST
    page.locator("#toasts .undo").click()
    expect_toast(page, "is removed")
    expect(entry(page, name or "")).to_have_count(0)
    page.locator("#toasts .undo").click()
    expect_toast(page, "is back")
    expect(entry(page, name or "")).to_be_visible()
    assert page.evaluate("window.stayed === true")


WEEK = "/w/here/calendar/?view=week&on=2027-03-01"


def hour(page: Page, date: datetime.date, clock: str) -> Locator:
    row = page.locator(".hours tbody tr", has=page.locator("th", has_text=clock))
    return row.locator(f'[data-date="{date}"]')


def when(message: Message) -> tuple[datetime.date | None, str]:
    message.refresh_from_db()
    return message.starts_on, f"{message.at:%H:%M}" if message.at else ""


@pytest.fixture
def note(cast, campaign) -> Message:
    """Tuesday 2 March at nine."""
    return make_message(cast.marketing, campaign, title="Time for a refill")


def test_message_is_dragged_to_another_hour_with_its_time_shown_and_put_back(cast, page, sign_in, note):
    opened(sign_in(cast.marketing), WEEK)
    start, end = spot(entry(page, "Time for a refill")), spot(hour(page, day(3), "14:00"), down=0.9)
    page.mouse.move(*start)
    page.mouse.down()
    page.mouse.move(*end, steps=8)
    expect(page.locator(".ghost > b")).to_have_text("14:30")
    expect(hour(page, day(3), "14:00").locator(".aim-time")).to_have_text("14:30")
    page.mouse.up()
    expect_toast(page, "“Time for a refill”: 4 Mar, 14:30.")
    expect(page.locator(".aim, .aim-time")).to_have_count(0)
    expect(hour(page, day(3), "14:00")).to_contain_text("Time for a refill")
    assert when(note) == (day(3), "14:30")
    page.locator("#toasts .undo").click()
    expect_toast(page, "is back where it was")
    assert when(note) == (day(1), "09:00")
    assert page.evaluate("window.stayed === true")


def test_message_that_is_dragged_sideways_keeps_its_odd_time(cast, page, sign_in, campaign):
    note = make_message(cast.marketing, campaign, title="Early note", at=datetime.time(9, 10))
    opened(sign_in(cast.marketing), WEEK)
    x, y = spot(entry(page, "Early note"))
    drag(page, (x, y), (spot(hour(page, day(4), "09:00"))[0], y + 3))
    expect_toast(page, "“Early note”: 5 Mar.")
    assert when(note) == (day(4), "09:10")


def test_message_without_a_time_gets_one_by_being_dropped_at_an_hour(cast, page, sign_in, campaign):
    note = make_message(cast.marketing, campaign, title="Some time", at=None)
    opened(sign_in(cast.marketing), WEEK)
    drag(page, spot(entry(page, "Some time")), spot(hour(page, day(2), "11:00"), down=0.2))
    expect_toast(page, "“Some time”: 3 Mar, 11:00.")
    assert when(note) == (day(2), "11:00")


def test_message_is_carried_over_the_hours_by_keys_and_every_step_is_said(cast, page, sign_in, note):
    opened(sign_in(cast.marketing), WEEK)
    said = page.locator("#said")
    entry(page, "Time for a refill").focus()
    page.keyboard.press("m")
    expect(said).to_contain_text("up and down by half an hour")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    expect(said).to_contain_text(re.compile("Tuesday.*2.*10:00"))
    page.keyboard.press("ArrowRight")
    expect(hour(page, day(2), "10:00").locator(".aim-time")).to_have_text("10:00")
    page.keyboard.press("Enter")
    expect(said).to_contain_text(re.compile("Time for a refill is now on Wednesday.*3.*10:00"))
    expect(entry(page, "Time for a refill")).to_be_focused()
    assert when(note) == (day(2), "10:00")


def test_escape_leaves_a_carried_message_at_its_hour(cast, page, sign_in, note):
    opened(sign_in(cast.marketing), WEEK)
    entry(page, "Time for a refill").focus()
    for key in ["m", "ArrowDown", "Escape"]:
        page.keyboard.press(key)
    expect(page.locator("#said")).to_have_text("Time for a refill stays where it was.")
    expect(page.locator(".aim, .aim-time")).to_have_count(0)
    assert when(note) == (day(1), "09:00")


@pytest.mark.parametrize("screen", [PHONE | {"locale": "en-GB"}], ids=["phone"])
def test_finger_carries_a_message_to_another_hour(cast, page, sign_in, note):
    opened(sign_in(cast.marketing), WEEK)
    bar = entry(page, "Time for a refill")
    bar.scroll_into_view_if_needed()
    slide(page, spot(bar), spot(hour(page, day(1), "12:00"), down=0.6))
    expect_toast(page, "“Time for a refill”: 2 Mar, 12:00.")
    assert when(note) == (day(1), "12:00")


def hold(page: Page, start: tuple[float, float], *stops: tuple[float, float]) -> None:
    """Take something and carry it to a place; the button stays down."""
    page.mouse.move(*start)
    page.mouse.down()
    for stop in stops:
        page.mouse.move(*stop, steps=6)


@pytest.mark.parametrize("place", ["edge", "link"])
def test_month_turns_under_what_is_dragged(cast, page, sign_in, campaign, place):
    opened(sign_in(cast.marketing))
    grid = page.locator(".month").bounding_box()
    assert grid
    edge = (grid["x"] + grid["width"] - 4, grid["y"] + 200)
    hold(page, spot(entry(page, "Refill weeks"), 0.1), edge if place == "edge" else spot(page.locator("#cal-after")))
    expect(page.locator("#period")).to_have_text("April 2027")
    target = cell(page, datetime.date(2027, 4, 14))
    page.mouse.move(*spot(target), steps=4)
    expect(page.locator(".aim")).to_have_count(5)
    page.mouse.up()
    expect_toast(page, "“Refill weeks”: 14 Apr – 18 Apr 2027.")
    assert days_of(campaign) == (datetime.date(2027, 4, 14), datetime.date(2027, 4, 18))
    expect(page.locator("#period")).to_have_text("April 2027")
    page.locator("#toasts .undo").click()
    expect_toast(page, "is back where it was")
    assert days_of(campaign) == (FIRST, day(4))


def test_month_turns_again_while_the_pointer_rests_and_escape_moves_nothing(cast, page, sign_in, campaign):
    opened(sign_in(cast.marketing))
    grid = page.locator(".month").bounding_box()
    assert grid
    hold(page, spot(entry(page, "Refill weeks")), (grid["x"] + 4, grid["y"] + 200))
    expect(page.locator("#period")).to_have_text("January 2027")
    page.keyboard.press("Escape")
    page.mouse.up()
    expect(page.locator(".ghost, .aim, .turning")).to_have_count(0)
    assert days_of(campaign) == (FIRST, day(4))


def test_week_turns_and_keeps_the_hour(cast, page, sign_in, note):
    opened(sign_in(cast.marketing), WEEK)
    x, y = spot(entry(page, "Time for a refill"))
    hold(page, (x, y), spot(page.locator("#cal-after")))
    expect(hour(page, day(9), "09:00")).to_be_visible()
    page.mouse.move(*spot(hour(page, day(9), "12:00")), steps=4)
    expect(page.locator(".aim-time")).to_have_text(re.compile(r"1[12]:\d0"))
    page.mouse.up()
    expect_toast(page, "“Time for a refill”: 10 Mar, 1")
    assert when(note)[0] == day(9)


@pytest.mark.parametrize("screen", [PHONE | {"locale": "en-GB"}], ids=["phone"])
def test_month_turns_under_a_finger(cast, page, sign_in, campaign):
    opened(sign_in(cast.marketing))
    touch = finger_on(page)
    touch("touchStart", spot(entry(page, "Refill weeks")))
    page.wait_for_selector(".ghost")
    touch("touchMove", (386, spot(entry(page, "Refill weeks"))[1] + 40))
    expect(page.locator("#period")).to_have_text("April 2027")
    touch("touchMove", spot(cell(page, datetime.date(2027, 4, 14))))
    touch("touchEnd")
    expect_toast(page, "“Refill weeks”: ")
    assert days_of(campaign)[0] in {datetime.date(2027, 4, number) for number in range(12, 15)}


def test_timeline_turns_under_what_is_dragged(cast, page, sign_in, campaign):
    make_campaign(cast.marketing, title="Later", team=campaign.team, starts_on=day(30), ends_on=day(40))
    opened(sign_in(cast.marketing), "/w/here/calendar/?view=timeline&on=2027-03-01&weeks=4")
    hold(page, spot(entry(page, "Refill weeks"), 0.1), spot(page.locator("#cal-after")))
    expect(entry(page, "Later")).to_be_visible()
    page.mouse.move(*spot(page.locator(".line-row .track").first, 0.5), steps=4)
    expect(page.locator(".aim-bar")).to_have_count(1)
    page.mouse.up()
    expect_toast(page, "“Refill weeks”: ")
    assert days_of(campaign)[0] >= day(28)


def test_month_turns_under_what_keys_carry(cast, page, sign_in, campaign):
    opened(sign_in(cast.marketing))
    entry(page, "Refill weeks").focus()
    for key in ["m", *["ArrowDown"] * 6]:
        page.keyboard.press(key)
    expect(page.locator("#period")).to_have_text("April 2027")
    expect(page.locator(".aim")).to_have_count(5)
    expect(page.locator("#said")).to_contain_text(re.compile("Monday.*12.*Friday.*16.*5 days"))
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    expect_toast(page, "“Refill weeks”: 13 Apr – 17 Apr 2027.")
    expect(entry(page, "Refill weeks")).to_be_focused()
    assert days_of(campaign) == (datetime.date(2027, 4, 13), datetime.date(2027, 4, 17))


def test_month_turns_to_an_end_that_keys_stretch(cast, page, sign_in, campaign):
    opened(sign_in(cast.marketing))
    entry(page, "Refill weeks").focus()
    for key in ["m", *["Shift+ArrowDown"] * 6]:
        page.keyboard.press(key)
    expect(page.locator("#period")).to_have_text("April 2027")
    page.keyboard.press("Escape")
    expect(page.locator("#said")).to_have_text("Refill weeks stays where it was.")
    expect(page.locator(".aim")).to_have_count(0)
    expect(page.locator("#cal-today")).to_be_focused()
    assert days_of(campaign) == (FIRST, day(4))


def test_week_turns_under_what_keys_carry_and_keeps_the_hour(cast, page, sign_in, note):
    opened(sign_in(cast.marketing), WEEK)
    at = when(note)[1]
    entry(page, "Time for a refill").focus()
    for key in ["m", *["ArrowRight"] * 7]:
        page.keyboard.press(key)
    expect(hour(page, day(8), "09:00")).to_be_visible()
    expect(page.locator(".aim-time")).to_have_count(1)
    page.keyboard.press("Enter")
    expect_toast(page, "“Time for a refill”: 9 Mar")
    assert when(note) == (day(8), at)


def test_stage_of_a_map_leads_to_its_campaigns(cast, page, sign_in, campaign):
    journey = make_map(cast.owner, title="Trial")
    stage = stage_of(journey)
    edit_campaign(by=cast.marketing, campaign=campaign, stages=[stage])
    today = datetime.date.today()
    Campaign.objects.filter(pk=campaign.pk).update(status="planned", starts_on=today, ends_on=today)
    sign_in(cast.viewer).goto(f"/w/here/maps/{journey.pk}/")
    mark = page.locator(f"#stage-{stage.pk} .plans a")
    expect(mark).to_have_attribute("title", "1 campaign here, running or planned")
    assert_accessible(page)
    mark.click()
    expect(page.locator(".timeline .name", has_text="Refill weeks")).to_be_visible()
