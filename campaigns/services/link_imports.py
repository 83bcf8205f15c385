"""Many links at once: a file waits, is looked through as often as wanted, and is imported on demand."""

import json
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.db.models import Field
from django.utils.translation import gettext as _

from campaigns.models import Link, LinkUpload
from campaigns.naming.problems import Checked
from campaigns.naming.rules import Rules
from campaigns.services.link_rules import rules_for
from campaigns.services.link_sheets import Judged, Sheet, judge
from campaigns.services.links import built_now, fields_of
from teams.errors import Gone
from teams.models import Membership
from teams.permissions import Permission, require

BATCH = 10_000
SHOWN = 50


@dataclass
class Preview:
    """What an import would do. `shown` are the first wrong lines, `first_same` and `first_same_as` numbers of lines."""

    right: int = 0
    wrong: int = 0
    same: int = 0
    first_same: int = 0
    first_same_as: int = 0
    shown: list[Judged] = field(default_factory=list)
    ignored: tuple[str, ...] = ()

    @property
    def more(self) -> int:
        """How many wrong lines are not shown."""
        return self.wrong - len(self.shown)


@dataclass(frozen=True)
class Imported:
    new: int
    there_before: int


@transaction.atomic
def keep_upload(*, by: Membership, text: str, name: str = "") -> LinkUpload:
    """Have a file wait for the member's decision, in place of one that may wait. Raises ValidationError for what is
    no table of links."""
    require(by, Permission.LINK_CREATE)
    open_sheet(text, rules_for(by.workspace_id))
    content = zlib.compress(text.encode(), 1)
    upload, _made = LinkUpload.objects.update_or_create(member=by, defaults={"name": name[:200], "content": content})
    return upload


def drop_upload(*, by: Membership) -> None:
    LinkUpload.objects.filter(member=by).delete()


def judged_lines(upload: LinkUpload) -> tuple[Sheet, Iterator[Judged]]:
    """The file as a table, and its lines under the rules as they are now."""
    rules = rules_for(upload.member.workspace_id)
    sheet = open_sheet(zlib.decompress(upload.content).decode(), rules)
    return sheet, judge(sheet, rules)


def open_sheet(text: str, rules: Rules) -> Sheet:
    return Sheet(text, [rule.parameter for rule in rules.parameters])


def preview_upload(upload: LinkUpload) -> Preview:
    """Look through the file. Two queries for the rules, whatever the number of lines."""
    sheet, lines = judged_lines(upload)
    preview = Preview(ignored=sheet.layout.ignored)
    for judged in lines:
        if not judged.ok:
            preview.wrong += 1
            if len(preview.shown) < SHOWN:
                preview.shown.append(judged)
        elif judged.same_as:
            preview.same += 1
            if preview.same == 1:
                preview.first_same, preview.first_same_as = judged.line.number, judged.same_as
        else:
            preview.right += 1
    return preview


@transaction.atomic
def import_upload(*, by: Membership, upload: LinkUpload, only_right: bool = False) -> Imported:
    """Build all links of one's own file; where a line is wrong none, or with `only_right` the others. Links that are
    there already stay as they are. The file waits no longer."""
    require(by, Permission.LINK_CREATE)
    if upload.member_id != by.pk:
        raise Gone
    before = Link.objects.filter(workspace_id=by.workspace_id).count()
    right = insert_links(by, (judged.checked for judged in right_lines(upload, only_right)))
    new = Link.objects.filter(workspace_id=by.workspace_id).count() - before
    upload.delete()
    return Imported(new, right - new)


def insert_links(by: Membership, links: Iterator[Checked]) -> int:
    """Insert the links that are not there yet; how many there were. Rows go to the database as they are: making an
    object of each would take five times as long."""
    columns = [field for field in Link._meta.concrete_fields if not field.primary_key]
    same = {field.attname: field.get_default() for field in columns} | built_now(by)
    same["built_at"] = connection.ops.adapt_datetimefield_value(same["built_at"])
    names = ", ".join(connection.ops.quote_name(str(field.column)) for field in columns)
    places = ", ".join(["%s"] * len(columns))
    insert = f"INSERT INTO {Link._meta.db_table} ({names}) VALUES ({places}) ON CONFLICT DO NOTHING"  # noqa: S608 — names of ours
    number = 0
    with connection.cursor() as cursor:
        while batch := [row_of(same | fields_of(checked), columns) for checked in islice(links, BATCH)]:
            cursor.executemany(insert, batch)
            number += len(batch)
    return number


def row_of(values: dict[str, Any], columns: list[Field]) -> tuple:
    values["parameters"] = json.dumps(values["parameters"])
    return tuple([values[field.attname] for field in columns])


def right_lines(upload: LinkUpload, only_right: bool) -> Iterator[Judged]:
    """The lines to import. Raises ValidationError at the first wrong one unless only the right ones are wanted."""
    _sheet, lines = judged_lines(upload)
    for judged in lines:
        if not judged.ok and not only_right:
            sentence = _("Line %(number)d is wrong, so nothing was imported.")
            raise ValidationError(sentence % {"number": judged.line.number}, code="wrong_line")
        if judged.ok and not judged.same_as:
            yield judged
