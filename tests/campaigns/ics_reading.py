"""A strict reader of iCalendar documents for tests, written from RFC 5545 and without the library that writes them."""

import re
from dataclasses import dataclass, field

NAME = re.compile(r"[A-Za-z0-9-]+")
PARAMETER = re.compile(r';([A-Za-z0-9-]+)=("[^"\x00-\x08\x0a-\x1f\x7f]*"|[^";:,\x00-\x08\x0a-\x1f\x7f]*)')
ESCAPES = {"n": "\n", "N": "\n", ",": ",", ";": ";", "\\": "\\"}


@dataclass
class Line:
    name: str
    parameters: dict[str, str]
    value: str

    @property
    def text(self) -> str:
        """The value as TEXT. Raises ValueError where something that has to be escaped is not."""
        return "".join(unescaped(self.value, lists=False))

    @property
    def texts(self) -> list[str]:
        """The value as a list of TEXT."""
        return "".join("\0" if part is None else part for part in unescaped(self.value, lists=True)).split("\0")


@dataclass
class Component:
    name: str
    lines: list[Line] = field(default_factory=list)
    parts: list["Component"] = field(default_factory=list)

    def __getitem__(self, name: str) -> Line:
        (found,) = [line for line in self.lines if line.name == name]
        return found

    def get(self, name: str) -> str | None:
        return next((line.value for line in self.lines if line.name == name), None)

    def named(self, name: str) -> list["Component"]:
        return [part for part in self.parts if part.name == name]


def unescaped(value: str, *, lists: bool):
    place = 0
    while place < len(value):
        character = value[place]
        if character == "\\":
            yield ESCAPES[value[place + 1]]
            place += 1
        elif character == "," and lists:
            yield None
        elif character in ",;":
            raise ValueError(f"{character} at {place} is not escaped")
        else:
            yield character
        place += 1


def read(document: bytes) -> Component:
    """The calendar. Each line is UTF-8 by itself, ends with CRLF and has at most 75 octets before that."""
    assert document.endswith(b"\r\n")
    raw = document[:-2].split(b"\r\n")
    for line in raw:
        assert len(line) <= 75, line
        assert not re.search(rb"[\x00-\x08\x0a-\x1f\x7f]", line), line
        line.decode()
    lines = b"\r\n".join(raw).replace(b"\r\n ", b"").decode().split("\r\n")
    open_ones = [Component("")]
    for line in map(content_line, lines):
        if line.name == "BEGIN":
            open_ones.append(Component(line.value))
        elif line.name == "END":
            done = open_ones.pop()
            assert done.name == line.value
            open_ones[-1].parts.append(done)
        else:
            open_ones[-1].lines.append(line)
    (calendar,) = open_ones[0].parts
    assert (len(open_ones), open_ones[0].lines, calendar.name) == (1, [], "VCALENDAR")
    return calendar


def content_line(text: str) -> Line:
    name = NAME.match(text)
    assert name, text
    place, parameters = name.end(), {}
    while parameter := PARAMETER.match(text, place):
        assert parameter[1].upper() not in parameters
        parameters[parameter[1].upper()] = parameter[2].strip('"')
        place = parameter.end()
    assert text[place : place + 1] == ":", text
    return Line(name[0].upper(), parameters, text[place + 1 :])
