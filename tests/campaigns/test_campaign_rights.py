"""Who may do what with campaigns: every service, asked by everybody, and every reference, asked to lead elsewhere."""

import ast
import datetime
from decimal import Decimal
from typing import Any

import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError

from campaigns.content.tactics import BUILT_IN as TACTICS
from campaigns.content.templates import BUILT_IN as TEMPLATES
from campaigns.models import LinkRule
from campaigns.services import approval_rules, link_rules
from campaigns.services.actuals import Cell, fill_from_metric, record_actuals, take_back
from campaigns.services.approvals import answer
from campaigns.services.campaign_copies import begin_from, copy_campaign, save_as_template
from campaigns.services.campaign_steps import take_step
from campaigns.services.campaigns import create_campaign, edit_campaign, remove_campaign, restore_campaign
from campaigns.services.checklists import add_task, edit_task, remove_task, tick_task
from campaigns.services.feeds import make_feed, revoke_feed
from campaigns.services.link_imports import drop_upload, import_upload, keep_upload
from campaigns.services.links import archive_link, build_link, restore_link
from campaigns.services.message_copies import copy_message
from campaigns.services.messages import add_message, edit_message, remove_message, restore_message
from campaigns.services.overlaps import edit_assumption, state_overlap
from campaigns.services.policies import add_policy, add_starters, edit_policy, remove_policy, restore_policy
from campaigns.services.projection_lists import (
    copy_projection,
    remove_projection,
    restore_projection,
    restore_version,
)
from campaigns.services.projection_locks import lock_projection, unlock_projection
from campaigns.services.projection_offers import decline_offer, offer_again, take_offer
from campaigns.services.projections import create_projection, edit_projection
from campaigns.services.saved_views import edit_view, remove_view, restore_view, save_view
from campaigns.services.schedule import carry_message, move_back, move_campaign, move_message
from campaigns.services.segments import add_segment, edit_segment, remove_segment, restore_segment, segments_named
from campaigns.services.shared_links import revoke_link, share_view
from campaigns.services.tactics import (
    add_tactic,
    edit_tactic,
    hide_tactic,
    remove_tactic,
    restore_tactic,
    show_tactic,
    use_tactic,
)
from insights.models import Reading
from teams.errors import Gone
from tests.campaigns.approving import asked, make_rule
from tests.campaigns.made import (
    FIRST,
    LAST,
    make_campaign,
    make_message,
    make_overlap,
    make_policy,
    make_segment,
    make_tactic,
    make_task,
)
from tests.campaigns.projecting import document, linked, make_actuals
from tests.campaigns.rights import (
    ADMINS,
    EDITORS,
    KEYS,
    OWNING,
    STRANGERS,
    VIEWERS,
    Here,
    Right,
    make_actors,
    make_here,
    who_may,
)
from tests.experiments.made import make_decided
from tests.factories import (
    make_channel,
    make_link,
    make_link_rule,
    make_map,
    make_member,
    make_metric,
    make_persona,
    stage_of,
)

WEEK = datetime.timedelta(7)
NOON = datetime.datetime.combine(FIRST, datetime.time(12))
PEOPLE = (EDITORS | VIEWERS) - KEYS
AT_HOME = {"at_home": STRANGERS}
# A person's by their session; a program says who owns what it writes down.
PEOPLE_AT_HOME = {"at_home": STRANGERS - KEYS, "also_refused": (ValidationError,)}
LINKS = "url,utm_source,utm_medium,utm_campaign\nhttps://shop.example/,news,email,spring\n"
VIEW = {"name": "Ours", "query": "layout=week"}


def task(here: Here, **fields: Any):
    return make_task(here.keeper, here.campaign(), **fields)


def view(here: Here, shared: bool = True):
    return save_view(by=here.keeper, shared=shared, **VIEW)


def upload(here: Here):
    return keep_upload(by=here.keeper, text=LINKS)


def own_link(here: Here):
    return make_link(here.keeper)


