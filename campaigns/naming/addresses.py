"""Addresses of the web, read and written: RFC 3986, with the names of hosts as IDNA 2008 has them."""

import re
from collections.abc import Sequence
from typing import NamedTuple
from urllib.parse import quote

import idna

from campaigns.naming.characters import unwritable, without_unwritable
from campaigns.naming.problems import Broken
from campaigns.naming.rules import LONGEST_LINK, Rule

PARTS = re.compile(r"(https?)://([^/?#]*)([^?#]*)(?:\?([^#]*))?(?:#(.*))?", re.IGNORECASE | re.DOTALL)
SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
BARE = re.compile(r"(?://)?[^/?#:@\s]+\.[^/?#:@\s.]{2,}(?::\d+)?(?:[/?#]|\Z)")
LABEL = r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?"
HOST = re.compile(rf"(?:{LABEL}\.)+[a-z](?:[a-z0-9-]{{0,61}}[a-z0-9])")
WILD_LABEL = re.compile(r"[a-z0-9*_-]+")
LONGEST_HOST = 253
LONE_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
PLAIN = re.compile(r"(?:[A-Za-z0-9._~!$&'()*+,;=:@/-]|%[0-9A-Fa-f]{2})*")
# What may stand unencoded, besides letters and digits. Browsers leave brackets in a query alone, and so do we.
IN_PATH, IN_QUERY, IN_FRAGMENT = "%/:@!$&'()*+,;=~", "%/?:@!$'()*+,;=~[]", "%/?:@!$&'()*+,;=~[]"
USUAL_PORTS = {"http": 80, "https": 443}


class Address(NamedTuple):
    """Its parts as they are written: encoded, the host in ASCII. `query` are the pieces between ampersands."""

    scheme: str
    host: str
    port: int | None
    path: str
    query: tuple[str, ...] = ()
    fragment: str | None = None

    def write(self, query: Sequence[str] | None = None) -> str:
        """The address, with other pieces of a query where they are given."""
        pieces = self.query if query is None else query
        port = f":{self.port}" if self.port else ""
        asked = "?" + "&".join(pieces) if pieces else ""
        fragment = "" if self.fragment is None else f"#{self.fragment}"
        return f"{self.scheme}://{self.host}{port}{self.path}{asked}{fragment}"


class Fault(NamedTuple):
    """Why a text is no address that a link may have, and another text that is nearer to one, if any is."""

    broken: Broken
    nearer: str | None = None


def read(text: str) -> Address | Fault:
    """The address that a text without space around it means. What is not encoded yet is encoded."""
    if not text:
        return fault("empty")
    if len(text) > LONGEST_LINK:
        return fault("too_long", about=str(LONGEST_LINK))
    if unwritable(text):
        return Fault(Broken(Rule.CHARACTERS, "unwritable"), without_unwritable(text).strip())
    if "\\" in text:
        return Fault(Broken(Rule.CHARACTERS, "backslash"))
    match = PARTS.fullmatch(text)
    if match is None:
        return without_scheme(text)
    scheme, authority, path, query, fragment = match.groups()
    if "@" in authority:
        bare = authority.rpartition("@")[2]
        return fault("userinfo", text[: match.start(2)] + bare + text[match.end(2) :])
    return of_parts(scheme.lower(), authority, path, query, fragment)


def of_parts(scheme: str, authority: str, path: str, query: str | None, fragment: str | None) -> Address | Fault:
    name, _colon, port = authority.partition(":")
    host = ascii_host(name)
    if host is None:
        return fault("no_host" if not name else "bad_host", about=name)
    if port and not (port.isascii() and port.isdigit() and len(port) <= 5 and 0 < int(port) < 65536):
        return fault("bad_port", about=port)
    number = int(port) if port else None
    return Address(
        scheme,
        host,
        None if number == USUAL_PORTS[scheme] else number,
        encoded(path, IN_PATH) or "/",
        tuple(encoded(piece, IN_QUERY) for piece in (query or "").split("&") if piece),
        None if fragment is None else encoded(fragment, IN_FRAGMENT),
    )


def without_scheme(text: str) -> Fault:
    if BARE.match(text):
        return fault("no_scheme", "https://" + text.removeprefix("//"))
    if text.lower().startswith(("http:", "https:")):
        return fault("no_host")
    scheme = SCHEME.match(text)
    return fault("scheme", about=scheme[0]) if scheme else fault("no_scheme")


def fault(code: str, nearer: str | None = None, *, about: str = "") -> Fault:
    return Fault(Broken(Rule.ADDRESS, code, about), nearer)


def ascii_host(name: str) -> str | None:
    """The host as the web's name service knows it; None for what cannot be one, numbers and single words among it."""
    if len(name) > LONGEST_HOST:
        return None
    host = name.lower()
    try:
        if not host.isascii():
            host = idna.encode(name, uts46=True).decode()
        elif "xn--" in host:
            idna.decode(host)
    except UnicodeError:
        return None
    host = host.removesuffix(".")
    return host if len(host) <= LONGEST_HOST and HOST.fullmatch(host) else None


def host_pattern(text: str) -> str | None:
    """A host or a pattern of hosts, such as `*.example.com`, in ASCII; None for what cannot be one."""
    pattern = text.strip().lower()
    if "*" not in pattern:
        return ascii_host(pattern)
    labels = [host_label(label) for label in pattern.split(".")]
    return None if None in labels else ".".join(filter(None, labels))


def host_label(label: str) -> str | None:
    if "*" in label:
        return label if WILD_LABEL.fullmatch(label) else None
    host = ascii_host(f"{label}.example.com")
    return host and host.removesuffix(".example.com")


def encoded(text: str, safe: str) -> str:
    """Percent-encoded where needed; what is encoded stays, and a percent sign that encodes nothing is encoded."""
    if PLAIN.fullmatch(text):
        return text
    return quote(LONE_PERCENT.sub("%25", text), safe=safe)


def secure(address: Address) -> Address:
    """The same by https; a port of its own stays."""
    return address._replace(scheme="https", port=None if address.port == 443 else address.port)
