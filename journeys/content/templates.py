"""The built-in templates, and a map document made from one."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from journeys.content import stages_buyer as buyer
from journeys.content import stages_classic as classic
from journeys.content import stages_digital as digital
from journeys.content import stages_lifecycle as lifecycle
from journeys.content import stages_omnichannel as omnichannel
from journeys.content.shapes import MapTemplate, PathTemplate, StageTemplate
from journeys.enums import LaneKind, MapStatus, PathKind

LANE_KINDS = (
    LaneKind.ACTIONS,
    LaneKind.TOUCHPOINTS,
    LaneKind.EMOTION,
    LaneKind.THOUGHTS,
    LaneKind.PAINS,
    LaneKind.OPPORTUNITIES,
    LaneKind.MOMENTS,
    LaneKind.METRICS,
)

BUILT_IN = (
    MapTemplate(
        slug="five-stages",
        title=_("Five stages"),
        description=_("From the first notice to the recommendation. The usual start for products and services."),
        stages=(
            classic.AWARENESS,
            classic.CONSIDERATION,
            classic.PURCHASE,
            classic.RETENTION,
            classic.ADVOCACY,
        ),
        detours=(
            PathTemplate("awareness", "purchase", PathKind.SKIP, _("A friend's word is enough")),
            PathTemplate("consideration", "consideration", PathKind.PAUSE, _("They wait for weeks")),
            PathTemplate("purchase", "consideration", PathKind.BACK, _("A doubt at the last step")),
            PathTemplate("retention", "purchase", PathKind.RETURN, _("They buy again")),
            PathTemplate("advocacy", "awareness", PathKind.RETURN, _("Their word brings others")),
        ),
    ),
    MapTemplate(
        slug="six-stages",
        title=_("Six stages, with the decision"),
        description=_("For purchases that somebody has to think over, or to agree with others."),
        stages=(
            classic.AWARENESS,
            classic.CONSIDERATION,
            classic.DECISION,
            classic.PURCHASE,
            classic.RETENTION,
            classic.ADVOCACY,
        ),
        detours=(
            PathTemplate("awareness", "decision", PathKind.SKIP, _("A friend's word is enough")),
            PathTemplate("consideration", "decision", PathKind.PAUSE, _("They wait for weeks")),
            PathTemplate("decision", "consideration", PathKind.BACK, _("A new doubt, a new offer")),
            PathTemplate("retention", "decision", PathKind.RETURN, _("They buy again")),
            PathTemplate("advocacy", "awareness", PathKind.RETURN, _("Their word brings others")),
        ),
    ),
    MapTemplate(
        slug="four-digital",
        title=_("Four digital stages"),
        description=_("For a journey that happens on screens: site, app, inbox."),
        stages=(
            digital.DIGITAL_AWARENESS,
            digital.DIGITAL_CONSIDERATION,
            digital.DIGITAL_DECISION,
            digital.DIGITAL_RETENTION,
        ),
        detours=(
            PathTemplate("awareness", "decision", PathKind.SKIP, _("They came to buy")),
            PathTemplate("consideration", "consideration", PathKind.PAUSE, _("The tab stays open")),
            PathTemplate("decision", "consideration", PathKind.BACK, _("The basket is left")),
            PathTemplate("retention", "decision", PathKind.RETURN, _("They order again")),
            PathTemplate("retention", "awareness", PathKind.RETURN, _("A shared link brings others")),
        ),
    ),
    MapTemplate(
        slug="eight-omnichannel",
        title=_("Eight omnichannel stages"),
        description=_("For customers who change between shop, post, telephone and screen within one purchase."),
        stages=(
            omnichannel.SEARCH,
            omnichannel.COMPARING,
            omnichannel.DECIDING,
            omnichannel.RECEIVING,
            omnichannel.EVALUATION,
            omnichannel.SERVICE,
            omnichannel.LOYALTY,
            omnichannel.RECOMMENDATION,
        ),
        detours=(
            PathTemplate("search", "decision", PathKind.SKIP, _("They know what they want")),
            PathTemplate("comparing", "decision", PathKind.PAUSE, _("They sleep on it")),
            PathTemplate("decision", "comparing", PathKind.BACK, _("Cheaper elsewhere")),
            PathTemplate("evaluation", "loyalty", PathKind.SKIP, _("Nothing to ask")),
            PathTemplate("service", "receiving", PathKind.BACK, _("Exchanged or repaired")),
            PathTemplate("loyalty", "decision", PathKind.RETURN, _("The next purchase")),
            PathTemplate("recommendation", "search", PathKind.RETURN, _("Others find what they say")),
        ),
    ),
    MapTemplate(
        slug="three-buyer",
        title=_("Three buyer stages"),
        description=_("The way as a buyer would tell it: a need, the choices, the choice."),
        stages=(buyer.NEED, buyer.BUYER_CONSIDERATION, buyer.BUYER_DECISION),
        detours=(
            PathTemplate("need", "decision", PathKind.SKIP, _("They need one today")),
            PathTemplate("consideration", "consideration", PathKind.PAUSE, _("No budget this quarter")),
            PathTemplate("decision", "consideration", PathKind.BACK, _("Somebody says no")),
            PathTemplate("decision", "need", PathKind.RETURN, _("The next need shows")),
        ),
    ),
    MapTemplate(
        slug="funnel-thirds",
        title=_("Funnel thirds"),
        description=_("Top, middle and bottom: to plan contact by position, how often and with what."),
        stages=(buyer.TOP, buyer.MIDDLE, buyer.BOTTOM),
        detours=(
            PathTemplate("top", "bottom", PathKind.SKIP, _("Sent by a customer")),
            PathTemplate("middle", "middle", PathKind.PAUSE, _("They go quiet")),
            PathTemplate("middle", "top", PathKind.BACK, _("It was another problem")),
            PathTemplate("bottom", "middle", PathKind.RETURN, _("They compare anew")),
            PathTemplate("bottom", "top", PathKind.RETURN, _("Their stories travel")),
        ),
    ),
    MapTemplate(
        slug="lifecycle-acquisition",
        title=_("Lifecycle: acquisition"),
        description=_("From unknown visitor to customer, for companies that sell to companies."),
        stages=(
            lifecycle.UNKNOWN,
            lifecycle.KNOWN,
            lifecycle.UNQUALIFIED,
            lifecycle.QUALIFIED,
            lifecycle.CUSTOMER,
        ),
        detours=(
            PathTemplate("unknown", "unqualified", PathKind.SKIP, _("Asks for a demo at once")),
            PathTemplate("known", "known", PathKind.PAUSE, _("Reads, and waits")),
            PathTemplate("qualified", "known", PathKind.BACK, _("Not now: on to nurture")),
            PathTemplate("known", "unknown", PathKind.BACK, _("Withdraws consent")),
            PathTemplate("customer", "unknown", PathKind.RETURN, _("A colleague hears of us")),
        ),
    ),
    MapTemplate(
        slug="lifecycle-nurture",
        title=_("Lifecycle: nurture"),
        description=_("What happens with leads that are not ready: useful contact until a seller is welcome again."),
        stages=(lifecycle.NOT_CONVERTING, lifecycle.NURTURED, lifecycle.ENGAGED, lifecycle.HANDED_BACK),
        detours=(
            PathTemplate("not-converting", "handed-back", PathKind.SKIP, _("They call us themselves")),
            PathTemplate("nurtured", "nurtured", PathKind.PAUSE, _("Silent for a quarter")),
            PathTemplate("engaged", "nurtured", PathKind.BACK, _("The score fades")),
            PathTemplate("handed-back", "not-converting", PathKind.RETURN, _("Still not the time")),
        ),
    ),
    MapTemplate(
        slug="lifecycle-growth",
        title=_("Lifecycle: growth"),
        description=_("From the welcome to the reference: customers who stay, use more and speak for us."),
        stages=(lifecycle.WELCOME, lifecycle.ACTIVATED, lifecycle.EXPANDING, lifecycle.REFERRING),
        detours=(
            PathTemplate("welcome", "welcome", PathKind.PAUSE, _("A silent first week")),
            PathTemplate("activated", "welcome", PathKind.BACK, _("Their person changes")),
            PathTemplate("activated", "referring", PathKind.SKIP, _("Small, but talkative")),
            PathTemplate("expanding", "activated", PathKind.BACK, _("A new team must learn it")),
            PathTemplate("referring", "welcome", PathKind.RETURN, _("The next company starts")),
        ),
    ),
)

TEMPLATES: dict[str, MapTemplate] = {template.slug: template for template in BUILT_IN}


def template_document(
    slug: str,
    *,
    title: str,
    owner_email: str,
    kind: str = "as-is",
    personas: tuple[str, ...] | list[str] = (),
    scenario: str = "",
) -> dict[str, Any]:
    """A map document with the template's stages, the eight usual lanes, its paths and no card, as a draft.

    Texts come in the language that is active now. Raises KeyError for an unknown slug.
    """
    template = TEMPLATES[slug]
    document: dict[str, Any] = {
        "format": "throughline-map/1",
        "title": title,
        "description": str(template.description),
        "kind": kind,
        "status": MapStatus.DRAFT.value,
        "owner": owner_email,
        "personas": list(personas),
        "scenario": scenario,
        "stages": [stage_part(stage) for stage in template.stages],
        "lanes": usual_lanes(),
        "cards": {},
        "paths": {path_uid(path): path_part(path) for path in template.paths},
    }
    return {key: value for key, value in document.items() if value or key in {"cards", "paths"}}


def usual_lanes() -> list[dict[str, str]]:
    return [{"id": kind.value, "kind": kind.value, "name": str(kind.label)} for kind in LANE_KINDS]


def stage_part(stage: StageTemplate) -> dict[str, Any]:
    return {
        "id": stage.uid,
        "name": str(stage.name),
        "description": str(stage.description),
        "questions": [str(question) for question in stage.questions],
        "example_channels": list(stage.channels),
    }


def path_uid(path: PathTemplate) -> str:
    return f"{path.kind.value}-{path.source}-{path.target}"


def path_part(path: PathTemplate) -> dict[str, Any]:
    part = {"from": path.source, "to": path.target, "kind": path.kind.value}
    return part | ({"label": str(path.label)} if path.label else {})