def link_rule(here: Here) -> LinkRule:
    return make_link_rule(here.cast.workspace)


def waiting(here: Here, **rule: Any) -> dict[str, Any]:
    make_rule(here.cast.admin, **rule)
    return {"campaign": asked(here.keeper, here.campaign()), "approve": True}


def moved(here: Here):
    return move_campaign(by=here.keeper, campaign=here.campaign(), starts_on=FIRST + WEEK, ends_on=LAST + WEEK)


def moved_message(here: Here):
    return move_message(by=here.keeper, message=here.message(), starts_on=FIRST + WEEK)


def offering(here: Here) -> dict[str, Any]:
    journey = make_map(here.cast.admin)
    projection = here.projection(map=journey, stages=linked(journey))
    experiment = make_decided(here.cast.product, here.cast.success, journey=journey)
    return {"projection": projection, "experiment": experiment.pk}


def declined(here: Here) -> dict[str, Any]:
    given = offering(here)
    decline_offer(by=here.keeper, **given)
    return given


def entered(here: Here) -> dict[str, Any]:
    projection = here.projection()
    [entry] = make_actuals(here.keeper, projection, {("2026-01", "entered", ""): 7})
    return {"projection": projection, "first": entry.pk, "last": entry.pk}


def readable(here: Here) -> dict[str, Any]:
    metric = make_metric(here.cast.workspace, kind="count")
    Reading.objects.create(metric=metric, date="2026-01-31", value=7)
    return {"projection": here.projection(), "metric": metric, "measure": "entered", "stage": "", "channel": ""}


def cells() -> list[Cell]:
    return [Cell("2026-01", "entered", "", "", 7)]


def removed(remove, name: str, thing, by) -> dict[str, Any]:
    return {name: remove(by=by, **{name: thing})}


CAMPAIGNS = [
    Right(create_campaign, EDITORS, lambda h: {"title": "New", "owner": h.keeper}),
    Right(edit_campaign, OWNING, lambda h: {"campaign": h.campaign(), "title": "New"}),
    Right(edit_campaign, OWNING, lambda h: {"campaign": h.campaign()}, case="nothing"),
    Right(edit_campaign, OWNING, lambda h: {"campaign": h.campaign(), "budget": []}, case="budget"),
    Right(remove_campaign, OWNING, lambda h: {"campaign": h.campaign()}),
    Right(restore_campaign, OWNING, lambda h: removed(remove_campaign, "campaign", h.campaign(), h.keeper)),
    Right(take_step, OWNING, lambda h: {"campaign": h.campaign(), "to": "planned"}),
    Right(take_step, OWNING, lambda h: {"campaign": asked(h.keeper, h.campaign()), "to": "approved"}, case="approved"),
    Right(copy_campaign, EDITORS, lambda h: {"campaign": h.campaign()}),
    Right(save_as_template, EDITORS, lambda h: {"campaign": h.campaign()}),
    Right(begin_from, EDITORS - KEYS, lambda h: {"template": TEMPLATES[0]}, **PEOPLE_AT_HOME),
    Right(move_campaign, OWNING, lambda h: {"campaign": h.campaign(), "starts_on": FIRST, "ends_on": FIRST}),
    Right(move_back, OWNING, lambda h: {"moved": moved(h)}, also_refused=(ValidationError,)),
    Right(move_back, OWNING, lambda h: {"moved": moved_message(h)}, also_refused=(ValidationError,), case="message"),
    Right(add_task, OWNING, lambda h: {"campaign": h.campaign(), "text": "New"}),
    Right(edit_task, OWNING, lambda h: {"task": task(h), "text": "New"}),
    Right(remove_task, OWNING, lambda h: {"task": task(h)}),
    Right(tick_task, OWNING, lambda h: {"task": task(h), "done": True}),
    Right(
        tick_task,
        OWNING | {"another team"},
        lambda h: {"task": task(h, owner=h.cast.product), "done": True},
        case="of somebody",
    ),
]

