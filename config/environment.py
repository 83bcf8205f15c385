"""Typed values from the environment. A missing or malformed one ends the start with one sentence that names it."""

from typing import Any, NoReturn
from urllib.parse import urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

TRUE = {"true", "yes", "on", "1"}
FALSE = {"false", "no", "off", "0"}


def stop(name: str, why: str) -> NoReturn:
    raise SystemExit(f"Throughline cannot start: {name} {why}. docs/operators.md lists the settings.")


class Env(environ.Env):
    """django-environ that takes an empty value for a missing one and never guesses what a malformed one means."""

    def get_value(self, var, cast=None, default=environ.Env.NOTSET, parse_default=False) -> Any:
        if not self.ENVIRON.get(var, "").strip():
            self.ENVIRON.pop(var, None)
            if default is self.NOTSET:
                stop(var, "is not set")
        try:
            return super().get_value(var, cast=cast, default=default, parse_default=parse_default)
        except (ImproperlyConfigured, ValueError) as error:
            stop(var, f"is not understood ({error})")

    def bool(self, var, default: Any = environ.Env.NOTSET) -> bool:
        given = str(self.get_value(var, cast=str, default=default)).strip().lower()
        if given not in TRUE | FALSE:
            stop(var, f"must be true or false, not “{given}”")
        return given in TRUE

    def number(self, var: str, *, default: int, least: int = 0) -> int:
        value = self.int(var, default=default)
        if value < least:
            stop(var, f"must be at least {least}")
        return value

    def address(self, var: str, *, schemes: tuple[str, ...], default: str = "") -> str:
        """A URL that begins with one of the schemes, or the default when the variable is not set."""
        value = self.str(var, default=default)
        if value and urlsplit(value).scheme not in schemes:
            stop(var, f"must begin with {' or '.join(f'{scheme}://' for scheme in schemes)}")
        return value

    def database(self, var: str, *, default: str) -> dict[str, Any]:
        url = self.address(var, schemes=("postgres", "postgresql", "sqlite"), default=default)
        try:
            found = self.db_url_config(url)
        except ValueError as error:
            stop(var, f"is not understood ({error})")
        if not found["NAME"]:
            stop(var, "names no database")
        return found

    def mail(self, var: str, *, default: str) -> dict[str, Any]:
        """The `EMAIL_…` settings that a URL stands for."""
        url = self.address(var, schemes=tuple(self.EMAIL_SCHEMES), default=default)
        if not url:
            stop(var, "is not set")
        try:
            return self.email_url_config(url)
        except ValueError as error:
            stop(var, f"is not understood ({error})")
