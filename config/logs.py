"""Log lines as JSON, one object a line, for production; each knows its request."""

import json
import logging
import re
from contextvars import ContextVar
from datetime import UTC, datetime

# What follows these is the way in: an invitation, a feed, a shared link.
SECRET = re.compile(r"((?:^|[\s\"']|://[^/\s]+)/(?:invitations|calendar|shared/calendar)/)[^/\s?\"']+")

request_id: ContextVar[str] = ContextVar("request_id", default="-")


class RequestIdFilter(logging.Filter):
    """Gives a record its request's id; Django logs some answers after the middleware, with the request at hand."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.request_id = getattr(getattr(record, "request", None), "id", request_id.get())
        return True


class SecretFilter(logging.Filter):
    """Takes the secret out of addresses whose path is a key: Django names the path of what it refuses."""

    def filter(self, record: logging.LogRecord) -> bool:
        if isinstance(record.args, tuple):
            record.args = tuple(masked(value) for value in record.args)
        record.msg = masked(record.msg)
        return True


def masked(value: object) -> object:
    return SECRET.sub(r"\1…", value) if isinstance(value, str) else value


class JsonFormatter(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        line = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "request": getattr(record, "request_id", "-"),
            "message": record.getMessage(),
            **getattr(record, "fields", {}),
        }
        if record.exc_info:
            line["error"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False)