MESSAGES = [
    Right(add_message, OWNING, lambda h: {"campaign": h.campaign(), "title": "New"}),
    Right(edit_message, OWNING, lambda h: {"message": h.message(), "title": "New"}),
    Right(edit_message, OWNING, lambda h: {"message": h.message()}, case="nothing"),
    Right(remove_message, OWNING, lambda h: {"message": h.message()}),
    Right(restore_message, OWNING, lambda h: removed(remove_message, "message", h.message(), h.keeper)),
    Right(copy_message, OWNING, lambda h: {"message": h.message()}),
    Right(
        copy_message,
        OWNING,
        lambda h: {"message": make_message(h.cast.product), "campaign": h.campaign()},
        case="into a campaign",
    ),
    Right(move_message, OWNING, lambda h: {"message": h.message(), "starts_on": FIRST + WEEK}),
    Right(carry_message, OWNING, lambda h: {"message": h.message(), "picked": NOON, "dropped": NOON + WEEK}),
    Right(use_tactic, OWNING, lambda h: {"tactic": next(iter(TACTICS)), "campaign": h.campaign(), "starts_on": FIRST}),
]

APPROVALS = [
    Right(answer, {"its team"}, lambda h: waiting(h, asks="team", team=h.team)),
    Right(answer, {"owner", "admin"}, lambda h: waiting(h, asks="admin"), case="administrators"),
    Right(answer, {"another team"}, lambda h: waiting(h, member=h.cast.product), case="one person"),
    Right(answer, set(), lambda h: {"campaign": h.campaign(), "approve": True}, case="nobody asked"),
    Right(approval_rules.add_rule, ADMINS, lambda h: {"asks": "admin", "applies": "always"}, **AT_HOME),
    Right(approval_rules.edit_rule, ADMINS, lambda h: {"rule": make_rule(h.cast.admin), "asks": "admin"}),
    Right(approval_rules.remove_rule, ADMINS, lambda h: {"rule": make_rule(h.cast.admin)}),
    Right(
        approval_rules.restore_rule,
        ADMINS,
        lambda h: removed(approval_rules.remove_rule, "rule", make_rule(h.cast.admin), h.cast.admin),
    ),
]

CALENDAR = [
    Right(save_view, EDITORS, lambda h: VIEW | {"shared": True}, **AT_HOME, case="shared"),
    Right(save_view, PEOPLE, lambda h: VIEW, **PEOPLE_AT_HOME, case="one's own"),
    Right(edit_view, ADMINS | {"its owner"}, lambda h: {"view": view(h), "name": "New"}, case="shared"),
    Right(edit_view, {"its owner"}, lambda h: {"view": view(h, shared=False), "name": "New"}, case="one's own"),
    Right(edit_view, {"its owner"}, lambda h: {"view": view(h, shared=False), "shared": True}, case="for all"),
    Right(remove_view, ADMINS | {"its owner"}, lambda h: {"view": view(h)}),
    Right(remove_view, {"its owner"}, lambda h: {"view": view(h, shared=False)}, case="one's own"),
    Right(restore_view, ADMINS | {"its owner"}, lambda h: removed(remove_view, "view", view(h), h.keeper)),
    Right(make_feed, PEOPLE, **AT_HOME),
    Right(make_feed, PEOPLE, lambda h: {"view": view(h)}, case="of a view"),
    Right(make_feed, {"its owner"}, lambda h: {"view": view(h, shared=False)}, case="of one's own"),
    Right(revoke_feed, {"its owner", "owner", "admin"}, lambda h: {"feed": make_feed(by=h.keeper)[0]}),
    Right(share_view, EDITORS, lambda h: {"view": view(h)}),
    Right(share_view, {"its owner"}, lambda h: {"view": view(h, shared=False)}, case="one's own"),
    Right(
        revoke_link,
        {"its owner", "owner", "admin"},
        lambda h: {"link": share_view(by=h.keeper, view=view(h))[0]},
    ),
]

