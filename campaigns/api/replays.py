"""The calendar under the policies, for programs: a range of days, a campaign, and a check of what is sent."""

import datetime
from typing import Any

from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.exceptions import ValidationError
from rest_framework.response import Response

from campaigns.api.replay_answers import CheckedSerializer, CollisionSerializer, PressureSerializer, held_rows, numbers
from campaigns.api.replay_questions import CheckSerializer, asked_of
from campaigns.collision_words import sentences
from campaigns.forms.pressure import RangeForm
from campaigns.models import Campaign
from campaigns.pressure.collisions import Collision, PlanKind
from campaigns.pressure.held import Held
from campaigns.pressure.replay import replay
from campaigns.queries.campaigns import campaigns_of
from campaigns.queries.collisions import Found, collisions_within
from campaigns.queries.pressure_days import LEAST, MOST_HELD, messages_in
from campaigns.queries.pressure_inputs import Asked, key
from campaigns.queries.pressure_names import names
from campaigns.queries.replay import LONGEST, Kept
from teams.api.objects import Endpoint, Single

FROM = OpenApiParameter(
    "from", OpenApiTypes.DATE, description="The first day; the first of this month in UTC where both are left out."
)
TO = OpenApiParameter("to", OpenApiTypes.DATE, description=f"The last day, at most {LONGEST} with the first.")
IDEAS = OpenApiParameter("ideas", OpenApiTypes.BOOL, description="`true`: as if ideas with days were planned.")
PLACES = {"from": "first", "to": "last", "ideas": "ideas"}


class PressureView(Endpoint):
    """Replay the calendar under the workspace's policies: people for whom messages are due, sent and held, by day,
    segment and message. Of a single day also what is held, and why. Nothing is kept."""

    serializer_class = PressureSerializer
    done = {"200": "What the replay found."}

    @extend_schema(operation_id="pressure_replay", parameters=[FROM, TO, IDEAS], responses={200: PressureSerializer})
    def get(self, request) -> Response:
        asked = self.asked(request)
        kept = Kept(asked)
        held = kept.held_on(asked.first) if asked.first == asked.last else None
        hits = collisions_within(asked.workspace_id, asked.first, asked.last, ideas=asked.ideas)
        return Response(answer(kept, held, hits, hits.hits))

    def asked(self, request) -> Asked:
        """Raises ValidationError naming the parameters that are wrong."""
        given = request.query_params
        errors: dict[str, Any] = {name: [_("There is no such parameter here.")] for name in given if name not in PLACES}
        if given.get("ideas", "false") not in ("true", "false"):
            errors["ideas"] = [_("Give true or false.")]
        days = {field: given.get(name, "") for name, field in PLACES.items() if name != "ideas"}
        form = RangeForm(days if "from" in given or "to" in given else None)
        if form.is_bound and not form.is_valid():
            fields = {field: name for name, field in PLACES.items()}
            errors |= {fields.get(field, field): found for field, found in form.errors.items()}
        if errors:
            raise ValidationError(errors)
        first, last, _ideas = form.asked(timezone.localdate())
        return Asked(self.actor.workspace_id, first, last, given.get("ideas") == "true")


class CampaignPressureView(Single):
    """What becomes of a campaign's messages under the policies, as if it were planned: on its days, of a long one on
    the first 92."""

    serializer_class = PressureSerializer
    done = {"200": "What the replay found."}

    @extend_schema(operation_id="campaigns_pressure", responses={200: PressureSerializer})
    def get(self, request, pk: int) -> Response:
        campaign = get_object_or_404(campaigns_of(self.actor), pk=pk)
        first, last = days_of(campaign)
        kept = Kept(Asked(campaign.workspace_id, first, last, campaign=pk))
        hits = collisions_within(campaign.workspace_id, first, last, campaign=pk)
        messages = campaign.messages.filter(removed_at=None).values_list("pk", flat=True)
        held = kept.held_of(sorted(messages), most=MOST_HELD, least=LEAST, held_out=True)
        found = answer(kept, held, hits, hits.of_campaign(pk), campaign=pk)
        return self.reply(found, campaign.version)


def days_of(campaign: Campaign) -> tuple[datetime.date, datetime.date]:
    if campaign.starts_on is None or campaign.ends_on is None:
        raise ValidationError({"starts_on": [_("Say when it starts and ends first.")]})
    return campaign.starts_on, min(campaign.ends_on, campaign.starts_on + datetime.timedelta(LONGEST - 1))


def answer(
    kept: Kept, held: list[Held] | None, hits: Found, shown: list[Collision], *, campaign: int | None = None
) -> dict[str, Any]:
    found = kept.outlook
    some = None if held is None else [one for one in held if one.persons >= LEAST][:MOST_HELD]
    called = names(kept.asked.workspace_id, messages_in(some or [], found))
    given = numbers(found.found, kept.asked.first, kept.asked.last, key(campaign) if campaign else None) | {
        "held": None if some is None else held_rows(some, called),
        "left_out": list(found.left_out),
        "unknown_sizes": list(found.sizeless),
        "untimed": list(found.untimed),
        "problem": found.problem,
        "collisions": [collision_row(hit, hits) for hit in shown],
    }
    return PressureSerializer(given).data


def collision_row(hit: Collision, hits: Found) -> dict[str, Any]:
    test = hit.other.kind is PlanKind.EXPERIMENT
    return CollisionSerializer(
        {
            "campaign": int(hit.one.id),
            "other_campaign": None if test else int(hit.other.id),
            "experiment": int(hit.other.id) if test else None,
            "first": hit.first,
            "last": hit.last,
            "severity": str(hit.severity),
            "codes": [str(reason.code) for reason in hit.reasons],
            "axes": sorted(str(axis) for axis in hit.axes),
            "says": sentences(hit, hits.names),
        }
    ).data


class PressureCheckView(Endpoint):
    """Replay messages that are sent along, under policies that are sent along; nothing of the workspace is asked, and
    nothing is kept."""

    serializer_class = CheckSerializer
    done = {"200": "What the replay found."}

    @extend_schema(operation_id="pressure_check", request=CheckSerializer, responses={200: CheckedSerializer})
    def post(self, request) -> Response:
        serializer = CheckSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        messages, audience, policies = asked_of(serializer.validated_data)
        found = replay(messages, audience, policies)
        day = serializer.validated_data.get("day")
        held = None if day is None else found.held(day=day)[:MOST_HELD]
        return Response(
            CheckedSerializer(
                {"days": found.days, "segments": found.counts, "messages": found.fates, "held": held}
            ).data
        )
