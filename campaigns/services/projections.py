"""Projections: made, changed, copied, removed. Each change of what is computed is a numbered, frozen version."""

from collections.abc import Callable, Mapping
from copy import deepcopy
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from campaigns.models import Projection, ProjectionUse, ProjectionVersion
from campaigns.months import first_day
from campaigns.queries.projections import latest_version
from campaigns.services.projection_answers import answered, digest_of, headline_of
from campaigns.services.projection_documents import completed, with_months
from campaigns.services.projection_questions import Document
from campaigns.services.projection_sources import holders, with_sources
from campaigns.services.projection_telling import index, state
from journeys.models import Stage
from teams.errors import Gone, check_seen
from teams.models import ApiKey, Membership
from teams.permissions import Actor, Permission, require
from teams.services.activity import record
from teams.services.authors import author_of

FIELDS = frozenset({"title", "map", "campaign", "owner", "team", "note"})
ASKED = frozenset(
    {"start", "months", "draws", "seed", "inputs", "stages", "value", "retention", "sources", "scenarios"}
)


def create_projection(*, by: Actor, document: Mapping[str, Any], **fields: Any) -> Projection:
    """Make a projection with its first version. Fields: title, map, campaign, owner (of a person the
    person), team, note.

    `document` has the shape of `projections/calculate/`, with `scenarios`. It is computed before anything is locked.
    Raises ValidationError at the ways to what is wrong.
    """
    require(by, Permission.PROJECTION_CREATE)
    projection = Projection(workspace_id=by.workspace_id)
    if isinstance(by, Membership):
        projection.owner = by
    if isinstance(by, ApiKey):
        projection.created_by_key = by
    fill(projection, fields)
    errors = errors_of(lambda: check(projection))
    whole = prepared(document, None, projection, by=by, errors=errors)
    said = computed(whole)
    with transaction.atomic():
        begin(projection, said)
        projection.save()
        add_version(projection, said, by=by)
        index(projection, whole)
        record(projection, by=by, verb="created", after=state(projection))
    return projection


def edit_projection(
    *,
    by: Actor,
    projection: Projection,
    seen: int | None = None,
    document: Mapping[str, Any] | None = None,
    **fields: Any,
) -> Projection:
    """Change the given fields; of the document, the given parts. Where the document changes, that is a new version.

    Raises Conflict also where somebody saved while this was being computed.
    """
    projection = live(projection, by)
    require(by, Permission.PROJECTION_EDIT, projection)
    check_seen(projection, seen)
    check_unlocked(projection)
    before, latest = state(projection), latest_version(projection)
    fill(projection, fields)
    errors = errors_of(lambda: check(projection))
    given = merged(latest.document, document or {})
    whole = prepared(given, latest.document, projection, by=by, errors=errors)
    said = computed(whole, latest)
    with transaction.atomic():
        held = hold(projection, by=by, seen=projection.version)
        check_unlocked(held)
        fill(held, fields)
        return keep_edited(held, latest, said, before, by=by)


def keep_edited(
    held: Projection,
    latest: ProjectionVersion,
    said: ProjectionVersion,
    before: dict[str, Any],
    *,
    by: Actor,
    verb: str = "edited",
) -> Projection:
    """Save what differs from what is `said`; nothing where nothing does. The projection is locked by the caller."""
    after, changed = state(held), said.document != latest.document
    names = [name for name in after if after[name] != before[name]]
    if not names and not changed:
        return held
    if changed:
        held.number += 1
        begin(held, said)
        names.append("number")
    held.version += 1
    held.save()
    if changed:
        add_version(held, said, by=by)
    index(held, said.document)
    after = state(held)
    record(held, by=by, verb=verb, before={n: before[n] for n in names}, after={n: after[n] for n in names})
    return held


def merged(document: Document, changes: Mapping[str, Any]) -> Document:
    """The latest document with the given parts in place of its own. Other months stretch what is not given."""
    unknown = changes.keys() - ASKED
    if unknown:
        raise TypeError(f"A projection's document has no {sorted(unknown)}")
    base = deepcopy(document)
    if "months" in changes and changes["months"] != base["months"] and 1 <= changes["months"] <= 1200:
        base = with_months(base, changes["months"])
    return base | dict(changes)


def prepared(
    draft: Mapping[str, Any],
    before: Document | None,
    projection: Projection,
    *,
    by: Actor,
    errors: dict[str, list[Any]],
) -> Document:
    """The document as it is kept. Raises ValidationError with what is wrong in it and with the given errors."""
    try:
        whole = with_sources(completed(deepcopy(dict(draft)), before), before, by=by)
        check_stages(whole, before, projection)
    except ValidationError as error:
        raise ValidationError(error.update_error_dict(dict(errors))) from None
    if errors:
        raise ValidationError(errors)
    return whole