PRESSURE = [
    Right(add_policy, ADMINS, lambda h: {"kind": "cap", "n": 2, "per": "week"}, **AT_HOME),
    Right(edit_policy, ADMINS, lambda h: {"policy": make_policy(h.cast.workspace), "n": 3}),
    Right(remove_policy, ADMINS, lambda h: {"policy": make_policy(h.cast.workspace)}),
    Right(
        restore_policy,
        ADMINS,
        lambda h: removed(remove_policy, "policy", make_policy(h.cast.workspace), h.cast.admin),
    ),
    Right(add_starters, ADMINS, **AT_HOME),
    Right(add_segment, EDITORS, lambda h: {"name": "New"}, **AT_HOME),
    Right(segments_named, EDITORS, lambda h: {"names": ["New"]}, **AT_HOME),
    Right(edit_segment, EDITORS, lambda h: {"segment": make_segment(h.keeper), "size": 7}),
    Right(remove_segment, EDITORS, lambda h: {"segment": make_segment(h.keeper)}),
    Right(restore_segment, EDITORS, lambda h: removed(remove_segment, "segment", make_segment(h.keeper), h.keeper)),
    Right(
        state_overlap,
        EDITORS,
        lambda h: {"one": make_segment(h.keeper), "other": make_segment(h.keeper), "share": 0.1},
    ),
    Right(
        state_overlap,
        EDITORS,
        lambda h: {"one": (said := make_overlap(h.keeper)).one, "other": said.other},
        case="taken back",
    ),
    Right(edit_assumption, EDITORS, lambda h: {"assumed": "nested"}, **AT_HOME),
    Right(add_tactic, ADMINS, lambda h: {"title": "New", "stage": "retention"}, **AT_HOME),
    Right(edit_tactic, ADMINS, lambda h: {"tactic": make_tactic(h.cast.admin), "title": "New"}),
    Right(remove_tactic, ADMINS, lambda h: {"tactic": make_tactic(h.cast.admin)}),
    Right(restore_tactic, ADMINS, lambda h: removed(remove_tactic, "tactic", make_tactic(h.cast.admin), h.cast.admin)),
    Right(hide_tactic, ADMINS, lambda h: {"slug": next(iter(TACTICS))}, **AT_HOME),
    Right(show_tactic, ADMINS, lambda h: {"slug": next(iter(TACTICS))}, **AT_HOME),
]

LINKS_AND_RULES = [
    Right(
        build_link,
        EDITORS,
        lambda h: {"url": "https://shop.example/?utm_source=a&utm_medium=b&utm_campaign=c"},
        **AT_HOME,
    ),
    Right(archive_link, EDITORS, lambda h: {"link": own_link(h)}),
    Right(restore_link, EDITORS, lambda h: removed(archive_link, "link", own_link(h), h.keeper)),
    Right(keep_upload, EDITORS, lambda h: {"text": LINKS}, **AT_HOME),
    Right(drop_upload, PEOPLE, **AT_HOME),
    Right(import_upload, {"its owner"}, lambda h: {"upload": upload(h)}),
    Right(link_rules.add_rule, ADMINS, lambda h: {"parameter": "own_new"}, **AT_HOME),
    Right(link_rules.edit_rule, ADMINS, lambda h: {"rule": link_rule(h), "required": True}),
    Right(link_rules.remove_rule, ADMINS, lambda h: {"rule": link_rule(h)}),
    Right(
        link_rules.restore_rule,
        ADMINS,
        lambda h: removed(link_rules.remove_rule, "rule", link_rule(h), h.cast.admin),
    ),
    Right(link_rules.edit_destination, ADMINS, lambda h: {"https": False}, **AT_HOME),
]

