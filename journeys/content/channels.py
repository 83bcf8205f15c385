"""The channels that every workspace starts with."""

from typing import NamedTuple

from django.utils.translation import gettext_noop as _

from journeys.enums import ChannelForm, ChannelHold


class ChannelSeed(NamedTuple):
    """`icon` is the name of a symbol in `static/icons/channels.svg`, and the channel's short name in code."""

    icon: str
    name: str
    form: ChannelForm
    hold: ChannelHold


DIGITAL, PHYSICAL = ChannelForm.DIGITAL, ChannelForm.PHYSICAL
OWNED, EARNED = ChannelHold.OWNED, ChannelHold.EARNED

CHANNELS = (
    ChannelSeed("web-page", _("Web page"), DIGITAL, OWNED),
    ChannelSeed("in-app", _("In-app"), DIGITAL, OWNED),
    ChannelSeed("email", _("E-mail"), DIGITAL, OWNED),
    ChannelSeed("push", _("Push"), DIGITAL, OWNED),
    ChannelSeed("sms", _("SMS"), DIGITAL, OWNED),
    ChannelSeed("phone", _("Phone"), DIGITAL, OWNED),
    ChannelSeed("chat", _("Chat"), DIGITAL, OWNED),
    ChannelSeed("support", _("Support"), DIGITAL, OWNED),
    ChannelSeed("shop", _("Shop"), PHYSICAL, OWNED),
    ChannelSeed("event", _("Event"), PHYSICAL, OWNED),
    ChannelSeed("catalogue", _("Catalogue and post"), PHYSICAL, OWNED),
    ChannelSeed("marketplace", _("Marketplace"), DIGITAL, EARNED),
    ChannelSeed("forum", _("Forum and blog"), DIGITAL, EARNED),
    ChannelSeed("social", _("Social network"), DIGITAL, EARNED),
    ChannelSeed("messaging", _("Messaging"), DIGITAL, OWNED),
    ChannelSeed("click-and-collect", _("Click and collect"), PHYSICAL, OWNED),
    ChannelSeed("qr-code", _("QR code"), PHYSICAL, OWNED),
    ChannelSeed("referral", _("Referral"), PHYSICAL, EARNED),
)
ICONS = tuple(channel.icon for channel in CHANNELS)
