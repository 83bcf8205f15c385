"""A map is talked about in its panel, and its owner hears of it."""

from journeys.services.maps import remove_map
from teams.models import Notification
from teams.services.comments import add_comment
from teams.services.subjects import address, find
from tests.factories import make_map


def test_panel_asks_for_the_discussion(cast, client_of):
    journey = make_map(cast.sales, title="From search to renewal")
    client, panel = client_of(cast.viewer), f"/w/here/maps/{journey.pk}/discussion/"
    assert f'href="{panel}" hx-get="{panel}" hx-target="#panel"' in client.get(f"/w/here/maps/{journey.pk}/").text
    for headers in [{}, {"HX-Request": "true"}]:
        page = client.get(panel, headers=headers).text
        assert f'hx-get="/w/here/discussion/map/{journey.pk}/"' in page
        assert ("<!doctype html>" in page) == (not headers)


def test_owner_hears_of_comments_on_a_live_map(cast):
    journey = make_map(cast.sales, title="From search to renewal")
    found = find(cast.viewer, "map", journey.pk)
    assert address(found) == f"/w/here/maps/{journey.pk}/"
    add_comment(by=cast.viewer, thing=found, text="Where do people go back?")
    told = Notification.objects.get()
    assert (told.recipient, told.label) == (cast.sales, "From search to renewal")
    assert find(cast.stranger, "map", journey.pk) is None
    remove_map(by=cast.sales, map=journey, seen=None)
    assert find(cast.viewer, "map", journey.pk) is None