PROJECTIONS = [
    Right(create_projection, EDITORS, lambda h: {"document": document(), "title": "New", "owner": h.keeper}),
    Right(edit_projection, OWNING, lambda h: {"projection": h.projection(), "title": "New"}),
    Right(edit_projection, OWNING, lambda h: {"projection": h.projection(), "document": {"value": 7}}, case="document"),
    Right(remove_projection, OWNING, lambda h: {"projection": h.projection()}),
    Right(
        restore_projection,
        OWNING,
        lambda h: removed(remove_projection, "projection", h.projection(), h.keeper),
    ),
    Right(copy_projection, EDITORS, lambda h: {"projection": h.projection()}),
    Right(restore_version, OWNING, lambda h: {"projection": h.projection(), "number": 1}),
    Right(lock_projection, EDITORS - KEYS - {"its owner"}, lambda h: {"projection": h.projection()}),
    Right(
        unlock_projection,
        EDITORS,
        lambda h: {"projection": lock_projection(by=h.cast.admin, projection=h.projection())},
    ),
    Right(take_offer, OWNING, offering),
    Right(decline_offer, OWNING, offering),
    Right(offer_again, OWNING, declined),
    Right(record_actuals, OWNING, lambda h: {"projection": h.projection(), "cells": cells()}),
    Right(take_back, OWNING, entered),
    Right(fill_from_metric, OWNING, lambda h: readable(h) | {"last": True}),
]

RIGHTS = [*CAMPAIGNS, *MESSAGES, *APPROVALS, *CALENDAR, *PRESSURE, *LINKS_AND_RULES, *PROJECTIONS]

# They run in the transaction of `teams.services.handover`, which has asked.
HANDING_OVER = {
    "campaign_handovers.hand_over_campaigns",
    "campaign_handovers.hand_over_approvals",
    "projection_telling.hand_over",
    "saved_view_subjects.hand_over_views",
}

# Called by tasks, by Django's start and by whoever holds a token: nobody's right is asked. And plain reads.
WITHOUT_ACTOR = {
    "checklists.remind", "clashes.look", "clashes.workspaces_with_plans", "projection_scores.score_all",
    "projection_scores.score_projection",
    "feeds.find_feed", "feeds.note_state", "shared_links.find_link",
    "link_rules.for_new_workspace", "link_rules.furnish", "link_rules.keep", "link_rules.rules_for",
    "campaign_handovers.asked_approvals", "campaign_handovers.owned_campaigns",
    "actual_sheets.lines_of", "actual_sheets.plan_actuals", "actual_sheets.read_actuals",
    "approval_documents.same", "campaign_telling.month_and_year", "checklists.is_overdue", "feed_documents.document",
    "link_imports.preview_upload",
    "link_tables.table_of_lines", "link_tables.table_of_links", "projection_diffs.differences",
    "projection_locks.savers", "projection_questions.channel_names", "projection_questions.plain",
    "projection_questions.question_of", "projection_questions.scenario_document", "projection_questions.stage_names",
    "projection_sources.guess_from", "projection_sources.holders", "saved_views.may_change", "shared_links.may_revoke",
}  # fmt: skip


@pytest.fixture
def here(cast) -> Here:
    return make_here(cast)


@pytest.mark.parametrize("right", RIGHTS, ids=lambda right: " ".join(filter(None, [right.name, right.case])))
def test_service_lets_in_who_may_and_nobody_else(here, right):
    assert who_may(here, make_actors(here), right) == right.expected


def services() -> set[str]:
    """What an actor calls by name: functions whose arguments are all named, `by` among them."""
    found = set()
    for path in (settings.BASE_DIR / "campaigns" / "services").glob("*.py"):
        for node in ast.parse(path.read_text()).body:
            if isinstance(node, ast.FunctionDef) and not node.args.args and named(node, "by"):
                found.add(f"{path.stem}.{node.name}")
    return found


def named(node: ast.FunctionDef, name: str) -> bool:
    return any(argument.arg == name for argument in node.args.kwonlyargs)


