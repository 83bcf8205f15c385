from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from campaigns.api.links import Parameters
from campaigns.link_words import sentence
from campaigns.naming.check import check
from campaigns.naming.problems import Problem
from campaigns.naming.rules import LONGEST_LINK, Rule
from campaigns.services.link_rules import rules_for
from teams.api.fields import Text
from teams.api.objects import Endpoint
from teams.api.serializers import Strict


class LinkToCheckSerializer(Strict):
    url = Text(max_length=2 * LONGEST_LINK, allow_blank=True, trim_whitespace=False)
    parameters = Parameters(required=False, help_text="They take the place of those that the address has.")


class LinkProblemSerializer(serializers.Serializer):
    rule = serializers.ChoiceField(choices=[rule.value for rule in Rule])
    parameter = serializers.CharField(allow_blank=True, help_text="Empty where it is about the address.")
    value = serializers.CharField(allow_blank=True)
    detail = serializers.SerializerMethodField(help_text="What is wrong, in a sentence.")
    proposal = serializers.CharField(
        allow_null=True,
        allow_blank=True,
        help_text="What passes; null where nothing can be proposed, empty: leave it out.",
    )

    def get_detail(self, problem: Problem) -> str:
        return sentence(problem)


class CheckedLinkSerializer(serializers.Serializer):
    ok = serializers.BooleanField()
    url = serializers.CharField(allow_blank=True, help_text="The finished link, empty unless it is ok.")
    destination = serializers.CharField(allow_blank=True, help_text="The address without tracking parameters.")
    parameters = serializers.DictField(child=serializers.CharField())
    problems = LinkProblemSerializer(many=True)
    proposal = serializers.CharField(allow_blank=True, help_text="The finished link with all proposals taken.")


class LinkCheckView(Endpoint):
    """Check a link against the workspace's rules; nothing is kept."""

    serializer_class = LinkToCheckSerializer
    done = {"200": "Whether it keeps the rules, and what does not."}

    @extend_schema(operation_id="links_check", request=LinkToCheckSerializer, responses={200: CheckedLinkSerializer})
    def post(self, request) -> Response:
        serializer = LinkToCheckSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        asked = serializer.validated_data
        checked = check(asked["url"], rules_for(self.actor.workspace_id), asked.get("parameters", {}))
        return Response(CheckedLinkSerializer(checked).data)
