"""Campaigns: write one down, change its brief, remove it and bring it back."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Prefetch, prefetch_related_objects
from django.utils import timezone
from django.utils.translation import gettext as _

from campaigns.models import Attachment, BudgetLine, Campaign, CampaignStage
from campaigns.queries.campaigns import BUDGET, STAGES, complete
from campaigns.services.approvals import asked_again
from campaigns.services.campaign_locks import lock_to_edit
from campaigns.services.campaign_references import check_references
from campaigns.services.campaign_states import MANY, ONES, TEXTS, campaign_state
from campaigns.services.clashes import watch
from experiments.services.states import difference
from journeys.models import Stage
from teams.models import ApiKey, Membership, forget_prefetched
from teams.permissions import Actor, Permission, require
from teams.services import search
from teams.services.activity import record

FIELDS = frozenset({*TEXTS, *ONES, *MANY, "stages", "budget", "attachments"})
ROWS = frozenset({*MANY, "stages", "budget", "attachments"})
MOST_LINKED = 50
MOST_BUDGET_LINES = 400
MOST_ATTACHMENTS = 50


@transaction.atomic
def create_campaign(*, by: Actor, is_template: bool = False, **fields: Any) -> Campaign:
    """Write down an idea for a campaign. Fields: title, owner (of a person the person), team, starts_on and ends_on
    (both or neither), goal, metric, target, audience, offer, tone, key_message, next_step, priority, currency;
    `stages`, `personas`, `segments`, `channels`: lists of things; `budget`: dicts of channel (or None), month, planned,
    spent; `attachments`: dicts of title and url.
    """
    require(by, Permission.CAMPAIGN_CREATE)
    campaign = Campaign(workspace_id=by.workspace_id, is_template=is_template)
    if isinstance(by, Membership):
        campaign.owner = by
    if isinstance(by, ApiKey):
        campaign.created_by_key = by
    keep(campaign, fields, {})
    made = complete(Campaign.objects.all()).get(pk=campaign.pk)
    index(made)
    record(made, by=by, verb="created", after=campaign_state(made))
    return made


@transaction.atomic
def edit_campaign(*, by: Actor, campaign: Campaign, seen: int | None = None, **fields: Any) -> Campaign:
    """Change the given fields. Its messages keep their days; `services/schedule.py` moves both."""
    campaign = lock_to_edit(campaign, by=by, seen=seen)
    before, referred = campaign_state(campaign), references(campaign)
    keep(campaign, fields, referred)
    became = references(campaign)
    also = {name for name, pks in became.items() if pks != referred[name]}
    was, now = difference(before, campaign_state(campaign), also=also)
    if not now:
        return campaign
    save_edited(campaign)
    index(campaign)
    asked_again(campaign, by=by)
    record(campaign, by=by, verb="edited", before=was, after=now)
    return campaign


@transaction.atomic
def remove_campaign(*, by: Actor, campaign: Campaign, seen: int | None = None) -> Campaign:
    """Take a campaign off the calendar; `restore_campaign` brings it back with all that it has."""
    campaign = lock_to_edit(campaign, by=by, seen=seen)
    campaign.removed_at = timezone.now()
    save_edited(campaign)
    search.forget(kind="campaign", object_ids=[campaign.pk])
    record(campaign, by=by, verb="removed")
    return campaign


@transaction.atomic
def restore_campaign(*, by: Actor, campaign: Campaign) -> Campaign:
    """Bring a removed campaign back."""
    held = lock_to_edit(campaign, by=by, removed=True)
    if held.removed_at is not None:
        held.removed_at = None
        save_edited(held)
        index(held)
        record(held, by=by, verb="restored")
    return held


def references(campaign: Campaign) -> dict[str, set[int]]:
    """What a saved campaign refers to, by field the ids."""
    found = {name: {pk for pk in [getattr(campaign, f"{name}_id")] if pk} for name in ONES}
    found |= {name: {thing.pk for thing in getattr(campaign, name).all()} for name in MANY}
    return found | {"stages": {row.stage_id for row in campaign.campaign_stages.all()}}


def keep(campaign: Campaign, fields: dict[str, Any], referred: dict[str, set[int]]) -> None:
    """Set the fields and save, each row included. Raises ValidationError naming the fields that are wrong."""
    unknown = fields.keys() - FIELDS
    if unknown:
        raise TypeError(f"A campaign has no {sorted(unknown)}")
    for name in fields.keys() - ROWS:
        value = fields[name]
        setattr(campaign, name, value.strip() if isinstance(value, str) else value)
    if campaign.owner_id is None:
        raise ValidationError({"owner": [_("Say who owns this campaign.")]})
    check_days(campaign)
    linked = {name: list(fields[name]) for name in (*MANY, "stages") if name in fields}
    budget = fields.get("budget")
    named = {name: [getattr(campaign, name)] for name in ONES} | linked
    if budget is not None:
        named["budget"] = [line.get("channel") for line in budget]
        referred = referred | {"budget": {line.channel_id for line in lines_of(campaign) if line.channel_id}}
    check_references(campaign.workspace_id, named, referred)
    campaign.full_clean(exclude=["workspace", "created_by_key", "copied_from"])
    campaign.save()
    keep_links(campaign, linked)
    if budget is not None:
        keep_budget(campaign, budget)
    if fields.get("attachments") is not None:
        keep_attachments(campaign, fields["attachments"])


def check_days(campaign: Campaign) -> None:
    """Both days or neither, the end not before the start."""
    starts, ends = campaign.starts_on, campaign.ends_on
    if (starts is None) != (ends is None):
        field = "ends_on" if ends is None else "starts_on"
        raise ValidationError({field: [_("Give both days, or neither.")]})
    if starts and ends and ends < starts:
        raise ValidationError({"ends_on": [_("It ends before it starts.")]}, code="order")


def lines_of(campaign: Campaign) -> list[BudgetLine]:
    return list(campaign.budget_lines.all()) if campaign.pk else []


def keep_links(campaign: Campaign, linked: dict[str, list[Any]]) -> None:
    """Make these the things that it refers to."""
    for name, things in linked.items():
        if len(things) > MOST_LINKED:
            raise ValidationError({name: [_("At most %(most)d of them.") % {"most": MOST_LINKED}]})
        if name == "stages":
            keep_stages(campaign, [thing.pk for thing in things])
        else:
            getattr(campaign, name).set(things)
            forget_prefetched(campaign, name)


def keep_stages(campaign: Campaign, stage_ids: list[int]) -> None:
    """Those that are deleted from their map stay, unseen: undo there brings them back."""
    rows = CampaignStage.objects.filter(campaign=campaign, stage_id__in=Stage.objects.values("pk"))
    rows.exclude(stage_id__in=stage_ids).delete()
    there = set(CampaignStage.objects.filter(campaign=campaign).values_list("stage_id", flat=True))
    missing = [pk for pk in dict.fromkeys(stage_ids) if pk not in there]
    CampaignStage.objects.bulk_create([CampaignStage(campaign=campaign, stage_id=pk) for pk in missing])
    read_anew(campaign, "campaign_stages", STAGES)


def read_anew(campaign: Campaign, name: str, rows: Prefetch) -> None:
    """What was loaded with the campaign is old."""
    forget_prefetched(campaign, name)
    prefetch_related_objects([campaign], rows)


def keep_budget(campaign: Campaign, budget: Sequence[dict[str, Any]]) -> None:
    """Make these its budget lines."""
    if len(budget) > MOST_BUDGET_LINES:
        raise ValidationError({"budget": [_("At most %(most)d lines.") % {"most": MOST_BUDGET_LINES}]})
    rows = [BudgetLine(campaign=campaign, **line) for line in budget]
    places: set[tuple[int | None, Any]] = set()
    for number, row in enumerate(rows, 1):
        row.month = row.month.replace(day=1)
        sentences = wrong_in(row)
        if (row.channel_id, row.month) in places:
            sentences.append(_("This channel has this month twice."))
        places.add((row.channel_id, row.month))
        if sentences:
            line = _("Line %(number)s") % {"number": number}
            raise ValidationError({"budget": [f"{line}: {sentence}" for sentence in sentences]})
    campaign.budget_lines.all().delete()
    BudgetLine.objects.bulk_create(rows)
    read_anew(campaign, "budget_lines", BUDGET)


def wrong_in(row: BudgetLine | Attachment) -> list[str]:
    """What is wrong with a row, field by field."""
    labels = {field.name: field.verbose_name for field in row._meta.fields}
    try:
        row.clean_fields(exclude=["campaign"])
    except ValidationError as error:
        return [
            f"{labels[name]}: {sentence}" for name, sentences in error.message_dict.items() for sentence in sentences
        ]
    return []


def keep_attachments(campaign: Campaign, attachments: Sequence[dict[str, Any]]) -> None:
    """Make these its attachments, in this order."""
    if len(attachments) > MOST_ATTACHMENTS:
        raise ValidationError({"attachments": [_("At most %(most)d links.") % {"most": MOST_ATTACHMENTS}]})
    rows = [Attachment(campaign=campaign, **attachment) for attachment in attachments]
    for number, row in enumerate(rows, 1):
        if sentences := wrong_in(row):
            line = _("Line %(number)s") % {"number": number}
            raise ValidationError({"attachments": [f"{line}: {sentence}" for sentence in sentences]})
    campaign.attachments.all().delete()
    Attachment.objects.bulk_create(rows)
    forget_prefetched(campaign, "attachments")


def save_edited(campaign: Campaign) -> None:
    campaign.version += 1
    campaign.save()
    watch(campaign.workspace_id)


def index(campaign: Campaign) -> None:
    """Have it found by its title and its brief."""
    if campaign.is_template:
        return
    search.index(
        workspace_id=campaign.workspace_id,
        kind="campaign",
        object_id=campaign.pk,
        title=campaign.title,
        text="\n".join([campaign.goal, campaign.audience, campaign.offer, campaign.key_message]),
    )
