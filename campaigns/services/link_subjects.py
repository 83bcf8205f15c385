"""The rules for links as something with a page on what was done to it."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from campaigns.models import DestinationRule, LinkRule
from teams.permissions import Actor
from teams.services import subjects


def find_rule(actor: Actor, pk: int) -> LinkRule | None:
    return in_workspace(LinkRule, actor, pk)


def find_destination(actor: Actor, pk: int) -> DestinationRule | None:
    return in_workspace(DestinationRule, actor, pk)


def in_workspace(model, actor: Actor, pk: int):
    return model.objects.filter(workspace_id=actor.workspace_id, pk=pk).select_related("workspace").first()


def rules_address(rule: LinkRule | DestinationRule) -> str:
    return reverse("campaigns:link_rules", args=[rule.workspace.slug])


def register() -> None:
    subjects.register("linkrule", label=_("Rule for links"), fetch=find_rule, url=rules_address)
    subjects.register("destinationrule", label=_("Rule for destinations"), fetch=find_destination, url=rules_address)