def called_from_outside() -> set[str]:
    """The functions of services that pages, API, tasks, administration and other apps import."""
    found = set()
    for path in settings.BASE_DIR.rglob("*.py"):
        parts = path.relative_to(settings.BASE_DIR).parts
        if parts[0] not in ("campaigns", "config") or parts[1] == "services":
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            module = (isinstance(node, ast.ImportFrom) and node.module) or ""
            if module.startswith("campaigns.services."):
                found |= {f"{module.rsplit('.', 1)[-1]}.{alias.name}" for alias in node.names}
    return {name for name in found if name.rsplit(".", 1)[-1][0].islower() and not name.endswith(".register")}


def test_table_has_every_service():
    assert services() - HANDING_OVER == {right.name for right in RIGHTS}


def test_nothing_is_called_from_outside_that_the_table_does_not_know():
    assert called_from_outside() - services() - WITHOUT_ACTOR == set()


def elsewhere(here: Here) -> dict[str, Any]:
    """What a stranger has, by the name that services give it."""
    stranger, workspace = here.cast.stranger, here.cast.elsewhere
    journey, metric = make_map(stranger), make_metric(workspace, kind="count")
    Reading.objects.create(metric=metric, date="2026-01-31", value=7)
    return {
        "owner": stranger,
        "member": stranger,
        "team": workspace.teams.get(name="Sales"),
        "metric": metric,
        "map": journey,
        "stage": stage_of(journey),
        "persona": make_persona(workspace),
        "segment": make_segment(stranger),
        "channel": make_channel(workspace),
        "link": make_link(stranger),
        "campaign": make_campaign(stranger),
    }


def line(channel) -> dict[str, Any]:
    return {"channel": channel, "month": FIRST, "planned": Decimal(1), "spent": Decimal(0)}


CAMPAIGN_REFERENCES = {
    "owner": lambda e: e["owner"],
    "team": lambda e: e["team"],
    "metric": lambda e: e["metric"],
    "stages": lambda e: [e["stage"]],
    "personas": lambda e: [e["persona"]],
    "segments": lambda e: [e["segment"]],
    "channels": lambda e: [e["channel"]],
    "budget": lambda e: [line(e["channel"])],
}
MESSAGE_REFERENCES = {
    "channel": lambda e: e["channel"],
    "stage": lambda e: e["stage"],
    "persona": lambda e: e["persona"],
    "link": lambda e: e["link"],
    "segments": lambda e: [e["segment"]],
}
PROJECTION_REFERENCES = {name: lambda e, name=name: e[name] for name in ("map", "campaign", "owner", "team")}


def refers(service, references, given) -> list:
    return [
        pytest.param(service, name, made, given, id=f"{service.__name__} {name}") for name, made in references.items()
    ]


REFERENCES = [
    *refers(create_campaign, CAMPAIGN_REFERENCES, lambda h: {"title": "New"}),
    *refers(edit_campaign, CAMPAIGN_REFERENCES, lambda h: {"campaign": h.campaign()}),
    *refers(add_message, MESSAGE_REFERENCES, lambda h: {"campaign": h.campaign(), "title": "New"}),
    *refers(edit_message, MESSAGE_REFERENCES, lambda h: {"message": h.message()}),
    *refers(add_task, {"owner": lambda e: e["owner"]}, lambda h: {"campaign": h.campaign(), "text": "New"}),
    *refers(edit_task, {"owner": lambda e: e["owner"]}, lambda h: {"task": task(h)}),
    *refers(add_tactic, {"channels": lambda e: [e["channel"]]}, lambda h: {"title": "New", "stage": "retention"}),
    *refers(edit_tactic, {"channels": lambda e: [e["channel"]]}, lambda h: {"tactic": make_tactic(h.cast.admin)}),
    *refers(create_projection, PROJECTION_REFERENCES, lambda h: {"title": "New", "document": document()}),
    *refers(edit_projection, PROJECTION_REFERENCES, lambda h: {"projection": h.projection()}),
    *refers(fill_from_metric, {"metric": lambda e: e["metric"]}, lambda h: readable(h) | {"last": False}),
    *refers(
        add_policy,
        {"channel": lambda e: e["channel"]},
        lambda h: {"kind": "cap", "n": 2, "per": "week", "scope": "channel"},
    ),
    *refers(
        add_policy, {"stage": lambda e: e["stage"]}, lambda h: {"kind": "cap", "n": 2, "per": "week", "scope": "stage"}
    ),
    *refers(
        edit_policy,
        {"channel": lambda e: e["channel"]},
        lambda h: {"policy": make_policy(h.cast.workspace), "scope": "channel"},
    ),
    *refers(
        approval_rules.add_rule,
        {"channel": lambda e: e["channel"]},
        lambda h: {"asks": "admin", "applies": "channel"},
    ),
    *refers(
        approval_rules.add_rule, {"member": lambda e: e["member"]}, lambda h: {"asks": "member", "applies": "always"}
    ),
    *refers(
        approval_rules.edit_rule,
        {"member": lambda e: e["member"]},
        lambda h: {"rule": make_rule(h.cast.admin)},
    ),
    *refers(approval_rules.add_rule, {"team": lambda e: e["team"]}, lambda h: {"asks": "team", "applies": "always"}),
]


