from django.db.models import QuerySet
from rest_framework.response import Response

from campaigns.models import DestinationRule, LinkRule
from campaigns.queries.links import rules_of
from campaigns.services.link_rules import add_rule, edit_destination, edit_rule, furnish, remove_rule
from teams.api.etags import seen_version
from teams.api.fields import Lines
from teams.api.objects import CanAdd, CanChange, CanRemove, Single
from teams.api.serializers import ObjectSerializer
from teams.permissions import Permission


class LinkRuleSerializer(ObjectSerializer):
    allowed = Lines(help_text="The only values; none of them: any.")
    blocked = Lines(help_text="Patterns: `*` stands for any characters.")

    class Meta:
        model = LinkRule
        fields = ["id", "parameter", "required", "allowed", "blocked", "lowercase", "separator", "longest", "version"]


class LinkRules(CanAdd, CanChange, CanRemove):
    """What tracking parameters may say, one rule for each. The first that a value breaks is named: blocked, required,
    allowed, lowercase, separator, length."""

    needs = Permission.LINK_RULES
    serializer_class = LinkRuleSerializer

    def objects(self) -> QuerySet[LinkRule]:
        furnish(self.actor.workspace_id)
        return rules_of(self.actor)

    def add(self, **fields) -> LinkRule:
        return add_rule(by=self.actor, **fields)

    def change(self, rule: LinkRule, seen: int | None, /, **fields) -> LinkRule:
        return edit_rule(by=self.actor, rule=rule, seen=seen, **fields)

    def remove(self, rule: LinkRule, seen: int | None) -> None:
        remove_rule(by=self.actor, rule=rule, seen=seen)


class DestinationRuleSerializer(ObjectSerializer):
    allowed_hosts = Lines(help_text="`example.com`, or `*.example.com` for those under it; none of them: any.")
    blocked_hosts = Lines(help_text="Written in the same way.")

    class Meta:
        model = DestinationRule
        fields = ["https", "allowed_hosts", "blocked_hosts", "version"]


class DestinationRuleView(Single):
    """Where links may lead: schemes and hosts."""

    needs = Permission.LINK_RULES
    serializer_class = DestinationRuleSerializer

    def get(self, request) -> Response:
        return self.answer(furnish(self.actor.workspace_id))

    def patch(self, request) -> Response:
        rule = furnish(self.actor.workspace_id)
        seen = seen_version(request, rule.version)
        return self.answer(edit_destination(by=self.actor, seen=seen, **self.body(instance=rule, partial=True)))