def errors_of(check: Callable[[], None]) -> dict[str, list[Any]]:
    try:
        check()
    except ValidationError as error:
        return error.update_error_dict({})
    return {}


def check_stages(document: Document, before: Document | None, projection: Projection) -> None:
    """Links to stages lead to the projection's map. Those that were there before may have been deleted since."""
    known = {one["stage"] for one in before["stages"]} if before else set()
    wanted = {one["stage"] for one in document["stages"] if one["stage"]} - known
    there = set(Stage.objects.filter(map=projection.map_id, pk__in=wanted).values_list("pk", flat=True))
    wrong = {
        f"stages.{number}.stage": [_("This stage is not on the projection's map.")]
        for number, one in enumerate(document["stages"])
        if one["stage"] in wanted - there
    }
    if wrong:
        raise ValidationError(wrong)


def computed(document: Document, latest: ProjectionVersion | None = None) -> ProjectionVersion:
    """What a version with this document says, unsaved. The latest one has the answer already where it was asked the
    same."""
    digest = digest_of(document)
    answer = latest.answer if latest is not None and digest == latest.digest else answered(document)
    return ProjectionVersion(document=document, digest=digest, answer=answer)


def begin(projection: Projection, said: ProjectionVersion) -> None:
    """Have the row repeat what its lists show."""
    projection.start = first_day(said.document["start"])
    projection.months = said.document["months"]
    projection.headline = headline_of(said.document, said.answer)


def add_version(projection: Projection, said: ProjectionVersion, *, by: Actor) -> ProjectionVersion:
    """Another version that says the same, whether that one was saved or not. A digest stays with its answer."""
    author = author_of(by)
    version = ProjectionVersion.objects.create(
        projection=projection,
        number=projection.number,
        document=said.document,
        digest=said.digest,
        answer=said.answer,
        made_by=author["actor"],
        made_by_key=author["key"],
        made_by_name=author["actor_name"],
        made_at=timezone.now(),
    )
    note_uses(projection, said.document)
    return version


def note_uses(projection: Projection, document: Document) -> None:
    """Write down what it speaks of, so that a stage, a metric or an experiment finds it."""
    sources = [source for holder in holders(document) for source in holder["sources"].values()]
    uses = [
        ProjectionUse(projection=projection, stage_id=pk) for pk in {one["stage"] for one in document["stages"]} if pk
    ]
    for name in ("metric", "experiment"):
        found = {source[name] for source in sources if source.get(name)}
        uses += [ProjectionUse(projection=projection, **{f"{name}_id": pk}) for pk in sorted(found)]
    projection.uses.all().delete()
    ProjectionUse.objects.bulk_create(uses)


def fill(projection: Projection, fields: Mapping[str, Any]) -> None:
    unknown = fields.keys() - FIELDS
    if unknown:
        raise TypeError(f"A projection has no {sorted(unknown)}")
    for name, value in fields.items():
        setattr(projection, name, value.strip() if isinstance(value, str) else value)


def check(projection: Projection) -> None:
    errors: dict[str, list[str]] = {}
    if projection.owner_id is None:
        raise ValidationError({"owner": [_("Say who owns this projection.")]})
    for name in ("map", "campaign", "owner", "team"):
        thing = getattr(projection, name)
        if thing is not None and thing.workspace_id != projection.workspace_id:
            errors[name] = [_("This is not in the workspace.")]
    if projection.map is not None and projection.map.is_template:
        errors["map"] = [_("A template has no customers. Choose a map.")]
    if errors:
        raise ValidationError(errors)
    projection.full_clean(exclude=["workspace", "created_by_key", "start", "months", "number", "headline"])


def live(projection: Projection, by: Actor) -> Projection:
    """The projection as it is now, with what rights and the log need."""
    rows = Projection.objects.select_related("workspace", "map", "campaign", "owner__user", "team")
    found = rows.filter(pk=projection.pk, workspace_id=by.workspace_id, removed_at=None).first()
    if found is None:
        raise Gone
    return found


def hold(projection: Projection, *, by: Actor, seen: int | None = None) -> Projection:
    """The same with its row locked until the transaction ends. Raises Conflict where it is not what was seen."""
    rows = Projection.objects.select_for_update(of=("self",), no_key=True)
    if not rows.filter(pk=projection.pk, workspace_id=by.workspace_id, removed_at=None).exists():
        raise Gone
    held = live(projection, by)
    check_seen(held, seen)
    return held


def check_unlocked(projection: Projection) -> None:
    if projection.locked:
        raise ValidationError(
            _("This projection is approved and locked. Unlock it first: that makes a new version."), code="locked"
        )
