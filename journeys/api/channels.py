import django_filters
from django.db.models import QuerySet

from journeys.api.scopes import channels_of
from journeys.content.channels import ICONS
from journeys.enums import ChannelForm, ChannelHold
from journeys.models import Channel
from journeys.services.channels import add_channel, delete_channel, edit_channel
from teams.api.fields import Choice
from teams.api.objects import CanAdd, CanChange, CanRemove
from teams.api.serializers import ObjectSerializer
from teams.permissions import Permission


class ChannelSerializer(ObjectSerializer):
    icon = Choice(choices=sorted(ICONS), required=False)

    class Meta:
        model = Channel
        fields = ["id", "name", "icon", "form", "hold", "version"]


class ChannelFilters(django_filters.FilterSet):
    form = django_filters.ChoiceFilter(choices=ChannelForm.choices)
    hold = django_filters.ChoiceFilter(choices=ChannelHold.choices)


class Channels(CanAdd, CanChange, CanRemove):
    """Channels: the ways by which customers and the company touch."""

    needs = Permission.CHANNEL_MANAGE
    serializer_class = ChannelSerializer
    filterset_class = ChannelFilters

    def objects(self) -> QuerySet[Channel]:
        return channels_of(self.actor)

    def add(self, **fields) -> Channel:
        return add_channel(by=self.actor, **fields)

    def change(self, channel: Channel, seen: int | None, /, **fields) -> Channel:
        return edit_channel(by=self.actor, channel=channel, seen=seen, **fields)

    def remove(self, channel: Channel, seen: int | None) -> None:
        delete_channel(by=self.actor, channel=channel, seen=seen)