@pytest.mark.parametrize(("service", "name", "made", "given"), REFERENCES)
def test_reference_to_another_workspace_is_refused_at_its_field(here, service, name, made, given):
    with pytest.raises(ValidationError) as refused:
        service(by=here.cast.admin, **given(here) | {name: made(elsewhere(here))})
    [(field, sentences)] = refused.value.message_dict.items()
    assert (field, "in the workspace" in sentences[0]) == (name, True)


def test_sources_in_a_projections_document_are_refused_at_their_places(here):
    metric = {"kind": "measured", "metric": elsewhere(here)["metric"].pk}
    experiment = {"kind": "experiment", "experiment": make_decided_elsewhere(here)}
    for source in (metric, experiment):
        stages = [{**document()["stages"][0], "sources": {"rate": source}}]
        with pytest.raises(ValidationError) as refused:
            create_projection(by=here.cast.admin, title="New", document=document(stages=stages, scenarios=[]))
        assert list(refused.value.message_dict) == ["stages.0.rate.source"]


def test_stages_in_a_projections_document_are_of_its_map(here):
    stages = linked(make_map(here.cast.stranger))
    with pytest.raises(ValidationError) as refused:
        edit_projection(by=here.keeper, projection=here.projection(), document={"stages": stages})
    assert list(refused.value.message_dict) == ["stages.0.stage", "stages.1.stage"]


def make_decided_elsewhere(here: Here) -> int:
    return make_decided(here.cast.stranger, make_member(here.cast.elsewhere), journey=make_map(here.cast.stranger)).pk


@pytest.mark.parametrize(
    "act",
    [
        lambda by, h: copy_message(by=by, message=h.message(), campaign=make_campaign(h.cast.stranger)),
        lambda by, h: use_tactic(
            by=by, tactic=next(iter(TACTICS)), campaign=make_campaign(h.cast.stranger), starts_on=FIRST
        ),
        lambda by, h: use_tactic(
            by=by, tactic=str(make_tactic(h.cast.stranger).pk), campaign=h.campaign(), starts_on=FIRST
        ),
        lambda by, h: make_feed(by=by, view=save_view(by=h.cast.stranger, shared=True, **VIEW)),
        lambda by, h: share_view(by=by, view=save_view(by=h.cast.stranger, shared=True, **VIEW)),
        lambda by, h: state_overlap(by=by, one=make_segment(by), other=make_segment(h.cast.stranger), share=0.1),
        lambda by, h: build_link(by=by, url=make_link(by).url, replaces=make_link(h.cast.stranger)),
        lambda by, h: take_offer(by=by, projection=h.projection(), experiment=make_decided_elsewhere(h)),
    ],
)
def test_thing_of_another_workspace_is_not_found(here, act):
    with pytest.raises((Gone, PermissionDenied, ValidationError)):
        act(here.cast.admin, here)
