from campaigns.models.link import Link, LinkUpload
from campaigns.models.link_rule import DestinationRule, LinkRule

__all__ = ["DestinationRule", "Link", "LinkRule", "LinkUpload"]
