"""What a reader of the calendar chose, as it stands in the address."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import gettext as _

from campaigns.enums import CampaignStatus
from campaigns.pressure.limits import FIRST_DAY, LAST_DAY

VIEWS = ("month", "week", "agenda", "timeline")
ROWS = ("team", "channel", "stage", "persona", "campaign")
SHOWN = ("campaigns", "messages", "tasks", "experiments")
WEEKS = (4, 13, 26, 52)
IDS = ("team", "channel", "stage", "persona", "campaign", "owner")
USUAL_WEEKS = 13
MOST_CHOSEN = 50
LARGEST_ID = 2**63 - 1


@dataclass(frozen=True)
class Filters:
    """The view, the day that it is opened on, and what is let through; empty lets everything through.

    Of several choices in one field any fits, of several fields all have to. Cancelled campaigns are let through where
    `status` names them. `view`: empty where nothing was said; `full`: without a limit of lines for a day. `errors` has
    a sentence for every field that could not be read; what was wrong there is left out.
    """

    view: str = ""
    on: datetime.date | None = None
    rows: str = "team"
    weeks: int = USUAL_WEEKS
    team: tuple[int, ...] = ()
    channel: tuple[int, ...] = ()
    stage: tuple[int, ...] = ()
    persona: tuple[int, ...] = ()
    campaign: tuple[int, ...] = ()
    owner: tuple[int, ...] = ()
    status: tuple[str, ...] = ()
    show: tuple[str, ...] = SHOWN
    full: bool = False
    errors: Mapping[str, str] = field(default_factory=dict, compare=False)

    @classmethod
    def from_query(cls, query: QueryDict | str) -> "Filters":
        return read(QueryDict(query) if isinstance(query, str) else query)

    def to_query(self, **other) -> str:
        """The query string that leads here again, without what is usual; `other` replaces fields."""
        return urlencode(pairs(replace(self, **other) if other else self))

    @property
    def chosen(self) -> dict[str, tuple]:
        """The fields that let only some through."""
        found = {name: getattr(self, name) for name in (*IDS, "status") if getattr(self, name)}
        return found | ({"show": self.show} if set(self.show) != set(SHOWN) else {})


def pairs(filters: Filters) -> list[tuple[str, object]]:
    found: list[tuple[str, object]] = []
    for name, usual in (("view", ""), ("on", None), ("rows", "team"), ("weeks", USUAL_WEEKS)):
        if (value := getattr(filters, name)) != usual:
            found.append((name, value))
    found += [(name, value) for name, values in filters.chosen.items() for value in values]
    return found + ([("full", 1)] if filters.full else [])


def read(query: QueryDict) -> Filters:
    errors: dict[str, str] = {}
    view = one_of(query, "view", VIEWS, "", errors)
    rows = one_of(query, "rows", ROWS, "team", errors)
    weeks = one_of(query, "weeks", tuple(str(number) for number in WEEKS), str(USUAL_WEEKS), errors)
    ids = {name: read_ids(query, name, errors) for name in IDS}
    return Filters(
        view=view,
        on=read_day(query, errors),
        rows=rows,
        weeks=int(weeks),
        **ids,
        status=some_of(query, "status", tuple(CampaignStatus.values), errors),
        show=some_of(query, "show", SHOWN, errors) or SHOWN,
        full=query.get("full") == "1",
        errors=errors,
    )


def one_of(query: QueryDict, name: str, known: tuple[str, ...], usual: str, errors: dict[str, str]) -> str:
    value = query.get(name, "")
    if value and value not in known:
        errors[name] = _("“%(value)s” is none of: %(known)s.") % {"value": value[:40], "known": ", ".join(known)}
    return value if value in known else usual


def some_of(query: QueryDict, name: str, known: tuple[str, ...], errors: dict[str, str]) -> tuple[str, ...]:
    values = [value for value in query.getlist(name) if value]
    unknown = [value for value in values if value not in known]
    if unknown:
        errors[name] = _("“%(value)s” is none of: %(known)s.") % {"value": unknown[0][:40], "known": ", ".join(known)}
    return tuple(value for value in known if value in values)


def read_ids(query: QueryDict, name: str, errors: dict[str, str]) -> tuple[int, ...]:
    values = [value for value in query.getlist(name) if value]
    ids = [int(value) for value in values if value.isascii() and value.isdigit() and len(value) <= 19]
    ids = sorted({number for number in ids if number <= LARGEST_ID})
    if len(ids) < len(set(values)):
        errors[name] = _("Give the number of something that is there.")
    if len(ids) > MOST_CHOSEN:
        errors[name] = _("Choose at most %(most)d of them.") % {"most": MOST_CHOSEN}
    return tuple(ids[:MOST_CHOSEN])


def read_day(query: QueryDict, errors: dict[str, str]) -> datetime.date | None:
    text = query.get("on", "")
    if not text:
        return None
    try:
        day = datetime.date.fromisoformat(text)
    except ValueError:
        errors["on"] = _("“%(value)s” is no day. Write it like 2027-03-01.") % {"value": text[:40]}
        return None
    if not FIRST_DAY <= day <= LAST_DAY:
        errors["on"] = _("Give a day from 1970 to 2199.")
        return None
    return day
